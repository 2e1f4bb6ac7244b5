"""The project's page: where it stands, who is waited for, what is missing, what happened."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.actions import project as projects
from projects.models import Deliverable, Milestone, PilotProject, Stage
from tests.factories.people import Office, member
from tests.factories.projects import make_project, small_template
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user
from workflows import actions

PAGE = "/projects/GL-99/"


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.manager)
    return make_project(gia_lai)


@pytest.fixture
def running(project: PilotProject) -> PilotProject:
    return actions.start_project(project, by=project.manager)


def page(client: Client, url: str = PAGE) -> str:
    return client.get(url).content.decode()


# --- starting --------------------------------------------------------------------------------
def test_a_draft_offers_its_manager_to_start_it(client: Client, project: PilotProject) -> None:
    assert f"{PAGE}start/" in page(client)
    assert client.post(f"{PAGE}start/")["Location"] == PAGE
    project.refresh_from_db()
    assert project.status == PilotProject.Status.RUNNING
    assert f"{PAGE}start/" not in page(client)


def test_a_clerk_is_not_offered_to_start_and_cannot(client: Client, project: PilotProject, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    assert f"{PAGE}start/" not in page(client)
    client.post(f"{PAGE}start/")
    project.refresh_from_db()
    assert project.status == PilotProject.Status.DRAFT


@pytest.mark.requirement("GL-04")
def test_a_project_without_receiving_party_is_not_started_and_says_why(client: Client, project: PilotProject) -> None:
    project.receiving_parties.all().delete()
    answer = client.post(f"{PAGE}start/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    project.refresh_from_db()
    assert project.status == PilotProject.Status.DRAFT


def test_a_receiving_party_is_named_by_the_manager_on_the_draft(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    project.receiving_parties.all().delete()
    url = f"{PAGE}parties/"
    assert url in page(client)
    assert client.post(url, {"name": " "})["Location"] == PAGE
    client.post(url, {"name": "Hội Nông dân (giả lập)"})
    client.force_login(gia_lai.clerk)
    client.post(url, {"name": "Văn thư không được thêm"})
    assert [party.name for party in project.receiving_parties.all()] == ["Hội Nông dân (giả lập)"]


def test_starting_twice_starts_once(client: Client, project: PilotProject) -> None:
    client.post(f"{PAGE}start/")
    answer = client.post(f"{PAGE}start/", follow=True)
    assert "error" in [message.level_tag for message in answer.context["messages"]]
    assert len(client.get(PAGE).context["waits"]) == 1


def test_nothing_starts_on_get(client: Client, project: PilotProject) -> None:
    assert client.get(f"{PAGE}start/").status_code == 405


# --- the page --------------------------------------------------------------------------------
def test_it_shows_five_stages_and_whose_move_it_is(client: Client, running: PilotProject, gia_lai: Office) -> None:
    context = client.get(PAGE).context
    assert [step["state"] for step in context["steps"]] == ["now", "wait", "wait", "wait", "wait"]
    assert [(step.holder, step.about) for step in context["waits"]] == [
        (str(gia_lai.manager), "D1 Báo cáo kết quả khảo sát")
    ]


def test_it_lists_what_is_missing_for_the_stage_and_for_acceptance(client: Client, running: PilotProject) -> None:
    context = client.get(PAGE).context
    assert len(context["stage_gate"]) == 1
    assert "D1" in context["stage_gate"][0]
    assert len(context["closing_gate"]) == 2


def test_a_closed_stage_shows_its_day_and_a_late_one_says_so(client: Client, running: PilotProject) -> None:
    stage = running.stage("survey")
    steps = client.get(PAGE).context["steps"]
    assert steps[0]["note"].count(" · ") == 1  # the project is of 2022, so its open stage is late
    Stage.objects.filter(pk=stage.pk).update(closed_at=stage.opened_at)
    assert client.get(PAGE).context["steps"][0]["state"] == "done"


def test_a_milestone_is_reached_by_the_manager_only(client: Client, running: PilotProject, gia_lai: Office) -> None:
    milestone = Milestone.objects.create(stage=running.stage("survey"), title="Khảo sát xong", due_on=running.starts_on)
    url = reverse("projects:milestone", args=["GL-99", milestone.pk])
    report = {"percent": "100", "note": "Biên bản 12/BB; chậm vì mưa lũ"}
    client.force_login(gia_lai.clerk)
    assert client.post(url, report).status_code == 403
    milestone.refresh_from_db()
    assert milestone.reached_at is None
    client.force_login(gia_lai.manager)
    assert f'hx-get="{url}"' in page(client)
    assert client.post(url, report)["Location"] == PAGE
    milestone.refresh_from_db()
    assert milestone.reached_by == gia_lai.manager
    assert f'hx-get="{url}"' not in page(client)


@pytest.mark.parametrize("tab", ["", "products/", "history/", "diagram/"])
def test_strangers_and_producers_get_404(
    client: Client, project: PilotProject, gia_lai: Office, son_la: Office, tab: str
) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
    projects.enrol_product(project, product, by=project.manager)
    for user in (son_la.manager, producer_user(product.producer, "chu-the")):
        client.force_login(user)
        assert client.get(PAGE + tab).status_code == 404
    client.logout()
    assert client.get(PAGE + tab).status_code == 302


@pytest.mark.parametrize("role", ["clerk", "leader", "stamp_officer", "helper", "inspector"])
def test_every_official_of_the_province_reads_it(
    client: Client, running: PilotProject, gia_lai: Office, role: str
) -> None:
    client.force_login(getattr(gia_lai, role))
    assert client.get(PAGE).status_code == 200


def test_it_asks_the_database_no_more_for_a_larger_project(
    client: Client, running: PilotProject, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
        projects.enrol_product(running, product, by=running.manager)
        stage = running.stage("survey")
        Milestone.objects.create(stage=stage, title=f"Mốc {number}", due_on=stage.due_on)
        Deliverable.objects.create(
            stage=stage, code=f"E{number}", title="Báo cáo", document_kind="x", reviewers_needed=2, due_on=stage.due_on
        )
    with django_assert_max_num_queries(40):
        client.get(PAGE)


# --- history and diagram ---------------------------------------------------------------------
def test_the_history_tells_the_acts_in_words_newest_first(client: Client, running: PilotProject) -> None:
    events = client.get(f"{PAGE}history/").context["events"]
    assert "D1" in events[0]["text"]
    assert "GL-99" in events[-1]["text"]
    assert events[-1]["who"] == str(running.manager)


def test_the_history_has_pages(client: Client, running: PilotProject, gia_lai: Office) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
    for _round in range(25):
        enrolment = projects.enrol_product(running, product, by=running.manager)
        projects.withdraw_product(enrolment, by=running.manager, reason="thử")
    assert len(client.get(f"{PAGE}history/").context["events"]) == 50
    assert len(client.get(f"{PAGE}history/?page=2").context["events"]) == 5


def test_the_diagram_marks_the_open_step_and_names_it(client: Client, running: PilotProject) -> None:
    answer = client.get(f"{PAGE}diagram/")
    drawing = answer.context["drawing"]
    assert len(drawing.open_steps) == 1
    assert drawing.svg.count('class="node open"') == 1
    assert drawing.open_steps[0] in answer.content.decode()


def test_the_diagram_of_a_draft_marks_nothing(client: Client, project: PilotProject) -> None:
    drawing = client.get(f"{PAGE}diagram/").context["drawing"]
    assert drawing.open_steps == []
    assert "node open" not in drawing.svg


def test_the_pages_have_no_inline_style_or_script(client: Client, running: PilotProject) -> None:
    for tab in ("", "products/", "history/", "diagram/"):
        text = page(client, PAGE + tab)
        assert " style=" not in text
        assert "<style" not in text
        assert "<script>" not in text


def test_a_project_of_many_people_shows_them_by_role(client: Client, gia_lai: Office, project: PilotProject) -> None:
    project.members.create(user=member("gl-canbo-2", "helper", gia_lai.organisation), role="helper")
    people = dict(client.get(PAGE).context["members"])
    assert sorted(map(len, people.values())) == [1, 1, 1, 1, 2, 3]


def test_the_template_of_the_gate_is_data(client: Client, gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    make_project(gia_lai, template=small_template(products=17))
    assert "17" in client.get(PAGE).context["closing_gate"][0]
