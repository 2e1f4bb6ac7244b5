"""The landing page in Chromium: a late milestone is seen without a click, on paper and on a phone too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from projects.models import Milestone
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, weight
from tests.factories import desk, people
from tests.factories.people import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PASSWORD = "mat-khau-thu-1"
FIRST, REPEAT = 180_000, 50_000  # bytes (product.md §3.8, dashboard)


@pytest.fixture
def office(transactional_db: None) -> Office:
    """Gia Lai with two running projects; in one a milestone was missed twelve days and more ago."""
    office = people.gia_lai()
    stage = desk.running_project(office, code="GL-01", starts_on=date.today() - timedelta(days=25)).stage("survey")
    Milestone.objects.create(stage=stage, title="Tập huấn lớp 2", due_on=date.today() - timedelta(days=12))
    desk.running_project(office, code="GL-02", starts_on=date.today())
    return office


def test_a_late_milestone_is_seen_from_the_landing_page_in_no_click(visit: Visit, office: Office) -> None:
    visitor = visit().log_in("gl-quanly", PASSWORD)  # signing in leads there

    assert visitor.page.url.endswith("/overview/")
    first = visitor.page.locator("#late ~ .table-box tbody tr").first
    assert "Tập huấn lớp 2" in first.inner_text()
    assert str(office.manager) in first.inner_text()
    assert "GL-01" in first.inner_text()
    box = first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < DESK["height"]  # above the fold: no scrolling either


def test_every_counter_opens_its_list(visit: Visit, office: Office) -> None:
    visitor = visit().log_in("gl-quanly", PASSWORD)
    addresses = visitor.page.locator(".counts a.count").evaluate_all("links => links.map(link => link.pathname)")

    assert addresses == ["/overview/list/", "/overview/list/", "/inbox/", "/overview/list/"]
    visitor.follow(".counts a.count >> nth=0")
    assert "Tập huấn lớp 2" in visitor.page.locator("main table").inner_text()


def test_the_colours_come_by_themselves_and_without_a_script_by_a_link(visit: Visit, office: Office) -> None:
    visitor = visit().log_in("gl-lanhdao", PASSWORD)
    visitor.page.wait_for_selector("#colours ~ .table-box")
    assert "GL-01" in visitor.page.locator("#colours ~ .table-box").inner_text()
    assert visitor.page.url.endswith("/overview/")

    visitor.open("/overview/colours/")
    assert "GL-01" in visitor.page.locator("main table").inner_text()


def test_the_page_fits_a_phone_is_accessible_and_light(visit: Visit, office: Office) -> None:
    cookies = visit().log_in("gl-lanhdao", PASSWORD).context.cookies()
    visitor = visit()
    visitor.context.add_cookies(cookies)  # type: ignore[arg-type]
    with visitor.measured() as answers:
        visitor.open("/overview/")
    assert weight(answers) <= FIRST
    assert sum(len(answer.body()) for answer in answers if "/overview/" in answer.url) <= REPEAT
    for size in (DESK, PHONE):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        assert not visitor.scrolls_sideways()
        assert visitor.accessibility_problems() == []
