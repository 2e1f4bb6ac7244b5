"""Comparing two versions: text line by line and cell by cell, data field by field, and the page that shows both."""

from __future__ import annotations

import dataclasses
import random
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as some

from documents import actions as documents
from documents.actions import Paper
from documents.blueprints import template_path
from documents.compare import compare
from documents.compare.data import compare_data
from documents.compare.wording import Kind, Pair, after_of, before_of, compare_lines, compare_words
from documents.docx import plain
from documents.docx.text import Line
from documents.models import Document, DocumentVersion
from documents.samples import SAMPLES
from projects.models import Deliverable
from tests.factories.people import Office
from tests.factories.projects import make_project

WORDS = some.text("abc ,.\n1é", max_size=12)
ROWS = some.builds(lambda cells: Line(tuple(cells), 0), some.lists(WORDS, min_size=2, max_size=4))
LINES = some.lists(some.one_of(some.builds(lambda text: Line((text,)), WORDS), ROWS), max_size=14)


# --- the text --------------------------------------------------------------------------------
@settings(max_examples=300, deadline=None)
@given(LINES, LINES)
def test_both_texts_can_be_read_back_from_what_is_shown(before: list[Line], after: list[Line]) -> None:
    pairs = compare_lines(before, after)
    assert [pair.before for pair in pairs if pair.before] == before
    assert [pair.after for pair in pairs if pair.after] == after
    for pair in pairs:
        if pair.before:
            assert tuple(map(before_of, pair.cells)) == pair.before.cells
        if pair.after:
            assert tuple(map(after_of, pair.cells)) == pair.after.cells


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_a_text_does_not_differ_from_itself(lines: list[Line]) -> None:
    assert {pair.kind for pair in compare_lines(lines, lines)} <= {Kind.SAME}


def drawn(pairs: list[Pair]) -> list[str]:
    """What changed, as "kind: cell | cell" with [− −] and [+ +]."""
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[−{}−]", Kind.ADDED: "[+{}+]"}
    cells = [[("".join(marks[p.kind].format(p.text) for p in cell)) for cell in pair.cells] for pair in pairs]
    return [
        f"{pair.kind}: {' | '.join(texts)}" for pair, texts in zip(pairs, cells, strict=True) if pair.kind != Kind.SAME
    ]


def rows(*names: str) -> list[Line]:
    return [Line((str(number), name, f"Hộ {name}"), 0) for number, name in enumerate(names, start=1)]


def test_words_are_marked_inside_a_paragraph() -> None:
    before = [Line(("Khảo sát tại 03 cơ sở thuộc các khâu của chuỗi.",))]
    after = [Line(("Khảo sát tại 12 cơ sở thuộc các khâu của chuỗi.",))]
    assert drawn(compare_lines(before, after)) == ["changed: Khảo sát tại [−03−][+12+] cơ sở thuộc các khâu của chuỗi."]


def test_a_row_put_in_above_does_not_make_the_rows_below_differ() -> None:
    pairs = compare_lines(rows("Cà phê", "Mật ong", "Gạo"), rows("Chè", "Cà phê", "Mật ong", "Gạo"))
    assert [pair.kind for pair in pairs] == [Kind.ADDED, *[Kind.RENUMBERED] * 3]
    assert [pair.is_quiet for pair in pairs] == [False, True, True, True]


def test_a_row_is_known_by_its_name_although_all_else_differs() -> None:
    before, after = [Line(("1", "Cà phê", "33,3 %", "Chưa có"), 0)], [Line(("1", "Cà phê", "100 %", "Đủ"), 0)]
    [pair] = compare_lines(before, after)
    assert pair.kind == Kind.CHANGED


def test_unlike_paragraphs_are_removed_and_added_whole() -> None:
    pairs = compare_lines([Line(("Không có khó khăn.",))], [Line(("Đề nghị công nhận kết quả nhiệm vụ",))])
    assert [pair.kind for pair in pairs] == [Kind.REMOVED, Kind.ADDED]


def test_neighbouring_changes_are_read_in_one_piece() -> None:
    kinds = [
        piece.kind for piece in compare_words("giá là một hai ba đồng thôi nhé", "giá là bốn năm sáu đồng thôi nhé")
    ]
    assert kinds == [Kind.SAME, Kind.REMOVED, Kind.ADDED, Kind.SAME]


def test_ten_pages_with_a_table_of_a_hundred_rows_are_compared_in_seconds_even_if_everything_changed() -> None:
    chance = random.Random(54)  # noqa: S311
    words = ["sản phẩm", "chủ thể", "truy xuất", "nguồn gốc", "nhật ký", "tem", "kích hoạt", "cà phê", "mật ong"]
    text = [Line((" ".join(chance.choices(words, k=60)),)) for _line in range(200)]
    table = [Line((str(n), f"Sản phẩm {n}", " ".join(chance.choices(words, k=12))), 0) for n in range(1, 101)]
    changed = [Line((line.cells[0].replace("tem", "nhãn"),)) for line in text]
    moved = [Line((str(n), *row.cells[1:-1], row.cells[-1] + " đã sửa"), 0) for n, row in enumerate(table, start=2)]
    start = time.process_time()
    pairs = compare_lines([*text, *table], [*changed, *moved])
    took = time.process_time() - start
    assert sum(pair.kind == Kind.CHANGED for pair in pairs) > 250
    assert took < 3  # seconds of the processor; 0.5 as a rule


@pytest.mark.parametrize("text", ["a", "a b c d " * 12])
def test_a_text_made_to_be_slow_is_compared_in_seconds(text: str) -> None:
    before = [Line((text,)), Line((f"{text}b",))] * 700
    after = [Line((f"{text}b",)), Line((text,)), Line((f"c{text}",))] * 470
    start = time.process_time()
    pairs = compare_lines(before, after)
    assert time.process_time() - start < 20
    assert [pair.after for pair in pairs if pair.after] == after


# --- the data --------------------------------------------------------------------------------
DATA: Any = SAMPLES["final_report"][1]


def data_of(paper: Any) -> dict[str, Any]:
    return {"paper": plain(paper, "paper")}


def changes(after: Any, before: Any = DATA) -> list[tuple[str, str, str, str]]:
    return [(str(c.kind), c.label, c.before, c.after) for c in compare_data(data_of(before), data_of(after))]


def test_the_same_data_does_not_differ() -> None:
    assert changes(DATA) == []


def test_a_number_is_shown_as_papers_print_it() -> None:
    assert changes(replace(DATA, stamps_issued=40_000)) == [("changed", "Stamps issued", "32.300", "40.000")]


def test_a_text_that_was_empty_is_added() -> None:
    assert changes(replace(DATA, host=""))[0][0] == "removed"
    assert changes(DATA, replace(DATA, host=""))[0][0] == "added"


def test_rows_are_matched_by_what_names_them_not_by_their_place() -> None:
    first, *others = DATA.products
    moved = replace(DATA, products=(*others, replace(first, stamps=9)))
    found = changes(moved)
    assert found[0] == ("changed", "Products › GL000001 › Stamps", "1.100", "9")
    assert [label for _kind, label, _before, _after in found] == ["Products › GL000001 › Stamps", "Products › order"]


def test_an_added_row_is_told_in_words() -> None:
    new = replace(DATA.products[0], code="GL000018", name="Chè Bàu Cạn")
    [(kind, label, before, after)] = changes(replace(DATA, products=(*DATA.products, new)))
    assert (kind, label, before) == ("added", "Products › GL000018", "")
    assert "Name: Chè Bàu Cạn; Producer: " in after


def test_lines_of_a_list_without_names_are_matched_in_order() -> None:
    found = changes(replace(DATA, proposals=("Kiến nghị mới", *DATA.proposals)))
    assert found == [("added", "Proposals › line 1", "", "Kiến nghị mới")]


def test_a_field_that_only_one_version_knows_is_told() -> None:
    before = {"paper": {"finding": "A", "old_field": "x"}}
    found = compare_data(before, {"paper": {"finding": "B"}})
    assert [(c.kind, c.label) for c in found] == [("changed", "Finding"), ("removed", "Old field")]


VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(-5, 5) | some.text("ab", max_size=3),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["code", "name", "x"]), inner),
    max_leaves=12,
)
CONTEXTS = some.dictionaries(
    some.sampled_from(["paper", "letterhead"]), some.dictionaries(some.text("ab", max_size=2), VALUES)
)


@settings(max_examples=300, deadline=None)
@given(CONTEXTS, CONTEXTS)
def test_whatever_was_stored_is_compared_without_error(before: dict[str, Any], after: dict[str, Any]) -> None:
    compare_data(before, after)
    assert compare_data(before, before) == []


# --- real documents --------------------------------------------------------------------------
@pytest.fixture
def paper(gia_lai: Office) -> Deliverable:
    project = make_project(gia_lai)
    return Deliverable.objects.get(stage__project=project, code="D5")


def version_of(paper: Deliverable, office: Office, **changed: Any) -> DocumentVersion:
    """A real final report with some of its data changed."""
    kind = paper.document_kind
    data = SAMPLES[kind][1]
    documents.register_template(kind, template_path(kind).read_bytes(), paper_class=type(data), by=None)
    return documents.prepare_draft(
        Paper(kind=kind, symbol="BC", data=dataclasses.replace(data, **changed)), paper, by=office.manager
    )


def test_the_changes_of_a_real_report_are_found_where_they_are(paper: Deliverable, gia_lai: Office) -> None:
    products = DATA.products
    before = version_of(paper, gia_lai)
    after = version_of(
        paper,
        gia_lai,
        products=(replace(products[0], name="Cà phê bột Sườn Núi"), *products[2:]),
        difficulties=("Mạng di động yếu ở vùng sâu",),
        starts_on="10/01/2026",
    )
    found = compare(before, after)
    told = [(str(change.kind), change.where, "".join(drawn([change.pair]))) for change in found.changes]
    assert told == GOLDEN
    assert {change.field for change in found.data} == {"products", "difficulties", "starts_on"}
    assert found.problem == ""


GOLDEN = [
    (
        "changed",
        "I.4. Thời gian thực hiện",
        "changed: 4. Thời gian thực hiện: từ ngày [−05/01/2026−][+10/01/2026+] đến ngày 15/12/2026.",
    ),
    (
        "changed",
        "IV. SẢN PHẨM, CHỦ THỂ THAM GIA",
        "changed: 1 | Cà phê bột Sườn [−Đồi−][+Núi+] | Hộ KD Cà phê Sườn Đồi (giả lập) | Cà phê | GL000001 | 1.100",
    ),
    (
        "removed",
        "IV. SẢN PHẨM, CHỦ THỂ THAM GIA",
        "removed: [−2−] | [−Cà phê phin giấy Hoa Núi−] | [−HTX Nông nghiệp Hoa Núi (giả lập)−] | [−Cà phê−] | "
        "[−GL000002−] | [−1.200−]",
    ),
    (
        "removed",
        "VII. KHÓ KHĂN, VƯỚNG MẮC",
        "removed: [−Không có khó khăn, vướng mắc phải báo cáo.−]",
    ),
    ("added", "VII. KHÓ KHĂN, VƯỚNG MẮC", "added: [+- Mạng di động yếu ở vùng sâu.+]"),
]


def test_a_changed_row_shows_its_name_and_the_cells_that_differ_under_their_headings(
    paper: Deliverable, gia_lai: Office
) -> None:
    before = version_of(paper, gia_lai)
    after = version_of(paper, gia_lai, products=(replace(DATA.products[0], stamps=7), *DATA.products[1:]))
    [change] = compare(before, after).changes
    assert [cell.label for cell in change.shown] == ["Sản phẩm", "Tem đã cấp"]


# --- the page --------------------------------------------------------------------------------
def url(after: DocumentVersion, before: DocumentVersion) -> str:
    return f"/documents/{after.pk}/compare/{before.pk}/"


@pytest.fixture
def two(paper: Deliverable, gia_lai: Office, client: Client) -> tuple[DocumentVersion, DocumentVersion]:
    client.force_login(gia_lai.inspector)
    return version_of(paper, gia_lai), version_of(paper, gia_lai, host="Trung tâm <b>Khuyến nông</b>")


def test_the_page_says_in_words_what_was_removed_and_added(client: Client, two: Any) -> None:
    before, after = two
    page = client.get(url(after, before)).content.decode()
    text = re.sub(r"\s+", " ", page)
    assert "<ins>" in page
    assert "<del>" in page
    assert '<del><span class="visually-hidden">removed: </span>' in text
    assert '<ins><span class="visually-hidden">added: </span>' in text
    assert "&lt;b&gt;Khuyến nông&lt;/b&gt;" in page
    assert "<b>Khuyến nông</b>" not in page


def test_the_earlier_version_stands_first_whichever_way_it_is_asked(client: Client, two: Any) -> None:
    before, after = two
    for address in (url(after, before), url(before, after)):
        found = client.get(address).context["comparison"]
        assert (found.before, found.after) == (before, after)


def test_choosing_goes_to_the_comparison_and_without_a_choice_to_the_version_before(client: Client, two: Any) -> None:
    before, after = two
    choose = f"/documents/{after.pk}/compare/"
    assert client.get(choose)["Location"] == url(after, before)
    assert client.get(choose, {"after": before.pk, "before": after.pk})["Location"] == url(before, after)
    for bad in ("", "x", "0", "9" * 30, "\0"):
        assert client.get(choose, {"after": after.pk, "before": bad})["Location"] == url(after, before)


def test_a_version_is_not_compared_with_itself_and_the_page_says_so(client: Client, two: Any) -> None:
    before, after = two
    answer = client.get(f"/documents/{after.pk}/compare/", {"after": after.pk, "before": after.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == url(after, before)
    assert "Choose two different versions." in answer.content.decode()


def test_versions_of_two_documents_and_those_of_another_province_are_not_there(
    client: Client, two: Any, gia_lai: Office, son_la: Office
) -> None:
    before, after = two
    project = make_project(son_la, code="SL-1", template=after.document.deliverable.stage.project.template)
    other = version_of(Deliverable.objects.get(stage__project=project, code="D5"), son_la)
    for address in (url(after, other), url(other, after), f"/documents/{other.pk}/compare/", "/documents/9/compare/9/"):
        assert client.get(address).status_code == 404
    assert client.get(f"/documents/{10**30}/compare/1/").status_code == 404
    client.force_login(son_la.manager)
    assert client.get(url(after, before)).status_code == 404


def test_a_damaged_file_is_named_and_the_data_is_still_compared(client: Client, two: Any) -> None:
    before, after = two
    with before.file.storage.open(before.file.name, "wb") as file:
        file.write(b"PK\x03\x04")
    answer = client.get(url(after, before))
    assert answer.status_code == 200
    assert "The stored file of version 1" in answer.content.decode()
    assert [change.field for change in answer.context["comparison"].data] == ["host"]


def test_a_text_too_long_for_a_page_is_named(client: Client, two: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = two
    monkeypatch.setattr("documents.compare.MAX_LINES", 10)
    answer = client.get(url(after, before))
    assert "too long to compare here" in answer.content.decode()


def test_the_same_version_twice_says_that_nothing_differs(client: Client, two: Any) -> None:
    before, _after = two
    assert client.get(url(before, before)).context["comparison"].is_same


def test_the_page_asks_the_database_a_bounded_number_of_times(
    client: Client, two: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        client.get(url(two[1], two[0]))
    assert Document.objects.count() == 1
