"""The inbox: what is in it for whom, in which order, and how it is narrowed."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from viewflow.workflow.models import Task

from people.models import Membership
from tests.factories import desk
from workflows import filters, inbox
from workflows.roles import ROLES_BY_PERMISSION
from workflows.steps import Step

URL = "/inbox/"


def listed(response):
    """The steps on the page, in its order, as (project, kind)."""
    return [
        (task.project_code, task.owner_permission) for task in (row.record for row in response.context["table"].rows)
    ]


def test_the_inbox_lists_what_is_mine(as_user, gia_lai, project):
    assert listed(as_user(gia_lai.manager).get(URL)) == [("GL-99", "workflows.prepare_deliverable")]


def test_the_inbox_lists_what_my_roles_may_take(as_user, gia_lai, deliverable):
    desk.submitted(deliverable, gia_lai)

    assert listed(as_user(gia_lai.clerk).get(URL)) == [("GL-99", "workflows.check_format")]
    assert listed(as_user(gia_lai.clerk).get(URL, {"tab": "group"})) == [("GL-99", "workflows.check_format")]
    assert listed(as_user(gia_lai.leader).get(URL)) == []


def test_a_step_that_someone_took_leaves_the_group(as_user, gia_lai, deliverable):
    desk.submitted(deliverable, gia_lai)
    Task.objects.filter(pk=desk.step(deliverable, "check_format").pk).update(owner=gia_lai.helper, status="ASSIGNED")

    assert listed(as_user(gia_lai.clerk).get(URL)) == []


def test_a_clerk_of_another_province_is_offered_nothing(as_user, gia_lai, son_la, deliverable):
    desk.submitted(deliverable, gia_lai)

    assert listed(as_user(son_la.clerk).get(URL)) == []


def test_a_role_that_has_ended_offers_nothing(as_user, gia_lai, deliverable):
    desk.submitted(deliverable, gia_lai)
    Membership.objects.filter(user=gia_lai.clerk).update(valid_to=date(2021, 1, 1))

    assert listed(as_user(gia_lai.clerk).get(URL)) == []


def test_the_manager_sees_with_whom_the_submitted_work_is(as_user, gia_lai, deliverable):
    desk.submitted(deliverable, gia_lai)

    response = as_user(gia_lai.manager).get(URL, {"tab": "sent"})

    assert listed(response) == [("GL-99", "workflows.check_format")]
    [row] = response.context["table"].rows
    assert Step(row.record).holder == str(Membership.Role.CLERK.label)


def test_the_latest_comes_first(as_user, gia_lai):
    desk.running_project(gia_lai, code="GL-01", starts_on=date(2022, 5, 1))
    desk.running_project(gia_lai, code="GL-02", starts_on=date(2022, 3, 1))
    desk.running_project(gia_lai, code="GL-03", starts_on=date(2022, 4, 1))

    assert [code for code, _ in listed(as_user(gia_lai.manager).get(URL))] == ["GL-02", "GL-03", "GL-01"]


@pytest.mark.parametrize(
    ("today", "tone", "days"),
    [
        (date(2022, 4, 2), "late", -9),  # a Saturday, twelve days after a Monday
        (date(2022, 3, 21), "wait", 0),
        (date(2022, 3, 14), "wait", 5),
        (date(2022, 3, 11), "ok", 6),
    ],
)
def test_a_step_says_how_late_it_is(project, today, tone, days):
    step = Step(inbox.for_list(inbox.steps()).get(), today)

    assert (step.due_on, step.tone, step.days_left) == (date(2022, 3, 21), tone, days)


def test_the_list_is_narrowed_by_project(as_user, gia_lai):
    desk.running_project(gia_lai, code="GL-01")
    desk.running_project(gia_lai, code="GL-02")

    assert [code for code, _ in listed(as_user(gia_lai.manager).get(URL, {"project": "GL-02"}))] == ["GL-02"]


def test_the_list_is_narrowed_by_kind_of_step(as_user, gia_lai, project):
    browser = as_user(gia_lai.manager)

    assert listed(browser.get(URL, {"kind": "workflows.close_stage"})) == []
    assert len(listed(browser.get(URL, {"kind": "workflows.prepare_deliverable"}))) == 1


def test_the_list_is_narrowed_to_what_is_only_mine(as_user, gia_lai, deliverable):
    desk.submitted(deliverable, gia_lai)

    assert listed(as_user(gia_lai.clerk).get(URL, {"whose": "me"})) == []


def test_words_are_found_whatever_their_capitals(as_user, gia_lai, project):
    browser = as_user(gia_lai.manager)

    assert len(listed(browser.get(URL, {"q": "BÁO CÁO KẾT QUẢ"}))) == 1
    assert len(listed(browser.get(URL, {"q": "gl-99"}))) == 1
    assert listed(browser.get(URL, {"q": "hồ tiêu (.*"})) == []


def test_an_unknown_filter_or_page_is_no_error(as_user, gia_lai, project):
    browser = as_user(gia_lai.manager)

    for query in ({"project": "XX-00"}, {"kind": "x"}, {"page": "9999"}, {"page": "x"}, {"tab": "x"}, {"sort": "x"}):
        assert browser.get(URL, query).status_code == 200


def test_the_workbook_has_the_rows_of_the_screen(as_user, gia_lai):
    desk.running_project(gia_lai, code="GL-01", starts_on=date(2022, 5, 1))
    desk.running_project(gia_lai, code="GL-02", starts_on=date(2022, 3, 1))
    desk.running_project(gia_lai, code="KH-03", starts_on=date(2022, 4, 1))

    response = as_user(gia_lai.manager).get(URL, {"q": "GL-0", "export": "xlsx"})

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [sheet.cell(row, 3).value for row in range(2, sheet.max_row + 1)] == ["GL-02", "GL-01"]


@pytest.mark.parametrize(
    "gone", ["workflows/flows.deliverable.DeliverableFlow.write_by_hand", "workflows/flows.deliverable.OldFlow.prepare"]
)
def test_a_step_whose_node_is_gone_never_breaks_the_list(as_user, gia_lai, project, gone):
    Task.objects.filter(flow_task__endswith=".prepare").update(flow_task=gone)

    response = as_user(gia_lai.manager).get(URL)

    [row] = response.context["table"].rows
    assert Step(row.record).is_retired
    assert Step(row.record).title in response.content.decode()


def test_a_stranger_to_the_system_is_sent_to_the_login(client, project):
    response = client.get(URL)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("people:login"))


def test_every_step_that_has_a_role_has_a_name_in_the_filter():
    assert set(filters.KINDS) == set(ROLES_BY_PERMISSION)
