"""Pages of rolls: planning them, their files, the scan that tries one, and taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import files
from lots.layout import layout_for
from people.errors import Refusal
from people.frame import refusals_said
from projects.views.case import PersonRequest
from stamps import actions, policies
from stamps.codes.serials import grouped
from stamps.forms.rolls import CancelRollForm, RollPlanForm
from stamps.life.standing import standing_at
from stamps.models import Roll, StampBatch
from stamps.printing import qr
from stamps.printing.roll_content import file_name_of
from stamps.printing.rolls import unplanned
from stamps.public.paths import scan_path
from stamps.views.frame import batch_for, is_too_late, roll_for

TEST_MODULE_MM = 1.6


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_rolls(request: PersonRequest, pk: int) -> HttpResponse:
    """Divide what is on no roll yet into rolls, and have their files made."""
    batch = _printable(request, pk)
    left = sum(end - start for start, end in unplanned(batch))
    form = RollPlanForm(request.POST or None, request.FILES or None, left=left)
    if form.is_valid() and (rolls := _planned(request, form, batch)):
        messages.success(
            request, _("%(count)d rolls are planned; their files are being made in the background.") % {"count": rolls}
        )
        return redirect("stamps:order", batch.order_id)
    context = {"form": form, "batch": batch, "left": left, "layout": layout_for(request.user)}
    return render(request, "stamps/plan_rolls.html", context)


@login_required
@require_POST
def print_a4(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that is on no roll yet on A4 sheets of 65, in one press."""
    batch = batch_for(request, pk)
    with refusals_said(request):
        actions.print_a4(batch, by=request.user)
        messages.success(request, _("The label sheets are being made in the background."))
    return redirect("stamps:order", batch.order_id)


@login_required
@require_POST
def make_files(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the files of all rolls made that have none."""
    batch = batch_for(request, pk)
    with refusals_said(request):
        jobs = actions.request_files(batch, by=request.user)
        messages.success(request, _("%(count)d files are being made in the background.") % {"count": len(jobs)})
    return redirect("stamps:order", batch.order_id)


@login_required
@require_POST
def make_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the file of one roll made."""
    roll = roll_for(request, pk)
    with refusals_said(request):
        actions.request_file(roll, by=request.user)
        messages.success(request, _("The file is being made in the background."))
    return redirect(roll)


@login_required
@require_safe
def roll_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Hand out the file of a released roll, once its content is proved by its hash."""
    roll = roll_for(request, pk)
    if not policies.can_print(request.user, roll.batch):
        raise PermissionDenied
    if not roll.released_at:
        raise Http404
    if not files.is_intact(str(roll.file.name), roll.sha256):
        messages.error(
            request, _("The stored file is damaged or missing, so it is not handed out; have it made again.")
        )
        return redirect(roll)
    return FileResponse(roll.file.open("rb"), as_attachment=True, filename=file_name_of(roll))


@login_required
@require_safe
def test_scan(request: PersonRequest, pk: int) -> HttpResponse:
    """One symbol of the roll, large, and what a phone should show; `?stamp=` chooses which, from 1."""
    roll = roll_for(request, pk)
    if not policies.can_print(request.user, roll.batch):
        raise PermissionDenied
    text = request.GET.get("stamp", "")
    number = min(max(int(text), 1), roll.quantity) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    batch, index = roll.batch, roll.start + number - 1
    uri, serial = actions.uri_at(batch, index), actions.serial_at(batch, index)
    context = {
        "roll": roll,
        "number": number,
        "symbol": mark_safe(qr.svg(uri, TEST_MODULE_MM)),  # noqa: S308  drawn by us from an address of ours
        "uri": uri,
        "serial": grouped(serial),
        "page": scan_path(batch.code, serial),
        "verdict": standing_at(batch, index, serial).verdict(timezone.localdate()).label,
        "layout": layout_for(request.user),
    }
    return render(request, "stamps/test_scan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_roll(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a roll that is not released."""
    roll = roll_for(request, pk)
    if not policies.can_print(request.user, roll.batch):
        raise PermissionDenied
    if is_too_late(request, lambda: policies.check_can_cancel(roll, "-", by=request.user)):
        return redirect(roll)
    form = CancelRollForm(request.POST or None)
    if form.is_valid() and _cancelled(request, form, roll):
        messages.success(request, _("The roll is taken back; its stamps can be planned anew."))
        return redirect("stamps:order", roll.batch.order_id)
    context = {"form": form, "roll": roll, "layout": layout_for(request.user)}
    return render(request, "stamps/cancel_roll.html", context)


def _printable(request: PersonRequest, pk: int) -> StampBatch:
    batch = batch_for(request, pk)
    if not policies.can_print(request.user, batch):
        raise PermissionDenied
    return batch


def _planned(request: PersonRequest, form: RollPlanForm, batch: StampBatch) -> int:
    """Plan and ask for the files; return how many rolls there are, 0 with the refusal next to its answer."""
    try:
        with transaction.atomic():
            rolls = actions.plan_rolls(
                batch,
                layout=form.layout(),
                per_roll=form.cleaned_data["per_roll"],
                quantity=form.cleaned_data["quantity"],
                logo=form.cleaned_data["logo"],
                by=request.user,
            )
            actions.request_files(batch, by=request.user)
    except Refusal as refusal:
        form.refuse(refusal)
        return 0
    return len(rolls)


def _cancelled(request: PersonRequest, form: CancelRollForm, roll: Roll) -> bool:
    try:
        actions.cancel_roll(roll, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True
