"""Rules of changes: who may void, suspend, restore and replace stamps, and what may follow on what."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.models import Membership, User
from people.scope import scope_of
from registry.policies import acts_for
from stamps.errors import ChangeRefused, NotAllowedForYou
from stamps.life.spans import spans_of
from stamps.life.states import FROM
from stamps.models import StampBatch, StampChange, StampOrder

Role = Membership.Role
State = StampChange.State
CHANGING = (Role.MANAGER, Role.STAMP_OFFICER, Role.INSPECTOR)
OWN_CHANGES = frozenset({State.SUSPENDED, State.LOST, State.DAMAGED})


def can_change(user: User, batch: StampBatch, state: State) -> bool:
    """Whether the user may change the state of stamps of the batch.

    The producer's people may say that their stamps are lost or damaged, and suspend them; only officials
    void, replace and restore.
    """
    province_id = batch.order.enrolment.project.province_id
    if scope_of(user).has_role(*CHANGING, province_id=province_id):
        return True
    return state in OWN_CHANGES and acts_for(user, batch.product.producer)


def changes_of(user: User, batch: StampBatch) -> list[State]:
    """Return the changes that the user may make to stamps of the batch, in the order of a page."""
    return [state for state in State if can_change(user, batch, state)]


def check_can_change(batch: StampBatch, start: int, end: int, state: State, reason: str, *, by: User) -> None:
    """Raise ChangeRefused naming the rule, or NotAllowedForYou."""
    if not can_change(by, batch, state):
        raise NotAllowedForYou(
            _("You may not do this with stamps of “%(product)s”; ask the stamp officer.") % {"product": batch.product}
        )
    if not reason.strip():
        raise ChangeRefused(_("Give a reason; whoever scans the stamps may ask for it."), field="reason")
    if not batch.start <= start < batch.end:
        raise ChangeRefused(_("The first stamp is not of this batch; take one from its sheet."), field="first")
    if not start < end <= batch.end:
        raise ChangeRefused(_("The last stamp is not of this batch, or comes before the first."), field="last")
    for span in spans_of(batch, start, end):
        now = None if span.change is None else State(span.change.state)
        if now not in FROM[state]:
            raise ChangeRefused(
                _("%(count)d stamps of the range are %(now)s and cannot become %(state)s; leave them out.")
                % {
                    "count": span.quantity,
                    "now": span.change.get_state_display().lower() if span.change else _("in use"),
                    "state": state.label.lower(),
                },
                field="first",
            )


def check_can_replace(batch: StampBatch, start: int, end: int, other: StampBatch, first: int) -> None:
    """Raise ChangeRefused unless as many stamps from `first` on are free, handed over, and of the same product."""
    if other.product_id != batch.product_id:
        raise ChangeRefused(
            _("The replacements are stamps of “%(other)s”, not of “%(product)s”.")
            % {"other": other.product, "product": batch.product},
            field="replacement",
        )
    last = first + end - start
    if not (other.start <= first and last <= other.end):
        raise ChangeRefused(
            _("%(count)d replacements are needed, but the batch ends earlier; take an earlier first one.")
            % {"count": end - start},
            field="replacement",
        )
    if other.order.status != StampOrder.Status.HANDED_OVER:
        raise ChangeRefused(_("The replacements are not handed over yet."), field="replacement")
    if first < end and last > start:  # numbers are those of all batches
        raise ChangeRefused(_("A stamp cannot replace itself."), field="replacement")
    if not all(span.is_free for span in spans_of(other, first, last)):
        raise ChangeRefused(
            _("Not all %(count)d replacements are free; choose stamps that are on no lot.") % {"count": end - start},
            field="replacement",
        )
