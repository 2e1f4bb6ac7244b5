"""The agencies that a department works with have an inbox each, with what was asked of them and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from people.models import Organisation
from projects.models import PilotProject
from tests.factories.matters import difficulty
from tests.factories.people import Office, OrganisationFactory, member
from tests.factories.projects import make_project

Kind = Organisation.Kind
# Seed 003: the department leads; agriculture, the districts' committees and the rural office take part.
PARTNERS = {
    "skhcn": (Kind.DEPARTMENT, "Sở Khoa học và Công nghệ", "leader"),
    "snnptnt": (Kind.DEPARTMENT, "Sở Nông nghiệp và Phát triển nông thôn", "reviewer"),
    "ubnd-huyen": (Kind.COMMITTEE, "Ủy ban nhân dân huyện Sốp Cộp", "helper"),
    "vpntm": (Kind.OTHER, "Văn phòng điều phối Nông thôn mới", "helper"),
}


@pytest.mark.requirement("SL-03")
@pytest.mark.parametrize("asked", PARTNERS)
def test_each_agency_finds_in_its_inbox_what_was_asked_of_it(client: Client, son_la: Office, asked: str) -> None:
    project = make_project(son_la, code="SL-01")
    PilotProject.objects.update(status=PilotProject.Status.RUNNING)
    people = {}
    for code, (kind, name, role) in PARTNERS.items():
        organisation = OrganisationFactory(code=code, kind=kind, name=f"{name} (giả lập)", province=son_la.province)
        people[code] = member(f"sl-{code}", role, organisation)
    difficulty(project, by=son_la.manager, to=people[asked], text=f"Đề nghị {asked} cho ý kiến về nhóm sản phẩm")

    for code, person in people.items():
        client.force_login(person)
        page = client.get("/inbox/").content.decode()
        assert (f"Đề nghị {asked} cho ý kiến" in page) == (code == asked)
