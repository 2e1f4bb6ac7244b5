"""Naming who receives the results: without one a project cannot start (GL-04)."""

from __future__ import annotations

import pytest

from people.audit import history
from projects.actions.parties import name_receiving_party
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject
from tests.factories.people import Office
from tests.factories.projects import make_project


def test_the_manager_names_a_receiving_party_once(gia_lai: Office) -> None:
    project = make_project(gia_lai)
    before = project.receiving_parties.count()
    name_receiving_party(project, name="  Hợp tác xã  Ia Tô ", by=gia_lai.manager)
    name_receiving_party(project, name="Hợp tác xã Ia Tô", by=gia_lai.manager)
    assert project.receiving_parties.count() == before + 1
    assert history(project).filter(verb="project.receiving_party_named").count() == 1


def test_nobody_else_names_a_receiving_party(gia_lai: Office, son_la: Office) -> None:
    project = make_project(gia_lai)
    for stranger in (gia_lai.clerk, gia_lai.leader, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            name_receiving_party(project, name="Người tiêu dùng khác", by=stranger)


def test_a_receiving_party_needs_a_name(gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow):
        name_receiving_party(make_project(gia_lai), name="   ", by=gia_lai.manager)


def test_an_accepted_project_takes_no_new_receiving_party(gia_lai: Office) -> None:
    project = make_project(gia_lai)
    PilotProject.objects.filter(pk=project.pk).update(
        status=PilotProject.Status.ACCEPTED, accepted_at="2026-01-05T08:00:00+07:00", accepted_by=gia_lai.leader
    )
    with pytest.raises(NotAllowedNow):
        name_receiving_party(project, name="Người tiêu dùng khác", by=gia_lai.manager)
