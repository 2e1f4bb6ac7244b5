"""UserTask: who may take and do a step, and what revive and cancel must not forget."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from viewflow.fsm import TransitionNotAllowed
from viewflow.workflow.models import Task
from viewflow.workflow.timers import fire_due_timers

from tests.workflows.engine.cast import case_with, child, open_steps, start, state, step
from tests.workflows.engine.machinery.flows import TimedFlow
from workflows import engine

pytestmark = pytest.mark.django_db


class OneCaseBackend:
    """Grants every permission, but only for the case named K1."""

    def has_perm(self, user, permission, obj=None):
        return obj is not None and obj.name == "K1"


def timed():
    return TimedFlow.start.run(item=case_with("a").pieces.get())


def cancel_step(task):
    with task.activation() as activation:
        activation.cancel()


def revive_step(task):
    with task.activation() as activation:
        return activation.revive()


def test_only_holders_of_the_permission_may_take_a_step(writer, stranger):
    task = step(timed(), "write")

    assert task.flow_task.can_assign(writer, task)
    assert not task.flow_task.can_assign(stranger, task)
    assert not task.flow_task.can_assign(AnonymousUser(), task)


def test_a_step_without_permission_is_closed_to_everyone(writer):
    task = step(timed(), "write")
    task.owner_permission = None

    assert not task.flow_task.can_assign(writer, task)


@pytest.mark.parametrize(("name", "granted"), [("K1", True), ("K2", False)])
def test_a_permission_for_one_case_counts_for_that_case_only(stranger, settings, monkeypatch, name, granted):
    settings.AUTHENTICATION_BACKENDS = [f"{__name__}.OneCaseBackend"]
    monkeypatch.setattr(TimedFlow.instance.node("write"), "_owner_permission_obj", lambda process: process.piece.case)

    process = TimedFlow.start.run(item=case_with("a", name=name).pieces.get())
    task = step(process, "write")
    assert task.flow_task.can_assign(stranger, task) is granted

    cancel_step(task)
    revived = revive_step(task)
    assert revived.flow_task.can_assign(stranger, revived) is granted


def test_an_owner_who_lost_the_permission_cannot_do_the_step(writer):
    task = engine.claim(step(timed(), "write"), user=writer)
    assert task.flow_task.can_execute(writer, task)

    writer.user_permissions.clear()
    former = type(writer).objects.get(pk=writer.pk)

    assert not task.flow_task.can_execute(former, task)


def test_a_dismissed_owner_cannot_do_the_step(writer):
    task = engine.claim(step(timed(), "write"), user=writer)

    writer.is_active = False

    assert not task.flow_task.can_execute(writer, task)


def test_a_revived_step_asks_for_its_permission_again(stranger):
    task = step(timed(), "write")
    cancel_step(task)

    revived = revive_step(task)

    assert (revived.status, revived.owner_permission) == ("NEW", "machinery.write_piece")
    assert not revived.flow_task.can_assign(stranger, revived)


def test_a_revived_step_goes_back_to_its_owner(writer, voters):
    case = case_with("a", quorum=2, voters=voters)
    start(case)
    piece = child(case, "a")
    engine.perform(step(piece, "write"), user=writer, data={"text": "ok"})
    task = step(piece, "vote", owner=voters[0])
    cancel_step(task)

    revived = revive_step(task)

    assert (revived.status, revived.owner) == ("ASSIGNED", voters[0])
    assert revived.seed == task.seed


def test_a_revived_step_has_its_timer_again():
    process = timed()
    task = step(process, "write")
    cancel_step(task)

    revive_step(task)

    assert open_steps(process) == ["write", "write__timeout"]


def test_a_step_of_an_ended_case_is_not_revived():
    process = timed()
    task = step(process, "write")
    TimedFlow.instance.cancel(process)

    with pytest.raises(TransitionNotAllowed):
        revive_step(task)

    assert open_steps(process) == []


def test_cancelling_a_step_disarms_its_timer():
    process = timed()

    cancel_step(step(process, "write"))

    assert step(process, "write__timeout").status == "CANCELED"


def test_doing_a_step_disarms_its_timer(writer):
    process = timed()

    engine.perform(step(process, "write"), user=writer, data={"text": "ok"})

    assert step(process, "write__timeout").status == "CANCELED"
    assert state(process) == "DONE"


def test_a_due_timer_closes_the_step_and_takes_its_route():
    process = timed()
    Task.objects.filter(status="SCHEDULED").update(scheduled=timezone.now() - timedelta(minutes=1))

    assert fire_due_timers() == 1

    assert step(process, "write").status == "CANCELED"
    assert step(process, "late").status == "DONE"
    assert state(process) == "DONE"
