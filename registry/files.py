"""Keeping files by their content: the name is the hash, so a file is never overwritten."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from registry.errors import NotStored


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the data as hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(folder: str, data: bytes, suffix: str) -> str:
    """Store the data as `folder/<first two>/<sha256><suffix>` and return that name.

    The same data is stored once. A file that a crash left half written under the name is
    replaced. A file whose transaction is rolled back stays behind: `manage.py invariants` lists
    it, `manage.py remove_orphans` takes it away. Raises NotStored, leaving nothing, when the disk is full.
    """
    digest = sha256(data)
    name = f"{folder}/{digest[:2]}/{digest}{suffix}"
    if default_storage.exists(name):
        if is_intact(name, digest):
            _renew(name)
            return name
        default_storage.delete(name)
    return put(name, data)


def put(name: str, data: bytes) -> str:
    """Store the data under a name that is free; return the name. Raises NotStored, leaving nothing."""
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError as error:
        if not is_intact(name, sha256(data)):  # else another process has stored the same meanwhile
            default_storage.delete(name)
        raise NotStored(
            _("The file could not be stored (%(error)s). Nothing was changed; free space on the server and try again.")
            % {"error": error.strerror or error}
        ) from error


def _renew(name: str) -> None:
    """Make a file young again that is about to get a row: what takes old orphans away must not take it."""
    with suppress(NotImplementedError):  # a storage that is no disk
        os.utime(default_storage.path(name))


def remove_orphans(known: Collection[str], *, older_than: datetime) -> Iterator[str]:
    """Take away the stored files that are not in `known` (the names in all rows) and older than that; yield each name.

    A file young enough may belong to a transaction that is still going on.
    """
    for name in stored_names():
        if name not in known and default_storage.get_modified_time(name) < older_than:
            default_storage.delete(name)
            yield name


def stored_names(folder: str = "") -> Iterator[str]:
    """Yield the names of all stored files."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in names)
    for below in folders:
        yield from stored_names(f"{prefix}{below}")


def is_intact(name: str, digest: str) -> bool:
    """Whether the stored file still has the content that its hash says."""
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest() == digest
