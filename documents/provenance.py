"""Proving what was issued: a Word file that somebody brings, a number that somebody quotes, all that is stored.

A file is one of ours when its SHA-256 is. Word writes other bytes when it saves a paper again, so a file with
other bytes is told by its text: the same words, or the words that differ from the paper whose number it bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from documents import docx, files
from documents.compare import MAX_CHARACTERS, MAX_LINES, Change, Run, runs_of
from documents.docx import text as docx_text
from documents.docx.text import Line
from documents.errors import DocumentError, NotReadable
from documents.fulltext import digest_of
from documents.models import DocumentVersion, RegisterEntry
from documents.reading import Reading, lines_of

# "Số: 05/BC-CCTĐC" where a paper bears its number.
_NUMBER_LINE = re.compile(r"Số:\s*(?P<number>\d{1,6})\s*/\s*(?P<symbol>[^\s/|-]+)-(?P<agency>[^\s|]+)")
_NUMBER = re.compile(r"(?P<number>\d{1,6})/(?P<symbol>[^\s/-]+)-(?P<agency>\S+)")
MAX_CANDIDATES = 6  # papers of one number: one a year
NUMBERED_FIRST = (F("register_entry__issued_on").desc(nulls_last=True), "-number")


class Outcome(StrEnum):
    """What a file turned out to be."""

    SAME_FILE = "same_file"  # byte for byte
    SAME_TEXT = "same_text"  # saved again; every word is the same
    CHANGED = "changed"  # bears the number of a paper of ours and says something else
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What is known about a file: which version it is or pretends to be, and what differs."""

    outcome: Outcome
    sha256: str
    version: DocumentVersion | None = None
    runs: tuple[Run, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The places where the file differs from the paper."""
        return tuple(run.change for run in self.runs if run.change)


@dataclass(frozen=True)
class Flaw:
    """Something wrong with a stored version."""

    version: DocumentVersion
    reason: str

    def __str__(self) -> str:
        return f"{self.version}: {self.reason}"


def verify_file(data: bytes, versions: QuerySet[DocumentVersion]) -> Verdict:
    """Say what a Word file is, looking among `versions`.

    Raises TemplateRefused for a file of other bytes that is no plain .docx, so that its text cannot be read.
    """
    digest, known = files.sha256(data), versions.select_related("document")
    found = known.filter(sha256=digest).order_by(*NUMBERED_FIRST).first()
    if found:
        return Verdict(Outcome.SAME_FILE, digest, found)
    lines = docx_text.lines_of(data)
    texts = [str(line) for line in lines]
    found = known.filter(plain_text__text_sha256=digest_of(texts)).order_by(*NUMBERED_FIRST).first()
    if found and texts:
        return Verdict(Outcome.SAME_TEXT, digest, found)
    nearest = _nearest(lines, known)
    return Verdict(Outcome.CHANGED, digest, *nearest) if nearest else Verdict(Outcome.UNKNOWN, digest)


def with_number(text: str, versions: QuerySet[DocumentVersion]) -> list[DocumentVersion]:
    """Return the versions that were issued under a number as it is printed ("05/BC-CCTĐC"), the newest first."""
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    return list(_numbered(found, versions)) if found else []


def flaws(version: DocumentVersion) -> Iterator[Flaw]:
    """Yield what is wrong with a stored version: its file, its template's file, or the text they make together."""
    if not files.is_intact(str(version.file.name), version.sha256):
        yield Flaw(version, "the stored file is missing or differs from its SHA-256")
    elif not files.is_intact(str(version.template.file.name), version.template.sha256):
        yield Flaw(version, f"the file of template {version.template} is missing or differs from its SHA-256")
    elif not is_same_text(version):
        yield Flaw(version, f"template {version.template} and the stored data give another text than the file has")


def is_same_text(version: DocumentVersion) -> bool:
    """Whether template and stored data still give the text that the stored file has."""
    try:
        with version.file.open() as stored:
            return docx.text_of(regenerate(version)) == docx.text_of(stored.read())
    except DocumentError:
        return False


def regenerate(version: DocumentVersion) -> bytes:
    """Return the Word file made again from the version's template and stored data.

    The text is the stored one's; the bytes may differ where another release of the program packs them otherwise.
    """
    with version.template.file.open() as template:
        return docx.render(template.read(), **version.context)


def _nearest(
    lines: Sequence[Line], versions: QuerySet[DocumentVersion]
) -> tuple[DocumentVersion, tuple[Run, ...]] | None:
    """The issued paper whose number stands in the text, with what differs; of several the one that differs least."""
    number = next((found for line in lines if (found := _NUMBER_LINE.search(str(line)))), None)
    candidates = [(version, _differences(version, lines)) for version in _numbered(number, versions)] if number else []
    return min(candidates, key=lambda one: sum(run.change is not None for run in one[1]), default=None)


def _differences(version: DocumentVersion, lines: Sequence[Line]) -> tuple[Run, ...]:
    """What differs; nothing is said of a text that is far longer than any paper, or of a paper whose file is gone."""
    if len(lines) > MAX_LINES or sum(len(str(line)) for line in lines) > MAX_CHARACTERS:
        return ()
    try:
        return tuple(runs_of((Reading(tuple(lines_of(version))), Reading(tuple(lines)))))
    except NotReadable:
        return ()


def _numbered(found: re.Match[str], versions: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    """The issued versions of a number; symbols are matched whatever their case."""
    entries = RegisterEntry.objects.filter(
        Q(series__symbol__iregex=f"^{re.escape(found['symbol'])}$"),
        Q(series__organisation__symbol__iregex=f"^{re.escape(found['agency'])}$"),
        number=int(found["number"]),
    )
    rows = versions.filter(register_entry__in=entries).select_related("document", "template")
    return rows.order_by("-register_entry__issued_on")[:MAX_CANDIDATES]
