"""Pages of cartons and pallets: the list, one of them, and recording one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from imports.export import Value, write_xlsx
from lots import actions, policies
from lots.filters import UnitFilter
from lots.layout import layout_for, way_home
from lots.models import LogisticUnit
from lots.tables import UnitTable
from lots.unit_forms import CloseForm, PackerForm, UnitForm
from lots.views import require_form, show_at_field
from people.errors import Refusal
from people.frame import accepted
from projects.views.case import PersonRequest
from projects.views.sheets import sheet

State = LogisticUnit.State
TONES = {State.PACKED: "ok", State.UNPACKED: "no", State.WRONG: "late"}


@login_required
@require_safe
def units(request: PersonRequest) -> HttpResponse:
    """All cartons and pallets that the user may see; `?export=xlsx` gives the same rows as a workbook."""
    visible = LogisticUnit.objects.visible_to(request.user).select_related("producer")
    rows = visible.annotate(lot_count=Count("contents")).order_by("-packed_on", "-pk")
    found = UnitFilter(request.GET, queryset=rows)
    if request.GET.get("export") == "xlsx":
        names = [_("SSCC"), _("Producer"), _("Packed on"), _("Lots"), _("State")]
        return sheet("thung-pallet", write_xlsx(_("Cartons and pallets"), names, map(_export_row, found.qs)))
    table = UnitTable(found.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "filter": found, "actions": _list_actions(request), "layout": layout_for(request.user)}
    context["crumbs"] = [*way_home(request.user), {"label": _("Lots"), "url": reverse("lots:lots")}]
    return render(request, "lots/units.html", context)


@login_required
@require_form
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that a carton was unpacked, or that its record is wrong; a wrong one may then be recorded anew."""
    found = get_object_or_404(LogisticUnit.objects.visible_to(request.user).select_related("producer"), pk=pk)
    if not policies.can_record(request.user, found.producer):
        raise PermissionDenied
    form = CloseForm(request.POST or None)
    if accepted(form, lambda: _closed(request, found, form), field=lambda refusal: getattr(refusal, "field", None)):
        return redirect("lots:unit", pk)
    return _question(
        request,
        form,
        title=_("Correct carton %(sscc)s") % {"sscc": found},
        hint=_("The record stays in the files with your reason. What is wrong is recorded anew afterwards."),
        caption=str(found.producer),
        submit_label=_("Correct the record"),
        back_url=reverse("lots:unit", args=[pk]),
    )


def _closed(request: PersonRequest, found: LogisticUnit, form: CloseForm) -> LogisticUnit:
    is_wrong = form.cleaned_data["what"] == LogisticUnit.State.WRONG
    act = actions.withdraw_unit if is_wrong else actions.unpack_unit
    closed = act(found, reason=form.cleaned_data["reason"], by=request.user)
    said = (
        _("The record of carton %(sscc)s counts no more; record the carton anew.")
        if is_wrong
        else _("Carton %(sscc)s is unpacked.")
    )
    messages.success(request, said % {"sscc": closed})
    return closed


@login_required
@require_safe
def unit(request: PersonRequest, pk: int) -> HttpResponse:
    """One carton or pallet: its facts and what is in it."""
    visible = LogisticUnit.objects.visible_to(request.user).select_related("producer", "recorded_by", "closed_by")
    found = get_object_or_404(visible, pk=pk)
    context = {
        "unit": found,
        "contents": [
            (content, f"{intcomma(content.quantity.normalize())} {content.lot.unit}")
            for content in found.contents.select_related("lot__product")
        ],
        "facts": _facts(found),
        "tone": TONES[LogisticUnit.State(found.state)],
        "may_close": found.state != LogisticUnit.State.WRONG and policies.can_record(request.user, found.producer),
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Cartons and pallets"), "url": reverse("lots:units")}],
    }
    return render(request, "lots/unit.html", context)


@login_required
@require_form
def choose_packer(request: PersonRequest) -> HttpResponse:
    """Whose carton it is; skipped for who acts for one producer."""
    producers = policies.recordable_producers(request.user)
    if len(first := producers[:2]) == 1:
        return redirect("lots:pack", first[0].pk)
    form = PackerForm(request.POST or None, producers=producers)
    if form.is_valid():
        return redirect("lots:pack", form.cleaned_data["producer"].pk)
    return _question(request, form, title=_("Whose carton or pallet is it?"))


@login_required
@require_form
def pack(request: PersonRequest, producer_pk: int) -> HttpResponse:
    """Record a carton or pallet of the producer."""
    producer = get_object_or_404(policies.recordable_producers(request.user), pk=producer_pk)
    form = UnitForm(request.POST or None, producer=producer)
    if form.is_valid():
        try:
            packed = actions.pack_unit(producer, by=request.user, **form.answers())
        except Refusal as refusal:
            show_at_field(form, refusal)
        else:
            messages.success(request, _("Carton %(sscc)s is recorded.") % {"sscc": packed})
            return redirect("lots:unit", packed.pk)
    return _question(
        request,
        form,
        title=_("Record a carton or pallet"),
        caption=str(producer),
        submit_label=_("Record the carton"),
    )


def _facts(found: LogisticUnit) -> list[dict[str, Any]]:
    day = date_format(found.recorded_at, "SHORT_DATE_FORMAT")
    rows: list[dict[str, Any]] = [
        {"label": _("Producer"), "value": found.producer, "url": found.producer.get_absolute_url()},
        {"label": _("Packed on"), "value": date_format(found.packed_on, "SHORT_DATE_FORMAT")},
        {"label": _("Recorded by"), "value": f"{found.recorded_by}, {day}"},
    ]
    if found.closed_at is not None:
        closed = date_format(timezone.localtime(found.closed_at), "SHORT_DATE_FORMAT")
        rows.append({"label": found.get_state_display(), "value": f"{found.closed_by}, {closed}"})
        rows.append({"label": _("Reason"), "value": found.close_reason})
    return [*rows, {"label": _("Note"), "value": found.note}] if found.note else rows


def _list_actions(request: PersonRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    export = {"label": _("Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
    if not policies.recordable_producers(request.user).exists():
        return [export]
    new = {"label": _("Record a carton"), "url": reverse("lots:choose_packer"), "icon": "plus", "kind": "primary"}
    return [export, new]


def _export_row(found: Any) -> list[Value]:
    return [found.sscc, found.producer.name, found.packed_on, found.lot_count, found.get_state_display()]


def _question(request: PersonRequest, form: Any, **context: Any) -> HttpResponse:
    context = {"back_url": reverse("lots:units"), **context, "form": form, "layout": layout_for(request.user)}
    return render(request, "lots/form.html", context)
