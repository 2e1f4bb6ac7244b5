"""The office's calendar: everybody reads it, administrators and leaders keep it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from people.errors import Refusal
from people.frame import PersonRequest, refusals_said
from people.models import User
from worktime import actions, policies
from worktime.forms import SpecialDayForm
from worktime.models import SpecialDay
from worktime.proposal import propose_year
from worktime.year import months_of

TONES = {SpecialDay.Kind.OFF: "no", SpecialDay.Kind.WORKED: "go"}


@login_required
@require_safe
def calendar(request: PersonRequest) -> HttpResponse:
    """A year by months, its special days, and for its keepers what they may do."""
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""))
    special = list(SpecialDay.objects.filter(day__year=year))
    months = months_of(year, special, today=today)
    context = {
        "year": year,
        "years": [
            {"label": str(one), "url": _address(one), "active": one == year}
            for one in range(max(year - 2, actions.FIRST_YEAR), min(year + 2, actions.LAST_YEAR) + 1)
        ],
        "months": months,
        "rows": [{"one": one, "tone": TONES[SpecialDay.Kind(one.kind)]} for one in special],
        "working_days": sum(month.working_days for month in months),
        "actions": _page_actions(year) if policies.can_change(request.user) else [],
        "may_change": policies.can_change(request.user),
    }
    return render(request, "worktime/calendar.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest) -> HttpResponse:
    """Enter a special day, or a swap of two."""
    _check_keeper(request)
    form = SpecialDayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _enter(form.cleaned_data, by=request.user)
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            day = form.cleaned_data["day"]
            messages.success(request, _("%(day)s is in the calendar.") % {"day": date_format(day, "SHORT_DATE_FORMAT")})
            return redirect(_address(day.year))
    status = 422 if form.errors else 200
    return render(request, "worktime/enter.html", {"form": form, "crumbs": _crumbs()}, status=status)


def _enter(data: dict[str, Any], *, by: User) -> None:
    if data["instead"]:
        actions.swap_days(data["day"], data["instead"], name=data["name"], by=by)
    else:
        actions.enter_special_day(data["day"], kind=data["kind"], name=data["name"], by=by)


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: PersonRequest) -> HttpResponse:
    """Show the public holidays of a year that are not entered yet; POST enters those that are ticked."""
    _check_keeper(request)
    year = _year(request.POST.get("year", "") or request.GET.get("year", ""))
    proposed = propose_year(year)
    if request.method == "POST":
        ticked = set(request.POST.getlist("day"))
        with refusals_said(request):
            made = actions.enter_proposed((one for one in proposed if one.day.isoformat() in ticked), by=request.user)
            text = ngettext("%(count)d day is in the calendar.", "%(count)d days are in the calendar.", len(made))
            messages.success(request, text % {"count": len(made)})
        return redirect(_address(year))
    rows = [
        {"one": one, "kind": SpecialDay.Kind(one.kind).label, "tone": TONES[SpecialDay.Kind(one.kind)]}
        for one in proposed
    ]
    return render(request, "worktime/propose.html", {"year": year, "rows": rows, "crumbs": _crumbs(year)})


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take a special day out."""
    _check_keeper(request)
    special = get_object_or_404(SpecialDay, pk=pk)
    if request.method != "POST":
        return render(
            request,
            "worktime/remove.html",
            {"special": special, "crumbs": _crumbs(special.day.year), "back": _address(special.day.year)},
        )
    with refusals_said(request):
        actions.remove_special_day(special, by=request.user)
        day = date_format(special.day, "SHORT_DATE_FORMAT")
        messages.success(request, _("%(day)s is what its weekday says again.") % {"day": day})
    return redirect(_address(special.day.year))


def _check_keeper(request: PersonRequest) -> None:
    if not policies.can_change(request.user):
        raise PermissionDenied


def _year(text: str) -> int:
    """The year that is asked for, within what the calendar holds; this year if it is none."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else timezone.localdate().year
    return min(max(year, actions.FIRST_YEAR), actions.LAST_YEAR)


def _address(year: int) -> str:
    return f"{reverse('worktime:calendar')}?year={year}"


def _crumbs(year: int | None = None) -> list[dict[str, str]]:
    address = _address(year) if year else reverse("worktime:calendar")
    return [{"label": _("Office calendar"), "url": address}]


def _page_actions(year: int) -> list[dict[str, str]]:
    proposal = f"{reverse('worktime:propose')}?year={year}"
    return [
        {"label": _("Propose the public holidays"), "url": proposal},
        {"label": _("Enter a day"), "url": reverse("worktime:enter"), "kind": "primary", "icon": "plus"},
    ]
