"""The demo's main job: from the annex's line to the scanned stamp."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from config.demo import summary
from documents.docx.text import text_of
from people.models import User
from projects.actions.project import accept_project
from projects.errors import GateNotPassed
from projects.models import (
    Deliverable,
    Enrolment,
    PilotProject,
    SurveyResponse,
)
from projects.policies import closing_problems
from stamps.models import Activation, StampAlert, StampBatch
from workflows import inbox, stamp_alerts
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


def test_the_notice_and_its_annex_are_printed_from_the_two_lines(project: PilotProject) -> None:
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
    assert all(batch.rolls.get().sha256 for batch in StampBatch.objects.all())


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


# --- suspicious stamps -----------------------------------------------------------------------
def test_a_rule_and_a_buyer_leave_an_alert_each_for_the_stamp_officer() -> None:
    officer = User.objects.get(username="gl.tem")
    alerts = StampAlert.objects.open().visible_to(officer)
    assert {alert.kind for alert in alerts} == {StampAlert.Kind.SPEED, StampAlert.Kind.REPORT}
    for alert in alerts:
        assert stamp_alerts.open_step(alert) in inbox.claimable(officer)
