"""Writing the pages: all of them in a walk through the products, and at once those that a recall changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from lots.models import Recall
from stamps.errors import FallbackIncomplete
from stamps.fallback.folder import Folder
from stamps.fallback.names import general_name, name_of
from stamps.fallback.pages import general_page, product_page
from stamps.fallback.records import CHUNK, OnRecord, in_chunks, on_record, public_batches
from stamps.models import StampBatch
from stamps.public.language import KNOWN

logger = logging.getLogger(__name__)

WALK_EVERY = timedelta(hours=1)
# A recall is dated when it is decided and seen when its transaction ends.
MARGIN = timedelta(minutes=10)


@dataclass
class Done:
    """How many files were written, left as they were, and taken away, and which codes failed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0

    @property
    def changed(self) -> int:
        """Files that are not what they were."""
        return self.written + self.removed


def the_folder() -> Folder:
    """Return the folder of this installation (STAMPS_FALLBACK_DIR)."""
    return Folder(Path(settings.STAMPS_FALLBACK_DIR))


def write_all(now: datetime | None = None) -> Done:
    """Write all pages, waiting for another process that does; the folder then has no page of anything else.

    Memory does not grow with the products. Raises FallbackIncomplete at the end if a page could not be made:
    the one from before stays.
    """
    folder = the_folder()
    with folder.alone(wait=True):
        return _walk(folder, now)


def keep_up(now: datetime | None = None) -> int:
    """Write everything when an hour has gone by, until then what a recall changed; return how many files changed.

    While another process writes it does nothing.
    """
    folder = the_folder()
    with folder.alone(wait=False) as is_alone:
        if not is_alone:
            return 0
        walked_at = folder.walked_at
        if walked_at is None or not timedelta(0) <= (now or timezone.now()) - walked_at < WALK_EVERY:
            return _walk(folder, now).changed
        done = Done()
        since = walked_at - MARGIN
        recalls = Recall.objects.filter(Q(recalled_at__gte=since) | Q(lifted_at__gte=since))
        for codes in in_chunks(StampBatch.objects.filter(product__in=recalls.values("product"))):
            _write(folder, codes, done, now)
        return _complete(done).changed


def _walk(folder: Folder, now: datetime | None) -> Done:
    began, done = now or timezone.now(), Done()
    for language in KNOWN:
        _keep(folder, general_name(language), partial(general_page, language), began, done)
    for codes in in_chunks(public_batches()):
        _write(folder, codes, done, now)
    for pieces in _in_pieces(folder.files()):
        _sweep(folder, pieces, done)
    folder.walked_at = began  # also when pages failed: trying them again every few minutes would mend nothing
    return _complete(done)


def _write(folder: Folder, codes: list[str], done: Done, now: datetime | None) -> None:
    """Write the pages of the codes, and take away those of codes that are not public."""
    read_at = now or timezone.now()  # before the reading: what comes during it is not promised
    records = on_record(codes, timezone.localdate(read_at))
    for record in records:
        _write_one(folder, record, read_at, done)
    for code in set(codes) - {record.code for record in records}:
        _remove(folder, (name_of(code, language) for language in KNOWN), done)


def _write_one(folder: Folder, record: OnRecord, read_at: datetime, done: Done) -> None:
    for language in KNOWN:
        if not (name := name_of(record.code, language)):
            continue
        try:
            _keep(folder, name, partial(product_page, record, language), read_at, done)
        except OSError:  # a full disk: the next file would not fit either
            raise
        except Exception:  # one product must not keep the recalls of all others from their pages
            logger.exception("The page %s could not be made; the one from before stays.", name)
            done.failed += 1


def _keep(folder: Folder, name: str, page_at: Callable[[datetime], str], now: datetime, done: Done) -> None:
    if folder.keep(name, page_at, now):
        done.written += 1
    else:
        done.unchanged += 1


def _sweep(folder: Folder, files: list[tuple[str, str]], done: Done) -> None:
    """Take away the files whose codes are not public any more."""
    codes = {code for _name, code in files}
    public = set(public_batches().filter(code__in=codes).values_list("code", flat=True).distinct())
    _remove(folder, (name for name, code in files if code not in public), done)


def _remove(folder: Folder, names: Iterable[str], done: Done) -> None:
    done.removed += sum(folder.remove(name) for name in names if name)


def _complete(done: Done) -> Done:
    if done.failed:
        raise FallbackIncomplete(f"{done.failed} pages could not be made; the log says which and why")
    return done


def _in_pieces(files: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while piece := list(islice(files, CHUNK)):
        yield piece
