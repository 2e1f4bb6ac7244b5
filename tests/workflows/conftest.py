"""Fixtures of the flows' tests: a running project, its first paper, a deputy, and a cohort on its way."""

from __future__ import annotations

import pytest

from people.models import Membership, User
from projects.models import Deliverable, PilotProject
from tests.factories import desk
from tests.factories import onboarding as made
from tests.factories.people import Office, member


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    """A project whose survey is open."""
    return desk.running_project(gia_lai)


@pytest.fixture
def deliverable(project: PilotProject) -> Deliverable:
    """The first paper that the project owes."""
    return desk.first_deliverable(project)


@pytest.fixture
def deputy(gia_lai: Office) -> User:
    """A colleague with an office of their own that gives no right to any step here."""
    return member("gl-pho", Membership.Role.INSPECTOR, gia_lai.organisation)


@pytest.fixture
def office(gia_lai: Office) -> Office:
    """The office of the cohort."""
    return gia_lai


@pytest.fixture
def cohort(office: Office) -> made.Cohort:
    """Products that come on board together, none of them yet there."""
    return made.cohort(office)
