"""The demo as a whole: the main job from the annex's line to the scanned stamp, and the world around it.

One module, because the demo is made once for all its tests (half a minute).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.demo import summary
from config.demo.logins import demo_logins
from config.invariants import CHECKS, Skipped
from documents.docx_text import text_of
from documents.models import Document, DocumentVersion, RegisterEntry
from lots.models import Event, Lot
from onboarding.progress import Progress, counts, journeys_of
from people import audit
from people.models import AdminUnit, AuditEvent, Organisation, User
from projects.actions.project import accept_project
from projects.errors import GateNotPassed
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
from projects.policies import closing_problems
from registry.models import OcopRecognition, Place, Producer, Product, ProductGroup, Standard
from stamps.models import Activation, StampBatch, StampOrder
from tests.demo.conftest import TODAY
from workflows import inbox
from workflows.gates import RULES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.timeout(600)]

TITLES = [
    "Báo cáo kết quả khảo sát hiện trạng, nhu cầu, quy trình TXNG của các sản phẩm OCOP",
    "Thông tin truy xuất nguồn gốc của các sản phẩm OCOP được kê khai trên hệ thống TXNG",
    "Tem truy xuất nguồn gốc mã QR code động được dùng để dán cho các sản phẩm OCOP",
    "Các tài liệu hướng dẫn sử dụng và kê khai thông tin trên hệ thống TXNG cho các sản phẩm",
    "Tài liệu hội nghị phổ biến tuyên truyền kết quả mô hình và tập huấn",
    "Báo cáo tổng kết nhiệm vụ",
]


@pytest.fixture
def project() -> PilotProject:
    return PilotProject.objects.get(code="GL-02")


def text_of_paper(code: str) -> str:
    """The text of an issued paper of GL-02."""
    deliverable = Deliverable.objects.get(stage__project__code="GL-02", code=code)
    with deliverable.document.issued.file.open() as file:
        return "\n".join(text_of(file.read()))


def scan(client: Client, index_in_batch: int) -> tuple[StampBatch, str]:
    batch = StampBatch.objects.order_by("start").first()
    path = summary.scan_address(batch, batch.start + index_in_batch, "")
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return batch, response.content.decode()


# --- papers ----------------------------------------------------------------------------------
def test_the_case_ends_accepted_by_the_leader_with_every_stage_closed(project: PilotProject) -> None:
    assert project.status == PilotProject.Status.ACCEPTED
    assert project.accepted_by.username == "gl.lanhdao"
    assert project.stages.filter(closed_at=None).count() == 0
    assert closing_problems(project, RULES) == []


def test_six_deliverables_are_numbered_one_after_the_other_per_symbol(project: PilotProject) -> None:
    entries = [(entry.version.document.deliverable.code, entry.full_number) for entry in summary.papers(project)]
    assert entries == [
        ("D1", "01/BC-CCTĐC"),
        ("D4", "01/HD-CCTĐC"),
        ("D5", "01/BB-CCTĐC"),
        ("D2", "02/BC-CCTĐC"),
        ("D3", "02/BB-CCTĐC"),
        ("D6", "03/BC-CCTĐC"),
    ]


def test_each_step_of_a_paper_is_done_by_a_different_person(project: PilotProject) -> None:
    report = Deliverable.objects.get(stage__project=project, code="D6")
    reviewers = [review.reviewer.username for review in report.reviews.exclude(verdict="")]
    assert [report.submitted_by.username, *reviewers, report.approved_by.username] == [
        "gl.quanly", "gl.thamdinh1", "gl.thamdinh2", "gl.lanhdao",
    ]  # fmt: skip


def test_the_survey_report_came_back_once_and_every_remark_is_answered(project: PilotProject) -> None:
    report = Deliverable.objects.get(stage__project=project, code="D1")
    assert report.round == 2
    assert [remark.by.username for remark in report.remarks.all()] == ["gl.thamdinh1", "gl.thamdinh2"]
    assert all(remark.addressed_at and remark.answer for remark in report.remarks.all())


@pytest.mark.requirement("GL-2.D6")
def test_the_final_report_lists_the_six_deliverables_and_the_17_products(project: PilotProject) -> None:
    text = text_of_paper("D6")
    assert [title for title in TITLES if title not in text] == []
    names = list(project.enrolled_products().values_list("name", flat=True))
    assert len(names) == 17
    assert [name for name in names if name not in text] == []


@pytest.mark.requirement("GL-2.D2")
def test_the_declared_data_lists_17_logins_without_a_password() -> None:
    text = text_of_paper("D2")
    phones = [f"09000000{number}" for number in range(31, 48)]  # producers log in with their phone number
    assert [phone for phone in phones if phone not in text] == []
    assert "txng-demo-2026" not in text


def test_the_annex_is_printed_from_the_two_lines(project: PilotProject) -> None:
    version = project.line.plan.documents.get().latest
    with version.file.open() as file:
        text = "\n".join(text_of(file.read()))
    assert "Chôm chôm Ia Grai" in text
    assert "Dự kiến địa chỉ tiếp nhận và áp dụng" in text


def test_the_council_found_the_results_excellent_and_its_minutes_show_the_sum(project: PilotProject) -> None:
    council = project.councils.get()
    with council.document.issued.file.open() as file:
        text = "\n".join(text_of(file.read()))
    assert (council.result, council.members.count()) == ("excellent", 7)
    assert "6/7 phiếu xuất sắc = 0,86 ≥ 3/4" in text
    assert str(council.document.issued.register_entry) == "03/BB-CCTĐC"
    assert council.document.issued.register_entry.signed_by == project.accepted_by


def test_the_closing_gate_refuses_without_a_council(project: PilotProject) -> None:
    project.councils.update(result="failed")
    problem = RULES["council_passed"](project, 1)
    assert "45/QĐ-SKHCN" in problem
    check_refused(project, problem=problem)


# --- scale -----------------------------------------------------------------------------------
def test_every_product_was_surveyed_and_has_activated_stamps_on_a_lot(project: PilotProject) -> None:
    products = set(project.enrolled_products().values_list("pk", flat=True))
    assert SurveyResponse.objects.filter(enrolment__project=project).count() == 17
    activated = Activation.objects.filter(batch__order__enrolment__project=project)
    assert set(activated.values_list("lot__product", flat=True)) == products
    assert sum(activation.quantity for activation in activated) == 850
    assert all(batch.sheet_sha256 for batch in StampBatch.objects.all())


def check_refused(project: PilotProject, *, problem: str) -> None:
    """Open the accepted project again behind the actions' back and try to accept it."""
    PilotProject.objects.filter(pk=project.pk).update(
        status=PilotProject.Status.RUNNING, accepted_at=None, accepted_by=None
    )
    with pytest.raises(GateNotPassed) as refusal:
        accept_project(project, by=User.objects.get(username="gl.lanhdao"), rules=RULES)
    assert problem in " ".join(refusal.value.problems)


@pytest.mark.requirement("GL-2.K")
def test_the_closing_gate_refuses_16_products(project: PilotProject) -> None:
    last = Enrolment.objects.filter(project=project).order_by("-pk")[:1]
    Enrolment.objects.filter(pk__in=list(last.values_list("pk", flat=True))).update(
        withdrawn_at=timezone.now(), withdrawal_reason="Ngừng sản xuất"
    )
    problem = RULES["products_at_least"](project, 17)
    assert "16" in problem
    check_refused(project, problem=problem)


@pytest.mark.requirement("GL-2.K")
def test_the_closing_gate_refuses_17_products_of_16_producers(project: PilotProject) -> None:
    first, second = project.enrolled_products()[:2]
    second.producer, second.number = first.producer, 99
    second.save(update_fields=["producer", "number"])
    assert RULES["products_at_least"](project, 17) == ""
    problem = RULES["producers_at_least"](project, 17)
    assert "16" in problem
    check_refused(project, problem=problem)


# --- scans -----------------------------------------------------------------------------------
def test_an_activated_stamp_shows_product_producer_lot_and_stages(client: Client) -> None:
    batch, page = scan(client, 0)
    lot = batch.activations.get().lot
    assert batch.product.name in page
    assert batch.product.producer.name in page
    assert lot.number in page
    assert [step for step in batch.product.group.steps.all() if step.name not in page] == []


def test_a_stamp_not_activated_says_so_and_shows_no_product(client: Client) -> None:
    batch, page = scan(client, 60)
    assert batch.product.name not in page
    assert batch.product.producer.name not in page


def test_a_made_up_serial_is_not_found(client: Client) -> None:
    batch = StampBatch.objects.order_by("start").first()
    response = client.get(f"/01/{batch.code}/21/0AAAAAAAAAAAAA", follow=True)
    assert response.status_code == 404
    assert batch.product.name not in response.content.decode()


# --- the world around it ---------------------------------------------------------------------
COUNTED = (
    AdminUnit, Organisation, User, Programme, PlanLine, ProductGroup, Standard, Producer, Product, Place,
    OcopRecognition, PilotProject, Enrolment, SurveyResponse, Attendance, Deliverable, Document, DocumentVersion,
    RegisterEntry, Lot, Event, StampOrder, StampBatch, Activation,
)  # fmt: skip


COUNTS = {
    "AdminUnit": 92, "Organisation": 40, "User": 55, "Programme": 5, "PlanLine": 45, "ProductGroup": 12,
    "Standard": 36, "Producer": 84, "Product": 111, "Place": 47, "OcopRecognition": 102, "PilotProject": 7,
    "Enrolment": 108, "SurveyResponse": 105, "Attendance": 158, "Deliverable": 37, "Document": 16,
    "DocumentVersion": 27, "RegisterEntry": 10, "Lot": 17, "Event": 109, "StampOrder": 17, "StampBatch": 17,
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
