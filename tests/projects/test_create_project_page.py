"""Making a draft project from a plan line."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from people.models import Membership
from projects.models import PilotProject, PlanLine, ProjectTemplate
from tests.factories.people import Office, OrganisationFactory, member
from tests.factories.projects import plan_line, small_template

Role = Membership.Role


@pytest.fixture
def line(gia_lai: Office, client: Client) -> PlanLine:
    client.force_login(gia_lai.manager)
    return plan_line(gia_lai)


@pytest.fixture
def template(db: None) -> ProjectTemplate:
    return small_template()


def answers(office: Office, template: ProjectTemplate, /, **changed: Any) -> dict[str, Any]:
    return {
        "template": template.pk,
        "code": "GL-02",
        "title": "Mô hình OCOP (giả lập)",
        "starts_on": "2022-03-01",
        "owner": office.organisation.pk,
        "reviewer": [user.pk for user in office.reviewers],
        "clerk": office.clerk.pk,
        "leader": office.leader.pk,
        "stamp_officer": office.stamp_officer.pk,
        "helper": [office.helper.pk],
        **changed,
    }


def url(line: PlanLine) -> str:
    return f"/plans/lines/{line.pk}/project/"


def test_the_form_starts_with_the_title_of_the_line(client: Client, line: PlanLine) -> None:
    assert "Mô hình OCOP" in client.get(url(line)).content.decode()


def test_a_project_is_made_with_its_people_and_tied_to_the_line(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office
) -> None:
    answer = client.post(url(line), answers(gia_lai, template))
    project = PilotProject.objects.get(code="GL-02")
    assert answer["Location"] == "/projects/GL-02/"
    assert project.line == line
    assert project.manager == gia_lai.manager
    assert project.people(Role.REVIEWER) == gia_lai.reviewers
    assert [*project.people(Role.CLERK), *project.people(Role.LEADER)] == [gia_lai.clerk, gia_lai.leader]


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "có dấu"), ("starts_on", "32/01/2022"), ("title", ""), ("leader", ""), ("template", 0), ("clerk", "x")],
)
def test_a_wrong_answer_shows_the_form_again_with_the_error(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office, field: str, value: Any
) -> None:
    answer = client.post(url(line), answers(gia_lai, template, **{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not PilotProject.objects.exists()


def test_too_few_reviewers_for_the_quorum_are_refused(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office
) -> None:
    answer = client.post(url(line), answers(gia_lai, template, reviewer=[gia_lai.reviewers[0].pk]))
    assert "reviewer" in answer.context["form"].errors


def test_the_manager_does_not_count_as_a_reviewer_and_cannot_be_the_leader(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office
) -> None:
    member("gl-quanly", Role.REVIEWER, gia_lai.organisation)
    member("gl-quanly", Role.LEADER, gia_lai.organisation)
    chosen = [gia_lai.reviewers[0].pk, gia_lai.manager.pk]
    form = client.post(url(line), answers(gia_lai, template, reviewer=chosen, leader=gia_lai.manager.pk)).context[
        "form"
    ]
    assert {"reviewer", "leader"} <= set(form.errors)


def test_people_and_owners_of_another_province_cannot_be_chosen(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office, son_la: Office
) -> None:
    form = client.post(
        url(line), answers(gia_lai, template, owner=son_la.organisation.pk, leader=son_la.leader.pk)
    ).context["form"]
    assert {"owner", "leader"} <= set(form.errors)


def test_a_code_that_is_taken_is_refused_whatever_its_case(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office
) -> None:
    client.post(url(line), answers(gia_lai, template))
    form = client.post(url(line), answers(gia_lai, template, code="gl-02")).context["form"]
    assert "code" in form.errors
    assert PilotProject.objects.count() == 1


def test_someone_who_is_no_manager_of_the_province_is_sent_back_with_the_reason(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office
) -> None:
    client.force_login(gia_lai.clerk)
    answer = client.post(url(line), answers(gia_lai, template))
    assert answer["Location"] == line.plan.get_absolute_url()
    assert not PilotProject.objects.exists()


def test_a_stranger_gets_404(client: Client, line: PlanLine, son_la: Office) -> None:
    client.force_login(son_la.manager)
    assert client.get(url(line)).status_code == 404
    assert client.post(url(line)).status_code == 404


def test_an_owner_may_be_any_organisation_of_the_province(
    client: Client, line: PlanLine, template: ProjectTemplate, gia_lai: Office
) -> None:
    owner = OrganisationFactory(code="so-gl", name="Sở (giả lập)", province=gia_lai.province)
    client.post(url(line), answers(gia_lai, template, owner=owner.pk))
    assert PilotProject.objects.get().owner == owner
