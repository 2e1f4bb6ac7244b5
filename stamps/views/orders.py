"""Pages of stamp orders: the list, and one order with its stamps and rolls."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from imports.export import write_xlsx
from lots.layout import layout_for, way_home
from people.scope import scope_of
from projects.views.case import PersonRequest
from projects.views.sheets import sheet as workbook
from stamps import actions, policies
from stamps.codes.serials import grouped
from stamps.filters import OrderFilter
from stamps.life.spans import free_spans
from stamps.models import Roll, StampBatch, StampOrder
from stamps.pages.orders import activation_rows, change_rows, order_facts, serial_range
from stamps.pages.rolls import states_of, totals_of
from stamps.pages.waiting import waiting_for_officials
from stamps.printing import qr
from stamps.printing.rolls import unplanned
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
    if scope_of(request.user).is_official:
        context["waiting"] = waiting_for_officials(request.user)
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


def _batch_context(request: PersonRequest, found: StampOrder, batch: StampBatch) -> dict[str, Any]:
    batch.order = found  # known already: no second query for it
    activations = batch.activations.select_related("lot", "activated_by", "batch")
    uri = actions.uri_at(batch, batch.start)
    may_print = policies.can_print(request.user, batch)
    rolls = _rolls(batch)
    is_handed_over = found.status == StampOrder.Status.HANDED_OVER
    return {
        "range": serial_range(batch, batch.start, batch.end),
        "uri": uri,
        "symbol": mark_safe(qr.svg(uri, PREVIEW_MODULE_MM)),  # noqa: S308  drawn by us from an address of ours
        "serial": grouped(actions.serial_at(batch, batch.start)),
        "rows": activation_rows(activations),
        "may_print": may_print,
        "rolls": (states := states_of(rolls)),
        "is_busy": any(state.job is not None and state.job.is_open for state in states),
        "roll_totals": totals_of(rolls),
        "unplanned": sum(end - start for start, end in unplanned(batch)) if may_print else 0,
        "may_activate": is_handed_over and policies.can_activate(request.user, batch) and bool(free_spans(batch)),
        "changes": change_rows(batch),
        "may_change": bool(policies.changes_of(request.user, batch)),
    }


def _rolls(batch: StampBatch) -> list[Roll]:
    rolls = list(batch.rolls.all())
    for roll in rolls:
        roll.batch = batch  # known already, with its order and product
    return rolls


def _list_actions(request: PersonRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    more = [
        {"label": _("Find a stamp"), "url": reverse("stamps:find")},
        {"label": _("Stamp ledger"), "url": reverse("stamps:ledgers")},
        {"label": _("When stamps run out"), "url": reverse("stamps:outlook")},
        {"label": _("Excel"), "url": f"?{query.urlencode()}", "icon": "download"},
    ]
    if scope_of(request.user).is_official:
        more.insert(0, {"label": _("Reports and alerts"), "url": reverse("stamps:alerts")})
    if not policies.orderable_enrolments(request.user).exists():
        return more
    return [*more, {"label": _("Order stamps"), "url": reverse("order_stamps"), "icon": "plus", "kind": "primary"}]
