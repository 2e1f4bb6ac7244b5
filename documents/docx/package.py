"""The .docx file as a zip of XML parts: checked on the way in, written the same way every time.

Source of the limits: OWASP "Zip bomb" and "XML external entity" advice; ECMA-376 part 2 for packages.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from documents.errors import Fault, TemplateRefused

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_MEMBERS = 200
MAX_UNZIPPED_BYTES = 20 * 1024 * 1024
MAX_RATIO = 100
# Tags are found by regular expressions over whole parts, so a part stays small.
MAX_PART_BYTES = 2 * 1024 * 1024

BODY = "word/document.xml"
CORE = "docProps/core.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE_ROOT = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties"
_TEXT_ROOTS = frozenset({W + name for name in ("document", "hdr", "ftr", "footnotes", "endnotes")} | {_CORE_ROOT})
# No clock, no system: 1 January 1980 (year 0 of the format), "FAT", readable and writable by its owner.
_ZIP_DAY, _ZIP_VERSION, _ZIP_RIGHTS, _UTF8_NAME = 1 << 5 | 1, 20, 0o600 << 16, 0x800

_BAD_NAME = re.compile(r"(^[/\\])|(^|[/\\])\.\.([/\\]|$)|\\|:|\0")
# What a plain document is made of; macros, OLE objects, ActiveX and embedded workbooks are none of these.
_SUFFIXES = (".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".odttf")
_BAD_MEMBER = re.compile(r"vba(Project|Data)|/embeddings/|/activeX/|/ctrlProps/|oleObject|attachedToolbars", re.I)
_BAD_RELATION = re.compile(r"/(oleObject|package|aFChunk|control|vbaProject|attachedTemplate|frame|subDocument)$", re.I)
_BAD_ELEMENTS = frozenset({"altChunk", "object", "OLEObject", "control", "subDoc", "mailMerge", "attachedTemplate"})
# Fields that only number or point inside the document; DDE, LINK, INCLUDETEXT and the like reach outside.
_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "REF", "PAGEREF", "SEQ", "STYLEREF", "HYPERLINK"})


def parse_xml(data: bytes) -> Any:
    """Return the root element of `data`; no DTD, no entities, no network.

    Raises lxml's XMLSyntaxError when it is not well-formed or has a document type declaration.
    """
    # A parser of its own for each call: lxml's parsers are not shared between threads.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise etree.XMLSyntaxError(_("document type declarations are not allowed"), 1, 1, 1)
    return root


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of an uploaded .docx by name, refusing anything that is not a plain document.

    Raises TemplateRefused for a file too large, not a zip, a zip bomb, macros, embedded objects,
    links to files outside, or XML that is broken or has a document type declaration.
    """
    parts = _unzip(data)
    for name, blob in parts.items():
        if _BAD_MEMBER.search(name) or not name.lower().endswith(_SUFFIXES):
            raise _no_objects(name)
        if name.lower().endswith((".xml", ".rels")):
            _check_part(name, blob)
    if BODY not in parts:
        raise _refused(BODY, _("the file has no document text; save it from Word as .docx"))
    return parts


def text_parts(parts: dict[str, bytes]) -> dict[str, Any]:
    """Return the root elements of the parts that carry text: headers, body, footers, notes, properties."""
    roots = {name: parse_xml(blob) for name, blob in parts.items() if name.lower().endswith(".xml")}
    found = {name: root for name, root in roots.items() if root.tag in _TEXT_ROOTS}
    return dict(sorted(found.items(), key=lambda item: (_reading_order(item[1].tag), item[0])))


@dataclass(frozen=True)
class Member:
    """A part as it stands in the zip: compressed, with what the directory says of it."""

    name: str
    deflated: bytes
    size: int
    crc: int


def pack(name: str, blob: bytes, level: int = -1) -> Member:
    """Return the part compressed; `level` is zlib's: -1 its usual one, 1 the fastest."""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, squeeze.compress(blob) + squeeze.flush(), len(blob), zlib.crc32(blob))


def write(parts: dict[str, bytes]) -> bytes:
    """Return the .docx made of `parts`: the same parts give the same bytes (with the same zlib)."""
    return join(pack(name, blob) for name, blob in parts.items())


def join(members: Iterable[Member]) -> bytes:
    """Return the zip of parts that are compressed already: what never changes is compressed once for all papers.

    Byte for byte what `zipfile` writes (PKWARE APPNOTE 4.3), without clock or system; a test holds it.
    """
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    members = sorted(members, key=lambda member: member.name)  # "[Content_Types].xml" first, as readers expect
    for member in members:
        name = member.name.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        facts = (flags, zipfile.ZIP_DEFLATED, 0, _ZIP_DAY, member.crc, len(member.deflated), member.size, len(name), 0)
        head = struct.pack("<4s2B4HL2L2H", b"PK\3\4", _ZIP_VERSION, 0, *facts)
        pieces += (head, name, member.deflated)
        directory.append(
            struct.pack(
                "<4s4B4HL2L5H2L", b"PK\1\2", _ZIP_VERSION, 0, _ZIP_VERSION, 0, *facts, 0, 0, 0, _ZIP_RIGHTS, offset
            )
        )
        directory.append(name)
        offset += len(head) + len(name) + len(member.deflated)
    listing = b"".join(directory)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(members), len(members), len(listing), offset, 0)
    return b"".join((*pieces, listing, end))


def _reading_order(tag: str) -> int:
    order = [W + "hdr", W + "document", W + "footnotes", W + "endnotes", W + "ftr", _CORE_ROOT]
    return order.index(tag)


def _refused(name: str, reason: str) -> TemplateRefused:
    return TemplateRefused([Fault(tag=name, place=_("file"), reason=reason)])


def _no_objects(name: str) -> TemplateRefused:
    return _refused(name, _("macros and embedded objects are not allowed; save a plain .docx"))


def _unzip(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_FILE_BYTES:
        raise _refused(f"{len(data):,} B", _("the file is larger than 2 MB; take out pictures"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_directory(package.infolist())
            return {member.filename: package.read(member) for member in package.infolist() if not member.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise _refused(".docx", _("the file is damaged or is not a .docx; save it from Word as .docx")) from error


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    unzipped = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise _refused(str(len(members)), _("the file has more than 200 parts"))
    if unzipped > MAX_UNZIPPED_BYTES:
        raise _refused(f"{unzipped:,} B", _("the file unpacks to far more than a document needs"))
    if len(set(names)) != len(names):
        raise _refused(".docx", _("the file has two parts of the same name"))
    for member in members:
        if _BAD_NAME.search(member.filename):
            raise _refused(member.filename, _("the part's name points outside the file"))
        if member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _refused(member.filename, _("the file unpacks to far more than a document needs"))


def _check_part(name: str, blob: bytes) -> None:
    if len(blob) > MAX_PART_BYTES:
        raise _refused(name, _("the part is larger than 2 MB; shorten the template"))
    try:
        root = parse_xml(blob)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(name, _("the part is not sound XML: %(error)s") % {"error": error}) from error
    if name == "[Content_Types].xml" and any("macroEnabled" in part.get("ContentType", "") for part in root):
        raise _no_objects(name)
    if name.lower().endswith(".rels"):
        _check_relations(root)
    _check_elements(name, root)


def _check_relations(root: Any) -> None:
    for relation in root.iter("{*}Relationship"):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if _BAD_RELATION.search(kind):
            raise _no_objects(target)
        external = relation.get("TargetMode", "Internal") != "Internal"
        if external and not (kind.endswith("/hyperlink") and target.lower().startswith(("http://", "https://"))):
            raise _refused(target, _("the document may not load anything from outside; only http links may stay"))


def _check_elements(name: str, root: Any) -> None:
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if local in _BAD_ELEMENTS:
            raise _no_objects(f"{name}: {local}")
    for instruction in _field_codes(root):
        word = instruction.split(maxsplit=1)[0].upper() if instruction.split() else ""
        if word and word not in _FIELDS:
            raise _refused(instruction.strip()[:80], _("this field is not allowed; replace it with plain text"))


def _field_codes(root: Any) -> list[str]:
    """Return the field codes of a part; Word splits a code over runs and nests fields in fields."""
    codes = [element.get(W + "instr", "") for element in root.iter(W + "fldSimple")]
    open_fields: list[str] = []
    for element in root.iter(W + "fldChar", W + "instrText"):
        kind = element.get(W + "fldCharType")
        if kind == "begin" or not open_fields:
            open_fields.append("")
        if element.tag == W + "instrText":
            open_fields[-1] += element.text or ""
        elif kind == "end":
            codes.append(open_fields.pop())
    return codes + open_fields
