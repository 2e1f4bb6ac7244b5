"""The indicators of a programme's province, who stands behind each number, and the targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from imports.export import Value
from people.editions import Edition, reading_of
from people.frame import accepted
from projects.models import Programme
from projects.views.case import PersonRequest
from projects.views.sheets import list_sheet, wants_sheet
from reports.actions import may_set, set_target
from reports.forms import TargetForm
from reports.indicators import INDICATORS, Indicator, Measure, Records
from reports.models import IndicatorTarget
from reports.verdicts import tone_of, value_text, verdict

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One indicator as the page shows it."""

    indicator: Indicator
    measure: Measure
    target: IndicatorTarget | None
    url: str
    day: date

    @property
    def value(self) -> str:
        """The number, with its whole."""
        return value_text(self.measure)

    @property
    def label(self) -> str:
        """The verdict in words; empty without a target."""
        return str(verdict(self.measure, self.target).label) if self.target else ""

    @property
    def tone(self) -> str:
        """The tone of the verdict."""
        return tone_of(verdict(self.measure, self.target), self.target, self.day) if self.target else "no"


@login_required
@require_safe
def indicators(request: PersonRequest, code: str) -> HttpResponse:
    """All indicators of a programme as of today, against what its paper asks for."""
    programme = _programme(request, code)
    lines = _lines(programme, list(INDICATORS.values()))
    if wants_sheet(request):
        columns = [_("Indicator"), _("Value"), _("Target"), _("Target as printed"), _("Verdict"), _("To be reached by")]
        rows = [_cells(line) for line in lines]
        return list_sheet(f"chi-tieu-{code}", _("Indicators and targets"), columns, rows)
    context = {"programme": programme, "lines": lines, "today": timezone.localdate(), "crumbs": _crumbs(programme)}
    return render(request, "reports/indicators.html", context)


@login_required
@require_safe
def indicator(request: PersonRequest, code: str, key: str) -> HttpResponse:
    """Who stands behind one number; `?counts=no` shows who does not, and why."""
    programme, asked = _programme(request, code), _indicator(key)
    line = _lines(programme, [asked])[0]
    measure = line.measure
    if wants_sheet(request):
        columns = [_("Name"), _("Counts"), _("Why not")]
        rows = ([row.name, _("no") if row.reason else _("yes"), row.reason or None]
                for row in (*measure.counted, *measure.left_out))  # fmt: skip
        return list_sheet(f"{key.replace('_', '-')}-{code}", asked.name, columns, rows)
    shows_left_out = request.GET.get("counts") == "no"
    rows_shown = measure.left_out if shows_left_out else measure.counted
    context = {
        "programme": programme,
        "line": line,
        "today": timezone.localdate(),
        "shows_left_out": shows_left_out,
        "page": Paginator(rows_shown, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": [
            {"label": _("Counts"), "url": line.url, "active": not shows_left_out, "count": len(measure.counted)},
            {
                "label": _("Does not count"),
                "url": f"{line.url}?counts=no",
                "active": shows_left_out,
                "count": len(measure.left_out),
            },
        ],
        "crumbs": _crumbs(programme, has_indicators=True),
        "actions": _set_target(programme, asked) if may_set(request.user, programme) else [],
    }
    return render(request, "reports/indicator.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: PersonRequest, code: str, key: str) -> HttpResponse:
    """Enter or change the target of an indicator."""
    programme, asked = _programme(request, code), _indicator(key)
    if not may_set(request.user, programme):
        raise PermissionDenied
    known = IndicatorTarget.objects.filter(programme=programme, indicator=key).first()
    saved = {name: getattr(known, name) for name in TargetForm.base_fields} if known else None
    form = TargetForm(request.POST or None, initial=saved or {"is_percent": True}, indicator=asked)
    edition = Edition(request, saved, reading_of(form.fields))

    def save() -> IndicatorTarget:
        return set_target(programme, key, by=request.user, made_from=edition.made_from, **form.cleaned_data)

    if accepted(form, save, field=lambda refusal: getattr(refusal, "field", None), edition=edition):
        messages.success(request, _("The target is saved."))
        return redirect("reports:indicator", code, key)
    context: dict[str, Any] = {
        "form": form,
        "title": _("Target of an indicator"),
        "lead": asked.name,
        "submit": _("Save"),
        **edition.context(),
        "layout": "base.html",
        "crumbs": _crumbs(programme, has_indicators=True),
        "parent_url": reverse("reports:indicator", args=[code, key]),
        "parent_label": asked.name,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def _programme(request: PersonRequest, code: str) -> Programme:
    found: Programme = get_object_or_404(
        Programme.objects.visible_to(request.user).select_related("province"), code=code
    )
    return found


def _indicator(key: str) -> Indicator:
    if key not in INDICATORS:
        raise Http404
    return INDICATORS[key]


def _lines(programme: Programme, asked: list[Indicator]) -> list[Line]:
    today = timezone.localdate()
    records = Records(programme.province, today)
    targets = {row.indicator: row for row in programme.indicator_targets.all()}
    return [
        Line(
            indicator=one,
            measure=one.measure(records),
            target=targets.get(one.key.value),
            url=reverse("reports:indicator", args=[programme.code, one.key.value]),
            day=today,
        )
        for one in asked
    ]


def _crumbs(programme: Programme, *, has_indicators: bool = False) -> list[dict[str, Any]]:
    """The way back, up to the programme or to the table of its indicators."""
    crumbs: list[dict[str, Any]] = [
        {"label": _("Programmes"), "url": reverse("projects:programmes")},
        {"label": programme.title, "url": programme.get_absolute_url()},
    ]
    if has_indicators:
        url = reverse("programme_indicators", args=[programme.code])
        crumbs.append({"label": _("Indicators and targets"), "url": url})
    return crumbs


def _cells(line: Line) -> list[Value]:
    """One line of the workbook."""
    known = line.target
    said: list[Value] = [known.figures(), known.source, line.label, known.due_on] if known else [None] * 4
    return [line.indicator.name, line.value, *said]


def _set_target(programme: Programme, asked: Indicator) -> list[dict[str, str]]:
    url = reverse("reports:target", args=[programme.code, asked.key.value])
    return [{"label": _("Set the target"), "url": url, "icon": "edit", "kind": "primary"}]
