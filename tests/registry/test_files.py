"""Files kept by their content: what is left behind goes, what somebody takes into use again stays."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from registry import files

HOUR = timedelta(hours=1)


def aged(name: str) -> str:
    """Make a stored file two hours old."""
    then = time.time() - 7200
    os.utime(default_storage.path(name), (then, then))
    return name


def removed(*known: str) -> list[str]:
    return list(files.remove_orphans(set(known), older_than=timezone.now() - HOUR))


def test_an_old_file_without_a_row_is_taken_away_and_the_others_stay() -> None:
    orphan, used = aged(files.keep("documents", b"a", ".docx")), aged(files.keep("documents", b"b", ".docx"))
    young = files.keep("documents", b"c", ".docx")
    assert removed(used) == [orphan]
    assert [default_storage.exists(name) for name in (orphan, used, young)] == [False, True, True]


def test_an_old_file_that_is_taken_into_use_again_is_young() -> None:
    name = aged(files.keep("documents", b"a", ".docx"))
    assert files.keep("documents", b"a", ".docx") == name
    assert removed() == []


def test_nothing_stored_is_nothing_to_take_away() -> None:
    assert removed() == []


def test_a_half_written_file_is_replaced() -> None:
    name = files.keep("documents", b"whole", ".docx")
    with open(default_storage.path(name), "wb") as stored:
        stored.write(b"who")
    assert files.keep("documents", b"whole", ".docx") == name
    assert files.is_intact(name, files.sha256(b"whole"))
