"""What the processes do that the kill tests of the whole case kill. Each runs in its own: `tests.kill.run`."""

from __future__ import annotations

import signal
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import transaction
from viewflow.workflow.signals import flow_finished

from documents.models import NumberSeries, RegisterEntry
from jobs.worker import Worker
from projects.models import Deliverable, PilotProject, StageKind
from stamps.models import SerialCounter, StampBatch, StampOrder
from tests.factories import people
from tests.factories.databases import make_tables
from tests.factories.people import Office
from tests.ground import world
from tests.kill import READY, here, say
from workflows.flows import DeliverableFlow
from workflows.models import PilotModelProcess

PAPERS, ORDERS, EACH = 5, 8, 4


def build() -> None:
    """Make GL-01 with papers on the leader's desk, and GL-02 in rollout with orders waiting for approval."""
    make_tables()
    office = people.gia_lai()
    rollout = world.started_project(office, code="GL-02")
    world.open_rollout(rollout, office)
    for _number in range(ORDERS):
        world.ordered(rollout.enrolments.get(), office, quantity=EACH)
    project = world.project_of_many_papers(office, PAPERS, code="GL-01")
    for paper in project.stage(StageKind.SURVEY).deliverables.all():
        world.to_the_leader(paper, office)


def approve_papers() -> None:
    """Approve one paper after another as the leader, and say so after each."""
    here(READY)
    for paper in waiting_papers():
        approve(paper)
        say(paper.pk)
    signal.pause()


def approve_the_last() -> None:
    """Approve all papers, and pass the place between the last one's commit and the stage's going on."""
    *others, last = waiting_papers()
    for paper in others:
        approve(paper)

    def at_the_end(sender: Any, process: Any, **kwargs: Any) -> None:
        transaction.on_commit(lambda: here("paper issued"))

    flow_finished.connect(at_the_end, sender=DeliverableFlow)
    approve(last)


def issue_stamps() -> None:
    """Approve one order after another and print its sheet; say so after each."""
    here(READY)
    for order in waiting_orders():
        issue(order)
        say(order.pk)
    signal.pause()


def recover() -> None:
    """Work and tick as a restarted server does, then let the people finish; tells what is there before and after."""
    office = people.gia_lai()
    Worker().run(until_empty=True)  # takes up what the dead worker held, within half a second of any start
    call_command("tick", verbosity=0)
    say({"broken": broken(), **state()})
    for paper in waiting_papers():
        approve(paper)
    for order in waiting_orders():
        issue(order)
    world.close(PilotProject.objects.get(code="GL-01"), StageKind.SURVEY, office)
    say({"broken": broken(), **state()})


def waiting_papers() -> list[Deliverable]:
    return list(Deliverable.objects.filter(status="with_leader").order_by("pk"))


def waiting_orders() -> list[StampOrder]:
    return list(StampOrder.objects.filter(status="requested").order_by("pk"))


def approve(paper: Deliverable) -> None:
    world.do(world.process_of(paper), "approve", office().leader, world.APPROVE)


def issue(order: StampOrder) -> None:
    world.decide(order, office())
    world.stamps.print_a4(StampBatch.objects.get(order=order), by=office().stamp_officer)
    Worker().run(until_empty=True)


def office() -> Office:
    return people.gia_lai()


def broken() -> list[str]:
    """The violations that `manage.py invariants` prints."""
    output = StringIO()
    try:
        call_command("invariants", stdout=output)
    except CommandError:
        return [line for line in output.getvalue().splitlines() if line.startswith("  ")]
    return []


def state() -> dict[str, Any]:
    """Who has which number, and how far the stage is."""
    survey = PilotProject.objects.get(code="GL-01").stage(StageKind.SURVEY)
    papers = RegisterEntry.objects.filter(version__document__deliverable__stage=survey)
    process = PilotModelProcess.objects.get(project__code="GL-01")
    steps = process.task_set.filter(finished=None)
    return {
        "issued": sorted(papers.values_list("version__document__deliverable", flat=True)),
        "numbers": sorted(papers.values_list("series__symbol", "number")),
        "counters": dict(NumberSeries.objects.values_list("symbol", "last_number")),
        "stamped": sorted(StampBatch.objects.values_list("order", flat=True)),
        "ranges": sorted(StampBatch.objects.values_list("start", "end")),
        "next": SerialCounter.objects.values_list("next_index", flat=True).first() or 0,
        "steps": sorted(task.flow_task.name for task in steps),
    }
