"""The list of imports, one import's report, and the workbook that goes back."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_filters.views import FilterView
from django_tables2 import RequestConfig
from django_tables2.views import SingleTableMixin

from imports.export import write_xlsx
from imports.filters import BatchFilter, LineFilter
from imports.models import ImportBatch
from imports.policies import can_undo, may_import, may_undo, targets_for
from imports.returned import returned_workbook
from imports.tables import BATCH_TONES, BatchTable, LineTable, counts_of
from imports.targets import targets
from imports.views.frame import batch_for, progress_key, sheet_answer
from people.frame import PersonRequest
from people.scope import scope_of

State = ImportBatch.State


class BatchList(LoginRequiredMixin, SingleTableMixin, FilterView):
    """The imports of the user's province."""

    table_class = BatchTable
    filterset_class = BatchFilter
    template_name = "imports/batches.html"
    table_pagination: ClassVar[dict[str, int]] = {"per_page": 25}

    def get_queryset(self) -> QuerySet[ImportBatch]:
        """Visible batches; producers' people have none to see."""
        scope = scope_of(self.request.user)
        if not scope.is_official:
            raise PermissionDenied
        rows: QuerySet[ImportBatch] = ImportBatch.objects.visible_to(self.request.user).for_table()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the buttons."""
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        sheet = {"label": _("Download as Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
        actions = [{**sheet, "kind": "outline-primary"}]
        if targets_for(self.request.user):
            actions.append(
                {"label": _("Import a list"), "url": reverse("imports:new"), "icon": "plus", "kind": "primary"}
            )
        return {**super().get_context_data(**kwargs), "actions": actions}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with `?export=xlsx` the workbook of all its rows."""
        if self.request.GET.get("export") == "xlsx":
            columns, *rows = context["table"].as_values()
            return sheet_answer(write_xlsx(_("Imports"), [str(name) for name in columns], rows), "nhap-du-lieu")
        page: HttpResponse = super().render_to_response(context, **kwargs)
        return page


@login_required
@require_safe
@never_cache
def batch(request: PersonRequest, pk: int) -> HttpResponse:
    """The report of one import: what would change, or what was done."""
    found = batch_for(request, pk)
    lines = LineFilter(request.GET or None, queryset=found.lines.all())
    table = LineTable(lines.qs)
    if request.GET.get("export") == "xlsx":
        columns, *rows = table.as_values()
        return sheet_answer(
            write_xlsx(found.file_name, [str(name) for name in columns], rows), f"ket-qua-kiem-tra-{pk}"
        )
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    target = targets()[found.target]
    now = timezone.now()
    may = may_import(request.user, found)
    context = {
        "batch": found,
        "title": found.file_name,
        "tone": BATCH_TONES[found.state],
        "kind": target.label,
        "counts": counts_of(found, found.get_absolute_url()),
        "filter": lines,
        "table": table,
        "may_import": may,
        "is_open": found.state in (State.READING, State.PREVIEW),
        "may_undo": can_undo(found, now=now) and may_undo(request.user, found),
        "kept": found.changes.exclude(kept_because=""),
        "twin": _twin(found),
        "home": dict(zip(("label", "url"), target.home(), strict=True)),
    }
    return render(request, "imports/batch.html", context)


def _twin(found: ImportBatch) -> ImportBatch | None:
    """The import of the very same file, if there was one."""
    same = ImportBatch.objects.filter(
        sha256=found.sha256, target=found.target, province=found.province, state=State.DONE, pk__lt=found.pk
    )
    return same.order_by("-pk").first() if found.state != State.UNDONE else None


@login_required
@require_safe
@never_cache
def progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the writing has come; a fragment that asks again while it goes on."""
    found = batch_for(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect(found)
    done, total = cache.get(progress_key(pk)) or (0, 0)
    percent = 100 * done // total if total else 0
    context = {"batch": found, "done": done, "total": total, "percent": percent, "goes_on": percent < 100}
    return render(request, "imports/_progress.html", context)


@login_required
@require_safe
def returned(request: PersonRequest, pk: int) -> HttpResponse:
    """The person's own workbook, the cells to correct coloured and explained."""
    found = batch_for(request, pk)
    if not found.wrong:
        raise Http404
    stem = slugify(PurePosixPath(found.file_name).stem) or "danh-sach"
    return sheet_answer(returned_workbook(found), f"{stem}-can-sua")
