"""Approving many steps at once: what the preflight lets through, and that one bad step never stops the rest."""

import logging
import re

import pytest
from django.utils import timezone
from viewflow.workflow.models import Task

from documents.models import DocumentTemplate, DocumentVersion
from people.models import AuditEvent
from projects.models import Deliverable, Remark, Review
from tests.factories import desk
from workflows import batch
from workflows.batch import Outcome
from workflows.forms.deliverable import ReviewForm
from workflows.models import Turn

URL = "/inbox/approve/"


@pytest.fixture
def papers(gia_lai):
    """Three deliverables of three projects, each with its three reviewers."""
    numbers = ("GL-01", "GL-02", "GL-03")
    return [desk.in_review(desk.first_deliverable(desk.running_project(gia_lai, code=n)), gia_lai) for n in numbers]


def reviews(papers, reviewer):
    return [desk.step(paper, "review", reviewer) for paper in papers]


def reason(task, user):
    [item] = batch.preflight(batch.chosen(user, [task.pk]), user)
    return item.reason


def outcomes(results):
    return [result.outcome for result in results]


def test_steps_that_are_alike_and_beyond_doubt_are_approved_each_with_its_own_line(gia_lai, papers):
    reviewer = gia_lai.reviewers[0]
    tasks = batch.chosen(reviewer, [task.pk for task in reviews(papers, reviewer)])

    results = batch.approve(tasks, reviewer, "Đồng ý")

    assert outcomes(results) == [Outcome.DONE] * 3
    assert Review.objects.filter(reviewer=reviewer, verdict="approve").count() == 3
    lines = AuditEvent.objects.filter(verb="task.decided_together", by=reviewer)
    assert [line.facts["note"] for line in lines] == ["Đồng ý"] * 3
    assert len({line.target for line in lines}) == 3
    assert AuditEvent.objects.filter(verb="deliverable.reviewed", by=reviewer).count() == 3


def test_a_step_decided_by_itself_is_not_said_to_be_decided_together(gia_lai, papers):
    desk.do(papers[0], "review", gia_lai.reviewers[0], {"decision": "approve"})

    assert not AuditEvent.objects.filter(verb="task.decided_together").exists()


def test_a_paper_with_open_remarks_is_left_out(gia_lai, papers):
    [task] = reviews(papers[:1], gia_lai.reviewers[0])
    Remark.objects.create(
        deliverable=papers[0], round=1, by=gia_lai.reviewers[1], text="Nêu nguồn", made_at=timezone.now()
    )

    assert "open remarks" in reason(task, gia_lai.reviewers[0])


def test_a_step_with_a_checklist_is_left_out(gia_lai, deliverable):
    task = desk.step(desk.submitted(deliverable, gia_lai), "check_format")

    assert "answers of its own" in reason(task, gia_lai.clerk)


def test_what_somebody_else_has_is_left_out(gia_lai, papers):
    [task] = reviews(papers[:1], gia_lai.reviewers[0])

    assert str(gia_lai.reviewers[0]) in reason(task, gia_lai.reviewers[1])


def test_ones_own_submission_is_left_out(gia_lai, papers):
    [task] = reviews(papers[:1], gia_lai.reviewers[0])
    Deliverable.objects.filter(pk=papers[0].pk).update(submitted_by=gia_lai.reviewers[0])

    assert "own submission" in reason(task, gia_lai.reviewers[0])


def test_a_closed_step_is_left_out(gia_lai, papers):
    [task] = reviews(papers[:1], gia_lai.reviewers[0])
    desk.do(papers[0], "review", gia_lai.reviewers[0], {"decision": "approve"})

    assert "closed already" in reason(task, gia_lai.reviewers[0])


def test_a_step_whose_clock_stands_still_is_left_out(gia_lai, papers):
    [task] = reviews(papers[:1], gia_lai.reviewers[0])
    Turn.objects.filter(task=task).update(paused_at=timezone.now())

    assert "question" in reason(task, gia_lai.reviewers[0])


def test_a_step_whose_node_is_gone_is_left_out(gia_lai, papers):
    [task] = reviews(papers[:1], gia_lai.reviewers[0])
    Task.objects.filter(pk=task.pk).update(flow_task="workflows/flows.deliverable.DeliverableFlow.old")

    assert "earlier version" in reason(task, gia_lai.reviewers[0])


def test_papers_of_another_template_version_than_the_rest_are_left_out(gia_lai, papers):
    reviewer = gia_lai.reviewers[0]
    kind = papers[2].document_kind
    newer = DocumentTemplate.objects.create(
        kind=kind, version=2, file="mau2.docx", sha256="1" * 64, registered_at=timezone.now()
    )
    later = DocumentVersion.objects.filter(document__deliverable=papers[2]).latest("number")
    later.pk, later.number, later.template = None, later.number + 1, newer
    later.save(force_insert=True)
    tasks = batch.chosen(reviewer, [task.pk for task in reviews(papers, reviewer)])

    items = {item.step.deliverable.pk: item.reason for item in batch.preflight(tasks, reviewer)}

    assert [items[paper.pk] for paper in papers[:2]] == ["", ""]
    assert "another version of the template" in items[papers[2].pk]


def test_steps_of_another_province_are_not_there(son_la, papers, gia_lai):
    tasks = [task.pk for task in reviews(papers, gia_lai.reviewers[0])]

    assert batch.chosen(son_la.reviewers[0], tasks) == []


def test_more_than_a_hundred_are_refused(gia_lai):
    with pytest.raises(batch.TooMany):
        batch.chosen(gia_lai.leader, range(1, 102))


def test_a_fault_in_one_step_is_recorded_and_the_others_are_decided(gia_lai, papers, monkeypatch, caplog):
    reviewer = gia_lai.reviewers[0]
    decide = ReviewForm.decide

    def faulty(form):
        if form.process.deliverable_id == papers[1].pk:
            raise RuntimeError("a fault")
        decide(form)

    monkeypatch.setattr(ReviewForm, "decide", faulty)
    tasks = batch.chosen(reviewer, [task.pk for task in reviews(papers, reviewer)])

    with caplog.at_level(logging.ERROR):
        results = batch.approve(tasks, reviewer)

    assert sorted(outcomes(results)) == [Outcome.DONE, Outcome.DONE, Outcome.FAILED]
    assert "a fault" in caplog.text
    assert {review.deliverable_id for review in Review.objects.exclude(verdict="")} == {papers[0].pk, papers[2].pk}


def test_approving_twice_changes_nothing_the_second_time(gia_lai, papers):
    reviewer = gia_lai.reviewers[0]
    keys = [task.pk for task in reviews(papers, reviewer)]
    batch.approve(batch.chosen(reviewer, keys), reviewer)
    before = desk.rows(Review), desk.rows(AuditEvent)

    results = batch.approve(batch.chosen(reviewer, keys), reviewer)

    assert outcomes(results) == [Outcome.ALREADY] * 3
    assert (desk.rows(Review), desk.rows(AuditEvent)) == before


def test_steps_that_were_loaded_before_a_second_click_are_refused_one_by_one(gia_lai, papers):
    reviewer = gia_lai.reviewers[0]
    keys = [task.pk for task in reviews(papers, reviewer)]
    early = batch.chosen(reviewer, keys)
    batch.approve(batch.chosen(reviewer, keys[:1]), reviewer)

    results = {result.step.task.pk: result.outcome for result in batch.approve(early, reviewer)}

    assert results == {keys[0]: Outcome.REFUSED, keys[1]: Outcome.DONE, keys[2]: Outcome.DONE}


# --- the pages -------------------------------------------------------------------------------


def test_the_preflight_says_which_and_why_and_changes_nothing(as_user, gia_lai, papers):
    reviewer = gia_lai.reviewers[0]
    mine = reviews(papers[:2], reviewer)
    theirs = desk.step(papers[2], "review", gia_lai.reviewers[1])
    before = desk.rows(Task), desk.rows(AuditEvent)

    response = as_user(reviewer).get(URL, {"task": [*(task.pk for task in mine), theirs.pk], "project": "GL-01"})

    assert response.status_code == 200
    assert {item.step.task.pk for item in response.context["eligible"]} == {task.pk for task in mine}
    page = response.content.decode()
    assert "It is not yours to decide" in page
    assert f'value="{theirs.pk}"' not in page
    assert "?project=GL-01" in page
    assert (desk.rows(Task), desk.rows(AuditEvent)) == before


def test_the_answer_names_what_became_of_each(as_user, gia_lai, papers):
    reviewer = gia_lai.reviewers[0]
    mine = reviews(papers[:2], reviewer)
    theirs = desk.step(papers[2], "review", gia_lai.reviewers[1])

    response = as_user(reviewer).post(URL, {"task": [*(task.pk for task in mine), theirs.pk], "note": "\0"})

    assert [label for _result, _tone, label in response.context["rows"]].count("Approved") == 2
    assert "It is not yours to decide" in response.content.decode()
    assert not Review.objects.filter(deliverable=papers[2]).exclude(verdict="").exists()


@pytest.mark.parametrize("keys", [[], ["x"], ["\0"], ["²"], ["9" * 30], ["999999999999999999"], ["-1"]])
@pytest.mark.parametrize("method", ["get", "post"])
def test_keys_that_name_nothing_lead_back_to_the_list(as_user, gia_lai, project, method, keys):
    response = getattr(as_user(gia_lai.leader), method)(URL, {"task": keys})

    assert (response.status_code, response["Location"]) == (302, "/inbox/")


def boxes(page: str) -> list[str]:
    return [box for box in re.findall(r"<input[^>]*>", page) if 'name="task"' in box]


def test_the_list_has_boxes_only_for_what_may_be_approved_together(as_user, gia_lai, papers, project):
    free = boxes(as_user(gia_lai.reviewers[0]).get("/inbox/").content.decode())
    ticked = boxes(as_user(gia_lai.reviewers[0]).get("/inbox/?select=all").content.decode())

    assert (len(free), len(ticked)) == (3, 3)
    assert not any("checked" in box for box in free)
    assert all("checked" in box for box in ticked)
    assert 'name="task"' not in as_user(gia_lai.manager).get("/inbox/").content.decode()
