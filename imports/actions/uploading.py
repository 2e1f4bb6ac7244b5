"""Taking in a list: the file is kept under its hash, and where its table stands is guessed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from imports import layout as layouts
from imports.errors import NotAllowedForYou
from imports.models import ColumnMapping, ImportBatch
from imports.sheets import Sheet, read_workbook
from imports.targets import Target
from people import audit
from people.models import AdminUnit, User


def upload_list(
    data: bytes, *, file_name: str, target: Target, province: AdminUnit, by: User, now: datetime | None = None
) -> ImportBatch:
    """Return a new batch whose sheet, header and columns are guessed, or remembered from the last list like it.

    Raises NotAllowedForYou, and WorkbookRefused for a file that is not kept.
    """
    if not target.can_import(by, province.pk):
        raise NotAllowedForYou(
            _("You do not import such lists in %(province)s; ask an office there.") % {"province": province}
        )
    sheets = read_workbook(data)
    place, layout = layouts.choose_sheet(sheets, target.resource.columns())
    sha256 = hashlib.sha256(data).hexdigest()
    layout, constants = remembered(sheets[place], layout, target, province)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            target=target.key,
            province=province,
            uploaded_by=by,
            uploaded_at=now or timezone.now(),
            file=_kept(data, sha256),
            file_name=PurePosixPath(file_name).name[:200] or f"{sha256[:8]}.xlsx",
            sha256=sha256,
            sheet=place,
            header_first=layout.first,
            header_last=layout.last,
            places=layout.places,
            constants=constants,
        )
        audit.record("import.file_uploaded", by=by, target=batch, province=province, at=now, sha256=sha256)
    return batch


def remembered(
    sheet: Sheet, layout: layouts.Layout, target: Target, province: AdminUnit
) -> tuple[layouts.Layout, dict[str, str]]:
    """Return the layout with the columns that a person set for the same titles before, if any.

    With it come the values that the lines above the table give for all rows.
    """
    known = ColumnMapping.objects.filter(
        province=province, target=target.key, fingerprint=layouts.fingerprint(sheet, layout)
    ).first()
    if known:
        columns = target.resource.columns()
        places = {key: place for key, place in known.places.items() if key in columns}
        layout = layouts.Layout(layout.first, layout.last, places, layout.score)
    above = [cells for row, cells in sheet.rows.items() if row < layout.first]
    titles = [str(cell) for cells in above for cell in cells if cell != ""]
    return layout, target.constants_in(titles, layout.places)


def _kept(data: bytes, sha256: str) -> str:
    """Store the bytes once under their hash, and return the name in the storage."""
    name = f"imports/{sha256}.xlsx"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))
