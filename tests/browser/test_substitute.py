"""A leader goes away and a colleague approves for them: entered, offered, decided and recorded at the browser."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from people.models import AuditEvent, Membership
from projects.models import Deliverable
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.factories import desk, people
from tests.factories.matters import difficulty
from tests.factories.people import Office, member
from tests.workflows.steps import submit, to_leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PASSWORD = "mat-khau-thu-1"


def looked_at(window: Visitor, name: str) -> None:
    """The page must be accessible and fit both widths; with TXNG_SHOTS its pictures are kept there."""
    for size in (DESK, PHONE):
        window.page.set_viewport_size(size)  # type: ignore[arg-type]
        assert not window.scrolls_sideways(), f"{name} at {size['width']}"
        assert window.accessibility_problems() == []
        if folder := os.environ.get("TXNG_SHOTS"):
            window.page.screenshot(path=str(Path(folder) / f"{name}-{size['width']}.png"), full_page=True)
    window.page.set_viewport_size(DESK)  # type: ignore[arg-type]


@pytest.fixture
def office(transactional_db: None) -> Office:
    return people.gia_lai()


@pytest.fixture
def paper(office: Office) -> Deliverable:
    """A deliverable that waits for the leader."""
    deliverable = desk.first_deliverable(desk.running_project(office))
    to_leader(deliverable, office)
    return deliverable


def test_a_substitute_approves_and_the_record_names_both(office: Office, paper: Deliverable, visit: Visit) -> None:
    deputy = member("gl-pho", Membership.Role.INSPECTOR, office.organisation)
    deputy.full_name = "Phó Chi cục trưởng (giả lập)"
    deputy.save()
    today = timezone.localdate()
    leader = visit().log_in(office.leader.username, PASSWORD)

    # the leader enters the absence: find the colleague, look ahead, confirm
    leader.open("/absences/")
    looked_at(leader, "absences-empty")
    leader.open("/absences/new/")
    leader.fill(starts_on=f"{today:%d/%m/%Y}", ends_on=f"{today + timedelta(days=7):%d/%m/%Y}", colleague="phó chi")
    with leader.page.expect_navigation():
        leader.page.locator("button[name=find]").click()
    leader.tick("substitute", deputy.pk)
    leader.fill(authority="Giấy ủy quyền số 12/GUQ-CCTĐC")
    looked_at(leader, "absence-new")
    with leader.page.expect_navigation():
        leader.page.locator("button[name=check]").click()
    looked_at(leader, "absence-check")
    with leader.page.expect_navigation():
        leader.page.locator("button[name=confirm]").click()
    looked_at(leader, "absences")
    assert leader.page.locator(".standing").is_visible()

    # the substitute finds the step, decides, and the paper is issued
    window = visit().log_in(deputy.username, PASSWORD)
    window.open("/inbox/?tab=group")
    looked_at(window, "inbox-substitute")
    window.page.locator("main tr", has_text=paper.title).first.locator('a[href^="/tasks/"]').first.click()
    window.page.wait_for_load_state()
    window.tick("decision", "approve")
    looked_at(window, "task-substitute")
    window.send("main .decide form")

    paper.refresh_from_db()
    approval = AuditEvent.objects.get(verb="deliverable.approved")
    assert (paper.status, paper.approved_by) == (Deliverable.Status.ISSUED, deputy)
    assert approval.facts["acting_for"] == office.leader.pk
    window.open(paper.get_absolute_url())
    assert f"{deputy} (thay {office.leader})" in window.page.locator("main").inner_text()
    window.open(f"{paper.stage.project.get_absolute_url()}history/")
    looked_at(window, "history-substitute")
    assert f"Duyệt thay {office.leader}" in window.page.locator("main").inner_text()


def test_what_waits_for_an_answer_is_seen_and_answered(office: Office, visit: Visit) -> None:
    project = desk.running_project(office)
    difficulty(project, by=office.helper, to=office.leader)
    url = f"/projects/{project.code}/matters/"
    helper = visit().log_in(office.helper.username, PASSWORD)
    helper.open(url)
    looked_at(helper, "matters")
    helper.open(f"{url}report/")
    looked_at(helper, "matter-report")

    leader = visit().log_in(office.leader.username, PASSWORD)
    leader.open(url)
    leader.follow('main a[href$="/answer/"]')
    leader.fill(answer="Dùng mẫu số 2 của Chi cục")
    looked_at(leader, "matter-answer")
    leader.send("main .decide form")

    helper.open(url)
    looked_at(helper, "matters-answered")
    assert "Dùng mẫu số 2 của Chi cục" in helper.page.locator("main").inner_text()


def test_a_question_to_the_author_is_asked_from_the_step(office: Office, visit: Visit) -> None:
    deliverable = desk.first_deliverable(desk.running_project(office))
    submit(deliverable, office)
    clerk = visit().log_in(office.clerk.username, PASSWORD)
    task = desk.step(deliverable, "check_format")
    clerk.open(f"/tasks/{task.pk}/")
    clerk.press('form[action$="/claim/"]')
    clerk.follow('main a[href$="/ask/"]')
    clerk.fill(text="Số liệu này lấy ở đâu?")
    looked_at(clerk, "ask-author")
    clerk.send("main form")
    looked_at(clerk, "task-question")
    assert "Số liệu này lấy ở đâu?" in clerk.page.locator("main").inner_text()
