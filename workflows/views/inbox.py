"""The inbox: one list over all flows, in three tabs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig
from viewflow.workflow.models import Task

from projects.views.case import PersonRequest
from workflows import inbox
from workflows.tables import InboxTable, workbook
from workflows.views.listing import Listing, titles

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CountedPaginator(Paginator):  # type: ignore[type-arg]  # Django's own is no generic
    """Pages of a list whose length is known already."""

    def __init__(self, *args: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = total

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self.total


@require_safe
@login_required
def inbox_page(request: PersonRequest) -> HttpResponse:
    """The list of one tab, filtered; the same rows as a workbook with `export=xlsx`, ticked with `select=all`."""
    listing = Listing(request)
    if request.GET.get("export") == "xlsx":
        return _workbook(listing.tasks)
    table = InboxTable(
        listing.filters.qs,
        user=request.user,
        query=listing.query,
        all_ticked=request.GET.get("select") == "all",
        empty_text=_empty_text(listing),
    )
    pages = {"per_page": 25, "paginator_class": CountedPaginator, "total": listing.total}
    RequestConfig(request, paginate=pages).configure(table)
    context = {
        "table": table,
        "filter": listing.filters,
        "listing": listing,
        "tab": listing.tab,
        "tabs": _tabs(listing),
        "today": timezone.localdate(),
        "ticked_url": _ticked_url(request, ticked=table.all_ticked),
    }
    return render(request, "workflows/inbox.html", context | {"actions": [_export_link(request)]})


def _workbook(tasks: QuerySet[Task]) -> HttpResponse:
    response = HttpResponse(workbook(tasks, title=_("Work to do")), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="viec-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _tabs(listing: Listing) -> list[dict[str, object]]:
    here, summary = reverse("inbox"), listing.summary
    counts = {inbox.MINE: summary.to_do, inbox.GROUP: summary.group, inbox.SENT: summary.sent}
    return [
        {"label": label, "url": f"{here}?tab={name}", "active": name == listing.tab, "count": counts[name]}
        for name, label in titles().items()
    ]


def _export_link(request: PersonRequest) -> dict[str, str]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return {"label": _("Download Excel"), "url": f"?{query.urlencode()}", "icon": "download"}


def _ticked_url(request: PersonRequest, *, ticked: bool) -> str:
    """The same page with every box ticked, or with none."""
    query = request.GET.copy()
    query.pop("select", None)
    if not ticked:
        query["select"] = "all"
    return f"?{query.urlencode()}"


def _empty_text(listing: Listing) -> str:
    if listing.is_narrowed:
        return _("Nothing is left in this part of the list. Clear the filter to see the whole list.")
    if listing.tab == inbox.SENT:
        return _("Nothing of yours is with others just now.")
    if listing.tab == inbox.GROUP:
        return _("No step of your roles is free. New ones appear here as soon as a case comes to your group.")
    return _("You are done for now. When a case needs you, its step appears here.")
