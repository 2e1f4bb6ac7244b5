"""The typed-up list of a class: who is entered, what is refused, and that it can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from imports.actions import run_batch, undo_batch
from imports.errors import NotAllowedForYou
from imports.export import write_xlsx
from imports.models import ImportBatch
from imports.targets import targets
from projects.actions import attendance as door
from projects.actions.project import start_project
from projects.models import Attendance, PilotProject, TrainingSession
from registry.models import Producer
from tests.factories.desk import running_project
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.imports import checked
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory

TITLES = ["STT", "Họ và tên", "Đơn vị", "Điện thoại", "Đạt kiểm tra"]
AGENCY = "Phòng Kinh tế (giả lập)"
DAY = date(2026, 9, 12)


@pytest.fixture
def session(gia_lai: Office) -> TrainingSession:
    return make_class(make_project(gia_lai), gia_lai.manager, held_on=DAY, seats=3)


@pytest.fixture
def producer(gia_lai: Office) -> Producer:
    made: Producer = ProducerFactory(province=gia_lai.province, number=1, name="HTX Chè (giả lập)")
    return made


def listed(office: Office, *rows: list[Any], day: str = "12/9/2026") -> ImportBatch:
    above = ("DANH SÁCH HỌC VIÊN", f"Lớp tập huấn, ngày {day}")
    numbered = [[number, *row] for number, row in enumerate(rows, start=1)]
    return checked(write_xlsx("Lớp", TITLES, numbered, above=above), office, target="attendance")


def row(name: str, unit: str = AGENCY, phone: str = "", mark: str = "") -> list[Any]:
    return [f"{name} (giả lập)", unit, phone, mark]


def rules(batch: ImportBatch) -> list[str]:
    return [problem[3] for line in batch.lines.all() for problem in line.problems]


def test_the_people_of_a_list_are_in_the_class(session: TrainingSession, producer: Producer, gia_lai: Office) -> None:
    batch = listed(gia_lai, row("Rơ Châm Hùng", "HTX chè (giả lập)", "900 000 021", "x"), row("Ksor Bia"))
    run_batch(batch, by=gia_lai.manager)
    found = session.attendances.values_list("person_name", "producer", "agency", "phone", "passed_check", "way")
    assert list(found) == [
        ("Rơ Châm Hùng (giả lập)", producer.pk, "", "0900000021", True, "typed"),
        ("Ksor Bia (giả lập)", None, AGENCY, "", False, "typed"),
    ]


def test_the_same_list_twice_changes_nothing(session: TrainingSession, gia_lai: Office) -> None:
    run_batch(listed(gia_lai, row("Ksor Bia")), by=gia_lai.manager)
    assert (listed(gia_lai, row("Ksor Bia")).same, session.attendances.count()) == (1, 1)


def test_a_result_that_came_later_is_written_to_the_person(session: TrainingSession, gia_lai: Office) -> None:
    run_batch(listed(gia_lai, row("Ksor Bia")), by=gia_lai.manager)
    run_batch(listed(gia_lai, row("ksor bia", mark="Đạt")), by=gia_lai.manager)
    assert session.attendances.get().passed_check


def test_the_seat_of_an_invited_person_is_theirs(session: TrainingSession, gia_lai: Office) -> None:
    invitation = invite(session, gia_lai, name="Ksor Bia (giả lập)", agency=AGENCY)
    run_batch(listed(gia_lai, row("Ksor Bia")), by=gia_lai.manager)
    assert session.attendances.get().invitation == invitation


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([row("Ksor Bia", "HTX Lạ (giả lập)")], "no such producer"),
        ([row("Ksor Bia"), row("KSOR BIA")], "already stands in row"),
        ([row("Một", phone="0900000021"), row("Hai", phone="0900000021")], "has this phone number"),
        ([row(name) for name in ("Một", "Hai", "Ba", "Bốn")], "3 seats"),
        ([row("Ksor Bia", mark="có lẽ")], "for those who passed"),
    ],
)
def test_a_line_that_breaks_a_rule_stays_out(
    session: TrainingSession, gia_lai: Office, rows: list[list[Any]], rule: str
) -> None:
    batch = listed(gia_lai, *rows)
    assert [rule in said for said in rules(batch)] == [True]
    assert batch.new == len(rows) - 1


def test_a_day_without_a_class_is_named(session: TrainingSession, gia_lai: Office) -> None:
    assert "no class was held" in rules(listed(gia_lai, row("Ksor Bia"), day="13/9/2026"))[0]


def test_two_classes_of_one_day_need_the_title(session: TrainingSession, gia_lai: Office) -> None:
    make_class(session.project, gia_lai.manager, held_on=DAY, title="Lớp 2")
    assert "several classes" in rules(listed(gia_lai, row("Ksor Bia")))[0]


def test_a_class_of_another_project_of_the_province_is_not_mine(session: TrainingSession, gia_lai: Office) -> None:
    running_project(gia_lai, code="GL-98")
    other = member("gl-quanly2", "manager", gia_lai.organisation)
    PilotProject.objects.filter(pk=session.project_id).update(manager=other)
    session.project.members.filter(role="manager").delete()
    assert "only the managers" in rules(listed(gia_lai, row("Ksor Bia")))[0]


def test_an_accepted_project_takes_no_list(session: TrainingSession, gia_lai: Office) -> None:
    start_project(session.project, by=gia_lai.manager)
    PilotProject.objects.update(status="accepted", accepted_at=NOON, accepted_by=gia_lai.leader)
    assert "is accepted" in rules(listed(gia_lai, row("Ksor Bia")))[0]


def test_a_certificate_is_not_taken_back_by_a_list(session: TrainingSession, gia_lai: Office) -> None:
    run_batch(listed(gia_lai, row("Ksor Bia", mark="x")), by=gia_lai.manager)
    door.number_certificates(session, by=gia_lai.manager)
    assert "has a certificate" in rules(listed(gia_lai, row("Ksor Bia", mark="Không đạt")))[0]


def test_a_list_is_taken_back_by_those_who_record_in_the_project(session: TrainingSession, gia_lai: Office) -> None:
    batch = run_batch(listed(gia_lai, row("Ksor Bia")), by=gia_lai.manager)
    with pytest.raises(NotAllowedForYou, match="not yours"):
        undo_batch(batch, by=gia_lai.clerk)
    undo_batch(batch, by=gia_lai.manager)
    assert not Attendance.objects.exists()


def test_clerks_do_not_import_lists_of_classes(session: TrainingSession, gia_lai: Office) -> None:
    target = targets()["attendance"]
    assert target.can_import(gia_lai.helper, gia_lai.province.pk)
    assert not target.can_import(gia_lai.clerk, gia_lai.province.pk)


def test_two_producers_of_one_name_are_entered_on_the_page_of_the_class(
    session: TrainingSession, producer: Producer, gia_lai: Office
) -> None:
    ProducerFactory(province=gia_lai.province, number=2, name=producer.name.upper())
    assert "several producers" in rules(listed(gia_lai, row("Ksor Bia", unit=producer.name)))[0]
