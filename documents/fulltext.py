"""Finding papers by what they say, as people type it: without capitals, tone marks or đ.

The one door to the databases' full-text search (documents/database.py makes its index). Words are found by
their beginnings, so that "khao sa" finds "khảo sát" while it is typed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents import files
from documents.database import INDEX
from documents.docx import text as docx_text
from documents.errors import DocumentError
from documents.models import Document, DocumentVersion
from documents.proofs import VersionText
from registry.search import fold

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 400_000  # two hundred pages; PostgreSQL indexes a megabyte of different words at most
MAX_WORDS = 12  # of a search
AT_ONCE = 50  # versions read in one tick
AROUND = 70  # characters on either side of a hit
_NO_WORD = re.compile(r"[^\w\n]+|_+")
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """Return a text as it is searched: folded words with single blanks, line by line."""
    return "\n".join(" ".join(_NO_WORD.sub(" ", fold(line)).split()) for line in text.split("\n"))


def words_of(text: str) -> list[str]:
    """Return the folded words of a search, the first dozen."""
    return folded(text.replace("\n", " ")).split()[:MAX_WORDS]


def keep_text(version: DocumentVersion, lines: Iterable[str]) -> VersionText:
    """Keep a version's text for the search; again it is the same row."""
    document = version.document
    text, plain, digest = _texts(_heading(document), lines)
    row, _made = VersionText.objects.get_or_create(
        version=version, defaults={"text": text, "folded": plain, "text_sha256": digest}
    )
    return row


def digest_of(lines: Iterable[str]) -> str:
    """Return what tells a text from others whatever saved its file: the SHA-256 of its folded lines."""
    return _texts("", lines)[2]


def keep_missing() -> int:
    """Read the newest versions whose text is not kept yet; return how many. For `tick`: after an upgrade, a crash."""
    rows = DocumentVersion.objects.filter(plain_text=None).select_related("document").order_by("-pk")
    for version in (found := list(rows[:AT_ONCE])):
        keep_text(version, _read(version))
    return len(found)


def saying(text: str, *, in_order: bool = True) -> Q:
    """Return the condition that a version says the words: as a phrase, or each of them somewhere."""
    words = words_of(text)
    if not words:
        return Q(pk__in=[])
    if connection.vendor == "postgresql":
        joined = (" <-> " if in_order else " & ").join(f"{word}:*" for word in words)
        query = (
            "SELECT version_id FROM documents_versiontext "
            "WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s)"
        )
    else:
        joined = f'"{" ".join(words)}" *' if in_order else " AND ".join(f'"{word}" *' for word in words)
        query = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608  a fixed name
    return Q(pk__in=RawSQL(query, [joined]))  # noqa: S611  the words are letters and digits, and a parameter


def excerpt(text: VersionText, words: Sequence[str]) -> SafeString:
    """Return the line that says the words, cut to what is around them, with the words in <mark>; "" without one."""
    lines, plain = text.text.split("\n"), text.folded.split("\n")
    number = _line_with(plain, " ".join(words), words)
    return _marked(lines[number], words) if number is not None and number < len(lines) else SafeString("")


def _line_with(lines: Sequence[str], phrase: str, words: Sequence[str]) -> int | None:
    """The first line below the title with the phrase, else with most of the words."""
    below = range(1, len(lines))
    found = next((number for number in below if f" {phrase}" in f" {lines[number]}"), None)
    if found is not None or not words:
        return found
    score = {number: sum(f" {word}" in f" {lines[number]}" for word in words) for number in below}
    best = max(score, key=lambda number: (score[number], -number), default=None)
    return best if best is not None and score[best] else None


def _marked(line: str, words: Sequence[str]) -> SafeString:
    spans = [found.span() for found in _WORD.finditer(line) if _starts(folded(found.group()), words)]
    if not spans:
        return SafeString("")
    start, end = max(0, spans[0][0] - AROUND), min(len(line), spans[0][1] + 2 * AROUND)
    pieces, at = ["… " if start else ""], start
    for left, right in (span for span in spans if span[1] <= end):
        pieces += [conditional_escape(line[at:left]), format_html("<mark>{}</mark>", line[left:right])]
        at = right
    pieces += [conditional_escape(line[at:end]), " …" if end < len(line) else ""]
    return mark_safe("".join(pieces))  # noqa: S308  every piece is escaped above


def _starts(word: str, wanted: Sequence[str]) -> bool:
    return any(word.startswith(each) for each in wanted)


def _heading(document: Document) -> str:
    project = document.case_project
    return " · ".join(filter(None, (document.title, project.code if project else "")))


def _texts(heading: str, lines: Iterable[str]) -> tuple[str, str, str]:
    """Return the text, the folded text, and the digest of its lines below the heading."""
    below = "\n".join(" ".join(line.split()) for line in lines)[:MAX_CHARACTERS]
    plain = folded(below)
    title = " ".join(heading.split())
    return f"{title}\n{below}", f"{folded(title)}\n{plain}", files.sha256(plain.encode())


def _read(version: DocumentVersion) -> list[str]:
    """The lines of a stored file; none of one that cannot be read, which the integrity check tells of."""
    try:
        with version.file.open() as file:
            return docx_text.text_of(file.read())
    except (OSError, DocumentError):
        logger.warning("The text of document version %s cannot be read for the search.", version.pk)
        return []
