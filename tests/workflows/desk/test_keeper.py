"""Whoever keeps the system sees every case and decides in none: the steps belong to the roles of the offices."""

import pytest
from viewflow.workflow.models import Task

from documents.models import DocumentVersion
from people.models import Membership, User
from tests.factories import desk
from tests.factories.people import UserFactory
from workflows import batch


@pytest.fixture
def keeper(db) -> User:
    return UserFactory(username="nguoi-giu", is_superuser=True)


@pytest.fixture
def check(gia_lai, deliverable) -> Task:
    """A step that any clerk may take."""
    return desk.step(desk.submitted(deliverable, gia_lai), "check_format")


def test_a_keeper_reads_a_step_but_can_neither_take_nor_answer_it(as_user, keeper, check):
    browser = as_user(keeper)
    page = browser.get(f"/tasks/{check.pk}/")
    assert (page.status_code, page.context["form"]) == (200, None)
    browser.post(f"/tasks/{check.pk}/claim/")
    browser.post(f"/tasks/{check.pk}/", {"decision": "pass"})
    check.refresh_from_db()
    assert (check.owner, check.finished) == (None, None)
    assert not batch.is_offered(check, keeper)


def test_a_step_left_with_a_keeper_is_not_done_by_them(keeper, check):
    Task.objects.filter(pk=check.pk).update(owner=keeper, status="ASSIGNED")
    check.refresh_from_db()
    assert not check.flow_task.can_execute(keeper, check)


def test_a_keeper_with_the_role_does_the_steps_of_the_role(keeper, gia_lai, check):
    Membership.objects.create(
        user=keeper, organisation=gia_lai.organisation, role=Membership.Role.CLERK, valid_from="2020-01-01"
    )
    assert check.flow_task.can_assign(User.objects.get(pk=keeper.pk), check)


def test_a_keeper_does_not_prepare_the_documents_of_an_office(as_user, keeper, deliverable):
    project = deliverable.stage.project
    assert not as_user(keeper).get(deliverable.get_absolute_url()).context["rights"]["prepare"]
    assert as_user(keeper).get(f"/projects/{project.code}/papers/several/").status_code == 403
    as_user(keeper).post(f"{deliverable.get_absolute_url()}prepare/")
    assert not DocumentVersion.objects.exists()
