"""Baselines: taken by name, kept for ever, compared in working days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from people import audit
from projects.actions.baselines import take_baseline
from projects.actions.project import start_project
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Baseline, BaselineDate, PilotProject
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.steering import milestone_of


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return start_project(make_project(gia_lai), by=gia_lai.manager)


def test_starting_a_project_keeps_its_dates_as_the_first_baseline(project: PilotProject, gia_lai: Office) -> None:
    baseline = project.baselines.get()
    assert (baseline.name, baseline.made_by) == ("Initial", gia_lai.manager)
    kinds = [row.kind for row in baseline.dates.all()]
    assert (kinds.count("project"), kinds.count("stage"), kinds.count("deliverable")) == (1, 5, 5)


@pytest.mark.usefixtures("vietnamese")
def test_the_first_baseline_has_a_vietnamese_name(gia_lai: Office) -> None:
    assert start_project(make_project(gia_lai), by=gia_lai.manager).baselines.get().name == "Ban đầu"


def test_a_baseline_holds_the_dates_of_its_day(project: PilotProject, gia_lai: Office) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 20))
    baseline = take_baseline(project, name=" theo  Thông báo 29 ", by=gia_lai.manager)
    milestone.due_on = date(2022, 4, 20)
    milestone.save()
    assert baseline.name == "theo Thông báo 29"
    assert baseline.dates.get(kind="milestone").due_on == date(2022, 3, 20)


def test_the_database_refuses_to_change_or_delete_a_baseline(project: PilotProject) -> None:
    for act in (
        lambda: Baseline.objects.update(name="khác"),
        lambda: BaselineDate.objects.update(due_on=date(2030, 1, 1)),
        lambda: BaselineDate.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_baseline_needs_a_name(project: PilotProject, gia_lai: Office, name: str) -> None:
    with pytest.raises(NotAllowedNow, match="name"):
        take_baseline(project, name=name, by=gia_lai.manager)


def test_a_name_is_given_once_in_a_project(project: PilotProject, gia_lai: Office) -> None:
    take_baseline(project, name="Tháng 6", by=gia_lai.manager)
    with pytest.raises(NotAllowedNow, match="already"):
        take_baseline(project, name="tháng 6", by=gia_lai.manager)


def test_only_managers_take_one(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        take_baseline(project, name="Của tôi", by=gia_lai.leader)


def test_a_draft_has_no_baseline(gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="running"):
        take_baseline(make_project(gia_lai), name="Nháp", by=gia_lai.manager)


def test_taking_one_stands_in_the_history(project: PilotProject, gia_lai: Office) -> None:
    now = datetime(2022, 6, 1, 2, tzinfo=UTC)
    take_baseline(project, name="Tháng 6", by=gia_lai.manager, now=now)
    event = audit.history(project).get(verb="project.baseline_taken", at=now)
    assert event.facts == {"name": "Tháng 6"}
