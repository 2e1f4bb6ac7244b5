"""The rest of the demo: five programmes as printed, cases at every point, and the same world every time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from config.demo import summary
from config.demo.logins import demo_logins
from config.invariants import CHECKS, Skipped
from documents.models import Document, DocumentVersion, RegisterEntry
from lots.models import Event, Lot
from people import audit
from people.models import AdminUnit, Organisation, User
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
    assert [inbox.project_of(task).code for task in inbox.mine(User.objects.get(username="gl.quanly"))] == ["GL-01"]
    late = Milestone.objects.get(stage__project__code="GL-01", stage__kind="documentation")
    assert late.reached_at is None
    assert late.due_on == TODAY - timedelta(days=5)


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
        ("gl.chuthe02", ["GL-02"]),
    ],
)
def test_everyone_sees_the_projects_of_their_own_province_only(username: str, codes: list[str]) -> None:
    visible = PilotProject.objects.visible_to(User.objects.get(username=username))
    assert list(visible.order_by("code").values_list("code", flat=True)) == codes


def test_the_logins_on_the_list_let_one_in_by_name_and_by_phone(client: Client) -> None:
    logins = demo_logins()
    assert len(logins) == 12
    by_name, by_phone = logins[0], logins[6]
    assert client.login(username=by_name["username"], password=by_name["password"])
    assert client.login(username=by_phone["phone"], password=by_phone["password"])
    assert by_phone["username"] == "gl.chuthe01"


COUNTS: dict[str, int] = {}
SCANS: list[str] = []
NUMBERS: list[str] = []
OWN_CODES: list[str] = []
