"""Dividing a batch into rolls, asking for their files, and taking rolls back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import files
from jobs.actions import start_job
from jobs.models import Job
from people.models import User
from stamps.actions.common import locked_batch, log
from stamps.actions.roll_files import RollFile, total_of
from stamps.errors import RollRefused
from stamps.models import Roll, StampBatch
from stamps.policies import rolls as roll_policies
from stamps.printing.layouts import A4_65, SheetLayout
from stamps.printing.logos import read_logo
from stamps.printing.rolls import divided, unplanned


@transaction.atomic
def plan_rolls(
    batch: StampBatch,
    *,
    layout: SheetLayout,
    per_roll: int,
    by: User,
    quantity: int | None = None,
    logo: bytes = b"",
    now: datetime | None = None,
) -> list[Roll]:
    """Divide the stamps that are on no roll yet, or their first `quantity`, into rolls of one layout.

    `logo` is a picture that `read_logo` takes. Raises RollRefused, LayoutRefused when the symbols would be too
    small, TooLittleContrast, PictureRefused, NotAllowedForYou.
    """
    batch, now = locked_batch(batch), now or timezone.now()
    left = unplanned(batch)
    quantity = sum(end - start for start, end in left) if quantity is None else quantity
    roll_policies.check_can_plan(batch, left, layout, per_roll, quantity, by=by)
    logo_name = _kept(logo) if logo else ""
    number = max(batch.rolls.values_list("number", flat=True), default=0)
    made: list[Roll] = Roll.objects.bulk_create(
        Roll(
            batch=batch,
            number=number + place,
            start=start,
            end=end,
            layout=asdict(layout),
            logo=logo_name,
            requested_at=now,
            requested_by=by,
        )
        for place, (start, end) in enumerate(divided(left, per_roll, quantity), start=1)
    )
    log(batch.order, "stamps.rolls_planned", by=by, at=now, quantity=quantity, rolls=len(made), layout=layout.name)
    return made


@transaction.atomic
def request_files(batch: StampBatch, *, by: User) -> list[Job]:
    """Ask for the files of the batch's rolls that have none and are not on their way; return their jobs."""
    batch = locked_batch(batch)
    roll_policies.check_can_print(batch, by=by)
    return [_job(roll, by=by) for roll in batch.rolls.in_force().filter(released_at=None).for_page()]


@transaction.atomic
def request_file(roll: Roll, *, by: User) -> Job:
    """Ask for the file of one roll; again when the released one is damaged or gone. Raises RollRefused."""
    roll = _locked(roll)
    roll_policies.check_can_print(roll.batch, by=by)
    if roll.cancelled_at:
        raise RollRefused(_("Roll %(roll)s was taken back; plan its stamps anew.") % {"roll": roll})
    if roll.released_at:
        if files.is_intact(str(roll.file.name), roll.sha256):
            raise RollRefused(_("The file of roll %(roll)s is there and intact; download it.") % {"roll": roll})
        roll.file, roll.sha256, roll.pages, roll.verified, roll.released_at = "", "", None, None, None
        roll.save(update_fields=["file", "sha256", "pages", "verified", "released_at"])
    return _job(roll, by=by)


@transaction.atomic
def print_a4(batch: StampBatch, *, by: User, now: datetime | None = None) -> list[Job]:
    """Put what is on no roll yet on A4 sheets of 65, in as few files as may be, and ask for the files."""
    left = sum(end - start for start, end in unplanned(batch))
    if left:
        plan_rolls(batch, layout=A4_65, per_roll=min(left, roll_policies.most_per_roll()), by=by, now=now)
    return request_files(batch, by=by)


@transaction.atomic
def cancel_roll(roll: Roll, *, reason: str, by: User, now: datetime | None = None) -> Roll:
    """Take back a roll that is not released, so that its stamps can be planned otherwise; its work ends by itself.

    Raises RollRefused, NotAllowedForYou.
    """
    roll = _locked(roll)
    roll_policies.check_can_cancel(roll, reason, by=by)
    roll.cancelled_at, roll.cancelled_by, roll.cancel_reason = now or timezone.now(), by, reason.strip()
    roll.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    facts = {"roll": roll.number, "quantity": roll.quantity, "reason": roll.cancel_reason}
    log(roll.batch.order, "stamps.roll_cancelled", by=by, at=now, **facts)
    return roll


def _locked(roll: Roll) -> Roll:
    """Return the roll under its batch's lock and its own: the release takes its own alone."""
    locked_batch(roll.batch)
    Roll.objects.select_for_update().get(pk=roll.pk)
    found: Roll = Roll.objects.for_page().get(pk=roll.pk)
    return found


def _kept(logo: bytes) -> str:
    read_logo(logo)
    return files.keep("stamp-logos", logo, "")


def _job(roll: Roll, *, by: User) -> Job:
    return start_job(
        RollFile,
        roll,
        by=by,
        province=roll.batch.order.enrolment.project.province,
        total=total_of(roll),
        arguments={"roll": roll.pk},
    )
