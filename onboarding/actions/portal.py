"""Whether a product stands on the national traceability portal: typed from a letter, never asked of it (SL-07)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import policies
from onboarding.actions.journey import locked
from onboarding.errors import NotAllowedNow
from onboarding.models import Onboarding
from people import audit
from people.models import User


@transaction.atomic
def record_portal_status(
    onboarding: Onboarding, *, reference: str, connected_on: date, by: User, now: datetime | None = None
) -> Onboarding:
    """Record under which reference and since when the product stands on the portal; a waiver ends with it.

    Also for a product that is on board already: one that was waived may follow later. Raises NotAllowedForYou,
    NotAllowedNow for a product that takes no part, an empty reference and a day to come.
    """
    onboarding = _to_record(onboarding, by, policies.SUPPLYING)
    if not reference.strip():
        raise NotAllowedNow(_("Give the reference under which the product stands on the portal, as in the letter."))
    if connected_on > timezone.localdate(now):
        raise NotAllowedNow(_("The day is still to come; record the product when it stands on the portal."))
    onboarding.portal_reference, onboarding.portal_connected_on = reference.strip(), connected_on
    onboarding.portal_waiver = ""
    facts = {"reference": onboarding.portal_reference, "day": connected_on.isoformat()}
    return _saved(onboarding, "onboarding.portal_recorded", by=by, at=now, **facts)


@transaction.atomic
def waive_portal(onboarding: Onboarding, *, reason: str, by: User, now: datetime | None = None) -> Onboarding:
    """Let a product go without the portal, with the manager's reason.

    Raises NotAllowedForYou, NotAllowedNow without a reason and for a product that stands on the portal.
    """
    onboarding = _to_record(onboarding, by, policies.LEADING)
    names = {"product": onboarding.enrolment.product.name}
    if onboarding.portal_reference:
        raise NotAllowedNow(_("“%(product)s” stands on the national portal already; it needs no waiver.") % names)
    if not reason.strip():
        raise NotAllowedNow(_("Give the reason why “%(product)s” goes without the national portal.") % names)
    onboarding.portal_waiver = reason.strip()
    return _saved(onboarding, "onboarding.portal_waived", by=by, at=now, reason=onboarding.portal_waiver)


def _to_record(onboarding: Onboarding, by: User, roles: tuple[str, ...]) -> Onboarding:
    onboarding = locked(onboarding)
    policies.check_holds(by, onboarding.enrolment.project, roles)
    policies.check_takes_part(onboarding)
    return onboarding


def _saved(onboarding: Onboarding, verb: str, *, by: User, at: datetime | None, **facts: str) -> Onboarding:
    onboarding.save(update_fields=["portal_reference", "portal_connected_on", "portal_waiver"])
    project = onboarding.enrolment.project
    facts["product"] = onboarding.enrolment.product.name
    audit.record(verb, by=by, target=onboarding, case=project, province=project.province, at=at, **facts)
    return onboarding
