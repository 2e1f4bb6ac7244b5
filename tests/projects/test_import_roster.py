"""Importing a province's workbook of products: everything, or nothing and every reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from people.models import AuditEvent
from projects import policies
from projects.actions.roster import Imported, RosterRefused, import_roster
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Enrolment, PilotProject
from registry.models import OcopCriteria, OcopRecognition, Producer, Product
from tests.factories import projects, roster
from tests.factories.fieldwork import NOON
from tests.factories.people import AdminUnitFactory, Office, member
from tests.factories.registry import fruit_group

ON = roster.ON
NAME, SET, STARS, DECISION, DAY, PRODUCER, TAX, COMMUNE, GTIN = 1, 2, 3, 4, 5, 6, 8, 10, 13


@pytest.fixture
def ocop(gia_lai: Office) -> PilotProject:
    roster.prepare_registry(gia_lai)
    return projects.make_project(gia_lai, template=projects.small_template(products=17, minimum_stars=3))


def take(project: PilotProject, rows: list[list[Any]], *, titles: list[Any] | None = None) -> Imported:
    data = roster.workbook(titles or roster.demo_rows()[0], rows)
    return import_roster(project, data, by=project.manager, on=ON)


def problems(project: PilotProject, rows: list[list[Any]]) -> list[tuple[int, str, str]]:
    with pytest.raises(RosterRefused) as refused:
        take(project, rows)
    assert counts() == (0, 0, 0, 0)
    return [(problem.row, problem.column, str(problem.rule)) for problem in refused.value.problems]


def counts() -> tuple[int, int, int, int]:
    return tuple(model.objects.count() for model in (Producer, Product, OcopRecognition, Enrolment))  # type: ignore


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    rows = roster.demo_rows()[1][:4]
    rows[row][column] = value
    return rows


def gate(project: PilotProject) -> list[str]:
    found = [policies.RULES[rule.rule](project, rule.minimum) for rule in project.gate_rules.all()]
    return [problem for problem in found if problem]


@pytest.mark.requirement("GL-2.K")
def test_seventeen_products_of_seventeen_producers_pass_the_gate(ocop: PilotProject) -> None:
    done = import_roster(ocop, roster.DEMO.read_bytes(), by=ocop.manager, on=ON)
    assert counts() == (17, 17, 17, 17)
    assert (done.made["enrolled"], done.known, done.warnings) == (17, 0, [])
    assert gate(ocop) == []


@pytest.mark.requirement("GL-2.K")
def test_sixteen_products_are_imported_with_a_warning_that_names_the_gate(ocop: PilotProject) -> None:
    done = take(ocop, roster.demo_rows()[1][:16])
    assert done.made["enrolled"] == 16
    assert len(done.warnings) == 2
    assert "16" in done.warnings[0]
    assert "17" in done.warnings[0]
    assert gate(ocop) == done.warnings


@pytest.mark.requirement("GL-2.K")
def test_seventeen_products_of_sixteen_producers_fail_the_gate_of_producers_only(ocop: PilotProject) -> None:
    rows = roster.demo_rows()[1]
    rows[16][PRODUCER : TAX + 1] = rows[15][PRODUCER : TAX + 1]
    done = take(ocop, rows)
    assert done.made["enrolled"] == 17
    assert len(done.warnings) == 1
    assert "16" in done.warnings[0]


def test_the_same_file_twice_changes_nothing_and_says_so(ocop: PilotProject) -> None:
    import_roster(ocop, roster.DEMO.read_bytes(), by=ocop.manager, on=ON)
    events = AuditEvent.objects.count()
    again = import_roster(ocop, roster.DEMO.read_bytes(), by=ocop.manager, on=ON)
    assert counts() == (17, 17, 17, 17)
    assert AuditEvent.objects.count() == events
    assert (again.known, sum(again.made.values())) == (17, 0)
    assert "nothing was changed" in str(again)


def test_a_product_gets_the_first_group_of_its_set_and_its_own_code(ocop: PilotProject) -> None:
    group = fruit_group()
    import_roster(ocop, roster.DEMO.read_bytes(), by=ocop.manager, on=ON)
    assert Product.objects.get(name="Chôm chôm Thôn Sáu").group == group
    product = Product.objects.get(name="Măng khô Rừng Xa")
    assert product.gtin is None
    assert product.own_code


def test_a_producer_without_tax_code_is_known_by_name_and_commune(ocop: PilotProject) -> None:
    rows = roster.demo_rows()[1][:2]
    rows[0][TAX] = None
    rows[1][PRODUCER], rows[1][COMMUNE], rows[1][TAX] = rows[0][PRODUCER], rows[0][COMMUNE], None
    take(ocop, rows)
    assert Producer.objects.count() == 1
    assert Product.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "value", "title"),
    [
        (COMMUNE, "xã Không Có", "Xã/phường"),
        (SET, "99. Không có", "Bộ sản phẩm OCOP"),
        (STARS, 2, "Hạng sao"),
        (DAY, "01/01/2019", "Ngày quyết định"),
        (DAY, "01/12/2022", "Ngày quyết định"),
        (GTIN, "9520008000014", "Mã GTIN"),
        (NAME, "x" * 161, "Tên sản phẩm"),
        (TAX, "12", "Mã số thuế"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_imported(ocop: PilotProject, column: int, value: Any, title: str) -> None:
    found = problems(ocop, changed(3, column, value))
    assert {(row, name) for row, name, _rule in found} == {(5, title)}


def test_an_expired_recognition_is_refused_on_the_day_it_ends(ocop: PilotProject) -> None:
    rows = roster.demo_rows()[1][:1]
    rows[0][DAY] = "01/07/2020"
    data = roster.workbook(roster.demo_rows()[0], rows)
    with pytest.raises(RosterRefused) as refused:
        import_roster(ocop, data, by=ocop.manager, on=ON.replace(year=2023, month=7, day=1))
    assert [problem.column for problem in refused.value.problems] == ["Ngày quyết định"]
    import_roster(ocop, data, by=ocop.manager, on=ON.replace(year=2023, month=6, day=30))
    assert Enrolment.objects.count() == 1


def test_stars_below_the_projects_minimum_are_refused(gia_lai: Office) -> None:
    roster.prepare_registry(gia_lai)
    project = projects.make_project(gia_lai, template=projects.small_template(minimum_stars=4))
    found = problems(project, roster.demo_rows()[1][:1])
    assert [(row, column) for row, column, _rule in found] == [(2, "Hạng sao")]


def test_a_product_twice_is_an_error_of_the_second_row(ocop: PilotProject) -> None:
    rows = roster.demo_rows()[1][:2]
    found = problems(ocop, [*rows, rows[0]])
    assert {row for row, _column, _rule in found} == {4}


def test_every_problem_of_every_row_is_named_at_once(ocop: PilotProject) -> None:
    rows = changed(0, COMMUNE, "xã Không Có")
    rows[1][STARS] = "tốt"
    rows[2][SET] = "Không có"
    assert [row for row, _column, _rule in problems(ocop, rows)] == [2, 3, 4]


def test_a_missing_column_is_named(ocop: PilotProject) -> None:
    titles, rows = roster.demo_rows()
    with pytest.raises(RosterRefused) as refused:
        take(ocop, [row[:STARS] + row[STARS + 1 :] for row in rows], titles=titles[:STARS] + titles[STARS + 1 :])
    assert [problem.column for problem in refused.value.problems] == ["Hạng sao"]
    assert counts() == (0, 0, 0, 0)


def test_an_empty_table_is_refused(ocop: PilotProject) -> None:
    assert [row for row, _column, _rule in problems(ocop, [])] == [1]


def test_a_gtin_that_belongs_to_another_producer_is_refused(ocop: PilotProject) -> None:
    take(ocop, roster.demo_rows()[1][:1])
    rows = roster.demo_rows()[1][1:2]
    rows[0][GTIN] = roster.demo_rows()[1][0][GTIN]
    with pytest.raises(RosterRefused) as refused:
        take(ocop, rows)
    assert [problem.column for problem in refused.value.problems] == ["Mã GTIN"]
    assert counts() == (1, 1, 1, 1)


def test_a_tax_code_of_another_name_is_refused(ocop: PilotProject) -> None:
    take(ocop, roster.demo_rows()[1][:1])
    rows = roster.demo_rows()[1][1:2]
    rows[0][TAX] = roster.demo_rows()[1][0][TAX]
    with pytest.raises(RosterRefused) as refused:
        take(ocop, rows)
    assert [problem.column for problem in refused.value.problems] == ["Mã số thuế"]


def test_a_row_of_an_entry_that_was_merged_away_is_of_the_one_that_is_kept(ocop: PilotProject, gia_lai: Office) -> None:
    rows = roster.demo_rows()[1][:2]
    take(ocop, rows)
    old, kept = (Producer.objects.get(tax_code=row[TAX]) for row in rows)
    Producer.objects.filter(pk=kept.pk).update(name=old.name)
    Product.objects.filter(producer=old).update(producer=kept, number=2)
    Producer.objects.filter(pk=old.pk).update(merged_into=kept)
    done = take(ocop, rows[:1])
    assert (done.known, done.made) == (1, {})


def test_the_same_decision_with_other_stars_is_refused(ocop: PilotProject) -> None:
    take(ocop, roster.demo_rows()[1][:1])
    with pytest.raises(RosterRefused) as refused:
        take(ocop, changed(0, STARS, 5)[:1])
    assert [problem.column for problem in refused.value.problems] == ["Số quyết định"]


def test_only_a_manager_of_the_project_imports(ocop: PilotProject, gia_lai: Office) -> None:
    other = member("gl-quanly-khac", "manager", gia_lai.organisation)
    with pytest.raises(NotAllowedForYou):
        import_roster(ocop, roster.DEMO.read_bytes(), by=other, on=ON)
    assert counts() == (0, 0, 0, 0)


def test_a_day_that_no_criteria_cover_is_named(ocop: PilotProject) -> None:
    OcopCriteria.objects.update(effective_to=date(2020, 12, 31))
    found = problems(ocop, changed(0, DAY, date(2021, 6, 1)))
    assert "no OCOP criteria were in force on this day" in [rule for _row, _column, rule in found]


def test_a_name_that_two_communes_have_is_named(ocop: PilotProject, gia_lai: Office) -> None:
    AdminUnitFactory(code="52-900", name="phường Ia Tô", level="commune", parent=gia_lai.province)
    found = problems(ocop, changed(0, COMMUNE, "Ia Tô"))
    assert [rule for row, _column, rule in found if "several communes" in rule] != []


def test_a_closed_project_takes_no_workbook(ocop: PilotProject, gia_lai: Office) -> None:
    accepted = {"status": "accepted", "accepted_at": NOON, "accepted_by": gia_lai.leader}
    PilotProject.objects.filter(pk=ocop.pk).update(**accepted)
    with pytest.raises(NotAllowedNow, match="can no longer be enrolled"):
        take(ocop, roster.demo_rows()[1][:1])
