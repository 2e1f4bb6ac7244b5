"""The landing page stays cheap and light with many cases in the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from projects.models import Milestone
from tests.factories import desk
from tests.factories.people import Office, signed_in
from tests.workflows.desk.test_inbox_size import many_cases

REPEAT_BUDGET = 50_000  # bytes of a repeated visit (product.md §3.8, dashboard)


@pytest.fixture
def crowded(gia_lai: Office) -> Office:
    """10,000 cases, and a hundred milestones that were missed."""
    project = desk.running_project(gia_lai)
    many_cases(desk.first_deliverable(project), gia_lai)
    stage = project.stage("survey")
    Milestone.objects.bulk_create(
        Milestone(stage=stage, title=f"Mốc {number}", due_on=date(2022, 3, 1) + timedelta(days=number))
        for number in range(100)
    )
    return gia_lai


@pytest.mark.parametrize("role", ["manager", "leader"])
def test_the_landing_page_asks_at_most_eight_questions_and_is_light(
    crowded: Office, role: str, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(getattr(crowded, role))

    with django_assert_max_num_queries(8):
        page = browser.get("/overview/")
    assert page.context["late_total"] == 10_000 + 1 + 100 + 1
    assert len(page.content) < REPEAT_BUDGET


def test_a_list_asks_a_fixed_number_of_questions(crowded: Office, django_assert_max_num_queries: Any) -> None:
    browser = signed_in(crowded.manager)

    for query in ({"state": "late", "page": 7}, {"state": "others"}):
        with django_assert_max_num_queries(10):
            assert len(browser.get("/overview/list/", query).context["items"]) == 25
