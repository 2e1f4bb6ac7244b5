"""Where pages about papers stand: one entry of the navigation is marked, and the way to the page begins there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client, RequestFactory

from config.context_processors import shell
from documents.models import SUBJECTS, RegisterEntry
from projects.models import PilotProject, Plan
from tests.factories import documents as make
from tests.factories.fieldwork import make_class
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory

PROJECTS, PROGRAMMES, PRODUCERS, DOCUMENTS = "/projects/", "/programmes/", "/producers/", "/documents/"
ENTRIES = {
    "plan": PROGRAMMES,
    "programme": PROGRAMMES,
    "training": PROJECTS,
    "project": PROJECTS,
    "enrolment": PROJECTS,
    "producer": PRODUCERS,
    "local_standard": PRODUCERS,
    "renewal": PRODUCERS,
}


@dataclass(frozen=True)
class Case:
    """A project with an issued paper, and its office."""

    office: Office
    project: PilotProject
    entry: RegisterEntry

    @property
    def paper(self) -> str:
        return f"/documents/papers/{self.entry.version.document_id}/"


@pytest.fixture
def case(gia_lai: Office) -> Case:
    project = make_project(gia_lai)
    return Case(gia_lai, project, make.issued(make.deliverable_of(project), by=gia_lai.manager, signer=gia_lai.leader))


def marked(office: Office, path: str) -> list[str]:
    request = RequestFactory().get(path)
    request.user = office.leader
    return [str(item["url"]) for item in shell(request)["nav_items"] if item["active"]]  # type: ignore[attr-defined]


def test_papers_about_each_thing_are_under_the_entry_of_the_thing(gia_lai: Office) -> None:
    subjects = set(SUBJECTS) - {"deliverable", "council"}  # these have pages of their own under the project
    assert {name: marked(gia_lai, f"/papers/about/{name}/1/") for name in subjects} == {
        name: [entry] for name, entry in ENTRIES.items()
    }


def plan_of(case: Case) -> Plan:
    return case.project.line.plan  # type: ignore[union-attr,return-value]


PAGES: dict[str, tuple[str, Callable[[Case], str]]] = {
    "plan": (PROGRAMMES, lambda case: f"/papers/about/plan/{plan_of(case).pk}/"),
    "programme": (PROGRAMMES, lambda case: f"/papers/about/programme/{plan_of(case).programme_id}/"),
    "form": (PROGRAMMES, lambda case: f"/papers/about/plan/{plan_of(case).pk}/mission_notice/"),
    "class": (PROJECTS, lambda case: f"/papers/about/training/{make_class(case.project, case.office.helper).pk}/"),
    "project": (PROJECTS, lambda case: f"/projects/{case.project.code}/papers/"),
    "dossier": (PROJECTS, lambda case: f"/documents/dossiers/{case.project.code}/"),
    "producer": (
        PRODUCERS,
        lambda case: f"/papers/about/producer/{ProducerFactory(province=case.office.province).pk}/",
    ),
    "paper": (DOCUMENTS, lambda case: case.paper),
    "revoke": (DOCUMENTS, lambda case: f"{case.paper}revoke/"),
    "comparison": (
        DOCUMENTS,
        lambda case: f"/documents/{case.entry.version_id}/compare/{case.entry.version_id}/",
    ),
    "pdf": (DOCUMENTS, lambda case: f"/documents/versions/{case.entry.version_id}/pdf/"),
    "verify": (DOCUMENTS, lambda case: "/documents/verify/"),
    "templates": (DOCUMENTS, lambda case: "/documents/templates/"),
    "template": (DOCUMENTS, lambda case: "/documents/templates/final_report/"),
    "fields": (DOCUMENTS, lambda case: "/documents/templates/final_report/fields/"),
    "template version": (
        DOCUMENTS,
        lambda case: f"/documents/template-versions/{case.entry.version.template_id}/",
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_the_way_to_a_page_begins_at_the_entry_that_is_marked(case: Case, client: Client, page: str) -> None:
    entry, path_of = PAGES[page]
    path = path_of(case)
    client.force_login(case.office.leader)
    answer = client.get(path)
    assert answer.status_code == 200
    assert marked(case.office, path) == [entry]
    assert answer.context["crumbs"][0]["url"] == entry
