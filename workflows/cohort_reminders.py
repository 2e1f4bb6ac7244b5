"""Reminding the people of a producer that its product waits for them; those without an account are called."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.actions import tell
from onboarding import policies
from onboarding.dossiers import people_of
from onboarding.models import Dossier, Onboarding
from onboarding.progress import Progress
from people import audit
from people.errors import Refusal
from people.models import User


class NobodyToRemind(Refusal):
    """No person of the producer can sign in."""


class RemindedToday(Refusal):
    """The producer was reminded today already."""


@transaction.atomic
def remind(journey: Onboarding, *, by: User, now: datetime | None = None) -> int:
    """Tell the producer's people at which step their product stands; once a day. Return how many were told.

    Raises NotAllowedForYou, NotAllowedNow for a way that has ended, NobodyToRemind with the phone number to
    call, RemindedToday.
    """
    project, product = journey.enrolment.project, journey.enrolment.product
    policies.check_holds(by, project, policies.FIELD)
    policies.check_is_open(journey)
    now = now or timezone.now()
    dossier = Dossier.objects.filter(onboarding=journey).first()
    people = list(people_of(dossier)) if dossier else list(_people(journey))
    if not people:
        phone = product.producer.phone or _("no phone number")
        raise NobodyToRemind(
            _("%(producer)s has no account yet: call them (%(phone)s).")
            % {"producer": product.producer, "phone": phone}
        )
    step = Progress(journey, now).step
    told = tell(
        "onboarding.reminder",
        people,
        key=f"onboarding:{journey.pk}:reminder:{timezone.localdate(now):%Y%m%d}",
        facts={"project": project.code, "product": product.name, "step": str(step.label) if step else ""},
        url=dossier.get_absolute_url() if dossier else product.get_absolute_url(),
        case=project,
        province=project.province,
        now=now,
    )
    if not told:
        raise RemindedToday(_("Reminded today already; nobody is told twice on one day."))
    audit.record(
        "onboarding.reminded",
        by=by,
        target=journey,
        case=project,
        province=project.province,
        at=now,
        product=product.name,
        count=len(told),
    )
    return len(told)


def _people(journey: Onboarding) -> list[User]:
    members = journey.enrolment.product.producer.members.filter(is_active=True, user__is_active=True)
    return [member.user for member in members.select_related("user").order_by("pk")]
