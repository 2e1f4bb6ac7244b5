"""Filling in for a producer (làm hộ): consent first, both names on every answer, the producer's word at the end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.actions import tell
from onboarding.actions.answers import locked, log
from onboarding.dossiers import EDITABLE, acts_for, people_of
from onboarding.errors import NotAllowedForYou, NotAllowedNow, WrongAnswer
from onboarding.models import Assistance, AssistanceCode, Dossier
from people import claims
from people.claim_models import ClaimCard
from people.errors import Refusal
from people.models import User
from privacy.actions import give_consent
from privacy.models import Consent, Purpose
from projects.policies import can_record_fieldwork

CODE_VALID_FOR = timedelta(minutes=30)
MAX_WRONG_CODES = 10
Channel = Consent.Channel


@dataclass(frozen=True)
class Given:
    """How the producer said yes to the helper: a code read out, or a paper with its number and who signed it."""

    code: str = ""
    paper: str = ""
    name: str = ""


@transaction.atomic
def make_code(dossier: Dossier, *, by: User, now: datetime | None = None) -> str:
    """Return a code that the producer reads out to a helper; a new one ends the one before.

    Raises NotAllowedForYou for anyone but the producer's own people.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    if not acts_for(by, dossier):
        raise NotAllowedForYou(
            _("Only the people of %(producer)s can let a helper fill in.") % {"producer": dossier.producer}
        )
    dossier.assistance_codes.filter(used_at=None).delete()
    code = f"{secrets.randbelow(1_000_000):06d}"
    AssistanceCode.objects.create(dossier=dossier, made_by=by, made_at=now, code_hash=make_password(code))
    log("dossier.helper_code_made", dossier, by=by, at=now)
    return code


def can_help(user: User, dossier: Dossier) -> bool:
    """Whether the user is one of those who go to the producers of the project."""
    return can_record_fieldwork(user, dossier.project) and not acts_for(user, dossier)


def start_assistance(dossier: Dossier, *, given: Given, by: User, now: datetime | None = None) -> Assistance:
    """Let a helper of the project fill in, once the producer has said yes; starting twice is one assistance.

    Raises NotAllowedForYou for those who are no helpers of the project, NotAllowedNow for a dossier that is not
    open, WrongAnswer for a wrong code (which stays counted) and for a paper without its number or signer.
    """
    now = now or timezone.now()
    if not can_help(by, dossier):
        raise NotAllowedForYou(
            _("Only helpers and managers of project %(code)s fill in for its producers; ask %(manager)s.")
            % {"code": dossier.project.code, "manager": dossier.project.manager}
        )
    if dossier.status not in EDITABLE:
        raise NotAllowedNow(_("Dossier %(reference)s has been sent already.") % {"reference": dossier.reference})
    # Outside the transaction below: a wrong code must stay counted.
    person = _person_of_code(dossier, given.code, now) if given.code else None
    with transaction.atomic():
        return _started(locked(dossier), given, person, by, now)


def _started(dossier: Dossier, given: Given, person: User | None, by: User, now: datetime) -> Assistance:
    if known := dossier.assistances.filter(helper=by, ended_at=None).select_related("consent").first():
        if known.consent.withdrawn_at is None:
            return known
        known.ended_at = now
        known.save(update_fields=["ended_at"])
    if person is None and not (given.paper.strip() and given.name.strip()):
        raise WrongAnswer(_("Enter the code that the producer reads out, or the paper's number and who signed it."))
    consent = give_consent(
        dossier.producer,
        Purpose.ASSISTANCE,
        given_by_name=str(person) if person else given.name.strip(),
        channel=Channel.CODE if person else Channel.PAPER,
        by=by,
        given_by=person,
        evidence="" if person else given.paper.strip(),
        now=now,
    )
    assistance = Assistance.objects.create(dossier=dossier, helper=by, consent=consent, started_at=now)
    log("dossier.assistance_started", dossier, by=by, at=now, channel=str(consent.channel))
    return assistance


def _person_of_code(dossier: Dossier, code: str, now: datetime) -> User:
    """Return whose code it is: made on the producer's phone, or the code of a claim card not used yet."""
    digits = "".join(code.split())
    with transaction.atomic():
        row = (
            AssistanceCode.objects.select_for_update(of=("self",))
            .select_related("made_by")
            .filter(dossier=dossier, used_at=None, made_at__gt=now - CODE_VALID_FOR)
            .first()
        )
        if row and row.wrong_codes < MAX_WRONG_CODES:
            if check_password(digits, row.code_hash):
                row.used_at = now
                row.save(update_fields=["used_at"])
                return row.made_by
            row.wrong_codes += 1
            row.save(update_fields=["wrong_codes"])
    for card in ClaimCard.objects.open().filter(user__in=people_of(dossier)).select_related("user"):
        try:
            return claims.check_code(card, digits, now=now).user
        except Refusal:
            continue
    raise WrongAnswer(
        _("This code is wrong or no longer valid. Ask the producer to make a new one under “Let an officer fill in”.")
    )


@transaction.atomic
def end_assistance(assistance: Assistance, *, by: User, now: datetime | None = None) -> Assistance:
    """End the filling in and ask the producer to confirm what was entered; ending twice changes nothing.

    The helper or the producer's people may end it. Raises NotAllowedForYou.
    """
    now = now or timezone.now()
    dossier, assistance = _locked_pair(assistance)
    if by.pk != assistance.helper_id and not acts_for(by, dossier):
        raise NotAllowedForYou(_("Only %(helper)s or the producer can end this.") % {"helper": assistance.helper})
    if assistance.ended_at is not None:
        return assistance
    assistance.ended_at = now
    assistance.save(update_fields=["ended_at"])
    count = assistance.answers.count()
    log("dossier.assistance_ended", dossier, by=by, at=now, answers=count)
    if count:
        tell(
            "dossier.assisted",
            people_of(dossier),
            key=f"assistance:{assistance.pk}:ended",
            facts={"reference": dossier.reference, "helper": str(assistance.helper), "count": str(count)},
            url=dossier.get_absolute_url(),
            case=dossier.project,
            province=dossier.project.province,
            now=now,
        )
    return assistance


def _locked_pair(assistance: Assistance) -> tuple[Dossier, Assistance]:
    dossier = locked(assistance.dossier)
    return dossier, dossier.assistances.select_related("helper", "consent").get(pk=assistance.pk)


@transaction.atomic
def confirm_assistance(assistance: Assistance, *, by: User, now: datetime | None = None) -> Assistance:
    """Let the producer confirm what the helper entered. Raises NotAllowedForYou and NotAllowedNow."""
    dossier, assistance = _to_judge(assistance, by)
    now = now or timezone.now()
    assistance.confirmed_at = now
    assistance.save(update_fields=["confirmed_at"])
    log("dossier.assistance_confirmed", dossier, by=by, at=now)
    return assistance


@transaction.atomic
def object_to_assistance(assistance: Assistance, *, reason: str, by: User, now: datetime | None = None) -> Assistance:
    """Let the producer object to what the helper entered; the project's manager and the helper are told.

    The answers stay as they are until the producer changes them. Raises NotAllowedForYou, NotAllowedNow, and
    WrongAnswer without a reason.
    """
    dossier, assistance = _to_judge(assistance, by)
    if not reason.strip():
        raise WrongAnswer(_("Say what is wrong, so that the office can put it right."))
    now = now or timezone.now()
    assistance.objected_at, assistance.objection = now, reason.strip()[:2000]
    assistance.save(update_fields=["objected_at", "objection"])
    log("dossier.assistance_objected", dossier, by=by, at=now)
    tell(
        "dossier.objected",
        [dossier.project.manager, assistance.helper],
        key=f"assistance:{assistance.pk}:objected",
        facts={
            "reference": dossier.reference,
            "project": dossier.project.code,
            "helper": str(assistance.helper),
            "reason": assistance.objection,
        },
        url=dossier.get_absolute_url(),
        case=dossier.project,
        province=dossier.project.province,
        now=now,
    )
    return assistance


def _to_judge(assistance: Assistance, by: User) -> tuple[Dossier, Assistance]:
    dossier, assistance = _locked_pair(assistance)
    if not acts_for(by, dossier):
        raise NotAllowedForYou(_("Only the people of %(producer)s can say this.") % {"producer": dossier.producer})
    if assistance.ended_at is None or assistance.confirmed_at or assistance.objected_at:
        raise NotAllowedNow(_("This has been answered already, or the helper is still filling in."))
    return dossier, assistance
