"""Taking a step, giving it back, handing it over."""

import pytest
from viewflow.workflow.models import Task

from people.models import AuditEvent, Membership
from projects.models import Review
from tests.factories import desk
from tests.factories.people import member


@pytest.fixture
def check(gia_lai, deliverable):
    return desk.step(desk.submitted(deliverable, gia_lai), "check_format")


@pytest.fixture
def second_clerk(gia_lai):
    return member("gl-vanthu2", Membership.Role.CLERK, gia_lai.organisation)


def owner(task):
    return Task.objects.get(pk=task.pk).owner


def events(verb):
    return AuditEvent.objects.filter(verb=verb)


def test_a_clerk_takes_a_free_step(as_user, gia_lai, check):
    response = as_user(gia_lai.clerk).post(f"/tasks/{check.pk}/claim/")

    assert response["Location"] == f"/tasks/{check.pk}/"
    assert owner(check) == gia_lai.clerk
    assert events("task.claimed").get().by == gia_lai.clerk


def test_taking_a_step_twice_is_one_act(as_user, gia_lai, check):
    browser = as_user(gia_lai.clerk)

    assert [browser.post(f"/tasks/{check.pk}/claim/").status_code for _ in range(2)] == [302, 302]
    assert events("task.claimed").count() == 1


def test_who_comes_second_does_not_get_the_step(as_user, gia_lai, check, second_clerk):
    as_user(gia_lai.clerk).post(f"/tasks/{check.pk}/claim/")

    assert as_user(second_clerk).post(f"/tasks/{check.pk}/claim/").status_code == 403
    assert owner(check) == gia_lai.clerk


def test_a_person_without_the_role_cannot_take_a_step(as_user, gia_lai, check):
    assert as_user(gia_lai.leader).post(f"/tasks/{check.pk}/claim/").status_code == 403
    assert owner(check) is None


def test_the_owner_gives_a_step_back(as_user, gia_lai, check):
    browser = as_user(gia_lai.clerk)
    browser.post(f"/tasks/{check.pk}/claim/")

    assert browser.post(f"/tasks/{check.pk}/release/").status_code == 302
    assert owner(check) is None
    assert events("task.released").count() == 1


def test_nobody_gives_back_the_step_of_another(as_user, gia_lai, check, second_clerk):
    as_user(gia_lai.clerk).post(f"/tasks/{check.pk}/claim/")

    assert as_user(second_clerk).post(f"/tasks/{check.pk}/release/").status_code == 403
    assert owner(check) == gia_lai.clerk


@pytest.mark.parametrize("act", ["claim", "release"])
def test_a_link_cannot_take_or_give_back_a_step(as_user, gia_lai, check, act):
    assert as_user(gia_lai.clerk).get(f"/tasks/{check.pk}/{act}/").status_code == 405
    assert owner(check) is None


@pytest.mark.parametrize("act", ["claim", "release", "reassign"])
def test_another_province_finds_no_step_to_act_on(as_user, son_la, check, act):
    assert as_user(son_la.manager).post(f"/tasks/{check.pk}/{act}/").status_code == 404


@pytest.mark.parametrize("role", ["manager", "leader"])
def test_manager_and_leader_hand_a_step_over_with_a_reason(as_user, gia_lai, check, second_clerk, role):
    browser = as_user(getattr(gia_lai, role))

    assert list(browser.get(f"/tasks/{check.pk}/reassign/").context["form"].fields["person"].queryset) == [
        gia_lai.clerk,
        second_clerk,
    ]
    browser.post(f"/tasks/{check.pk}/reassign/", {"person": second_clerk.pk, "reason": "Đồng chí Sơn đi công tác"})
    assert owner(check) == second_clerk
    assert events("task.reassigned").get().facts["reason"] == "Đồng chí Sơn đi công tác"


def test_others_cannot_hand_a_step_over(as_user, gia_lai, check, second_clerk):
    browser = as_user(gia_lai.clerk)

    assert browser.get(f"/tasks/{check.pk}/reassign/").status_code == 403
    answers = {"person": second_clerk.pk, "reason": "Bận"}
    assert browser.post(f"/tasks/{check.pk}/reassign/", answers).status_code == 403
    assert owner(check) is None


def test_a_handover_needs_a_reason(as_user, gia_lai, check, second_clerk):
    response = as_user(gia_lai.manager).post(f"/tasks/{check.pk}/reassign/", {"person": second_clerk.pk, "reason": " "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]
    assert owner(check) is None


def test_a_step_goes_only_to_someone_with_its_role(as_user, gia_lai, check):
    answers = {"person": gia_lai.helper.pk, "reason": "Bận"}

    assert as_user(gia_lai.manager).post(f"/tasks/{check.pk}/reassign/", answers).status_code == 422
    assert owner(check) is None


def test_a_review_that_is_handed_over_changes_its_reviewer(as_user, gia_lai, deliverable):
    desk.in_review(deliverable, gia_lai)
    first = gia_lai.reviewers[0]
    stand_in = member("gl-thamdinh4", Membership.Role.REVIEWER, gia_lai.organisation)
    task = desk.step(deliverable, "review", first)
    browser = as_user(gia_lai.leader)

    # those who already review in this round are not offered
    assert list(browser.get(f"/tasks/{task.pk}/reassign/").context["form"].fields["person"].queryset) == [stand_in]
    browser.post(f"/tasks/{task.pk}/reassign/", {"person": stand_in.pk, "reason": "Nghỉ phép"})
    assert owner(task) == stand_in
    assert not Review.objects.filter(reviewer=first).exists()
    assert as_user(stand_in).post(f"/tasks/{task.pk}/", {"decision": "approve"}).status_code == 302
    assert Review.objects.get(reviewer=stand_in).verdict == Review.Verdict.APPROVE


def test_a_step_that_was_done_meanwhile_cannot_be_handed_over(as_user, gia_lai, deliverable, check, second_clerk):
    desk.do(deliverable, "check_format", gia_lai.clerk, desk.APPROVE)

    response = as_user(gia_lai.manager).post(
        f"/tasks/{check.pk}/reassign/", {"person": second_clerk.pk, "reason": "Bận"}
    )

    assert response.status_code == 409
    assert owner(check) == gia_lai.clerk
