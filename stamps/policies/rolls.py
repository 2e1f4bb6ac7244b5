"""Rules of rolls: who prints, how a batch may be divided, what may be taken back."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from people.models import Membership, User
from people.scope import scope_of
from stamps.errors import LayoutRefused, NotAllowedForYou, NotPrintable, RollRefused, StampTooSmall
from stamps.models import Roll, StampBatch
from stamps.printing.labels import Face
from stamps.printing.layouts import SheetLayout
from stamps.printing.roll_content import face_of
from stamps.printing.rolls import divided, unplanned
from stamps.printing.sheets import SheetWriter

PRINTING = (Membership.Role.MANAGER, Membership.Role.STAMP_OFFICER)
MAX_ROLLS = 1000  # of one batch, so that its page and the agreement with the print house stay readable


def most_per_roll() -> int:
    """Return how many stamps one roll, which is one file, may hold."""
    most: int = settings.STAMPS_MAX_SHEET
    return most


def can_print(user: User, batch: StampBatch) -> bool:
    """Whether the user may make and fetch the label sheet: whoever holds it can print stamps."""
    province_id = batch.order.enrolment.project.province_id
    return scope_of(user).has_role(*PRINTING, province_id=province_id)


def check_can_print(batch: StampBatch, *, by: User) -> None:
    """Raise NotAllowedForYou: whoever holds a file can print stamps."""
    if not can_print(by, batch):
        raise NotAllowedForYou(_("Label sheets are made by the stamp officer or the project manager."))


def check_can_plan(
    batch: StampBatch, left: list[tuple[int, int]], layout: SheetLayout, per_roll: int, quantity: int, *, by: User
) -> None:
    """Raise RollRefused or LayoutRefused next to the answer, or NotAllowedForYou; `left` is what is on no roll."""
    check_can_print(batch, by=by)
    available = sum(end - start for start, end in left)
    if not available:
        raise RollRefused(
            _("All stamps of order %(order)s are on rolls already; take a roll back to plan it anew.")
            % {"order": batch.order}
        )
    if not 1 <= quantity <= available:
        raise RollRefused(
            _("Between 1 and %(left)s stamps can be planned: so many are on no roll yet.")
            % {"left": intcomma(available)},
            field="quantity",
        )
    if not 1 <= per_roll <= most_per_roll():
        raise RollRefused(
            _("A roll holds between 1 and %(most)s stamps.") % {"most": intcomma(most_per_roll())}, field="per_roll"
        )
    rolls = sum(1 for _roll in divided(left, per_roll, quantity)) + batch.rolls.count()
    if rolls > MAX_ROLLS:
        raise RollRefused(
            _("That would make %(rolls)d rolls; a batch has at most %(most)d. Put more stamps on a roll.")
            % {"rolls": rolls, "most": MAX_ROLLS},
            field="per_roll",
        )
    check_layout(face_of(batch), layout)


def check_layout(face: Face, layout: SheetLayout) -> None:
    """Raise LayoutRefused, naming the smallest size that works, unless phones can read the symbols."""
    try:
        SheetWriter(io.BytesIO(), face, layout, title="")
    except (StampTooSmall, NotPrintable) as error:
        raise LayoutRefused(str(error), field="qr_mm") from error


def check_can_cancel(roll: Roll, reason: str, *, by: User) -> None:
    """Raise RollRefused: only a roll that nobody can have printed is taken back, with a reason."""
    check_can_print(roll.batch, by=by)
    if roll.cancelled_at:
        raise RollRefused(_("Roll %(roll)s is taken back already.") % {"roll": roll.number})
    if roll.released_at:
        raise RollRefused(
            _("Roll %(roll)s is released and may be printed; declare its spoiled stamps void instead.")
            % {"roll": roll.number}
        )
    if not reason.strip():
        raise RollRefused(_("Give a reason for taking the roll back."), field="reason")


def check_can_reconcile(roll: Roll, printed: int, spoiled: Sequence[tuple[int, int]], *, by: User) -> None:
    """Raise RollRefused unless the roll is released, not counted yet, and printed and spoiled stamps make it up."""
    check_can_print(roll.batch, by=by)
    names = {"roll": roll.number}
    if not roll.released_at:
        raise RollRefused(_("Roll %(roll)s is not released, so nobody can have printed it.") % names)
    if roll.reconciled_at:
        raise RollRefused(_("Roll %(roll)s is counted already; change single stamps instead.") % names)
    last = roll.start
    for start, end in sorted(spoiled):
        if not roll.start <= start < end <= roll.end:
            raise RollRefused(_("A spoiled range is not of roll %(roll)s, or reversed.") % names, field="spoiled")
        if start < last:
            raise RollRefused(_("Two spoiled ranges name the same stamp; name it once."), field="spoiled")
        last = end
    count = sum(end - start for start, end in spoiled)
    if printed + count != roll.quantity:
        raise RollRefused(
            _(
                "The roll has %(quantity)d stamps; %(printed)d printed and %(spoiled)d spoiled make %(sum)d. "
                "Name every stamp that is spoiled or was not printed, so that none is left unaccounted for."
            )
            % {"quantity": roll.quantity, "printed": printed, "spoiled": count, "sum": printed + count},
            field="printed",
        )


def check_can_hand_over(batch: StampBatch) -> None:
    """Raise RollRefused unless every stamp of the batch is on a roll that was released, printed and counted."""
    if left := sum(end - start for start, end in unplanned(batch)):
        raise RollRefused(
            _("%(left)d stamps of order %(order)s are on no roll yet; plan and print them first.")
            % {"left": left, "order": batch.order}
        )
    for roll in batch.rolls.in_force().order_by("number"):
        if not roll.released_at:
            raise RollRefused(_("The file of roll %(number)d is not released yet.") % {"number": roll.number})
        if not roll.reconciled_at:
            raise RollRefused(
                _(
                    "Roll %(number)d is not counted yet: record what the print house printed, "
                    "or that it was printed in the office."
                )
                % {"number": roll.number}
            )
