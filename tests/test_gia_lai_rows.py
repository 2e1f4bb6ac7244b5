"""Rows of the Gia Lai annex (seed 000) that no test of a single room proves."""

from datetime import date

import pytest
from django.test import Client

from projects.actions import fieldwork
from projects.actions import project as projects
from projects.actions.standards import attach_standards
from projects.errors import NotAllowedForYou
from projects.models import CommunicationEvent, Deliverable, GateTemplate, PilotProject, StageTemplate
from projects.policies import closing_problems, stage_problems
from tests.factories.projects import make_project, small_template
from tests.factories.registry import ProducerFactory, StandardFactory, complete_product
from tests.workflows import steps
from workflows import actions
from workflows.gates import RULES

GENERAL = ("TCVN 12850:2019", "TCVN 13274:2020", "TCVN 13275:2020")


@pytest.fixture
def chain(gia_lai) -> PilotProject:
    """A model on one product chain, whose documentation stage asks for three standards."""
    template = small_template(products=1)
    template.standards.set([StandardFactory(code=code) for code in GENERAL])
    GateTemplate.objects.create(template=template, stage_kind="documentation", rule="standards_at_least", minimum=3)
    GateTemplate.objects.create(template=template, rule="communication_events_at_least", minimum=1)
    return make_project(gia_lai, template=template)


def problems_of(project: PilotProject, kind: str) -> str:
    return " ".join(stage_problems(project.stage(kind), RULES))


@pytest.mark.requirement("GL-1.0")
def test_the_model_shows_its_product_its_set_and_its_standard(client: Client, chain, gia_lai):
    product = complete_product(ProducerFactory(province=gia_lai.province), name="Chôm chôm Ia Grai")
    projects.enrol_product(chain, product, by=gia_lai.manager)
    attach_standards(chain, [StandardFactory(code="TCVN 12827:2023")], by=gia_lai.manager)
    client.force_login(gia_lai.reviewers[0])
    overview = client.get(f"/projects/{chain.code}/").content.decode()
    products = client.get(f"/projects/{chain.code}/products/").content.decode()
    assert "TCVN 12827:2023" in overview
    assert "Chôm chôm Ia Grai" in products
    assert "1. Rau, củ, quả, hạt tươi" in products


@pytest.mark.requirement("GL-1.2")
def test_the_general_standards_are_attached_and_the_stage_does_not_close_without_them(chain, gia_lai):
    assert set(chain.standards.values_list("code", flat=True)) == set(GENERAL)
    assert "standards" not in problems_of(chain, "documentation")
    attach_standards(chain, list(chain.standards.exclude(code=GENERAL[0])), by=gia_lai.manager)
    assert "2 of at least 3 standards" in problems_of(chain, "documentation")


def test_only_managers_attach_standards(chain, gia_lai, son_la):
    for person in (gia_lai.reviewers[0], son_la.manager):
        with pytest.raises(NotAllowedForYou):
            attach_standards(chain, [], by=person)
    assert chain.standards.count() == 3


def test_the_manager_chooses_the_standards_on_a_page(client: Client, chain, gia_lai):
    added = StandardFactory(code="TCVN 12827:2023")
    client.force_login(gia_lai.manager)
    chosen = [*chain.standards.values_list("pk", flat=True), added.pk]
    response = client.post(f"/projects/{chain.code}/standards/", {"standards": chosen})
    assert response.status_code == 302
    assert chain.standards.count() == 4


@pytest.mark.requirement("GL-1.5")
def test_the_model_does_not_close_without_a_communication_event_with_evidence(chain, gia_lai):
    assert any("communication" in problem for problem in closing_problems(chain, RULES))
    event = fieldwork.record_communication(
        chain, by=gia_lai.manager, kind="article", title="Giới thiệu mô hình", held_on=date(2022, 6, 1),
        channel="Báo tỉnh (giả lập)", evidence="",
    )  # fmt: skip
    assert any("communication" in problem for problem in closing_problems(chain, RULES))
    CommunicationEvent.objects.filter(pk=event.pk).update(evidence="https://vidu.example/bai-viet")
    assert not any("communication" in problem for problem in closing_problems(chain, RULES))


@pytest.mark.requirement("GL-2.0")
def test_a_model_holds_many_products_each_with_its_own_progress(client: Client, gia_lai):
    project = actions.start_project(make_project(gia_lai), by=gia_lai.manager)
    surveyed, waiting = (
        projects.enrol_product(
            project, complete_product(ProducerFactory(province=gia_lai.province)), by=gia_lai.manager
        )
        for _ in range(2)
    )
    fieldwork.record_survey(
        surveyed, by=gia_lai.helper, surveyed_on=date(2022, 3, 9),
        has_diary=True, has_barcode=False, has_declared_standard=False,
    )  # fmt: skip
    client.force_login(gia_lai.manager)
    rows = {row["enrolment"]: row for row in client.get(f"/projects/{project.code}/products/").context["rows"]}
    assert rows[surveyed]["survey"].surveyed_on == date(2022, 3, 9)
    assert rows[waiting]["survey"] is None


def test_products_of_a_group_share_one_process_and_projects_one_version_of_the_stages(gia_lai):
    makers = [ProducerFactory(province=gia_lai.province) for _ in range(2)]
    first, second = (complete_product(maker) for maker in makers)
    assert list(first.group.steps.all()) == list(second.group.steps.all())
    project = make_project(gia_lai, template=small_template(products=17))
    stages = StageTemplate.objects.filter(template=project.template)
    assert {stage.title for stage in stages} == set(project.stages.values_list("title", flat=True))


@pytest.mark.requirement("GL-2.2")
def test_attendance_of_agencies_is_recorded_by_agency(client: Client, gia_lai):
    project = actions.start_project(make_project(gia_lai), by=gia_lai.manager)
    session = fieldwork.hold_training(
        project, by=gia_lai.helper, title="Tập huấn cho cơ quan quản lý", audience="agencies",
        held_on=date(2022, 6, 21), place="Pleiku",
    )  # fmt: skip
    fieldwork.record_attendance(
        session, by=gia_lai.helper, person_name="Người Dự (giả lập)", agency="Sở Công Thương", passed_check=True
    )
    client.force_login(gia_lai.manager)
    page = client.get(f"/projects/{project.code}/training/{session.pk}/").content.decode()
    assert "Sở Công Thương" in page


@pytest.mark.requirement("GL-03")
def test_each_deliverable_is_a_row_with_status_file_and_acceptance_result(client: Client, gia_lai):
    project = actions.start_project(make_project(gia_lai), by=gia_lai.manager)
    report = Deliverable.objects.get(stage__project=project, code="D1")
    steps.issue(report, gia_lai)
    client.force_login(gia_lai.manager)
    row = client.get(f"/projects/{project.code}/").content.decode()
    page = client.get(f"/projects/{project.code}/deliverables/{report.pk}/").content.decode()
    assert "01/BC-CCTĐC" in row
    assert report.document.issued.get_absolute_url() in row
    assert report.get_status_display() in row
    assert page.count("Meets the requirements") == 2
