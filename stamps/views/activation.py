"""Putting stamps on lots: choose them, look at what that means, confirm; and the stamps of one lot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lots.checklist import minimum_items
from lots.layout import layout_for, way_home
from lots.models import Lot
from people.frame import PersonRequest, accepted
from stamps import actions, policies
from stamps.codes.serials import grouped
from stamps.errors import ActivationRefused
from stamps.forms.activation import ActivationForm, Way
from stamps.life import picking
from stamps.life.spans import free_spans, waiting
from stamps.models import Activation, StampBatch
from stamps.pages.orders import activation_rows, serial_range
from stamps.views.frame import batch_for, field_of

MOST_SPANS = 20  # free ranges that the page lists


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: PersonRequest, pk: int) -> HttpResponse:
    """Put stamps of a batch on a lot; the button of the form asks for a preview, that of the preview does it."""
    batch = batch_for(request, pk)
    if not policies.can_activate(request.user, batch):
        raise PermissionDenied
    free = free_spans(batch)
    form = ActivationForm(request.POST or None, batch=batch, initial=_first_guess(request, batch, free))
    if request.POST.get("step") == "preview":
        if ranges := accepted(form, lambda: _looked_at(request, form), field=field_of):
            return _preview(request, form, ranges)
    elif request.POST.get("step") != "back" and (made := accepted(form, lambda: _act(request, form), field=field_of)):
        count = sum(activation.quantity for activation in made)
        done = _("%(count)d stamps are activated for lot %(lot)s.")
        messages.success(request, done % {"count": count, "lot": made[0].lot})
        return redirect("stamps:order", batch.order_id)
    return render(request, "stamps/activate.html", _context(request, form, free))


def _context(request: PersonRequest, form: ActivationForm, free: picking.Ranges) -> dict[str, Any]:
    batch = form.batch
    lot = _chosen_lot(form)
    return {
        "form": form,
        "batch": batch,
        "layout": layout_for(request.user),
        "free": [serial_range(batch, *span) for span in free[:MOST_SPANS]],
        "free_count": sum(end - start for start, end in free),
        "more_spans": max(len(free) - MOST_SPANS, 0),
        "lot": lot,
        "items": minimum_items(lot) if lot else [],
    }


def _preview(request: PersonRequest, form: ActivationForm, ranges: picking.Ranges) -> HttpResponse:
    rows = [serial_range(form.batch, start, end) for start, end in ranges]
    context = {
        "form": form,
        "batch": form.batch,
        "layout": layout_for(request.user),
        "lot": form.cleaned_data["lot"],
        "rows": rows,
        "count": sum(row.quantity for row in rows),
        "sent": [(name, value) for name, value in request.POST.items() if name in form.fields],
    }
    return render(request, "stamps/activate_preview.html", context)


def _looked_at(request: PersonRequest, form: ActivationForm) -> picking.Ranges:
    """Return what would be activated; refuses at once what the act would refuse."""
    ranges = form.ranges()
    for start, end in ranges:
        policies.check_can_activate(form.batch, start, end, form.cleaned_data["lot"], by=request.user)
    return ranges


def _act(request: PersonRequest, form: ActivationForm) -> list[Activation]:
    """Activate what the preview showed; without one, what the answers mean now."""
    shown = request.POST.getlist("range")
    ranges = [_read_range(form.batch, text) for text in shown] if shown else form.ranges()
    return actions.activate_ranges(form.batch, ranges, lot=form.cleaned_data["lot"], by=request.user)


def _read_range(batch: StampBatch, text: str) -> tuple[int, int]:
    first, _between, last = text.partition("~")
    try:
        (found,) = picking.between(batch, first, last)
    except ActivationRefused as refusal:
        raise ActivationRefused(_("Choose the stamps again: %(why)s") % {"why": refusal}) from refusal
    return found


def _first_guess(request: PersonRequest, batch: StampBatch, free: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """The lot asked for or the newest one, and the first stamp that is still free."""
    wanted = request.GET.get("lot", "")
    lots = batch.product.lots.all()
    lot = lots.filter(number=wanted).first() or lots.first()
    ends = {"first": grouped(actions.serial_at(batch, free[0][0]))} if free else {}
    return {"lot": lot and lot.pk, "way": Way.COUNT, **ends}


def _chosen_lot(form: ActivationForm) -> Lot | None:
    """The lot whose ten items the page shows: the one answered, else the one proposed."""
    answered = getattr(form, "cleaned_data", {}).get("lot")
    pk = answered.pk if answered else form.initial.get("lot")
    lot: Lot | None = Lot.objects.filter(product=form.batch.product, pk=pk).for_page().first() if pk else None
    return lot


@login_required
@require_safe
def lot(request: PersonRequest, pk: int) -> HttpResponse:
    """The stamps on one lot."""
    found = get_object_or_404(Lot.objects.visible_to(request.user).select_related("product"), pk=pk)
    activations = Activation.objects.filter(lot=found).select_related("batch", "activated_by", "lot")
    batches = StampBatch.objects.visible_to(request.user).handed_over().filter(product=found.product)
    context = {
        "lot": found,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": found.number, "url": found.get_absolute_url()}],
        "rows": activation_rows(activations),
        "waiting": [batch for batch, _free in waiting(batches.select_related("order"))],
    }
    return render(request, "stamps/lot.html", context)
