"""The long work behind a roll, in chunks that a kill repeats at most once: write its file, read it back, release it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.errors import PartLost
from jobs.files import ChunkFile
from jobs.kinds import Chunk, Cursor, Kind
from jobs.models import Job
from people.models import User
from stamps.actions.common import log
from stamps.errors import RollRefused, SheetUnreadable
from stamps.models import Roll
from stamps.printing import roll_content as content
from stamps.printing.sheets import SheetWriter
from stamps.printing.verification import labels_on, pages_to_read, read_pages

WRITE_CHUNK, READ_CHUNK = 10_000, 500  # stamps, about half a second and a second of work
_PIECE = 1 << 20


class RollFile(Kind):
    """Makes the file of the roll in `arguments["roll"]`. The same roll gives the same bytes, whatever was killed.

    The cursor is at first {"state": of the writer, "length"}, then {"length", "sha256", "pages", "next", "read"}.
    """

    key: ClassVar[str] = "stamp_roll"
    label: ClassVar[Any] = gettext_lazy("File of a roll of stamps")
    unit: ClassVar[Any] = gettext_lazy("steps: each stamp is written, then read back")
    queue: ClassVar[str] = "bulk"

    def step(self, job: Job, cursor: Cursor) -> Chunk:
        roll: Roll = Roll.objects.for_page().get(pk=job.arguments["roll"])
        if roll.cancelled_at or roll.released_at:
            raise RollRefused(
                _("Roll %(roll)s was taken back or is released already, so its file is not made.") % {"roll": roll}
            )
        # The words on the labels must not hang on who happens to work.
        with translation.override(settings.LANGUAGE_CODE):
            return _read(job, roll, cursor) if "next" in cursor else _write(job, roll, cursor)

    def may_fetch(self, job: Job, user: User) -> bool:
        """Nobody: the file is had from its order's page, where its hash is proved first."""
        return False


def total_of(roll: Roll) -> int:
    """Return what the progress counts to: the stamps to write and those to read back."""
    layout = content.layout_of(roll)
    return roll.quantity + labels_on(layout, labels=roll.quantity, pages=pages_to_read(layout, labels=roll.quantity))


def _write(job: Job, roll: Roll, cursor: Cursor) -> Chunk:
    layout, file = content.layout_of(roll), ChunkFile(job)
    with file.append(cursor.get("length", 0)):
        writer = _writer(file, roll, cursor)
        done = cursor["state"]["labels"] if cursor else 0
        count = min(max(WRITE_CHUNK // layout.per_page, 1) * layout.per_page, roll.quantity - done)
        writer.write(content.stamps_of(roll, done, count))
        if (done := done + count) < roll.quantity:
            return Chunk({"state": writer.state(), "length": file.length}, done)
        made = writer.close()
    follows = {"length": file.length, "sha256": made.sha256, "pages": made.pages, "next": 0, "read": 0}
    return Chunk(follows, done)


def _writer(file: ChunkFile, roll: Roll, cursor: Cursor) -> SheetWriter:
    face, layout = content.face_of(roll.batch, content.logo_of(roll)), content.layout_of(roll)
    title = content.title_of(roll)
    if not cursor:
        return SheetWriter(file, face, layout, title=title)
    try:
        return SheetWriter.resume(file, face, layout, title=title, state=cursor["state"], done=_pieces(file.path))
    except ValueError as error:  # the product got another name meanwhile, or the disk is damaged
        raise PartLost(str(error)) from error


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _read(job: Job, roll: Roll, cursor: Cursor) -> Chunk:
    file, layout = ChunkFile(job), content.layout_of(roll)
    if not file.path.exists() or file.path.stat().st_size != cursor["length"]:
        raise PartLost(f"{file.path.name} is not the file that was written")
    pages = pages_to_read(layout, labels=roll.quantity)
    until = cursor["next"] + max(READ_CHUNK // layout.per_page, 1)
    try:
        labels = read_pages(
            file.path,
            partial(content.addresses_of, roll),
            layout,
            labels=roll.quantity,
            pages=pages[cursor["next"] : until],
            hidden=partial(content.hidden_codes_of, roll) if roll.batch.order.has_pin else None,
        )
    except SheetUnreadable:
        file.remove()  # so that the next try makes another one instead of reading this one again
        raise
    read = cursor["read"] + labels
    if until < len(pages):
        return Chunk({**cursor, "next": until, "read": read}, roll.quantity + read)
    return _released(file, roll, cursor, read)


def _released(file: ChunkFile, roll: Roll, cursor: Cursor, read: int) -> Chunk:
    with file.path.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != cursor["sha256"]:
            raise PartLost(f"{file.path.name} changed while it was read back")
    name, digest = file.store(content.file_name_of(roll))
    write = partial(release, roll.pk, name=name, sha256=digest, pages=cursor["pages"], verified=read)
    return Chunk(None, roll.quantity + read, write, file=file, file_name=content.file_name_of(roll))


def release(pk: int, *, name: str, sha256: str, pages: int, verified: int) -> None:
    """Let a roll's file be handed out; not that of a roll that was taken back meanwhile. Inside a transaction."""
    Roll.objects.select_for_update().get(pk=pk)
    roll = Roll.objects.for_page().get(pk=pk)
    if roll.cancelled_at or roll.released_at:
        return
    roll.file, roll.sha256, roll.pages, roll.verified = name, sha256, pages, verified
    roll.released_at = timezone.now()
    roll.save(update_fields=["file", "sha256", "pages", "verified", "released_at"])
    order, by = roll.batch.order, roll.requested_by
    log(order, "stamps.sheet_made", by=by, at=roll.released_at, quantity=roll.quantity, roll=roll.number, sha256=sha256)
