"""The demo's data: faithful to the five seeds where it quotes them, marked where it is made up."""

import datetime as dt
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config.demo import make_workbooks
from config.demo.load import load_reference
from gs1.keys import check_gln, normalise_gtin
from imports import parsers
from imports.workbook import Column, Table, read_table
from people.models import User
from projects.models import PlanLine
from projects.periods import parse

DATA = Path(make_workbooks.DATA)
COLUMNS = [
    Column(key, [title], key != "gtin", parser, key)
    for key, title, parser in [
        ("name", "Tên sản phẩm", parsers.text),
        ("ocop_set", "Bộ sản phẩm OCOP", parsers.text),
        ("stars", "Hạng sao", parsers.stars),
        ("decided_on", "Ngày quyết định", parsers.date),
        ("producer", "Tên chủ thể", parsers.text),
        ("tax_code", "Mã số thuế", parsers.tax_code),
        ("commune", "Xã/phường", parsers.text),
        ("phone", "Điện thoại", parsers.phone),
        ("representative", "Người đại diện", parsers.text),
        ("gtin", "Mã GTIN", parsers.gtin),
    ]
]


def load(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def texts(value: Any) -> list[str]:
    """Every string in a JSON value, in order."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def plans() -> list[dict[str, Any]]:
    return [plan for programme in load("programmes")["programmes"] for plan in programme["plans"]]


def lines(key: str) -> list[dict[str, Any]]:
    return [line for plan in plans() if plan["key"] == key for section in plan["sections"] for line in section["lines"]]


def table(name: str) -> Table:
    return read_table((DATA / name).read_bytes(), COLUMNS, unique=[("gtin",), ("tax_code", "name")])


PRINTED = one_line(" ".join(texts(load("programmes"))))
QUOTES = [(row, phrase) for row, phrases in load("quotes").items() for phrase in phrases]


@pytest.mark.parametrize(("row", "phrase"), QUOTES)
def test_every_phrase_quoted_from_the_seeds_stands_in_the_programmes(row: str, phrase: str) -> None:
    assert one_line(phrase) in PRINTED, row


def test_all_176_rows_have_a_quote() -> None:
    assert len(load("quotes")) == 176
    assert all(load("quotes").values())


def test_the_five_plans_have_their_45_lines() -> None:
    counts = {plan["key"]: len(lines(plan["key"])) for plan in plans()}
    assert counts == {"gl-tb29": 2, "qt-kh27": 8, "bk-qd1633": 18, "sl-kh2021": 7, "hue-kh": 10}


def test_gia_lai_promises_five_and_six_deliverables_in_five_columns() -> None:
    assert [len(line["products"]) for line in lines("gl-tb29")] == [5, 6]
    assert [plan["sections"][0]["columns"] for plan in plans() if plan["key"] == "gl-tb29"] == [
        ["TT", "Tên nhiệm vụ", "Mục tiêu", "Dự kiến sản phẩm chính", "Dự kiến địa chỉ tiếp nhận và áp dụng"]
    ]


def test_quang_tri_keeps_its_printed_numbers_and_empty_funding() -> None:
    annex = lines("qt-kh27")
    assert [line["printed_number"] for line in annex] == ["1", "3", "3", "4", "5", "6", "7", "8"]
    assert [bool(line["funding_text"]) for line in annex] == [False, True, True, True, True, False, True, True]
    assert annex[5]["partners"] == ""


def test_contradictions_of_the_printed_papers_are_flagged() -> None:
    flags = " ".join(texts([line["flags"] for line in lines("qt-kh27")]))
    assert "STT in trùng" in flags
    assert "thiếu số 2" in flags
    assert "02 mô hình, phụ lục ghi 2-5" in flags
    assert (lines("qt-kh27")[6]["target_min"], lines("qt-kh27")[6]["target_max"]) == (2, 5)
    assert all("2026 - 2030" in " ".join(line["flags"]) for line in lines("bk-qd1633")[15:])


def test_bac_kan_keeps_its_periods_as_printed() -> None:
    periods = [line["period_text"] for line in lines("bk-qd1633")]
    assert periods[:4] == ["2020", "2020", "2021", "2021"]
    assert periods.count("Hàng năm") == 7
    assert periods[16] == "Quý IV"


def test_every_printed_period_is_understood() -> None:
    for plan in plans():
        for line in lines(plan["key"]):
            period = parse(line["period_text"])
            assert period.ends_on or period.recurrence, line["period_text"]


@pytest.mark.parametrize(("name", "products", "producers"), [("gl-02", 17, 17), ("sl-01", 81, 54)])
def test_a_workbook_holds_its_products_without_an_error(name: str, products: int, producers: int) -> None:
    rows = table(f"{name}-san-pham.xlsx")
    assert [str(error) for error in rows.errors] == []
    assert len(rows.rows) == products
    assert len({row.values["tax_code"] for row in rows.rows}) == producers
    assert len({row.values["producer"] for row in rows.rows}) == producers


@pytest.mark.parametrize("name", ["gl-02", "sl-01"])
def test_made_up_producers_people_and_codes_are_marked(name: str) -> None:
    for row in table(f"{name}-san-pham.xlsx").rows:
        assert row.values["producer"].endswith("(giả lập)")
        assert row.values["representative"].endswith("(giả lập)")
        assert re.fullmatch(r"0900000\d\d\d", row.values["phone"])
        assert row.values["tax_code"].startswith("9999")
        assert row.values["gtin"] is None or row.values["gtin"].startswith("0952")


def test_fourteen_products_of_gia_lai_have_a_gtin() -> None:
    codes = [row.values["gtin"] for row in table("gl-02-san-pham.xlsx").rows]
    assert len([code for code in codes if code]) == 14
    assert all(normalise_gtin(code) == code for code in codes if code)


@pytest.mark.parametrize(
    ("name", "first", "last"), [("gl-02", (2022, 2, 17), (2022, 12, 31)), ("sl-01", (2021, 7, 1), (2021, 11, 30))]
)
def test_recognitions_hold_while_the_project_runs(
    name: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    for row in table(f"{name}-san-pham.xlsx").rows:
        decided: dt.date = row.values["decided_on"]
        assert decided <= dt.date(*first)
        assert decided.replace(year=decided.year + 3) > dt.date(*last)
        assert row.values["stars"] in (3, 4)


def test_the_committed_workbooks_hold_what_the_script_writes() -> None:
    # Cells, not bytes: another zlib packs the same parts differently.
    columns = [Column(key, [title], False, repr, "") for key, title in make_workbooks.TITLES.items()]
    for name, content in make_workbooks.workbooks().items():
        assert read_table((DATA / name).read_bytes(), columns) == read_table(content, columns)


@pytest.mark.parametrize("name", ["gl-02", "sl-01"])
def test_communes_and_ocop_sets_of_the_workbooks_are_known(name: str) -> None:
    communes = {unit["name"] for unit in load("units")["units"] if unit["level"] == "commune"}
    sets = {f"{row['number']}. {row['name']}" for row in load("product_groups")["ocop_sets"]}
    for row in table(f"{name}-san-pham.xlsx").rows:
        assert row.values["commune"] in communes
        assert row.values["ocop_set"] in sets


def test_units_end_before_their_successors_begin() -> None:
    units = {unit["code"]: unit for unit in load("units")["units"]}
    assert len(units) == len(load("units")["units"])
    for unit in units.values():
        assert unit["parent"] is None or unit["parent"] in units
        for successor in unit["successors"]:
            ends = dt.date.fromisoformat(unit["valid_to"])
            assert dt.date.fromisoformat(units[successor]["valid_from"]) == ends + dt.timedelta(days=1)


def test_organisations_and_people_hang_together() -> None:
    organisations = {row["code"] for row in load("organisations")["organisations"]}
    units = {unit["code"] for unit in load("units")["units"]}
    for row in load("organisations")["organisations"]:
        assert row["province"] in units
        assert {row["parent"], row["successor"]} - {None} <= organisations
    people = load("people")["people"]
    assert len({person["phone"] for person in people}) == len({person["username"] for person in people}) == len(people)
    assert all(person["full_name"].endswith("(giả lập)") for person in people)
    assert {membership["organisation"] for person in people for membership in person["memberships"]} <= organisations


def test_each_of_the_17_producers_has_a_person_who_logs_in() -> None:
    codes = {row.values["tax_code"] for row in table("gl-02-san-pham.xlsx").rows}
    people = load("people")["people"]
    assert {person["producer_tax_code"] for person in people if person["producer_tax_code"]} == codes


def test_the_26_sets_leave_only_services_without_lots() -> None:
    sets = load("product_groups")["ocop_sets"]
    assert [row["number"] for row in sets] == list(range(1, 27))
    assert [row["number"] for row in sets if not row["has_lots"]] == [26]


def test_standards_name_their_successors_and_groups_name_known_standards() -> None:
    standards = {row["code"]: row for row in load("standards")["standards"]}
    assert standards["TCVN 12827:2019"]["superseded_by"] == "TCVN 12827:2023"
    assert {row["superseded_by"] for row in standards.values()} - {None} <= set(standards)
    for group in load("product_groups")["product_groups"]:
        assert set(group["standards"]) <= set(standards)
        assert len({step["key"] for step in group["steps"]}) == len(group["steps"])


def test_criteria_share_out_100_points_and_follow_each_other() -> None:
    versions = load("ocop_criteria")["criteria"]
    assert [row["points_a"] + row["points_b"] + row["points_c"] for row in versions] == [100, 100, 100]
    for earlier, later in itertools.pairwise(versions):
        ends = dt.date.fromisoformat(earlier["effective_to"])
        assert dt.date.fromisoformat(later["effective_from"]) == ends + dt.timedelta(days=1)


def test_templates_owe_exactly_the_printed_deliverables() -> None:
    for template, line in zip(load("templates")["templates"], reversed(lines("gl-tb29")), strict=True):
        owed = [paper for stage in template["stages"] for paper in stage["deliverables"]]
        assert sorted(paper["title"] for paper in owed) == sorted(line["products"])
        assert [stage["kind"] for stage in template["stages"]] == [
            "survey", "documentation", "training", "rollout", "final_report"
        ]  # fmt: skip
        for stage in template["stages"]:
            assert all(item["days"] <= stage["days"] for item in stage["deliverables"] + stage["milestones"])


def test_mission_2_closes_with_17_products_of_17_producers() -> None:
    gates = {(gate["stage"], gate["rule"]): gate["minimum"] for gate in load("templates")["templates"][0]["gates"]}
    assert gates["closing", "products_at_least"] == 17
    assert gates["closing", "producers_at_least"] == 17
    assert gates["closing", "communication_events_at_least"] == 1
    assert gates["rollout", "stamps_activated_products_at_least"] == 17


def test_field_work_covers_every_product_of_the_workbook() -> None:
    field = load("survey_gl02")
    rows = {row.values["tax_code"]: row.values for row in table("gl-02-san-pham.xlsx").rows}
    assert [survey["producer_tax_code"] for survey in field["surveys"]] == list(rows)
    assert all(survey["product"] == rows[survey["producer_tax_code"]]["name"] for survey in field["surveys"])
    trained = {who["producer_tax_code"] for session in field["training_sessions"] for who in session["attendances"]}
    assert trained - {None} == set(rows)
    assert len(field["communication_events"]) == 2


def test_lots_pass_the_required_steps_of_their_group_in_order() -> None:
    field = load("survey_gl02")
    groups = {group["code"]: group for group in load("product_groups")["product_groups"]}
    group_of = {survey["tt"]: groups[survey["group"]] for survey in field["surveys"]}
    places = {place["code"]: place for place in field["places"]}
    for lot in field["lots"]:
        order = [step["key"] for step in group_of[lot["tt"]]["steps"]]
        needed = {step["key"] for step in group_of[lot["tt"]]["steps"] if step["required"]}
        done = [event["step"] for event in lot["events"]]
        assert needed <= set(done)
        assert done == sorted(done, key=order.index)
        assert [event["at"] for event in lot["events"]] == sorted(event["at"] for event in lot["events"])
        assert {places[event["place"]]["producer_tax_code"] for event in lot["events"]} == {lot["producer_tax_code"]}
        assert re.fullmatch(r"[A-Z0-9-]{1,20}", lot["number"])
        assert all(event["recipient"].endswith("(giả lập)") for event in lot["events"] if event["recipient"])


def test_location_numbers_have_right_check_digits() -> None:
    codes = [place["gln"] for place in load("survey_gl02")["places"] if place["gln"]]
    assert len(codes) == len(set(codes)) == 28
    for code in codes:
        assert code.startswith("952")
        check_gln(code)


@pytest.mark.django_db
@pytest.mark.requirement("SL-09")
def test_the_national_count_of_provinces_is_told_as_context_and_is_no_target(client: Client) -> None:
    load_reference()
    client.force_login(User.objects.get(username="sl.quanly"))
    page = client.get("/programmes/sl-2021/").content.decode()
    assert "54/63 tỉnh/thành phố" in page
    assert "không phải chỉ tiêu của kế hoạch" in page
    assert not PlanLine.objects.filter(title__contains="54/63").exists()
