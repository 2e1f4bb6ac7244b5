"""Pages of lots: the list, one lot with its events, and writing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from imports.export import write_xlsx
from lots import actions, policies
from lots.checklist import minimum_items, produced
from lots.filters import LotFilter
from lots.forms import EventForm, LotForm, PlaceForm, ProductChoiceForm
from lots.layout import layout_for, way_home
from lots.models import Event, Lot, Recall
from lots.tables import EXPORT_COLUMNS, LotTable, amount, export_row
from people.errors import Refusal
from people.frame import refusals_said
from people.models import User
from projects.views.case import PersonRequest
from projects.views.sheets import sheet
from registry.actions import register_place
from registry.models import Producer

require_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Line:
    """One event in the timeline, and what the reader may do with it."""

    event: Event
    may_confirm: bool
    may_correct: bool


@login_required
@require_safe
def lots(request: PersonRequest) -> HttpResponse:
    """All lots that the user may see, filtered; `?export=xlsx` gives the same rows as a workbook."""
    found = LotFilter(request.GET, queryset=Lot.objects.visible_to(request.user).for_table())
    if request.GET.get("export") == "xlsx":
        return sheet("lo", write_xlsx(_("Lots"), [str(name) for name in EXPORT_COLUMNS], map(export_row, found.qs)))
    table = LotTable(found.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "filter": found, "actions": _list_actions(request)}
    context |= {"layout": layout_for(request.user), "crumbs": way_home(request.user)}
    return render(request, "lots/lots.html", context)


@login_required
@require_safe
def lot(request: PersonRequest, pk: int) -> HttpResponse:
    """One lot: its facts, the ten minimum items, what happened, and its stamps."""
    found = _lot(request, pk)
    may_record = policies.can_record(request.user, found.product.producer)
    items = minimum_items(found)
    lines, replaced = _timeline(found, request.user, may_record=may_record)
    context = {
        "lot": found,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Lots"), "url": reverse("lots:lots")}],
        "facts": _facts(found),
        "items": items,
        "gap_count": sum(bool(item.gaps) for item in items),
        "lines": lines,
        "replaced": replaced,
        "may_record": may_record,
        "recalls": (recalls := Recall.objects.in_force().of_lot(found).select_related("lot")),
        "may_recall": policies.can_recall(request.user, found.product.producer)
        and not any(recall.lot_id for recall in recalls),
    }
    return render(request, "lots/lot.html", context)


@login_required
@require_form
def choose_product(request: PersonRequest) -> HttpResponse:
    """The first question of a new lot; skipped for a producer with one product."""
    products = policies.recordable_products(request.user)
    if len(first := products[:2]) == 1:
        return redirect("lots:open_lot", first[0].pk)
    form = ProductChoiceForm(request.POST or None, products=products)
    if form.is_valid():
        return redirect("lots:open_lot", form.cleaned_data["product"].pk)
    return _question(request, form, title=_("Which product is the lot of?"), back_url=reverse("lots:lots"))


@login_required
@require_form
def open_lot(request: PersonRequest, product_pk: int) -> HttpResponse:
    """Open a lot of the product."""
    product = get_object_or_404(policies.recordable_products(request.user), pk=product_pk)
    form = LotForm(request.POST or None, product=product)
    if form.is_valid():
        try:
            opened = actions.open_lot(product, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_at_field(form, refusal)
        else:
            messages.success(request, _("Lot %(lot)s is open.") % {"lot": opened})
            return redirect(opened)
    add_place_url = f"{reverse('lots:add_place', args=[product.producer_id])}?next={request.path}"
    return _question(
        request,
        form,
        title=_("Open a lot"),
        caption=str(product),
        back_url=reverse("lots:lots"),
        add_place_url=add_place_url,
        has_place=product.producer.places.exists(),
        submit_label=_("Open the lot"),
    )


@login_required
@require_form
def record_event(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what happened to the lot at one stage."""
    found = _lot_to_write(request, pk)
    form = EventForm(request.POST or None, lot=found, initial=_first_guess(found, request.GET.get("step", "")))
    if _saved(request, form, found):
        messages.success(request, _("Recorded."))
        return redirect(found)
    return _question(
        request, form, title=_("Record a stage"), caption=_caption(found), back_url=found.get_absolute_url()
    )


@login_required
@require_form
def correct_event(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct an event: a new one takes its place, the old one stays on file."""
    wrong = get_object_or_404(Event.objects.filter(lot__in=Lot.objects.visible_to(request.user)), pk=pk)
    found = _lot_to_write(request, wrong.lot_id)
    form = EventForm(request.POST or None, lot=found, instance=None, initial=_answers_of(wrong))
    if _saved(request, form, found, corrects=wrong):
        messages.success(request, _("Corrected; the earlier record stays on file."))
        return redirect(found)
    return _question(
        request,
        form,
        title=_("Correct a record"),
        caption=_caption(found),
        hint=_("What was written before stays on file, marked as corrected."),
        back_url=found.get_absolute_url(),
    )


@login_required
@require_POST
def confirm_event(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm an event that another person recorded."""
    event = get_object_or_404(Event.objects.filter(lot__in=Lot.objects.visible_to(request.user)), pk=pk)
    with refusals_said(request):
        actions.confirm_event(event, by=request.user)
        messages.success(request, _("Confirmed."))
    return redirect("lots:lot", event.lot_id)


@login_required
@require_form
def add_place(request: PersonRequest, producer_pk: int) -> HttpResponse:
    """Add a place of the producer: plot, workshop, store, shop."""
    producer = get_object_or_404(
        Producer.objects.visible_to(request.user).select_related("province", "commune"), pk=producer_pk
    )
    if not policies.can_record(request.user, producer):
        raise PermissionDenied
    form = PlaceForm(request.POST or None, producer=producer, user=request.user)
    back_url = _own_address(request.GET.get("next", ""))
    if form.is_valid():
        try:
            register_place(producer, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_at_field(form, refusal)
        else:
            messages.success(request, _("The place is added."))
            return redirect(back_url)
    return _question(request, form, title=_("Add a place"), caption=str(producer), back_url=back_url)


def show_at_field(form: forms.BaseForm, refusal: Refusal) -> None:
    """Show a refusal next to the answer it is about, or above the form."""
    field = {"place": "biz_location"}.get(named := getattr(refusal, "field", None) or "", named)
    names = [name for name in (named, field) if name in form.fields]
    form.add_error(names[0] if names else None, str(refusal))


def _saved(request: PersonRequest, form: EventForm, found: Lot, corrects: Event | None = None) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.record_event(found, by=request.user, corrects=corrects, **form.answers())
    except Refusal as refusal:
        show_at_field(form, refusal)
        return False
    return True


def _lot(request: PersonRequest, pk: int) -> Lot:
    found: Lot = get_object_or_404(Lot.objects.visible_to(request.user).for_page(), pk=pk)
    return found


def _lot_to_write(request: PersonRequest, pk: int) -> Lot:
    found = _lot(request, pk)
    if not policies.can_record(request.user, found.product.producer):
        raise PermissionDenied
    return found


def _timeline(found: Lot, user: User, *, may_record: bool) -> tuple[list[Line], list[Event]]:
    """Return the events that hold, and those that were corrected."""
    people = ("recorded_by", "confirmed_by")
    events = list(found.events.select_related("step", "biz_location", *people).order_by("event_time", "pk"))
    corrected = {event.corrects_id for event in events}
    current = [event for event in events if event.pk not in corrected]
    lines = [
        Line(
            event,
            may_confirm=may_record and event.confirmed_at is None and event.recorded_by_id != user.pk,
            may_correct=may_record,
        )
        for event in current
    ]
    return lines, [event for event in events if event.pk in corrected]


def _first_guess(found: Lot, step: str) -> dict[str, Any]:
    """The stage asked for, or the first one without a record; place and unit of the lot."""
    recorded = policies.current_events(found).values("step")
    following = found.product.group.steps.exclude(pk__in=recorded).first() if found.product.group else None
    chosen = int(step) if step.isascii() and step.isdigit() and len(step) < 19 else following and following.pk
    return {"step": chosen, "biz_location": found.place_id, "unit": found.unit}


def _answers_of(event: Event) -> dict[str, Any]:
    names = ("step", "biz_location", "event_time", "quantity", "unit", "note")
    return {name: getattr(event, name) for name in names}


def _facts(found: Lot) -> list[dict[str, Any]]:
    product, producer = found.product, found.product.producer
    return [
        {"label": _("Product"), "value": product, "url": product.get_absolute_url()},
        {"label": _("Producer"), "value": producer, "url": producer.get_absolute_url()},
        {"label": _("Place"), "value": found.place},
        {"label": _("Produced"), "value": produced(found)},
        {
            "label": _("Best before"),
            "value": date_format(found.expires_on) if found.expires_on else _("not applicable"),
        },
        {"label": _("Quantity"), "value": amount(found)},
        {"label": _("Opened by"), "value": f"{found.created_by}, {date_format(found.created_at, 'SHORT_DATE_FORMAT')}"},
    ]


def _caption(found: Lot) -> str:
    return f"{found.product} · {_('lot')} {found.number}"


def _list_actions(request: PersonRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    export = {"label": _("Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
    units = {"label": _("Cartons and pallets"), "url": reverse("lots:units")}
    recalls = {"label": _("Recalls"), "url": reverse("lots:recalls")}
    if not policies.recordable_products(request.user).exists():
        return [recalls, export, units]
    return [
        recalls,
        export,
        units,
        {"label": _("Open a lot"), "url": reverse("lots:choose_product"), "icon": "plus", "kind": "primary"},
    ]


def _own_address(text: str) -> str:
    """Return `text` if it is a path of ours, else the list of lots: no open redirect."""
    is_own = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_own and text.isascii() and text.isprintable() else reverse("lots:lots")


def _question(request: PersonRequest, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form, "layout": layout_for(request.user)}
    return render(request, "lots/form.html", context)
