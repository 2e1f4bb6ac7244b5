"""What files are called when they leave the house: Vietnamese, and safe on every disk."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from documents.models import DocumentVersion, RegisterEntry

MAX_TITLE = 80  # characters of a title in a file's name; file systems take 255 bytes
# Characters that nobody sees and that turn or break a line.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


def file_name(version: DocumentVersion, *, suffix: str = ".docx") -> str:
    """Return the name under which a version is saved: "05-BC-CCTĐC Báo cáo khảo sát.docx"."""
    entry: RegisterEntry | None = getattr(version, "register_entry", None)
    head = entry.full_number if entry else _("Draft %(number)d") % {"number": version.number}
    return f"{_safe(head, '-')} {_short(version.document.title)}{suffix}"


def dossier_name(number: str, version: DocumentVersion) -> str:
    """Return the name of a paper in a dossier: "03 Báo cáo khảo sát (05-BC-CCTĐC).docx"."""
    entry: RegisterEntry | None = getattr(version, "register_entry", None)
    tail = f" ({_safe(entry.full_number, '-')})" if entry else ""
    return f"{number} {_short(version.document.title)}{tail}.docx"


def printable(title: str) -> str:
    """Return a title as a list of papers can print it: on one line, without what nobody sees."""
    return " ".join(_UNSEEN.sub(" ", title).split())


def _short(title: str) -> str:
    words = " ".join(_safe(title, " ").split())
    if len(words) > MAX_TITLE:
        words = words[:MAX_TITLE].rsplit(" ", 1)[0]
    return words.strip(" .")


def _safe(text: str, instead: str) -> str:
    return _NOT_IN_NAMES.sub(instead, text)
