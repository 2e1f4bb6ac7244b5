"""What the import's pages share."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from imports.models import ImportBatch
from imports.policies import may_import
from people.frame import PersonRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def batch_for(request: PersonRequest, pk: int, *, to_change: bool = False) -> ImportBatch:
    """Return a batch that the user may see: 404 for strangers, 403 for those who may not change it."""
    visible = ImportBatch.objects.visible_to(request.user).select_related("province", "uploaded_by", "done_by")
    found: ImportBatch = get_object_or_404(visible, pk=pk)
    if to_change and not may_import(request.user, found):
        raise PermissionDenied(_("You may look at this import; those who keep the registry may go on with it."))
    return found


def sheet_answer(data: bytes, name: str) -> HttpResponse:
    """Answer with a workbook."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def progress_key(pk: int) -> str:
    """Return where the progress of a batch is kept in the cache: (done, total)."""
    return f"imports-progress-{pk}"
