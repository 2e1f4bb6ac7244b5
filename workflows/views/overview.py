"""The landing page of managers and leaders, the lists behind its counters, and the colours of projects."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from imports.export import Value, write_xlsx
from projects.rag import WORSE, Colour, rag, with_rag
from projects.views.case import PersonRequest
from projects.views.sheets import sheet
from workflows import overview
from workflows.forms.overview import ListForm
from workflows.overview import LATE, OTHERS, SOON, Counters, Horizon, Item
from workflows.owed import followed

SHOWN, PEOPLE, DECISIONS, COLOURS = 15, 8, 5, 10
PER_PAGE = 25


@login_required
@require_safe
def landing(request: PersonRequest) -> HttpResponse:
    """What is late and whose move it is, at once; four counters lead to their lists."""
    user, horizon = request.user, Horizon(timezone.localdate())
    found = overview.counters(user, horizon)
    # The navigation shows the number too and need not count again.
    request.inbox_count = found.mine  # type: ignore[attr-defined]
    leads = overview.leads(user)
    late, decisions = overview.first_sight(user, horizon, SHOWN, DECISIONS if leads else 0)
    context = {
        "today": horizon.today,
        "counts": _counts(found, late),
        "late": late,
        "late_total": found.late,
        "late_url": _list_url(state=LATE),
        "waiting": [(row, _list_url(state=OTHERS, **_holder(row))) for row in found.waiting[:PEOPLE]],
        "waiting_total": len(found.waiting),
        "waiting_url": _list_url(state=OTHERS),
        "decisions": decisions,
        "leads": leads,
    }
    return render(request, "workflows/overview.html", context)


def _counts(found: Counters, late: list[Item]) -> list[dict[str, Any]]:
    worst, longest = next(iter(late), None), next(iter(found.waiting), None)
    return [
        {
            "value": found.late,
            "label": ngettext("late", "late", found.late),
            "note": _("worst: %(slip)s · %(code)s") % {"slip": days(worst.days_late), "code": worst.code}
            if worst
            else "",
            "url": _list_url(state=LATE),
            "tone": "late" if found.late else "",
        },
        {
            "value": found.soon,
            "label": _("soon late"),
            "note": ngettext("within %(days)d working day", "within %(days)d working days", overview.SOON_DAYS)
            % {"days": overview.SOON_DAYS},
            "url": _list_url(state=SOON),
            "tone": "wait" if found.soon else "",
        },
        {"value": found.mine, "label": _("waiting for me"), "url": reverse("inbox"), "tone": "ok"},
        {
            "value": found.others,
            "label": _("waiting for others"),
            "note": _("longest: %(who)s, %(days)s") % {"who": longest.who, "days": days(longest.longest)}
            if longest
            else "",
            "url": _list_url(state=OTHERS),
        },
    ]


def days(number: int) -> str:
    """Return a number of working days in words."""
    return ngettext("%(days)d working day", "%(days)d working days", number) % {"days": number}


def _list_url(**query: Any) -> str:
    return f"{reverse('overview_list')}?{urlencode({key: value for key, value in query.items() if value})}"


def _holder(row: overview.Waiting) -> dict[str, Any]:
    return {"person": row.person_id} if row.person_id else {"step": row.permission}


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """One counter's list, narrowed and shareable; `?export=xlsx` gives exactly these rows as a workbook."""
    user, horizon = request.user, Horizon(timezone.localdate())
    form = ListForm(request.GET, projects=followed(user))
    state = form.chosen_state
    rows = overview.listed(user, state, horizon, form.condition(), kind=form.chosen_kind)
    if request.GET.get("export") == "xlsx":
        return sheet(f"viec-{state}", _workbook(overview.items(rows, horizon), state))
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query["export"] = "xlsx"
    context = {
        "title": titles()[state],
        "today": horizon.today,
        "items": overview.items(found.object_list, horizon),
        "page": found,
        "form": form,
        "state": state,
        "tabs": _tabs(state),
        "actions": [{"label": _("Download Excel"), "url": f"?{query.urlencode()}", "icon": "download"}],
        "crumbs": [{"label": _("Overview"), "url": reverse("overview")}],
        "reset_url": _list_url(state=state),
    }
    return render(request, "workflows/overview_list.html", context)


def titles() -> dict[str, str]:
    """Return the names of the lists."""
    return {LATE: _("Late"), SOON: _("Soon late"), OTHERS: _("Waiting for others")}


def _tabs(active: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": _list_url(state=state), "active": state == active} for state, label in titles().items()
    ]


def _workbook(items: list[Item], state: str) -> bytes:
    columns = [
        _("Days late") if state != SOON else _("Days left"),
        _("What"),
        _("Kind"),
        _("Project"),
        _("Title of the project"),
        _("With"),
        _("People of the role"),
        _("Working days there"),
        _("Due"),
    ]
    above = (titles()[state], _("As of %(day)s") % {"day": date_format(timezone.localdate())})
    return write_xlsx(titles()[state], columns, (_row(item, state) for item in items), above=above)


def _row(item: Item, state: str) -> list[Value]:
    slip = item.days_left if state == SOON else item.days_late
    return [
        max(slip, 0),
        item.title,
        item.label,
        item.code,
        item.project,
        item.holder,
        item.names,
        item.days_held,
        item.due,
    ]


@login_required
@require_safe
def colours(request: PersonRequest) -> HttpResponse:
    """Followed projects that are red or amber, with the first reasons; a part of the landing page, or a page."""
    horizon = Horizon(timezone.localdate())
    judged = [
        (project, rag(project, horizon.today, horizon.calendar))
        for project in with_rag(followed(request.user).select_related("manager"))
    ]
    found = [(project, colour) for project, colour in judged if colour.colour not in ("", Colour.GREEN)]
    found.sort(key=lambda pair: (-WORSE.index(Colour(pair[1].colour)), -pair[1].slip, pair[0].code))
    is_part = request.headers.get("HX-Request") == "true"
    context = {
        "rows": found[:COLOURS] if is_part else found,
        "more": max(len(found) - COLOURS, 0) if is_part else 0,
        "total": len(judged),
        "crumbs": [{"label": _("Overview"), "url": reverse("overview")}],
    }
    return render(request, f"workflows/{'_overview_colours' if is_part else 'overview_colours'}.html", context)
