"""The deliverable's page: versions, reviews, remarks; generating, starting again, cancelling."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from documents.models import Document, DocumentTemplate, DocumentVersion, NumberSeries, RegisterEntry
from people import audit
from people.models import AuditEvent
from projects.actions import deliverable as papers
from projects.actions.deliverable import NewRemark
from projects.errors import NotAllowedNow
from projects.models import Deliverable
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from workflows import actions, history
from workflows.models import DeliverableProcess
from workflows.nodes import CLOSED


@pytest.fixture
def paper(gia_lai: Office, client: Client) -> Deliverable:
    client.force_login(gia_lai.manager)
    actions.start_project(make_project(gia_lai), by=gia_lai.manager)
    return Deliverable.objects.select_related("stage__project").get(code="D1")


def url(paper: Deliverable, act: str = "") -> str:
    return f"/projects/GL-99/deliverables/{paper.pk}/{act}"


def versions(paper: Deliverable, office: Office) -> list[DocumentVersion]:
    """A draft and the issued version that followed it."""
    document = Document.objects.create(
        kind=paper.document_kind, symbol="BC", title=paper.title, organisation=office.organisation, deliverable=paper
    )
    template = DocumentTemplate.objects.create(
        kind=paper.document_kind, version=3, sha256="a" * 64, registered_at=timezone.now()
    )
    made = []
    for number, state in enumerate(("draft", "issued"), start=1):
        version = DocumentVersion(
            document=document, number=number, template=template, context={}, sha256=f"{number}" * 64,
            state=state, created_at=timezone.now(), created_by=office.manager,
        )  # fmt: skip
        version.file.save(f"{number}.docx", ContentFile(b"x"))
        made.append(version)
    series = NumberSeries.objects.create(organisation=office.organisation, symbol="BC", year=2022, last_number=5)
    RegisterEntry.objects.create(
        series=series, number=5, version=made[1], issued_on=timezone.localdate(), signed_by=office.leader
    )
    return made


def returned(paper: Deliverable, office: Office) -> Deliverable:
    papers.submit(paper, by=office.manager)
    return papers.record_format_check(paper, by=office.clerk, passed=False, remarks=[NewRemark("Thiếu nơi nhận", "II")])


# --- reading ---------------------------------------------------------------------------------
@pytest.mark.requirement("GL-03")
def test_it_shows_each_version_with_state_number_template_and_hash(
    client: Client, paper: Deliverable, gia_lai: Office
) -> None:
    _draft, issued = versions(paper, gia_lai)
    page = client.get(url(paper)).content.decode()
    for text in ("05/BC-CCTĐC", "222222222222…", issued.get_absolute_url()):
        assert text in page
    assert [row["version"].number for row in client.get(url(paper)).context["rows"]] == [2, 1]


def test_it_shows_reviews_and_remarks_by_round_newest_first(
    client: Client, paper: Deliverable, gia_lai: Office
) -> None:
    remark = returned(paper, gia_lai).remarks.get()
    papers.submit(paper, by=gia_lai.manager, answers={remark.pk: "Đã bổ sung"})
    papers.record_format_check(paper, by=gia_lai.clerk, passed=True)
    papers.open_review_round(paper)
    rounds = client.get(url(paper)).context["rounds"]
    assert [(r["number"], len(r["reviews"]), len(r["remarks"])) for r in rounds] == [(2, 3, 0), (1, 0, 1)]
    assert (rounds[1]["remarks"][0]["done"], rounds[1]["remarks"][0]["answer"]) == (True, "Đã bổ sung")


def test_only_the_sender_is_offered_to_take_the_submission_back(
    client: Client, paper: Deliverable, gia_lai: Office
) -> None:
    papers.submit(paper, by=gia_lai.manager)
    assert url(paper, "recall/") in client.get(url(paper)).content.decode()
    client.force_login(gia_lai.clerk)
    assert url(paper, "recall/") not in client.get(url(paper)).content.decode()
    answer = client.post(url(paper, "recall/"), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_strangers_and_a_wrong_project_get_404(client: Client, paper: Deliverable, son_la: Office) -> None:
    assert client.get(f"/projects/KHAC/deliverables/{paper.pk}/").status_code == 404
    client.force_login(son_la.manager)
    assert client.get(url(paper)).status_code == 404
    for act in ("prepare/", "restart/", "recall/", "cancel/"):
        assert client.post(url(paper, act)).status_code == 404


def test_the_page_asks_the_database_a_bounded_number_of_times(
    client: Client, paper: Deliverable, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    versions(paper, gia_lai)
    returned(paper, gia_lai)
    with django_assert_max_num_queries(20):
        client.get(url(paper))


# --- generating ------------------------------------------------------------------------------
def test_generating_answers_every_refusal_with_its_reason(client: Client, paper: Deliverable) -> None:
    answer = client.post(url(paper, "prepare/"), follow=True)  # no Word template is registered in this world
    assert answer.redirect_chain == [(url(paper), 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_generating_goes_back_to_where_the_form_stood_but_never_to_another_site(
    client: Client, paper: Deliverable
) -> None:
    assert client.post(url(paper, "prepare/"), {"next": "/tasks/1/"})["Location"] == "/tasks/1/"
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.post(url(paper, "prepare/"), {"next": evil})["Location"] == url(paper)


@pytest.mark.parametrize("role", ["clerk", "leader", "helper", "inspector"])
def test_only_managers_generate(client: Client, paper: Deliverable, gia_lai: Office, role: str) -> None:
    client.force_login(getattr(gia_lai, role))
    assert url(paper, "prepare/") not in client.get(url(paper)).content.decode()
    client.post(url(paper, "prepare/"))
    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("act", ["prepare/", "restart/", "recall/"])
def test_nothing_is_done_on_get(client: Client, paper: Deliverable, act: str) -> None:
    assert client.get(url(paper, act)).status_code == 405


# --- cancelling and starting again -----------------------------------------------------------
WHY = {"reason": "Lập lại từ đầu"}


def open_runs(paper: Deliverable) -> int:
    return DeliverableProcess.objects.filter(deliverable=paper).exclude(status__in=CLOSED).count()


def test_cancelling_asks_first_then_ends_the_run_and_is_audited(
    client: Client, paper: Deliverable, gia_lai: Office
) -> None:
    assert client.get(url(paper, "cancel/")).status_code == 200
    assert open_runs(paper) == 1
    assert client.post(url(paper, "cancel/"), WHY)["Location"] == url(paper)
    paper.refresh_from_db()
    assert (paper.status, open_runs(paper)) == (Deliverable.Status.CANCELLED, 0)
    assert AuditEvent.objects.get(verb="deliverable.cancelled").by == gia_lai.manager


@pytest.mark.parametrize("given", [{}, {"reason": "  "}])
def test_a_run_is_not_cancelled_without_a_reason(client: Client, paper: Deliverable, given: dict[str, str]) -> None:
    answer = client.post(url(paper, "cancel/"), given)
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    assert open_runs(paper) == 1


def test_the_history_tells_why_a_run_was_cancelled(client: Client, paper: Deliverable) -> None:
    client.post(url(paper, "cancel/"), {"reason": "Soạn nhầm mẫu,\n lập lại từ đầu"})
    told = [line["text"] for line in history.lines(audit.history(paper.stage.project))]
    assert f"Cancelled the run of deliverable {paper.code} “{paper.title}”: Soạn nhầm mẫu, lập lại từ đầu" in told


def test_the_act_itself_asks_for_the_reason_too(paper: Deliverable, gia_lai: Office) -> None:
    process = DeliverableProcess.objects.get(deliverable=paper)
    with pytest.raises(NotAllowedNow, match="Write why the run"):
        actions.cancel_deliverable(process, by=gia_lai.manager, reason=" \n ")
    assert open_runs(paper) == 1


def test_another_manager_of_the_province_cannot_cancel(client: Client, paper: Deliverable, gia_lai: Office) -> None:
    client.force_login(member("gl-quanly-khac", "manager", gia_lai.organisation))
    assert url(paper, "cancel/") not in client.get(url(paper)).content.decode()
    client.post(url(paper, "cancel/"), WHY)
    assert open_runs(paper) == 1


def test_a_cancelled_deliverable_is_started_again_once(client: Client, paper: Deliverable) -> None:
    client.post(url(paper, "cancel/"), WHY)
    assert url(paper, "restart/") in client.get(url(paper)).content.decode()
    client.post(url(paper, "restart/"))
    client.post(url(paper, "restart/"))
    paper.refresh_from_db()
    assert (paper.status, open_runs(paper)) == (Deliverable.Status.DRAFTING, 1)


def test_a_deliverable_without_a_run_has_nothing_to_cancel(client: Client, paper: Deliverable) -> None:
    client.post(url(paper, "cancel/"), WHY)
    answer = client.get(url(paper, "cancel/"), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success", "error"]


def test_a_running_deliverable_cannot_be_started_again(client: Client, paper: Deliverable) -> None:
    client.post(url(paper, "restart/"))
    assert open_runs(paper) == 1
