"""Steering in a real browser: a report in its row, the timeline on a phone and on paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.models import PilotProject
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE
from tests.factories.desk import running_project
from tests.factories.files import PDF
from tests.factories.people import Office
from tests.factories.steering import milestone_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mat-khau-thu-1"
PROJECT = "/projects/GL-99/"


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return running_project(gia_lai, starts_on=timezone.localdate() - timedelta(days=10))


def test_a_milestone_is_reported_in_its_row_without_leaving_the_page(
    visit: Visit, project: PilotProject, gia_lai: Office
) -> None:
    milestone = milestone_of(project, due_on=timezone.localdate() + timedelta(days=3))
    window = visit().log_in(gia_lai.manager.username, PASSWORD)
    window.open(PROJECT)
    row = window.page.locator(f"#milestone-{milestone.pk}")
    row.get_by_role("link", name="Báo cáo").click()
    row.locator('[name="percent"]').fill("101")
    row.get_by_role("button", name="Lưu báo cáo").click()
    row.locator(".error-summary").wait_for()
    row.locator('[name="percent"]').fill("100")
    row.locator('[name="file"]').set_input_files({"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": PDF})
    row.get_by_role("button", name="Lưu báo cáo").click()
    row.get_by_text("Đạt ngày").wait_for()
    assert window.page.url.endswith(PROJECT)
    milestone.refresh_from_db()
    assert milestone.reached_at is not None


@pytest.mark.parametrize("path", ["timeline/", "amendments/new/", "judgement/", ""])
def test_the_pages_are_accessible_and_do_not_scroll_sideways(
    visit: Visit, project: PilotProject, gia_lai: Office, path: str
) -> None:
    milestone_of(project, due_on=timezone.localdate() - timedelta(days=3), is_legal=True)
    for size in (None, PHONE):
        window = (visit(size) if size else visit()).log_in(gia_lai.manager.username, PASSWORD)
        window.open(f"{PROJECT}{path}")
        assert window.accessibility_problems() == []
        assert not window.scrolls_sideways()
