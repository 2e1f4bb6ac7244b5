"""A world that costs seconds to build, built once for a module and rolled back after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@contextmanager
def one_transaction(blocker: DjangoDbBlocker, media: Path) -> Iterator[None]:
    """Let rows be made in a transaction that stays open while the module's tests run in savepoints of it.

    Files go to `media`. Each test's own teardown closes the connection; here it must outlive them.
    """
    with blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=str(media)):
        with patch.object(connection, "close"):
            yield
        transaction.set_rollback(True)
