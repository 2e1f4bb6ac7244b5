"""Opening a producer's account by phone number, and printing the card that lets its person in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from onboarding.errors import NotAllowedForYou, NotAllowedNow
from people.claims import Issued, issue_card
from people.errors import Refusal
from people.models import User
from projects.models import Attendance, Enrolment, PilotProject
from registry import actions as registry
from registry import policies as registry_policies
from registry.models import Producer, ProducerMember

# A gate rule of a project (GL-2.3): accounts of its producers open only after one of their people was trained.
TRAINED_BEFORE_ACCOUNT = "trained_before_account"


class SharedPhone(Refusal):
    """The phone number has an account already: the officer must say that it is the same person."""


@dataclass(frozen=True)
class Opened:
    """The membership, and a new card unless the person signs in with a PIN or password already."""

    member: ProducerMember
    issued: Issued | None


@transaction.atomic
def open_account(
    producer: Producer,
    *,
    full_name: str,
    phone: str,
    by: User,
    is_same_person: bool = False,
    now: datetime | None = None,
) -> Opened:
    """Let the person with this phone number act for the producer, and print a claim card.

    One number is one account: who acts for several producers has one PIN for all. Raises SharedPhone until the
    officer says that it is the same person, NotAllowedNow while a project asks for training first, and what the
    registry refuses.
    """
    check_trained(producer)
    user = User.objects.filter(Q(phone=phone) | Q(username=phone)).first()
    if user and not is_same_person and not registry_policies.acts_for(user, producer):
        raise SharedPhone(
            _("%(phone)s has an account already: %(name)s%(others)s. Does the same person act for %(producer)s too?")
            % {"phone": phone, "name": user, "others": _others(user, by), "producer": producer}
        )
    member, _is_new = registry.let_in(producer, full_name=full_name, phone=phone, by=by)
    if member.user.has_usable_password():
        return Opened(member, None)
    return Opened(member, issue_card(member.user, by=by, province=producer.province, now=now))


def _others(user: User, by: User) -> str:
    """The producers that the person acts for, as far as the officer may see them."""
    names = Producer.objects.visible_to(by).filter(members__user=user, members__is_active=True)
    known = ", ".join(sorted(producer.name for producer in names))
    return f" ({known})" if known else ""


def check_trained(producer: Producer) -> None:
    """Raise NotAllowedNow while a running project of the producer asks for training before the account (GL-2.3)."""
    projects = PilotProject.objects.filter(
        status=PilotProject.Status.RUNNING,
        gate_rules__rule=TRAINED_BEFORE_ACCOUNT,
        enrolments__in=Enrolment.objects.filter(product__producer=producer, withdrawn_at=None),
    ).distinct()
    for project in projects:
        if not Attendance.objects.filter(session__project=project, producer=producer).exists():
            raise NotAllowedNow(
                _(
                    "In project %(code)s the account of %(producer)s opens only after one of its people was trained; "
                    "record who came to the class first."
                )
                % {"code": project.code, "producer": producer}
            )


def trained_before_account(project: PilotProject, minimum: int) -> str:
    """As a gate (GL-2.3): no producer of the project has people with an account but nobody trained."""
    enrolled = Enrolment.objects.filter(project=project, withdrawn_at=None).values("product__producer")
    trained = Attendance.objects.filter(session__project=project, producer__isnull=False).values("producer")
    early = Producer.objects.filter(pk__in=enrolled, members__is_active=True).exclude(pk__in=trained).distinct()
    names = [producer.name for producer in early[:3]]
    if not names:
        return ""
    return _("Producers have an account but nobody trained: %(names)s; train them.") % {"names": ", ".join(names)}


RULES = {TRAINED_BEFORE_ACCOUNT: trained_before_account}


@transaction.atomic
def print_card(member: ProducerMember, *, by: User, now: datetime | None = None) -> Issued:
    """Return a new claim card for a producer's person; the earlier ones no longer work.

    Whoever holds the card can set the PIN, so the officer must keep the registry of every producer that the person
    acts for. Raises NotAllowedForYou, NotAllowedNow for a person who no longer acts, CardRefused for officials.
    """
    if not member.is_active:
        raise NotAllowedNow(
            _("%(name)s no longer acts for %(producer)s.") % {"name": member.user, "producer": member.producer}
        )
    memberships = ProducerMember.objects.filter(user=member.user, is_active=True).select_related("producer__province")
    for each in memberships:
        if not registry_policies.can_keep_registry(by, each.producer.province_id):
            raise NotAllowedForYou(
                _("%(name)s also acts for a producer of %(province)s; an office there prints the card.")
                % {"name": member.user, "province": each.producer.province}
            )
    check_trained(member.producer)
    return issue_card(member.user, by=by, province=member.producer.province, now=now)


def card_producers(user: User) -> list[Producer]:
    """Return the producers whose names are printed on the person's card."""
    return list(Producer.objects.filter(members__user=user, members__is_active=True).order_by("name"))
