"""A small project from its start to its acceptance, by the pages alone: each person works off their own inbox."""

import pytest
from django.urls import reverse

from projects.models import Deliverable, PilotProject
from tests.factories.projects import make_project, small_template
from tests.factories.registry import StandardFactory
from tests.workflows.papers.cast import Case, hold_conference
from workflows.builtin_templates import register_builtin_templates
from workflows.steps import Step

ANSWERS = {
    "workflows.prepare_deliverable": {},
    "workflows.check_format": {"decision": "approve", "check_1": "on"},
    "workflows.review_deliverable": {"decision": "approve"},
    "workflows.approve_deliverable": {"decision": "approve"},
    "workflows.close_stage": {},
    "workflows.accept_project": {"confirm": "on"},
}


@pytest.fixture
def case(gia_lai):
    """A draft project of two products of two producers, with its field work recorded."""
    register_builtin_templates()
    case = Case(gia_lai, make_project(gia_lai, template=small_template(products=2)))
    for _number in range(2):
        case.survey(case.enrol())
    case.train(*case.enrolments)
    case.open_accounts()
    hold_conference(case)
    case.project.standards.add(StandardFactory())
    return case


def first_step(browser):
    """The first step of a person's inbox, or None."""
    rows = browser.get("/inbox/").context["table"].rows
    return Step(rows[0].record) if rows else None


def work_off(browser, project):
    """Do the first step of an inbox as its page offers it; return whether there was one."""
    step = first_step(browser)
    if step is None:
        return False
    assert browser.get(step.url).context["form"] is not None
    if step.task.owner_permission == "workflows.prepare_deliverable":
        path = reverse("workflows:prepare_document", args=[project.code, step.deliverable.pk])
        page = browser.post(path, {"next": step.url}, follow=True)
        assert page.context["needs_version"] is False, [str(message) for message in page.context["messages"]]
    response = browser.post(step.url, ANSWERS[step.task.owner_permission])
    assert response.status_code == 302, [step.about, response.context["refusal"], response.context["form"].errors]
    return True


def test_a_project_runs_from_start_to_acceptance_through_the_desk(as_user, gia_lai, case):
    people = (gia_lai.manager, gia_lai.clerk, *gia_lai.reviewers, gia_lai.leader)
    browsers = [as_user(person) for person in people]

    browsers[0].post(reverse("workflows:start_project", args=[case.project.code]))
    while any([work_off(browser, case.project) for browser in browsers]):
        pass

    case.project.refresh_from_db()
    assert case.project.status == PilotProject.Status.ACCEPTED
    assert case.project.accepted_by == gia_lai.leader
    papers = Deliverable.objects.filter(stage__project=case.project)
    assert [paper.status for paper in papers] == [Deliverable.Status.ISSUED] * 5
