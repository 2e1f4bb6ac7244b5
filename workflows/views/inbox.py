"""The inbox: one list over all flows, in three tabs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig
from viewflow.workflow.models import Task

from people.models import User
from projects.views.case import PersonRequest
from workflows import inbox
from workflows.filters import InboxFilter
from workflows.tables import InboxTable, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {inbox.MINE: inbox.to_do, inbox.GROUP: inbox.claimable, inbox.SENT: inbox.waiting_for_others}


@require_safe
@login_required
def inbox_page(request: PersonRequest) -> HttpResponse:
    """The list of one tab, filtered; the same rows as a workbook with `export=xlsx`."""
    user = request.user
    tab = request.GET.get("tab", inbox.MINE)
    tab = tab if tab in LISTS else inbox.MINE
    summary = inbox.summary(user)
    filters = InboxFilter(request.GET, queryset=_tasks(tab, user), request=request, summary=summary)
    if tab != inbox.MINE:
        del filters.form.fields["whose"]
    if request.GET.get("export") == "xlsx":
        return _workbook(filters.qs)
    table = InboxTable(filters.qs, empty_text=_empty_text(tab, is_filtered=bool(request.GET.keys() - {"tab"})))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    # The navigation shows the number too and need not count again.
    request.inbox_count = summary.to_do  # type: ignore[attr-defined]
    context = {
        "table": table,
        "filter": filters,
        "tab": tab,
        "tabs": _tabs(tab, summary),
        "today": timezone.localdate(),
    }
    return render(request, "workflows/inbox.html", context | {"actions": [_export_link(request)]})


def _tasks(tab: str, user: User) -> QuerySet[Task]:
    return inbox.for_list(LISTS[tab](user))


def _workbook(tasks: QuerySet[Task]) -> HttpResponse:
    response = HttpResponse(workbook(tasks, title=_("Work to do")), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="viec-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _tabs(tab: str, summary: inbox.Summary) -> list[dict[str, object]]:
    labels = {
        inbox.MINE: (_("Waiting for me"), summary.to_do),
        inbox.GROUP: (_("Waiting for my group"), summary.group),
        inbox.SENT: (_("Sent, waiting for others"), summary.sent),
    }
    here = reverse("inbox")
    return [
        {"label": label, "url": f"{here}?tab={name}", "active": name == tab, "count": number}
        for name, (label, number) in labels.items()
    ]


def _export_link(request: PersonRequest) -> dict[str, str]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return {"label": _("Download Excel"), "url": f"?{query.urlencode()}", "icon": "download"}


def _empty_text(tab: str, *, is_filtered: bool) -> str:
    if is_filtered:
        return _("No step matches the filter. Clear it to see the whole list.")
    if tab == inbox.SENT:
        return _("Nothing of yours is with others just now.")
    if tab == inbox.GROUP:
        return _("No step of your roles is free. New ones appear here as soon as a case comes to your group.")
    return _("You are done for now. When a case needs you, its step appears here.")
