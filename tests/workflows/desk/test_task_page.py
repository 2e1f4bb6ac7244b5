"""The step's page: who sees it, what its form does, and what happens when it comes too late."""

import pytest
from django.urls import reverse
from viewflow.workflow.models import Task

from people.models import AuditEvent
from projects.models import Deliverable, Remark, Stage
from tests.factories import desk
from workflows.engine import heal
from workflows.models import DeliverableProcess


def url(task):
    return f"/tasks/{task.pk}/"


def text(response):
    return response.content.decode()


@pytest.fixture
def prepare(deliverable):
    return desk.step(deliverable, "prepare")


@pytest.fixture
def check(gia_lai, deliverable):
    return desk.step(desk.submitted(deliverable, gia_lai), "check_format")


def test_the_owner_sees_the_form_and_looking_changes_nothing(as_user, gia_lai, prepare):
    before = desk.rows(Task), desk.rows(AuditEvent), desk.rows(Deliverable)

    response = as_user(gia_lai.manager).get(url(prepare))

    assert response.status_code == 200
    assert response.context["form"] is not None
    assert (desk.rows(Task), desk.rows(AuditEvent), desk.rows(Deliverable)) == before


def test_a_colleague_without_the_role_reads_the_case_but_gets_no_form(as_user, gia_lai, prepare):
    response = as_user(gia_lai.inspector).get(url(prepare))

    assert response.status_code == 200
    assert response.context["form"] is None
    assert str(gia_lai.manager) in text(response)


def test_a_person_of_another_province_finds_no_page(as_user, son_la, prepare):
    browser = as_user(son_la.manager)

    assert browser.get(url(prepare)).status_code == 404
    assert browser.post(url(prepare)).status_code == 404


def test_a_step_that_does_not_exist_is_not_found(as_user, gia_lai):
    browser = as_user(gia_lai.manager)

    assert browser.get("/tasks/999/").status_code == 404
    assert browser.get("/tasks/99999999999999999999999999/").status_code == 404


def test_nobody_gets_in_without_a_login(client, prepare):
    for response in (client.get(url(prepare)), client.post(url(prepare))):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("people:login"))


def test_a_good_answer_is_recorded_and_leads_to_the_inbox_when_nothing_is_left(as_user, gia_lai, deliverable, prepare):
    desk.draft(deliverable)

    response = as_user(gia_lai.manager).post(url(prepare), follow=True)

    assert response.redirect_chain == [("/inbox/", 302)]
    assert "D1 Báo cáo kết quả khảo sát" in text(response)
    deliverable.refresh_from_db()
    assert deliverable.status == Deliverable.Status.FORMAT_CHECK


def test_after_an_answer_comes_the_next_step_of_the_inbox(as_user, gia_lai, deliverable, prepare):
    other = desk.step(desk.first_deliverable(desk.running_project(gia_lai, code="GL-98")), "prepare")
    desk.draft(deliverable)

    response = as_user(gia_lai.manager).post(url(prepare))

    assert response["Location"] == url(other)


def test_mistakes_are_shown_beside_the_fields_and_what_was_typed_stays(as_user, gia_lai, check):
    answers = {"decision": "return", "section_1": "Mục 3, đoạn 1", "section_2": "Bảng 2"}

    response = as_user(gia_lai.clerk).post(url(check), answers)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["remark_1"]
    assert "id_remark_1_error" in text(response)
    assert 'value="Mục 3, đoạn 1"' in text(response)
    assert "<details" in text(response)
    assert 'value="Bảng 2"' in text(response)
    assert Task.objects.get(pk=check.pk).owner is None


def test_a_return_needs_the_author_to_tick_off_every_remark(as_user, gia_lai, deliverable, check):
    desk.do(deliverable, "check_format", gia_lai.clerk, desk.RETURN)
    desk.draft(deliverable)
    remark, task = Remark.objects.get(), desk.step(deliverable, "prepare")
    browser = as_user(gia_lai.manager)

    assert "Nêu nguồn số liệu" in text(browser.get(url(task)))
    refused = browser.post(url(task), {f"answer_{remark.pk}": "Đã bổ sung"})
    assert refused.status_code == 422
    assert 'value="Đã bổ sung"' in text(refused)
    assert browser.post(url(task), {f"done_{remark.pk}": "on", f"answer_{remark.pk}": "Đã bổ sung"}).status_code == 302
    remark.refresh_from_db()
    assert remark.answer == "Đã bổ sung"


def test_the_wrong_person_is_told_so_and_nothing_happens(as_user, gia_lai, deliverable, check):
    before = desk.rows(Task)

    response = as_user(gia_lai.reviewers[0]).post(url(check), desk.APPROVE)

    assert response.status_code == 403
    assert str(response.context["refusal"]) in text(response)
    assert desk.rows(Task) == before


def test_the_second_tab_is_told_that_the_step_is_done_and_shown_the_project(as_user, gia_lai, project, check):
    browser = as_user(gia_lai.clerk)
    browser.post(url(check), desk.APPROVE)

    response = browser.post(url(check), desk.RETURN)

    assert response.status_code == 409
    assert str(gia_lai.clerk) in str(response.context["refusal"])
    assert reverse("project", args=[project.code]) in text(response)
    assert Remark.objects.count() == 0


def test_a_double_submit_has_one_effect(as_user, gia_lai, deliverable, check):
    browser = as_user(gia_lai.clerk)

    answers = [browser.post(url(check), desk.RETURN).status_code for _ in range(2)]

    assert answers == [302, 409]
    assert Remark.objects.count() == 1
    assert AuditEvent.objects.filter(verb="deliverable.returned").count() == 1


def test_a_finished_step_can_still_be_looked_at(as_user, gia_lai, check):
    browser = as_user(gia_lai.clerk)
    browser.post(url(check), desk.APPROVE)

    response = browser.get(url(check))

    assert response.status_code == 200
    assert response.context["form"] is None


def test_a_gate_lists_everything_that_is_missing_before_and_after_the_button(as_user, gia_lai, deliverable):
    desk.in_review(deliverable, gia_lai)
    for reviewer in gia_lai.reviewers[:2]:
        desk.do(deliverable, "review", reviewer, {"decision": "approve"})
    Deliverable.objects.filter(pk=deliverable.pk).update(status=Deliverable.Status.ISSUED)
    Task.objects.filter(pk=desk.step(deliverable, "approve").pk).delete()
    close = closing_step(deliverable)
    other = Deliverable.objects.create(
        stage=deliverable.stage, code="D9", title="Phụ lục", document_kind="x", reviewers_needed=1, due_on="2022-04-01"
    )
    browser = as_user(gia_lai.manager)

    assert other.title in text(browser.get(url(close)))
    response = browser.post(url(close))
    assert response.status_code == 422
    assert [other.title in problem for problem in response.context["problems"]] == [True]
    assert Stage.objects.get(pk=deliverable.stage_id).closed_at is None


def closing_step(deliverable):
    """End the deliverable's run by hand, as its last node does, and return the step that closes its stage."""
    DeliverableProcess.objects.filter(deliverable=deliverable).update(status="DONE")
    heal()
    return Task.objects.get(flow_task__endswith=".close_survey", finished=None)


def test_reviewers_who_decide_at_once_get_one_outcome_and_the_late_one_a_clear_answer(as_user, gia_lai, deliverable):
    desk.in_review(deliverable, gia_lai)
    pages = [(as_user(reviewer), url(desk.step(deliverable, "review", reviewer))) for reviewer in gia_lai.reviewers]
    for browser, page in pages:
        assert browser.get(page).context["form"] is not None

    answers = [browser.post(page, {"decision": "approve"}).status_code for browser, page in pages]

    assert answers == [302, 302, 409]
    deliverable.refresh_from_db()
    assert deliverable.status == Deliverable.Status.WITH_LEADER
    assert Task.objects.filter(flow_task__endswith=".approve", finished=None).count() == 1


@pytest.mark.parametrize("gone", ["DeliverableFlow.write_by_hand", "OldFlow.prepare"])
@pytest.mark.parametrize("act", ["", "claim/", "release/"])
def test_a_step_whose_node_or_flow_is_gone_is_shown_and_refused(as_user, gia_lai, prepare, act, gone):
    Task.objects.filter(pk=prepare.pk).update(flow_task=f"workflows/flows.deliverable.{gone}")
    browser = as_user(gia_lai.manager)

    assert browser.get(url(prepare)).status_code == 200
    assert browser.post(url(prepare) + act).status_code == 409


def test_a_page_of_a_review_asks_a_bounded_number_of_questions(
    as_user, gia_lai, deliverable, django_assert_max_num_queries
):
    desk.in_review(deliverable, gia_lai)
    browser = as_user(gia_lai.reviewers[0])
    page = url(desk.step(deliverable, "review", gia_lai.reviewers[0]))

    with django_assert_max_num_queries(28):
        browser.get(page)
