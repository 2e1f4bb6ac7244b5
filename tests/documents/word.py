"""Small Word files for tests: sound ones, and ones that someone tampered with."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from docx import Document

from documents.letterhead import Letterhead
from documents.samples.shared import letterhead


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the sample paper."""

    name: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The data of the sample paper."""

    title: str
    note: str | None
    urgent: bool
    rows: tuple[Row, ...]


PAPER = Paper(title="Chè & Cà phê <1 kg>", note=None, urgent=True, rows=(Row(name="A", amount=12345),))
LETTERHEAD: Letterhead = letterhead()


def word(*paragraphs: str, header: str = "", footer: str = "", title: str = "") -> bytes:
    """Return a .docx with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.title = title
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def with_part(name: str, data: bytes, *paragraphs: str) -> bytes:
    """Return a .docx with one member added or replaced."""
    return zipped({**parts_of(word(*paragraphs)), name: data})


def with_change(name: str, old: str, new: str, *paragraphs: str) -> bytes:
    """Return a .docx with a text replaced in one member."""
    parts = parts_of(word(*paragraphs))
    source = parts[name].decode()
    assert old in source, f"{old} is not in {name}"
    return zipped({**parts, name: source.replace(old, new).encode()})
