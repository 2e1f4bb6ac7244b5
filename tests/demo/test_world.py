"""The world around the demo's main job: programmes, projects at every stage, people; the same in every run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from config.demo import summary
from config.demo.logins import demo_logins
from config.invariants import CHECKS, Skipped
from documents.models import Document, DocumentVersion, RegisterEntry
from lots.models import Event, Lot
from onboarding.progress import Progress, counts, journeys_of
from people import audit
from people.models import AdminUnit, AuditEvent, Organisation, User
from projects.models import (
    Attendance,
    Deliverable,
    Enrolment,
    Milestone,
    PilotProject,
    PlanLine,
    Programme,
    StageKind,
    SurveyResponse,
)
from registry.models import OcopRecognition, Place, Producer, Product, ProductGroup, Standard
from stamps.models import Activation, StampBatch, StampOrder
from tests.demo.conftest import TODAY
from workflows import inbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.timeout(600)]

COUNTED = (
    AdminUnit, Organisation, User, Programme, PlanLine, ProductGroup, Standard, Producer, Product, Place,
    OcopRecognition, PilotProject, Enrolment, SurveyResponse, Attendance, Deliverable, Document, DocumentVersion,
    RegisterEntry, Lot, Event, StampOrder, StampBatch, Activation,
)  # fmt: skip


COUNTS = {
    "AdminUnit": 92, "Organisation": 40, "User": 56, "Programme": 5, "PlanLine": 45, "ProductGroup": 12,
    "Standard": 36, "Producer": 84, "Product": 111, "Place": 48, "OcopRecognition": 102, "PilotProject": 7,
    "Enrolment": 108, "SurveyResponse": 105, "Attendance": 158, "Deliverable": 37, "Document": 16,
    "DocumentVersion": 27, "RegisterEntry": 10, "Lot": 18, "Event": 115, "StampOrder": 17, "StampBatch": 17,
    "Activation": 17,
}  # fmt: skip
SCANS = [
    "/01/09520008000013/21/0FXCTY6792BTVB",
    "/VN/TX/T6400007001Q/S/0PZKPNZDYJVPKQ",
    "/01/09520008000174/21/0WR4XJMG4RXZ8G",
]
NUMBERS = [
    "01/BC-CCTĐC", "01/HD-CCTĐC", "01/BB-CCTĐC", "02/BC-CCTĐC", "02/BB-CCTĐC", "03/BC-CCTĐC",
    "03/BB-CCTĐC",  # the minutes of the acceptance council
    "04/BC-CCTĐC",  # GL-01, the same office's next report
    "01/BC-CCTĐC", "01/HD-CCTĐC",  # Sơn La counts for itself
]  # fmt: skip
OWN_CODES = ["T6400007001Q", "T6400010001G", "T64000130019", "T6400019001T"]


def case(code: str) -> PilotProject:
    return PilotProject.objects.get(code=code)


def paper(project: str, code: str) -> Deliverable:
    return Deliverable.objects.get(stage__project__code=project, code=code)


def open_stage(code: str) -> str:
    return str(case(code).stages.get(opened_at__isnull=False, closed_at=None).kind)


# --- the same every time ---------------------------------------------------------------------
def test_two_runs_make_the_same_number_of_everything() -> None:
    assert {model.__name__: model.objects.count() for model in COUNTED} == COUNTS


def test_two_runs_make_the_same_codes_numbers_and_serials() -> None:
    batches = list(StampBatch.objects.order_by("start"))
    assert [summary.scan_address(batch, batch.start, "") for batch in (batches[0], batches[6], batches[16])] == SCANS
    numbers = RegisterEntry.objects.order_by("version__pk").select_related("series__organisation")
    assert [entry.full_number for entry in numbers] == NUMBERS
    assert list(Product.objects.filter(gtin=None).order_by("pk").values_list("own_code", flat=True))[:4] == OWN_CODES


def test_nothing_in_it_is_impossible() -> None:
    while audit.seal():  # outside a test each commit does this
        pass
    for check in CHECKS.values():
        try:
            assert [str(violation) for violation in check()] == []
        except Skipped:
            continue


# --- programmes ------------------------------------------------------------------------------
def test_the_five_seeds_are_programmes_with_their_printed_numbers() -> None:
    numbers = PlanLine.objects.filter(plan__programme__code="qt-2021").order_by("position")
    assert [line.printed_number for line in numbers] == ["1", "3", "3", "4", "5", "6", "7", "8"]
    assert Programme.objects.count() == 5
    assert PlanLine.objects.count() == 45


def test_what_does_not_fit_together_in_print_is_kept_in_words() -> None:
    models = PlanLine.objects.get(plan__programme__code="qt-2021", position=7)
    assert (models.target_min, models.target_max) == (2, 5)
    assert "02 mô hình" in models.flags[0]
    second_period = PlanLine.objects.filter(plan__programme__code="bk-2020", section__startswith="II.")
    assert all("2026 - 2030" in " ".join(line.flags) for line in second_period)


def test_printed_periods_have_their_dates() -> None:
    line = PlanLine.objects.get(plan__programme__code="qt-2021", position=3)
    assert line.period_text == "Quý II-III/2021"
    assert (line.starts_on, line.ends_on) == (date(2021, 4, 1), date(2021, 9, 30))


# --- cases -----------------------------------------------------------------------------------
def test_the_rambutan_chain_waits_for_its_author_with_two_remarks_and_a_late_milestone() -> None:
    returned = paper("GL-01", "D2")
    assert returned.status == Deliverable.Status.RETURNED
    assert returned.remarks.filter(addressed_at=None).count() == 2
    waiting = inbox.mine(User.objects.get(username="gl.quanly"))
    assert [inbox.project_of(task).code for task in waiting] == ["GL-01", "GL-01"]  # the paper, and a direction
    late = Milestone.objects.get(stage__project__code="GL-01", stage__kind="documentation")
    assert late.reached_at is None
    assert late.due_on == TODAY - timedelta(days=5)


def test_the_head_of_the_branch_is_asked_for_a_decision() -> None:
    asked = case("GL-01").matters.get(kind="blocker")
    assert (asked.addressee.username, asked.is_open) == ("gl.lanhdao", True)
    waiting = inbox.mine(asked.addressee)
    assert [task.process.coerced.matter for task in waiting] == [asked]


def test_the_deputy_approved_for_the_head_who_is_away() -> None:
    guide = paper("SL-01", "D4")
    deputy, head = (User.objects.get(username=name) for name in ("sl.phochicuc", "sl.lanhdao"))
    assert guide.approved_by == deputy
    told = AuditEvent.objects.get(verb="deliverable.approved", target=audit.label(guide))
    assert (told.by, told.facts["acting_for"]) == (deputy, head.pk)


def test_new_dates_were_approved_and_kept_as_a_baseline() -> None:
    amendment = case("SL-01").amendments.get()
    assert amendment.status == "approved"
    assert [baseline.name for baseline in case("SL-01").baselines.all()][-1] == amendment.name


def test_the_coffee_report_of_quang_tri_is_a_draft_and_five_days_late() -> None:
    report = paper("QT-01", "D1")
    assert report.status == Deliverable.Status.DRAFTING
    assert report.document.latest.state == DocumentVersion.State.DRAFT
    assert report.days_late(TODAY) == 5


def test_the_pepper_report_of_quang_tri_waits_for_the_second_vote() -> None:
    report = paper("QT-02", "D1")
    votes = {review.reviewer.username: review.verdict for review in report.reviews.all()}
    assert report.status == Deliverable.Status.IN_REVIEW
    assert votes == {"qt.thamdinh1": "approve", "qt.thamdinh2": ""}


def test_son_la_trains_the_producers_of_its_81_products() -> None:
    assert open_stage("SL-01") == StageKind.TRAINING
    assert case("SL-01").enrolled_products().count() == 81
    assert Attendance.objects.filter(session__project__code="SL-01").count() == 30


@pytest.mark.requirement("SL-04", "SL-08")
def test_the_sticky_rice_of_muong_va_is_in_the_programme_of_july_to_november_2021() -> None:
    assert case("SL-01").enrolled_products().filter(name="Gạo nếp tan Mường Và").count() == 1
    programme = case("SL-01").line.plan.programme
    assert (programme.starts_on, programme.ends_on) == (date(2021, 7, 1), date(2021, 11, 30))


def test_the_81_products_of_son_la_stand_at_different_steps() -> None:
    rows = [Progress(journey) for journey in journeys_of(case("SL-01"))]
    done = [number for _step, number in counts(rows)]
    assert (len(rows), done[0], sum(row.is_refused for row in rows)) == (81, 81, 5)
    assert 81 > done[1] > done[2] > done[3] > done[4] > 0
    assert any(row.days >= 30 for row in rows)


def test_hue_has_just_started_and_bac_kan_is_a_draft() -> None:
    assert open_stage("HUE-01") == StageKind.SURVEY
    assert SurveyResponse.objects.filter(enrolment__project__code="HUE-01").count() == 0
    assert case("BK-01").status == PilotProject.Status.DRAFT


# --- people ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("username", "codes"),
    [
        ("gl.quanly", ["GL-01", "GL-02"]),
        ("qt.quanly", ["QT-01", "QT-02"]),
        ("sl.lanhdao", ["SL-01"]),
        ("hue.vanthu", ["HUE-01"]),
        ("bk.thamdinh1", ["BK-01"]),
        ("gl.chuthe02", []),
    ],
)
def test_everyone_sees_the_projects_of_their_own_province_only(username: str, codes: list[str]) -> None:
    visible = PilotProject.objects.visible_to(User.objects.get(username=username))
    assert list(visible.order_by("code").values_list("code", flat=True)) == codes


def test_the_logins_on_the_list_let_one_in_by_name_and_by_phone(client: Client) -> None:
    logins = demo_logins()
    assert len(logins) == 14
    by_name, by_phone = logins[0], logins[6]
    assert client.login(username=by_name["username"], password=by_name["password"])
    assert client.login(username=by_phone["phone"], password=by_phone["password"])
    assert by_phone["username"] == "gl.chuthe01"
