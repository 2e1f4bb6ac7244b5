"""A pilot project runs through its five stages; gates refuse and say why."""

import pytest

from projects.actions import project as projects
from projects.errors import GateNotPassed, NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, PilotProject, StageKind
from tests.factories.projects import make_project, small_template
from tests.factories.registry import ProducerFactory, complete_product
from tests.workflows import steps
from workflows import actions
from workflows.engine import perform


def enrol(project, office, *, products, producers=None):
    """Enrol products of as many producers (or of fewer)."""
    makers = [ProducerFactory(province=office.province) for _ in range(producers or products)]
    for number in range(products):
        maker = makers[number % len(makers)]
        product = complete_product(maker, number=number // len(makers) + 1, name=f"Sản phẩm {number}", gtin=None)
        projects.enrol_product(project, product, by=office.manager)


def run_stages(project, office, *, until="accept"):
    """Issue every deliverable and close every stage, up to the step `until`."""
    for kind in StageKind.values:
        for paper in Deliverable.objects.filter(stage__project=project, stage__kind=kind):
            steps.issue(paper, office)
        if until == f"close_{kind}":
            return
        perform(steps.project_step(project, f"close_{kind}"), user=office.manager, data={})


def started(office, **template):
    project = make_project(office, template=small_template(**template))
    return actions.start_project(project, by=office.manager)


def test_starting_opens_the_survey_stage_and_its_deliverables_only(gia_lai):
    project = started(gia_lai)
    assert [stage.kind for stage in project.stages.all() if stage.is_open] == [StageKind.SURVEY]
    drafting = Deliverable.objects.filter(stage__project=project, status="drafting")
    assert [paper.code for paper in drafting] == ["D1"]


def test_a_whole_project_ends_accepted(gia_lai):
    project = started(gia_lai)
    enrol(project, gia_lai, products=2)
    run_stages(project, gia_lai)
    perform(steps.project_step(project, "accept"), user=gia_lai.leader, data={"confirm": "on"})
    project.refresh_from_db()
    assert project.status == PilotProject.Status.ACCEPTED
    assert project.accepted_by == gia_lai.leader
    assert all(stage.closed_at for stage in project.stages.all())


def test_a_stage_does_not_close_while_a_deliverable_is_missing(gia_lai):
    project = started(gia_lai)
    with pytest.raises(StopIteration):
        steps.project_step(project, "close_survey")


@pytest.mark.requirement("GL-2.K")
@pytest.mark.parametrize(
    ("products", "producers", "reason"),
    [
        pytest.param(16, 16, "16 products are enrolled, at least 17", id="16_products"),
        pytest.param(17, 16, "belong to 16 producers, at least 17", id="17_products_of_16_producers"),
    ],
)
def test_the_closing_gate_refuses_a_smaller_scale_and_says_why(gia_lai, products, producers, reason):
    project = started(gia_lai, products=17)
    enrol(project, gia_lai, products=products, producers=producers)
    run_stages(project, gia_lai)
    with pytest.raises(GateNotPassed, match=reason):
        perform(steps.project_step(project, "accept"), user=gia_lai.leader, data={"confirm": "on"})
    project.refresh_from_db()
    assert project.status == PilotProject.Status.RUNNING


@pytest.mark.requirement("GL-2.K")
def test_the_closing_gate_opens_with_17_products_of_17_producers(gia_lai):
    project = started(gia_lai, products=17)
    enrol(project, gia_lai, products=17)
    run_stages(project, gia_lai)
    perform(steps.project_step(project, "accept"), user=gia_lai.leader, data={"confirm": "on"})
    project.refresh_from_db()
    assert project.status == PilotProject.Status.ACCEPTED


def test_an_unknown_gate_rule_keeps_the_gate_shut(gia_lai):
    project = started(gia_lai)
    project.gate_rules.create(rule="khong-ai-biet", minimum=1, stage=project.stage("survey"))
    run_stages(project, gia_lai, until="close_survey")
    with pytest.raises(GateNotPassed, match="khong-ai-biet"):
        perform(steps.project_step(project, "close_survey"), user=gia_lai.manager, data={})


def test_editing_the_template_does_not_disturb_a_running_project(gia_lai):
    template = small_template()
    project = make_project(gia_lai, template=template)
    template.gates.update(minimum=99)
    template.stages.first().deliverables.update(title="Tên khác")
    assert set(project.gate_rules.values_list("minimum", flat=True)) == {2}
    assert not Deliverable.objects.filter(title="Tên khác").exists()


@pytest.mark.requirement("GL-04")
def test_a_project_without_a_receiving_party_does_not_start(gia_lai):
    project = make_project(gia_lai)
    assert project.receiving_parties.count() >= 1
    project.receiving_parties.all().delete()
    with pytest.raises(NotAllowedNow, match="receiving party"):
        actions.start_project(project, by=gia_lai.manager)


def test_a_project_starts_once(gia_lai):
    project = started(gia_lai)
    with pytest.raises(NotAllowedNow, match="already"):
        actions.start_project(project, by=gia_lai.manager)


def test_a_manager_of_another_province_cannot_start_it(gia_lai, son_la):
    project = make_project(gia_lai)
    with pytest.raises(NotAllowedForYou):
        actions.start_project(project, by=son_la.manager)
