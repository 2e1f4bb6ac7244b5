"""How many working days each step of the office may take, as an administrator sets it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.errors import Refusal
from people.models import Membership, User
from people.scope import scope_of
from workflows.clock import ALLOWANCES
from workflows.filters import KINDS
from workflows.models import StepAllowance

MOST_DAYS = 250  # a year of working days


class AllowanceRefused(Refusal):
    """The days of a step cannot be set so, with the reason and the way out."""


def can_read(user: User) -> bool:
    """Whether the user sees how long steps may take: everyone who holds an office."""
    return scope_of(user).is_official


def can_set(user: User) -> bool:
    """Whether the user may set how long steps may take: administrators and the system's keeper."""
    scope = scope_of(user)
    return scope.is_keeper or Membership.Role.ADMINISTRATOR in scope.roles


def in_force() -> dict[str, int]:
    """Return the working days of every step that the office's clock measures; one query."""
    known = StepAllowance.objects.filter(permission__in=ALLOWANCES).values_list("permission", "days")
    return dict(ALLOWANCES) | dict(known)


@transaction.atomic
def set_allowance(permission: str, *, days: int, by: User, now: datetime | None = None) -> None:
    """Set how many working days a step may take; steps that are open keep their date.

    Raises AllowanceRefused for other people than administrators, for a step that follows the date of
    its case, and for less than one day or more than a year.
    """
    if not can_set(by):
        raise AllowanceRefused(_("Only administrators set how long a step may take; ask yours."))
    if permission not in ALLOWANCES:
        raise AllowanceRefused(_("This step follows the date of its case; change that date instead."))
    if not 1 <= days <= MOST_DAYS:
        raise AllowanceRefused(
            _("A step takes from 1 to %(most)d working days; enter a number in between.") % {"most": MOST_DAYS}
        )
    StepAllowance.objects.get_or_create(permission=permission, defaults={"days": ALLOWANCES[permission]})
    known = StepAllowance.objects.select_for_update().get(permission=permission)
    if known.days == days:
        return
    before, known.days = known.days, days
    known.save(update_fields=["days"])
    step = str(KINDS[permission])
    audit.record("step.allowance_changed", by=by, target=known, at=now, step=step, before=before, after=days)
