"""A version can be read on the screen: its lines, its sections, and the places that remarks point to."""

from __future__ import annotations

import pytest

from documents import labels
from documents.blueprints import template_path
from documents.docx.shape import paths_of
from documents.docx.text import Line
from documents.errors import NotReadable
from documents.letterhead import Letterhead
from documents.models import DocumentVersion
from documents.reading import Reading, lines_of, reading_of
from projects.models import Deliverable
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.workflows import steps
from workflows import actions
from workflows.papers import ALL_KINDS


@pytest.fixture
def version(gia_lai: Office) -> DocumentVersion:
    project = actions.start_project(make_project(gia_lai), by=gia_lai.manager)
    return steps.draft(Deliverable.objects.get(stage__project=project, code="D1"), by=gia_lai.manager)


def reading(*lines: str | tuple[str, ...]) -> Reading:
    """Paragraphs, and rows (tuples) of one table."""
    return Reading(tuple(Line(line, 0) if isinstance(line, tuple) else Line((line,)) for line in lines))


def names(text: Reading) -> list[str]:
    return [section.name for section in text.sections]


# --- lines -----------------------------------------------------------------------------------
def test_paragraphs_and_table_rows_come_in_reading_order(version: DocumentVersion) -> None:
    lines = lines_of(version)
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in str(line) for line in lines[:4])
    assert any(len(line.cells) > 3 and line.table is not None for line in lines)


def test_a_missing_file_is_named_and_the_page_shows_no_text(version: DocumentVersion) -> None:
    version.file.storage.delete(str(version.file.name))
    with pytest.raises(NotReadable, match="version 1"):
        lines_of(version)
    assert reading_of(version).lines == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"<html>"])
def test_a_damaged_file_is_named(version: DocumentVersion, data: bytes) -> None:
    with version.file.storage.open(str(version.file.name), "wb") as file:
        file.write(data)
    with pytest.raises(NotReadable, match="version 1"):
        lines_of(version)


def test_a_sound_file_that_is_not_the_one_written_then_is_not_read(version: DocumentVersion) -> None:
    with version.file.storage.open(str(version.file.name), "wb") as file:
        file.write(template_path("user_guide").read_bytes())
    with pytest.raises(NotReadable, match="version 1"):
        lines_of(version)


# --- sections --------------------------------------------------------------------------------
def test_the_sections_of_a_real_report_have_the_names_that_people_cite(version: DocumentVersion) -> None:
    assert names(reading_of(version)) == [
        "Opening part",
        "I. HIỆN TRẠNG",
        "I.1. Số liệu chung",
        "I.2. Công bố tiêu chuẩn, hệ thống quản lý chất lượng, mã số mã vạch theo chủ thể",
        "I.3. Hiện trạng theo nhóm sản phẩm",
        "II. NHU CẦU",
        "III. QUY TRÌNH TRUY XUẤT NGUỒN GỐC",
        "IV. KẾT LUẬN, KIẾN NGHỊ",
        "Recipients and signature",
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("I. MỤC ĐÍCH", "I. MỤC ĐÍCH"),
        ("Điều 5. Trách nhiệm", "Điều 5. Trách nhiệm"),
        ("1. Mục đích. Làm rõ hiện trạng của chuỗi.", "1. Mục đích"),
        ("2. Đơn vị chủ trì: Chi cục.", "2. Đơn vị chủ trì"),
        ("1.2. Phạm vi", "1.2. Phạm vi"),
        ("Bảng 1. Danh sách cơ sở", "Bảng 1. Danh sách cơ sở"),
        ("Chương II. QUY ĐỊNH", "Chương II. QUY ĐỊNH"),
    ],
)
def test_a_heading_gives_its_section_a_name(line: str, name: str) -> None:
    assert names(reading(line, "Nội dung.")) == [name]


@pytest.mark.parametrize("line", ["- Một dòng của danh sách", "12 ha theo VietGAP", "05/02/2026", "X", "VietGAP. Có"])
def test_what_is_no_heading_starts_no_section(line: str) -> None:
    assert names(reading(line)) == []


def test_a_part_takes_its_title_from_the_next_line() -> None:
    assert names(reading("Phần I", "CHƯƠNG TRÌNH", "1. Khai mạc")) == ["Phần I. CHƯƠNG TRÌNH", "Phần I.1. Khai mạc"]


def test_two_sections_of_one_name_can_be_told_apart() -> None:
    assert names(reading("I. CHUNG", "a", "I. CHUNG", "b")) == ["I. CHUNG", "I. CHUNG (2)"]


def test_a_caption_ends_with_its_table_and_the_text_goes_on() -> None:
    text = reading("I. KẾT QUẢ", "Bảng 1. Số liệu", ("TT", "Tên", "Số"), ("1", "A", "2"), "Lời sau bảng.")
    around = [section.name if (section := text.at(line)) else "" for line in (2, 4)]
    assert around == ["Bảng 1. Số liệu", "I. KẾT QUẢ"]
    assert sum(len(block.lines) for part in text.parts for block in part.blocks) == len(text.lines)


def test_a_name_longer_than_a_remark_can_store_is_cut() -> None:
    [name] = names(reading("I. " + "RẤT DÀI " * 40))
    assert len(name) <= 120


def test_a_place_is_found_again_when_the_numbers_have_moved_on() -> None:
    text = reading("I. MỚI", "x", "II. THU MUA", "y", "III. SƠ CHẾ", "z")
    found = [text.find(name) for name in ("I. THU MUA", "II. THU MUA, đoạn 2", "IX. KHÔNG CÓ")]
    assert [section and section.name for section in found] == ["II. THU MUA", "II. THU MUA", None]


# --- fields ----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [*ALL_KINDS, "letterhead"])
def test_every_field_of_every_paper_has_a_name_that_people_read(kind: str) -> None:
    shape = Letterhead if kind == "letterhead" else ALL_KINDS[kind].data_class
    fields = {path.removesuffix("[]").rsplit(".", 1)[-1] for path in paths_of(paper=shape)} - {"paper"}
    assert fields - set(labels.LABELS) == set()


def test_the_places_of_a_version_are_its_own_fields_by_name(version: DocumentVersion) -> None:
    places = dict(labels.places_in(version.context))
    assert places["groups"] == "Product groups"
    assert places["legal_bases"] == "Legal bases"
    assert "number_line" not in places
    assert len(set(places.values())) == len(places)
