"""What the doors for workbooks and Word documents ask of a zip before anything in it is unpacked."""

from __future__ import annotations

import zipfile
import zlib

MAX_BYTES = 10 * 1024 * 1024
MAX_MEMBERS = 500
MAX_RATIO = 100  # a sheet of real data stays below 40; a bomb starts at several hundred
RATIO_FREE = 1024 * 1024  # below this size a ratio says nothing

# How a file of the old Office, or one with a password, begins.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError, ValueError, OSError
)  # fmt: skip


def is_too_much(archive: zipfile.ZipFile, *, most: int) -> bool:
    """Whether the package has too many parts, or says that it unpacks to more than `most` bytes."""
    members = archive.infolist()
    return len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > most


def is_too_tight(archive: zipfile.ZipFile) -> bool:
    """Whether the package is packed more tightly than real data can be."""
    members = archive.infolist()
    unzipped = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    return unzipped > RATIO_FREE and unzipped > MAX_RATIO * max(packed, 1)


def has_macros(archive: zipfile.ZipFile) -> bool:
    """Whether the package holds a macro project."""
    return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
