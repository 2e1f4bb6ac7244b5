"""Handing out a kept file: to be saved, never shown, and only while it is what its hash says."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from registry import files
from registry.search import fold

CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".jpg": "image/jpeg",
}
log = logging.getLogger(__name__)


def in_file_name(text: str) -> str:
    """Return the text as a part of a file's name: at most 60 plain letters, digits and hyphens."""
    return slugify(fold(text))[:60]


def send(request: HttpRequest, row: Any, field: str, *, name: str, back: Any) -> HttpResponseBase:
    """Answer with the kept file of the row's field under `name` and its own suffix, as an attachment.

    404 without a file; a file that is missing or differs from `<field>_sha256` sends the person `back`
    (what `redirect` takes) with a message, and is logged.
    """
    kept: FieldFile = getattr(row, field)
    if not kept:
        raise Http404
    if not files.is_intact(str(kept.name), getattr(row, f"{field}_sha256")):
        log.error("The %s of %s %s is missing or differs from its SHA-256.", field, row._meta.label, row.pk)
        messages.error(request, _("The stored file is damaged; tell the administrator."))
        return redirect(back)
    suffix = PurePosixPath(str(kept.name)).suffix
    return FileResponse(
        kept.open("rb"),
        as_attachment=True,
        filename=name + suffix,
        content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"),
        headers={"X-Content-Type-Options": "nosniff"},
    )
