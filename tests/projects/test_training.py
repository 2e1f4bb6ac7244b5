"""Classes: planned from the line of a plan, topics from the list, coverage counted once, material in versions."""

from __future__ import annotations

import io
from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.actions import attendance as door
from projects.actions import project as projects
from projects.actions import training as actions
from projects.coverage import coverage
from projects.doors import MATERIALS
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject, TrainingMaterial, TrainingSession, TrainingTopic
from registry.errors import FileRefused
from registry.models import Producer
from tests.factories.fieldwork import invite, make_class, questionnaires
from tests.factories.files import PDF, package
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory

BASE = "/projects/GL-99/training/"
AGENCY = "Phòng Kinh tế (giả lập)"


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.helper)
    questionnaires()
    return make_project(gia_lai)


def enrolled(project: PilotProject, office: Office, number: int) -> Producer:
    producer: Producer = ProducerFactory(number=number, province=office.province, name=f"HTX {number} (giả lập)")
    projects.enrol_product(project, ProductFactory(producer=producer), by=project.manager)
    return producer


def come(session: TrainingSession, office: Office, name: str, **who: Any) -> None:
    who = who if "producer" in who else {"agency": AGENCY, **who}
    door.record_attendance(session, person_name=f"{name} (giả lập)", by=office.helper, **who)


# --- planning --------------------------------------------------------------------------------
@pytest.mark.requirement("QT-PL.2")
def test_two_classes_of_50_are_made_from_the_line_with_its_due_date(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    line = project.line
    assert line is not None
    line.title, line.ends_on = "Tổ chức (02 lớp; 1 lớp 50 người)", date(2021, 6, 30)
    line.save()
    form = client.get(f"{BASE}plan/").context["form"]
    assert (form.initial["due_on"], form["count"].value(), form["seats"].value()) == (date(2021, 6, 30), 2, 50)
    posted = {"title": "Tập huấn", "count": "2", "seats": "50", "due_on": "30/06/2021", "audience": "mixed"}
    assert client.post(f"{BASE}plan/", posted).status_code == 302
    made = TrainingSession.objects.order_by("pk")
    assert [(one.seats, one.due_on, one.held_on, one.line) for one in made] == [(50, date(2021, 6, 30), None, line)] * 2
    assert client.post(f"{BASE}plan/", posted).status_code == 422
    assert made.count() == 2


@pytest.mark.parametrize("count", [0, 21])
def test_no_class_or_too_many_at_once_are_refused(project: PilotProject, gia_lai: Office, count: int) -> None:
    with pytest.raises(NotAllowedNow):
        actions.plan_classes(
            project, count=count, seats=50, due_on=None, title="T", audience="mixed", line=None, by=gia_lai.helper
        )


def test_a_reviewer_plans_no_class(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        make_class(project, gia_lai.reviewers[0])


def test_a_planned_class_needs_the_day_until_which_it_is_held(client: Client, project: PilotProject) -> None:
    answer = client.post(
        f"{BASE}new/", {"title": "Lớp", "audience": "mixed", "seats": "5", "held_on": "", "due_on": ""}
    )
    assert answer.status_code == 422
    assert not TrainingSession.objects.exists()


@pytest.mark.parametrize("seats", ["0", "-3", "99999", "năm"])
def test_seats_are_a_number_that_a_hall_takes(client: Client, project: PilotProject, seats: str) -> None:
    answer = client.post(f"{BASE}new/", {"title": "L", "audience": "mixed", "seats": seats, "held_on": "01/06/2026"})
    assert answer.status_code == 422


def test_seats_do_not_fall_below_the_people(project: PilotProject, gia_lai: Office) -> None:
    held = make_class(project, gia_lai.helper)
    invite(held, gia_lai)
    invite(held, gia_lai, name="Trần Văn Lộc (giả lập)")
    with pytest.raises(NotAllowedNow, match="2 people"):
        actions.change_training(held, seats=1, by=gia_lai.helper)


def test_a_class_that_people_came_to_keeps_its_day(project: PilotProject, gia_lai: Office) -> None:
    held = make_class(project, gia_lai.helper)
    come(held, gia_lai, "An")
    with pytest.raises(NotAllowedNow, match="keeps its day"):
        actions.change_training(held, held_on=None, by=gia_lai.helper)


def test_a_class_meets_several_times(client: Client, project: PilotProject, gia_lai: Office) -> None:
    held = make_class(project, gia_lai.helper)
    client.post(f"{BASE}{held.pk}/meetings/", {"held_on": "15/06/2026", "begins_at": "08:00", "about": "Thực hành"})
    client.post(f"{BASE}{held.pk}/meetings/", {"held_on": "15/06/2026", "begins_at": "08:00", "about": "Thực hành 2"})
    meeting = held.meetings.get()
    assert (meeting.begins_at, meeting.about) == (time(8), "Thực hành 2")


@pytest.mark.requirement("QT-II.1b")
def test_topics_are_chosen_from_the_list(client: Client, project: PilotProject) -> None:
    names = set(TrainingTopic.objects.values_list("name", flat=True))
    assert {"Mã số mã vạch", "Ghi nhãn hàng hóa", "Công bố tiêu chuẩn áp dụng"} <= names
    topics = TrainingTopic.objects.filter(code__in=["ma-so-ma-vach", "ghi-nhan"])
    posted = {"title": "Lớp", "audience": "mixed", "seats": "5", "held_on": "01/06/2026", "place": "X",
              "topic_list": [topic.pk for topic in topics]}  # fmt: skip
    client.post(f"{BASE}new/", posted)
    held = TrainingSession.objects.get()
    assert set(held.topic_list.all()) == set(topics)
    assert client.post(f"{BASE}new/", {**posted, "topic_list": ["999999"]}).status_code == 422


# --- coverage --------------------------------------------------------------------------------
@pytest.mark.requirement("QT-II.1a")
def test_100_people_are_100_though_some_came_twice(project: PilotProject, gia_lai: Office) -> None:
    first, second = (make_class(project, gia_lai.helper, title=title, seats=60) for title in ("Lớp 1", "Lớp 2"))
    for number in range(50):
        come(first, gia_lai, f"Người {number}", phone=f"09000000{number:02d}")
    for number in range(40, 100):
        come(second, gia_lai, f"Người {number}", phone=f"09000000{number:02d}")
    reached = coverage(project)
    assert (reached.visits, reached.people) == (110, 100)


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        pytest.param({"phone": "0900000001"}, {"phone": "0900000001", "name": "Đào khác"}, 1, id="same_phone"),
        pytest.param({}, {}, 1, id="same_name_and_organisation"),
        pytest.param({}, {"agency": "Sở Công Thương (giả lập)"}, 2, id="same_name_elsewhere"),
        pytest.param({"phone": "0900000001"}, {"phone": "0900000002"}, 1, id="same_name_new_phone"),
        pytest.param({}, {"name": "DAO"}, 1, id="name_without_marks"),
        pytest.param(
            {"phone": "0900000001"}, {"phone": "0900000001", "name": "Lộc", "shares_phone": True}, 2, id="shared_phone"
        ),
    ],
)
def test_who_is_the_same_person(
    project: PilotProject, gia_lai: Office, one: dict[str, Any], other: dict[str, Any], people: int
) -> None:
    for who, title in ((one, "Lớp 1"), (other, "Lớp 2")):
        facts = dict(who)
        come(make_class(project, gia_lai.helper, title=title), gia_lai, facts.pop("name", "Đào"), **facts)
    assert coverage(project).people == people


def test_one_who_links_two_others_makes_them_one(project: PilotProject, gia_lai: Office) -> None:
    rows = [("Đào", "0900000001"), ("Đào", "0900000002"), ("Bà Đào", "0900000002")]
    for name, phone in rows:
        come(make_class(project, gia_lai.helper), gia_lai, name, phone=phone)
    assert coverage(project).people == 1


def test_organisations_are_counted_of_those_that_take_part(project: PilotProject, gia_lai: Office) -> None:
    first, _second, third = (enrolled(project, gia_lai, number) for number in (1, 2, 3))
    stranger = ProducerFactory(number=9, province=gia_lai.province)
    held = make_class(project, gia_lai.helper)
    come(held, gia_lai, "An", producer=first, passed_check=True)
    come(held, gia_lai, "Bình", producer=first)
    come(held, gia_lai, "Mai", producer=third)
    come(held, gia_lai, "Khách", producer=stranger)
    reached = coverage(project)
    assert (reached.organisations.count, reached.organisations.total, reached.organisations.percent) == (2, 3, 66)
    assert (reached.organisations_passed.count, reached.people) == (1, 4)
    assert [producer.name for producer in reached.missing] == ["HTX 2 (giả lập)"]


@pytest.mark.requirement("GL-2.2")
def test_agencies_are_counted_by_agency_however_they_are_typed(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    held = make_class(project, gia_lai.helper)
    come(held, gia_lai, "An", agency="Sở Công Thương (giả lập)", passed_check=True)
    come(held, gia_lai, "Bình", agency="SỞ CÔNG THƯƠNG (giả lập)")
    come(held, gia_lai, "Mai", agency="UBND xã (giả lập)")
    rows = {row.name: (row.people, row.passed) for row in coverage(project).agencies}
    assert rows == {"Sở Công Thương (giả lập)": (2, 1), "UBND xã (giả lập)": (1, 0)}
    assert "UBND xã (giả lập)" in client.get(f"{BASE}coverage/").content.decode()


def test_only_a_class_that_was_held_has_people_who_stayed_away(project: PilotProject, gia_lai: Office) -> None:
    held, planned = make_class(project, gia_lai.helper), make_class(project, gia_lai.helper, held_on=None)
    for session in (held, planned):
        invite(session, gia_lai)
    reached = coverage(project)
    assert (reached.invited, reached.no_shows) == (2, 1)


# --- material --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (PDF, ".pdf"),
        (package("word/document.xml"), ".docx"),
        (package("ppt/presentation.xml"), ".pptx"),
    ],
)
def test_what_a_file_is_is_read_from_its_bytes(data: bytes, suffix: str) -> None:
    assert MATERIALS.accept(io.BytesIO(data)).suffix == suffix


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html><script>", id="html"),
        pytest.param(b"MZ\x90", id="program"),
        pytest.param(b"%PDF-1.7 cut off", id="cut_pdf"),
        pytest.param(b"PK\x03\x04 broken", id="broken_package"),
        pytest.param(package("xl/workbook.xml"), id="workbook"),
        pytest.param(package("ppt/presentation.xml", "ppt/vbaProject.bin"), id="macros"),
        pytest.param(b"%PDF-" + b"x" * MATERIALS.max_bytes + b"%%EOF", id="over_20_mb"),
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        MATERIALS.accept(io.BytesIO(data))


@pytest.mark.requirement("BK-II.1d")
def test_material_is_kept_in_versions_and_only_ever_downloaded(client: Client, project: PilotProject) -> None:
    for data in (PDF + b"1", PDF + b"2", PDF + b"2"):
        file = SimpleUploadedFile("x.html", data)
        assert client.post(f"{BASE}materials/", {"title": "Sổ tay", "file": file}).status_code == 302
    assert list(TrainingMaterial.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    newest = TrainingMaterial.objects.get(version=2)
    answer = client.get(f"{BASE}materials/{newest.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="so-tay-v2.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF + b"2"


def test_a_damaged_file_is_not_handed_out(client: Client, project: PilotProject) -> None:
    client.post(f"{BASE}materials/", {"title": "Sổ tay", "file": SimpleUploadedFile("x.pdf", PDF)})
    kept = TrainingMaterial.objects.get()
    with kept.file.storage.open(str(kept.file.name), "wb") as stored:
        stored.write(b"%PDF-other")
    assert client.get(f"{BASE}materials/{kept.pk}/").status_code == 302
