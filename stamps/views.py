"""Pages of stamps for officials and producers: orders, one order, its sheet, activation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from documents import files
from imports.export import write_xlsx
from lots.checklist import minimum_items
from lots.layout import layout_for, way_home
from lots.models import Lot
from people.errors import Refusal
from projects.views.case import PersonRequest
from projects.views.sheets import sheet as workbook
from stamps import actions, policies, qr
from stamps.filters import OrderFilter
from stamps.forms import ActivationForm
from stamps.models import Activation, StampBatch, StampOrder
from stamps.order_page import activation_rows, order_facts, serial_range
from stamps.serials import grouped
from stamps.tables import EXPORT_COLUMNS, OrderTable, export_row, tone_of

PREVIEW_MODULE_MM = 0.8


@login_required
@require_safe
def orders(request: PersonRequest) -> HttpResponse:
    """All orders that the user may see, filtered; `?export=xlsx` gives the same rows as a workbook."""
    rows = StampOrder.objects.visible_to(request.user).for_table()
    found = OrderFilter(request.GET, queryset=rows, request=request)
    if request.GET.get("export") == "xlsx":
        titles = [str(name) for name in EXPORT_COLUMNS]
        return workbook("de-nghi-cap-tem", write_xlsx(_("Stamp orders"), titles, map(export_row, found.qs)))
    table = OrderTable(found.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "filter": found, "actions": _list_actions(request)}
    context |= {"layout": layout_for(request.user), "crumbs": way_home(request.user)}
    return render(request, "stamps/orders.html", context)


@login_required
@require_safe
def order(request: PersonRequest, pk: int) -> HttpResponse:
    """One order: what was asked, who decided, the stamps, their sheet and where they are activated."""
    found: StampOrder = get_object_or_404(StampOrder.objects.visible_to(request.user).for_page(), pk=pk)
    batch: StampBatch | None = getattr(found, "batch", None)
    context = {
        "order": found,
        "tone": tone_of(found),
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Stamp orders"), "url": reverse("stamps:orders")}],
        "facts": order_facts(found),
        "batch": batch,
        **(_batch_context(request, found, batch) if batch else {}),
    }
    return render(request, "stamps/order.html", context)


@login_required
@require_POST
def print_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the label sheet of a batch."""
    batch = _batch(request, pk)
    try:
        actions.print_sheet(batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The label sheet is ready."))
    return redirect("stamps:order", batch.order_id)


@login_required
@require_safe
def sheet(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Hand out the label sheet, once its content is proved by its hash."""
    batch = _batch(request, pk)
    if not policies.can_print(request.user, batch):
        raise PermissionDenied
    if not (name := batch.sheet.name):
        raise Http404
    if not files.is_intact(name, batch.sheet_sha256):
        messages.error(
            request, _("The stored sheet is damaged or missing, so it is not handed out; make the sheet again.")
        )
        return redirect("stamps:order", batch.order_id)
    return FileResponse(batch.sheet.open("rb"), as_attachment=True, filename=f"tem-{batch.order_id}.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: PersonRequest, pk: int) -> HttpResponse:
    """Put stamps of a batch on a lot."""
    batch = _batch(request, pk)
    if not policies.can_activate(request.user, batch):
        raise PermissionDenied
    form = ActivationForm(request.POST or None, batch=batch, initial=_first_guess(request, batch))
    if form.is_valid() and (activation := _activated(request, form, batch)):
        done = _("%(count)d stamps are activated for lot %(lot)s.")
        messages.success(request, done % {"count": activation.quantity, "lot": activation.lot})
        return redirect("stamps:order", batch.order_id)
    context = {
        "form": form,
        "batch": batch,
        "range": serial_range(batch, batch.start, batch.end),
        "layout": layout_for(request.user),
        "lot": (lot := _chosen_lot(form, batch)),
        "items": minimum_items(lot) if lot else [],
    }
    return render(request, "stamps/activate.html", context)


@login_required
@require_safe
def lot(request: PersonRequest, pk: int) -> HttpResponse:
    """The stamps on one lot."""
    found = get_object_or_404(Lot.objects.visible_to(request.user).select_related("product"), pk=pk)
    activations = Activation.objects.filter(lot=found).select_related("batch", "activated_by", "lot")
    waiting = StampBatch.objects.visible_to(request.user).waiting().filter(product=found.product)
    context = {
        "lot": found,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": found.number, "url": found.get_absolute_url()}],
        "rows": activation_rows(activations),
        "waiting": waiting.select_related("order"),
    }
    return render(request, "stamps/lot.html", context)


def _batch(request: PersonRequest, pk: int) -> StampBatch:
    rows = StampBatch.objects.visible_to(request.user).select_related("order__enrolment__project", "product__producer")
    batch: StampBatch = get_object_or_404(rows, pk=pk)
    return batch


def _batch_context(request: PersonRequest, found: StampOrder, batch: StampBatch) -> dict[str, Any]:
    batch.order = found  # known already: no second query for it
    activations = batch.activations.select_related("lot", "activated_by", "batch")
    uri = actions.uri_at(batch, batch.start)
    is_handed_over = found.status == StampOrder.Status.HANDED_OVER
    return {
        "range": serial_range(batch, batch.start, batch.end),
        "uri": uri,
        "symbol": mark_safe(qr.svg(uri, PREVIEW_MODULE_MM)),  # noqa: S308  drawn by us from an address of ours
        "serial": grouped(actions.serial_at(batch, batch.start)),
        "rows": activation_rows(activations),
        "may_print": policies.can_print(request.user, batch),
        "may_activate": is_handed_over
        and policies.can_activate(request.user, batch)
        and batch.free_range() is not None,
    }


def _activated(request: PersonRequest, form: ActivationForm, batch: StampBatch) -> Activation | None:
    """Ask the action; a refusal goes next to the answer that it is about."""
    answers = form.cleaned_data
    first, last = answers["first"], answers["last"]
    if answers["whole"]:
        first, last = actions.serial_at(batch, batch.start), actions.serial_at(batch, batch.end - 1)
    try:
        return actions.activate_stamps(batch, first=first, last=last, lot=answers["lot"], by=request.user)
    except Refusal as refusal:
        form.add_error(getattr(refusal, "field", None), str(refusal))
    return None


def _first_guess(request: PersonRequest, batch: StampBatch) -> dict[str, Any]:
    """The lot asked for or the newest one, and the first stamps that are still free."""
    wanted = request.GET.get("lot", "")
    lots = batch.product.lots.all()
    lot = lots.filter(number=wanted).first() or lots.first()
    free = batch.free_range()
    ends = {"first": grouped(actions.serial_at(batch, free[0]))} if free else {}
    return {"lot": lot and lot.pk, **ends}


def _chosen_lot(form: ActivationForm, batch: StampBatch) -> Lot | None:
    """The lot whose ten items the page shows: the one answered, else the one proposed."""
    answered = getattr(form, "cleaned_data", {}).get("lot")
    pk = answered.pk if answered else form.initial.get("lot")
    lot: Lot | None = Lot.objects.filter(product=batch.product, pk=pk).for_page().first() if pk else None
    return lot


def _list_actions(request: PersonRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    export = {"label": _("Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
    if not policies.orderable_enrolments(request.user).exists():
        return [export]
    return [export, {"label": _("Order stamps"), "url": reverse("order_stamps"), "icon": "plus", "kind": "primary"}]
