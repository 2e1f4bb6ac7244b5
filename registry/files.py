"""Keeping files by their content: the name is the hash, so a file is never overwritten."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the data as hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(folder: str, data: bytes, suffix: str) -> str:
    """Store the data as `folder/<first two>/<sha256><suffix>` and return that name.

    The same data is stored once. A file that a crash left half written under the name is
    replaced. A file whose transaction is rolled back stays behind; `manage.py invariants` lists it.
    """
    digest = sha256(data)
    name = f"{folder}/{digest[:2]}/{digest}{suffix}"
    if default_storage.exists(name):
        if is_intact(name, digest):
            return name
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(data))


def is_intact(name: str, digest: str) -> bool:
    """Whether the stored file still has the content that its hash says."""
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest() == digest
