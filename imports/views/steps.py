"""The steps of an import: the file, the columns, the writing, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from imports import actions
from imports import layout as layouts
from imports.actions.uploading import remembered
from imports.checking import content_of
from imports.errors import WorkbookRefused
from imports.forms import ColumnsForm, TableForm, UploadForm
from imports.layout import Layout
from imports.models import ImportBatch
from imports.policies import can_undo, targets_for
from imports.sheets import Sheet, read_workbook
from imports.targets import targets
from imports.views.frame import batch_for, progress_key
from people.errors import Refusal
from people.frame import PersonRequest, refusals_said

PROGRESS_SECONDS = 600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Upload a list."""
    if not targets_for(request.user):
        raise PermissionDenied(_("Those who keep a registry may import lists into it."))
    form = UploadForm(
        request.POST or None, request.FILES or None, user=request.user, initial={"target": request.GET.get("kind")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.upload_list(
                form.cleaned_data["file"],
                file_name=form.file_name,
                target=form.cleaned_data["target"],
                province=form.cleaned_data["province"],
                by=request.user,
            )
            return redirect("imports:columns", pk=batch.pk)
        except (WorkbookRefused, Refusal) as refusal:
            form.add_error("file", str(refusal))
    return render(request, "imports/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: PersonRequest, pk: int) -> HttpResponse:
    """Say where the table is and what its columns hold; the guess stands there already."""
    batch = batch_for(request, pk, to_change=True)
    if batch.state not in (ImportBatch.State.READING, ImportBatch.State.PREVIEW):
        return redirect(batch)
    sheets = read_workbook(content_of(batch), was_checked=True)
    table = TableForm(request.POST or request.GET or None, sheets=sheets, initial=_table_of(batch))
    is_chosen = table.is_bound and table.is_valid()
    sheet, layout, constants = _chosen(batch, sheets, table if is_chosen else None)
    form = ColumnsForm(
        request.POST or None, sheet=sheet, layout=layout, target=targets()[batch.target], constants=constants
    )
    if request.method == "POST" and is_chosen and form.is_valid():
        try:
            actions.set_columns(
                batch,
                sheet=table.cleaned_data["sheet"],
                header=(layout.first, layout.last),
                places=form.cleaned_data["places"],
                constants=form.cleaned_data["constants"],
                by=request.user,
            )
            return redirect(batch)
        except (WorkbookRefused, Refusal) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "batch": batch,
        "table": table,
        "form": form,
        "layout": layout,
        "sheet": sheets.index(sheet),
        "script": sheet.script.value,
    }
    is_wrong = bool(form.errors) or (table.is_bound and not is_chosen)
    return render(request, "imports/columns.html", context, status=422 if is_wrong else 200)


def _table_of(batch: ImportBatch) -> dict[str, int]:
    return {"sheet": batch.sheet, "first": batch.header_first, "last": batch.header_last}


def _chosen(batch: ImportBatch, sheets: list[Sheet], table: TableForm | None) -> tuple[Sheet, Layout, dict[str, str]]:
    """The sheet and layout that the person chose, or those of the batch."""
    known = _table_of(batch)
    asked = table.cleaned_data if table else known
    sheet = sheets[min(asked["sheet"], len(sheets) - 1)]
    if asked == known:
        return sheet, Layout(asked["first"], asked["last"], dict(batch.places)), batch.constants
    target = targets()[batch.target]
    wanted = target.resource.columns()
    if asked["sheet"] != known["sheet"] and (asked["first"], asked["last"]) == (known["first"], known["last"]):
        layout = layouts.layout_of(sheet, wanted)  # another sheet has its header elsewhere
    else:
        places, score = layouts.match(layouts.levels(sheet, asked["first"], asked["last"]), wanted)
        layout = Layout(asked["first"], asked["last"], places, score)
    return sheet, *remembered(sheet, layout, target, batch.province)


@login_required
@require_POST
def run(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the good lines."""
    batch = batch_for(request, pk, to_change=True)

    def report(done: int, total: int) -> None:
        cache.set(progress_key(pk), (done, total), PROGRESS_SECONDS)

    try:
        done = actions.run_batch(batch, by=request.user, report=report)
        text = ngettext("%(count)s row was imported.", "%(count)s rows were imported.", done.good)
        messages.success(request, text % {"count": done.good})
    except (WorkbookRefused, Refusal) as refusal:
        messages.error(request, str(refusal))
    cache.delete(progress_key(pk))
    return redirect(batch)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take an import back."""
    batch = batch_for(request, pk, to_change=True)
    if request.method == "POST":
        with refusals_said(request):
            kept = actions.undo_batch(batch, by=request.user)
            messages.success(request, _("The import was undone."))
            if kept:
                text = ngettext("%(count)s entry had to stay.", "%(count)s entries had to stay.", len(kept))
                messages.warning(request, text % {"count": len(kept)})
        return redirect(batch)
    if not can_undo(batch, now=timezone.now()):
        return redirect(batch)
    return render(request, "imports/undo.html", {"batch": batch})
