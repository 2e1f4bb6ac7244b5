"""Pages for what became of rolls at the print house: the list that it gets, and what it reports."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imports.export import Value
from lots.layout import layout_for
from people.errors import Refusal
from people.frame import refusals_said
from projects.views.case import PersonRequest
from projects.views.sheets import list_sheet
from stamps import actions, policies
from stamps.forms.rolls import CountForm
from stamps.models import Roll, StampBatch
from stamps.pages.orders import serial_range
from stamps.printing.roll_content import file_name_of
from stamps.views.frame import batch_for, is_too_late, roll_for


@login_required
@require_POST
def printed_here(request: PersonRequest, pk: int) -> HttpResponse:
    """All rolls were printed in the office, none is spoiled."""
    batch = batch_for(request, pk)
    with refusals_said(request):
        actions.printed_here(batch, by=request.user)
        messages.success(request, _("All rolls are printed and counted; the stamps can be handed over."))
    return redirect("stamps:order", batch.order_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def count_roll(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what a print house printed of a roll."""
    roll = roll_for(request, pk)
    if not policies.can_print(request.user, roll.batch):
        raise PermissionDenied
    if is_too_late(request, lambda: policies.check_can_reconcile(roll, roll.quantity, (), by=request.user)):
        return redirect(roll)
    form = CountForm(request.POST or None, batch=roll.batch, initial={"printed": roll.quantity})
    if form.is_valid() and _counted(request, form, roll):
        messages.success(request, _("The roll is counted."))
        return redirect("stamps:order", roll.batch.order_id)
    context = {"form": form, "roll": roll, "layout": layout_for(request.user)}
    return render(request, "stamps/count_roll.html", context)


@login_required
@require_safe
def print_house_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """The released rolls as a workbook that goes to the print house with their files."""
    batch = batch_for(request, pk)
    if not policies.can_print(request.user, batch):
        raise PermissionDenied
    columns = [_("Roll"), _("First stamp"), _("Last stamp"), _("Quantity"), _("Layout of the labels"), _("File"),
               "SHA-256", _("Released on")]  # fmt: skip
    title = _("Rolls to print: %(order)s") % {"order": batch.order}
    return list_sheet(f"nha-in-{batch.order_id}", title, columns, _lines(batch))


def _lines(batch: StampBatch) -> Iterator[list[Value]]:
    for roll in batch.rolls.in_force().exclude(released_at=None).order_by("number"):
        roll.batch = batch
        ends = serial_range(batch, roll.start, roll.end)
        day = timezone.localtime(roll.released_at).date()
        yield [
            roll.number,
            ends.first,
            ends.last,
            roll.quantity,
            roll.layout["name"],
            file_name_of(roll),
            roll.sha256,
            day,
        ]


def _counted(request: PersonRequest, form: CountForm, roll: Roll) -> bool:
    answers = form.cleaned_data
    try:
        actions.reconcile_roll(
            roll,
            print_house=answers["print_house"],
            printed=answers["printed"],
            spoiled=answers["spoiled"],
            by=request.user,
        )
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else "spoiled" if field else None, str(refusal))
        return False
    return True
