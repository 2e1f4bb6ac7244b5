"""What the processes do that the kill tests kill. Each runs in a process of its own: `tests.kill.run`."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from viewflow.workflow.models import Process, Task
from viewflow.workflow.signals import flow_finished

from tests.kill import READY, here, say
from tests.workflows.engine.cast import case_with, child, effects, open_steps, person, start, step
from tests.workflows.engine.machinery.flows import PieceFlow, WaitingFlow
from tests.workflows.engine.machinery.models import Case
from workflows import engine


def end_the_child():
    """End the only child of a case, passing the place between its commit and its parent's resume."""
    writer, case = person("writer", "write_piece"), case_with("a")
    start(case)

    def at_the_end(sender, process, **kwargs):
        transaction.on_commit(lambda: here("child committed"))

    flow_finished.connect(at_the_end, sender=PieceFlow)
    engine.perform(step(child(case, "a"), "write"), user=writer, data={"text": "ok"})
    here("parent resumed")


def poke_a_waiting_case():
    """Bring about what a case waits for, passing the place between that commit and the poke."""
    process = WaitingFlow.start.run(case=Case.objects.create(name="K1"))
    Case.objects.update(name="ready")
    here("fact committed")
    engine.poke(Task.objects.filter(process_id=process.pk))
    here("case went on")


def look_at_the_wait():
    """Tell where the waiting case is."""
    process = Case.objects.get().processes.get()
    say({"state": process.status, "open": open_steps(process), "effects": sum(effects().values())})


def work_for_ever():
    """Run one case of two voted pieces after another until killed."""
    writer = person("writer", "write_piece")
    voters = [person(f"voter{number}", "vote_on_piece") for number in (1, 2)]
    here(READY)
    for number in range(10_000):
        case = case_with("a", "b", quorum=2, voters=voters, name=f"K{number}")
        start(case)
        for name in ("a", "b"):
            engine.perform(step(child(case, name), "write"), user=writer, data={"text": "ok"})
            for voter in voters:
                engine.perform(step(child(case, name), "vote", owner=voter), user=voter, data={"in_favour": "on"})


def tick():
    """Run the command, as cron would."""
    call_command("tick", verbosity=0)


def look():
    """Tell what is in the database."""
    process = Case.objects.get().processes.get()
    say({"parent": process.status, "open": open_steps(process), "effects": effects()})


def inspect_and_finish():
    """Heal, tell what is broken, then bring every open case to its end through its own steps."""
    say({"healed": engine.heal(), "stranded": list(engine.stranded_processes().values_list("pk", flat=True))})
    _drain()
    say({"open": Process.objects.filter(status="NEW").count(), "effects": effects(), "cases": _started_cases()})


def _started_cases():
    return [case.name for case in Case.objects.filter(processes__isnull=False)]


def _drain():
    """Do open steps until there are none; only writing has no owner."""
    while task := Task.objects.filter(status__in=("NEW", "ASSIGNED")).order_by("pk").first():
        user = task.owner or get_user_model().objects.get(username="writer")
        engine.perform(task, user=user, data={"text": "ok", "in_favour": "on"})
