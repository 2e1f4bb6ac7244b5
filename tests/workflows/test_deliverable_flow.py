"""Every route that a deliverable can take through its flow."""

import pytest

from people import audit
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Review
from tests.factories.people import member
from tests.factories.projects import make_project
from tests.workflows import steps
from workflows import actions
from workflows.engine import claim, perform
from workflows.errors import AlreadyHandled, FormInvalid, NotYourTask
from workflows.models import DeliverableProcess

Status = Deliverable.Status


@pytest.fixture
def report(gia_lai):
    project = make_project(gia_lai)
    actions.start_project(project, by=gia_lai.manager)
    return Deliverable.objects.get(stage__project=project, code="D1")


def status_of(deliverable):
    return Deliverable.objects.get(pk=deliverable.pk).status


def test_the_manager_prepares_first(report, gia_lai):
    assert steps.open_steps(report) == ["prepare"]
    assert steps.step(report, "prepare").owner == gia_lai.manager
    assert status_of(report) == Status.DRAFTING


def test_nothing_is_submitted_without_a_draft(report, gia_lai):
    with pytest.raises(FormInvalid, match="no draft"):
        perform(steps.step(report, "prepare"), user=gia_lai.manager, data={})
    assert steps.open_steps(report) == ["prepare"]


def test_a_paper_that_passes_everyone_gets_the_first_number_of_the_year(report, gia_lai):
    steps.issue(report, gia_lai)
    assert report.status == Status.ISSUED
    assert report.document.issued.register_entry.full_number == "01/BC-CCTĐC"
    assert report.document.issued.register_entry.signed_by == gia_lai.leader
    assert DeliverableProcess.objects.get(deliverable=report).status == "DONE"


def test_two_of_three_approvals_are_enough_and_the_third_review_is_withdrawn(report, gia_lai):
    steps.submit(report, gia_lai)
    steps.pass_format(report, gia_lai)
    assert steps.open_steps(report) == ["review"] * 3
    for reviewer in gia_lai.reviewers[:2]:
        steps.review(report, reviewer, "approve")
    assert steps.open_steps(report) == ["approve"]


def test_one_approval_is_not_enough(report, gia_lai):
    steps.submit(report, gia_lai)
    steps.pass_format(report, gia_lai)
    steps.review(report, gia_lai.reviewers[0], "approve")
    assert steps.open_steps(report) == ["review"] * 2
    assert status_of(report) == Status.IN_REVIEW


def test_a_wrong_format_goes_back_with_remarks(report, gia_lai):
    steps.submit(report, gia_lai)
    answers = {"decision": "return", "remark_1": "Sai cỡ chữ", "section_1": "Quốc hiệu"}
    perform(steps.step(report, "check_format"), user=gia_lai.clerk, data=answers)
    assert steps.open_steps(report) == ["prepare"]
    assert status_of(report) == Status.RETURNED
    assert [(r.section, r.text) for r in report.remarks.all()] == [("Quốc hiệu", "Sai cỡ chữ")]


def test_a_format_is_not_right_while_a_line_of_the_checklist_is_open(report, gia_lai):
    steps.submit(report, gia_lai)
    with pytest.raises(FormInvalid, match="check_1"):
        perform(steps.step(report, "check_format"), user=gia_lai.clerk, data={"decision": "approve"})
    assert status_of(report) == Status.FORMAT_CHECK


def test_a_return_without_a_remark_is_refused(report, gia_lai):
    steps.submit(report, gia_lai)
    steps.pass_format(report, gia_lai)
    with pytest.raises(FormInvalid, match="remark"):
        steps.review(report, gia_lai.reviewers[0], "return")
    assert not Review.objects.exclude(verdict="").exists()


def test_two_returns_of_three_send_it_back_and_the_next_round_starts_fresh(report, gia_lai):
    steps.submit(report, gia_lai)
    steps.pass_format(report, gia_lai)
    for reviewer in gia_lai.reviewers[:2]:
        steps.review(report, reviewer, "return", remark="Nêu nguồn số liệu")
    assert status_of(report) == Status.RETURNED
    ticks = {f"done_{remark.pk}": "on" for remark in report.remarks.all()}
    steps.submit(report, gia_lai, **ticks)
    steps.pass_format(report, gia_lai)
    report.refresh_from_db()
    assert report.round == 2
    assert list(report.reviews.filter(round=2).values_list("verdict", flat=True)) == ["", "", ""]


def test_a_returned_paper_comes_back_only_with_every_remark_ticked_off(report, gia_lai):
    steps.submit(report, gia_lai)
    perform(
        steps.step(report, "check_format"),
        user=gia_lai.clerk,
        data={"decision": "return", "remark_1": "Sai cỡ chữ", "remark_2": "Thiếu nơi nhận"},
    )
    first = report.remarks.first()
    with pytest.raises(FormInvalid, match="done_"):
        steps.submit(report, gia_lai, **{f"done_{first.pk}": "on"})
    assert status_of(report) == Status.RETURNED


def test_a_returned_paper_needs_a_new_version(report, gia_lai):
    steps.submit(report, gia_lai)
    perform(
        steps.step(report, "check_format"), user=gia_lai.clerk, data={"decision": "return", "remark_1": "Sai cỡ chữ"}
    )
    ticks = {f"done_{remark.pk}": "on" for remark in report.remarks.all()}
    with pytest.raises(FormInvalid, match="new version"):
        perform(steps.step(report, "prepare"), user=gia_lai.manager, data=ticks)


def test_a_paper_that_everyone_rejects_ends_and_can_be_started_again(report, gia_lai):
    steps.submit(report, gia_lai)
    steps.pass_format(report, gia_lai)
    for reviewer in gia_lai.reviewers[:2]:
        steps.review(report, reviewer, "reject", remark="Không đúng nhiệm vụ")
    assert status_of(report) == Status.REJECTED
    assert steps.open_steps(report) == []
    actions.restart_deliverable(report, by=gia_lai.manager)
    assert steps.open_steps(report) == ["prepare"]


def test_the_leader_may_send_it_back(report, gia_lai):
    steps.to_leader(report, gia_lai)
    answers = {"decision": "return", "remark_1": "Bổ sung kiến nghị"}
    perform(steps.step(report, "approve"), user=gia_lai.leader, data=answers)
    assert steps.open_steps(report) == ["prepare"]
    assert not report.document.versions.filter(state="issued").exists()


def test_a_second_click_changes_nothing(report, gia_lai):
    steps.to_leader(report, gia_lai)
    stale = steps.step(report, "approve")
    steps.approve(report, gia_lai)
    with pytest.raises(AlreadyHandled):
        perform(stale, user=gia_lai.leader, data={"decision": "approve"})
    assert report.document.versions.filter(state="issued").count() == 1


def test_a_role_of_another_province_cannot_take_the_step(report, gia_lai, son_la):
    steps.submit(report, gia_lai)
    with pytest.raises(NotYourTask):
        perform(steps.step(report, "check_format"), user=son_la.clerk, data={"check_1": "on", "decision": "approve"})


def test_nobody_decides_on_their_own_submission(report, gia_lai):

    member(gia_lai.manager.username, "clerk", gia_lai.organisation)
    steps.submit(report, gia_lai)
    manager = type(gia_lai.manager).objects.get(pk=gia_lai.manager.pk)
    with pytest.raises(NotAllowedForYou, match="yourself"):
        perform(steps.step(report, "check_format"), user=manager, data={"check_1": "on", "decision": "approve"})
    assert status_of(report) == Status.FORMAT_CHECK


def test_the_sender_takes_a_submission_back_before_its_check_begins(report, gia_lai):
    steps.submit(report, gia_lai)
    actions.recall_submission(report, by=gia_lai.manager)
    assert status_of(report) == Status.DRAFTING
    assert steps.step(report, "prepare").owner == gia_lai.manager
    steps.issue(report, gia_lai)
    assert status_of(report) == Status.ISSUED


def test_nobody_else_takes_a_submission_back(report, gia_lai):
    steps.submit(report, gia_lai)
    with pytest.raises(NotAllowedForYou, match="only the sender"):
        actions.recall_submission(report, by=gia_lai.clerk)
    assert status_of(report) == Status.FORMAT_CHECK


def test_a_submission_whose_check_has_begun_stays(report, gia_lai):
    steps.submit(report, gia_lai)
    claim(steps.step(report, "check_format"), user=gia_lai.clerk)
    with pytest.raises(NotAllowedNow, match="has begun"):
        actions.recall_submission(report, by=gia_lai.manager)
    assert status_of(report) == Status.FORMAT_CHECK


def test_a_paper_that_went_on_is_not_taken_back(report, gia_lai):
    steps.submit(report, gia_lai)
    steps.pass_format(report, gia_lai)
    with pytest.raises(NotAllowedNow, match="no longer waits"):
        actions.recall_submission(report, by=gia_lai.manager)
    assert status_of(report) == Status.IN_REVIEW


def test_a_cancelled_run_leaves_the_deliverable_cancelled_and_the_stage_waiting_for_its_gate(report, gia_lai):
    process = DeliverableProcess.objects.get(deliverable=report)
    actions.cancel_deliverable(process, by=gia_lai.manager, reason="Lập lại từ đầu")
    assert status_of(report) == Status.CANCELLED
    with pytest.raises(Exception, match="D1"):
        perform(steps.project_step(report.stage.project, "close_survey"), user=gia_lai.manager, data={})


def test_each_act_is_in_the_history_with_its_author(report, gia_lai):
    steps.issue(report, gia_lai)
    told = [(event.verb, event.by) for event in audit.history(report.stage.project)]
    assert ("deliverable.submitted", gia_lai.manager) in told
    assert ("deliverable.format_passed", gia_lai.clerk) in told
    assert told.count(("deliverable.reviewed", gia_lai.reviewers[0])) == 1
    assert ("deliverable.approved", gia_lai.leader) in told
    assert ("document.issued", gia_lai.leader) in told
