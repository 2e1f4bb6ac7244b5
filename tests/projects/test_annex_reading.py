"""Reading the annex of a plan: as printed, from three kinds of source, without writing anything."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from imports.errors import WorkbookRefused
from projects.annex.columns import guess_all
from projects.annex.draft import Draft, DraftLine, draft, report
from projects.annex.grid import from_file, from_text
from tests.projects import annex_files

SOURCES = {
    "pasted": lambda: from_text(annex_files.pasted()),
    "workbook": lambda: from_file("phu-luc.xlsx", annex_files.workbook()),
    "document": lambda: from_file("Phụ lục.DOCX", annex_files.document()),
}


def read(text: str, **options: Any) -> Draft:
    return draft(from_text(text), **options)


def flags(line: DraftLine) -> list[str]:
    return [flag.code for flag in line.flags]


@pytest.mark.parametrize("source", SOURCES)
def test_the_annex_of_seed_001_gives_the_expected_dry_run(source: str) -> None:
    expected = json.loads(annex_files.GOLDEN.read_text(encoding="utf-8"))[source]
    assert report(draft(SOURCES[source](), body=annex_files.BODY)) == expected


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_keeps_the_words_as_printed(source: str) -> None:
    made = draft(SOURCES[source]())
    kept = [
        tuple(line.texts.get(key, "") for key in ("number", "title", "lead", "partners", "period", "funding"))
        for line in made.lines
    ]
    assert kept == annex_files.rows()


def lines_of_seed() -> list[DraftLine]:
    return read(annex_files.pasted(), body=annex_files.BODY).lines


@pytest.mark.requirement("QT-PL.1")
def test_line_1_is_due_at_the_end_of_june_and_may_have_no_funding() -> None:
    line = lines_of_seed()[0].fields()
    assert (line["starts_on"], line["ends_on"]) == (date(2021, 4, 1), date(2021, 6, 30))
    assert line["funding_text"] == ""
    assert "UBND các huyện, TX, TP" in line["partners"]


@pytest.mark.requirement("QT-PL.3")
@pytest.mark.requirement("QT-PL.4")
def test_lines_of_the_second_and_third_quarter_have_one_window() -> None:
    third, fourth = (line.fields() for line in lines_of_seed()[2:4])
    assert (third["starts_on"], third["ends_on"]) == (date(2021, 4, 1), date(2021, 9, 30))
    assert (fourth["starts_on"], fourth["ends_on"]) == (date(2021, 4, 1), date(2021, 9, 30))
    assert fourth["lead"] == "Sở Khoa học và Công nghệ"


@pytest.mark.requirement("QT-PL.5")
def test_line_5_is_due_in_the_second_half_of_the_year() -> None:
    line = lines_of_seed()[4].fields()
    assert (line["starts_on"], line["ends_on"]) == (date(2021, 7, 1), date(2021, 12, 31))
    assert line["lead"] == "Trung tâm nghiên cứu, Ứng dụng và Thông tin KHCN"


@pytest.mark.requirement("QT-PL.6")
def test_line_6_has_neither_partner_nor_funding_and_says_so() -> None:
    line = lines_of_seed()[5]
    assert (line.fields()["partners"], line.fields()["funding_text"]) == ("", "")
    assert flags(line) == ["partners_empty", "funding_empty"]


@pytest.mark.requirement("QT-PL.7")
def test_line_7_is_a_range_in_conflict_with_the_body() -> None:
    line = lines_of_seed()[6]
    assert (line.least, line.most) == (2, 5)
    conflict = next(flag for flag in line.flags if flag.code == "target_conflict")
    assert conflict.facts == {"body": "02 mô hình", "annex": "2-5 mô hình"}
    assert "target_conflict" not in flags(read(annex_files.pasted(), body="Xây dựng 2-5 mô hình.").lines[6])


@pytest.mark.requirement("QT-PL.8")
def test_line_8_is_led_from_outside_the_province() -> None:
    assert lines_of_seed()[7].fields()["lead"] == "Bộ Khoa học và Công nghệ"


def test_numbers_stay_as_printed_even_if_wrong() -> None:
    lines = lines_of_seed()
    assert [line.fields()["printed_number"] for line in lines] == ["1", "3", "3", "4", "5", "6", "7", "8"]
    assert flags(lines[1])[:2] == ["number_again", "number_missing"]
    assert flags(lines[2])[0] == "number_again"
    assert "number_again" not in flags(lines[3])


def test_a_line_that_a_page_break_cut_is_joined_and_says_so() -> None:
    made = draft(from_file("a.docx", annex_files.document()))
    assert len(made.lines) == 8
    assert "joined" in flags(made.lines[4])
    assert len(made.lines[4].rows) == 2


@pytest.mark.parametrize(
    ("printed", "starts_on", "ends_on", "recurrence"),
    [
        ("Quý II-III/2021", date(2021, 4, 1), date(2021, 9, 30), ""),
        ("Hàng năm", None, None, "yearly"),
        ("trước 15/12 hằng năm", None, None, "yearly"),
        ("giai đoạn 2020–2025", date(2020, 1, 1), date(2025, 12, 31), ""),
        ("Năm 2021", date(2021, 1, 1), date(2021, 12, 31), ""),
    ],
)
def test_a_printed_period_stands_beside_its_dates(
    printed: str, starts_on: date | None, ends_on: date | None, recurrence: str
) -> None:
    line = read(f"STT\tNội dung\tThời gian\n1\tTập huấn\t{printed}").lines[0].fields()
    assert line["period_text"] == printed
    assert (line["starts_on"], line["ends_on"], line["recurrence"]) == (starts_on, ends_on, recurrence)
    assert line["flags"] == []


def test_a_period_that_is_not_understood_is_kept_and_remarked() -> None:
    line = read("STT\tNội dung\tThời gian\n1\tTập huấn\tkhi có kinh phí").lines[0]
    assert line.fields()["period_text"] == "khi có kinh phí"
    assert flags(line) == ["period_unknown"]
    with translation.override("vi"):
        assert "khi có kinh phí" in str(line.flags[0])


@pytest.mark.parametrize(
    ("titles", "keys"),
    [
        (("TT", "Tên nhiệm vụ", "Mục tiêu", "Dự kiến sản phẩm chính", "Dự kiến địa chỉ tiếp nhận và áp dụng"),
         ["number", "title", "objective", "products", "recipients"]),
        (("Số TT", "NỘI DUNG CÔNG VIỆC", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Ghi chú"),
         ["number", "title", "lead", "partners", "period", "note"]),
        (("STT", "Nhiệm vụ", "Nội dung", "Dự toán"), ["number", "title", "", ""]),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_titles(titles: tuple[str, ...], keys: list[str]) -> None:
    assert guess_all(titles) == keys


def test_columns_can_be_changed() -> None:
    made = read("STT\tNhiệm vụ\tAi làm\n1\tTập huấn\tChi cục", keys=["number", "title", "lead"])
    assert made.lines[0].fields()["lead"] == "Chi cục"


def test_without_a_column_of_content_nothing_can_be_added() -> None:
    made = read("STT\tAi chủ trì\n1\tChi cục")
    assert not made.is_ready
    assert "content" in made.problems[0]


def test_rows_over_all_columns_are_sections_and_numbers_start_anew_in_each() -> None:
    made = read("STT\tNội dung\tThời gian\nI\tTuyên truyền\t\n1\tTập huấn\t2021\nII\tMô hình\t\n1\tCà phê\t2021")
    assert [(line.section, line.texts["number"]) for line in made.lines] == [
        ("I Tuyên truyền", "1"),
        ("II Mô hình", "1"),
    ]
    assert all(not line.flags for line in made.lines)


def test_merged_cells_of_a_document_are_sections_and_shared_cells() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    titles = "".join(cell.format("", title) for title in ("STT", "Nội dung", "Chủ trì"))
    section = cell.format('<w:gridSpan w:val="3"/>', "I. Tuyên truyền")
    first = cell.format("", "1") + cell.format("", "Tập huấn") + cell.format('<w:vMerge w:val="restart"/>', "Chi cục")
    second = cell.format("", "2") + cell.format("", "Phóng sự") + cell.format("<w:vMerge/>", "")
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in (titles, section, first, second)) + "</w:tbl>"
    made = draft(from_file("a.docx", annex_files.document(body=table)))
    assert [(line.section, line.texts["title"], line.texts["lead"]) for line in made.lines] == [
        ("I. Tuyên truyền", "Tập huấn", "Chi cục"),
        ("I. Tuyên truyền", "Phóng sự", "Chi cục"),
    ]


def test_expected_deliverables_are_one_per_paragraph_without_bullets() -> None:
    made = read(
        'TT\tTên nhiệm vụ\tDự kiến sản phẩm chính\n1\tMô hình\t"- Báo cáo khảo sát\n1. Bộ tài liệu\n\n+ Hệ thống"'
    )
    assert made.lines[0].products == ["Báo cáo khảo sát", "Bộ tài liệu", "Hệ thống"]


def test_quotation_marks_of_the_text_stay() -> None:
    made = read('STT\tNội dung\n1\t"Cà phê" và tiêu\n2\tĐề án "OCOP"')
    assert [line.texts["title"] for line in made.lines] == ['"Cà phê" và tiêu', 'Đề án "OCOP"']


def test_a_row_without_content_is_left_out_and_named() -> None:
    made = read("STT\tNội dung\tChủ trì\tKinh phí\n1\tTập huấn\tChi cục\t\n2\t\tChi cục\t5 triệu")
    assert (len(made.lines), made.left_out) == (1, [3])


def test_what_is_longer_than_our_tables_stops_the_import() -> None:
    made = read(f"STT\tNội dung\tThời gian\n1\tTập huấn\t{'dài ' * 40}")
    assert not made.is_ready
    assert "Row 2" in made.problems[0]


@pytest.mark.parametrize("text", ["", "   \n\t\n", "chỉ một dòng", "a\tb\nc\td"])
def test_text_that_is_no_table_is_refused_in_words(text: str) -> None:
    with pytest.raises(WorkbookRefused, match="titles"):
        read(text)


def test_a_table_too_large_for_an_annex_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="too large"):
        from_text("STT\tNội dung\n" + "1\tViệc\n" * 501)
    with pytest.raises(WorkbookRefused, match="too large"):
        from_text("\t".join(["STT"] * 21))


def test_nothing_at_all_is_no_table() -> None:
    with pytest.raises(WorkbookRefused, match="There is no table here"):
        read(" \n")


def test_titles_without_a_line_below_say_so() -> None:
    made = read("STT\tNội dung\tThời gian")
    assert made.problems == ["The table has no line below its titles."]
    assert not made.is_ready


def test_a_title_of_a_section_that_is_too_long_stops_the_import() -> None:
    made = read(f"STT\tNội dung\tThời gian\nI\t{'Dài ' * 60}\t\n1\tTập huấn\tNăm 2021")
    assert made.problems == ["Row 3: the title of its section is too long."]
