"""Several people in the same second, on PostgreSQL: one effect, a clear answer, nothing stuck. R6 of the test plan."""

import functools
import threading

import pytest
from django.db import connection
from viewflow.workflow.models import Process, Task

from tests.factories.together import at_once
from tests.workflows.engine.cast import case_with, child, effects, open_steps, start, state, step
from tests.workflows.engine.machinery.flows import CaseFlow
from tests.workflows.engine.machinery.models import Effect
from workflows import engine
from workflows.errors import WorkflowError

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 12


def in_rounds(test):
    """Run the test's body many times on one database, counting effects afresh each time."""

    @functools.wraps(test)
    def run(**fixtures):
        for _ in range(ROUNDS):
            Effect.objects.all().delete()
            test(**fixtures)

    return run


def refusals(answers):
    """Names of the refusals among the answers; anything else that was raised is a fault."""
    raised = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(error, WorkflowError) for error in raised), raised
    return [type(error).__name__ for error in raised]


def writing(task, user):
    copy = Task.objects.get(pk=task.pk)  # every thread comes with its own stale copy, as every request does
    return lambda: engine.perform(copy, user=user, data={"text": "ok"})


def voting(task, user):
    copy = Task.objects.get(pk=task.pk)
    return lambda: engine.perform(copy, user=user, data={"in_favour": "on"})


@in_rounds
def test_a_double_submit_has_one_effect(writer):
    case = case_with("a")
    process = start(case)
    task = step(child(case, "a"), "write")

    answers = at_once(writing(task, writer), writing(task, writer))

    assert refusals(answers) == ["AlreadyHandled"]
    assert effects() == {"wrote a": 1, "closed K1": 1}
    assert state(process) == "DONE"


@in_rounds
def test_two_people_who_take_the_same_step_get_one_owner(writer, colleague):
    case = case_with("a", "b")
    start(case)
    task = step(child(case, "a"), "write")

    answers = at_once(writing(task, writer), writing(task, colleague))

    assert refusals(answers) == ["AlreadyHandled"]
    assert effects() == {"wrote a": 1}


@in_rounds
def test_three_votes_at_once_reach_a_quorum_of_two_once(writer, voters):
    case = case_with("a", quorum=2, voters=voters)
    process = start(case)
    piece = child(case, "a")
    engine.perform(step(piece, "write"), user=writer, data={"text": "ok"})

    answers = at_once(*[voting(step(piece, "vote", owner=voter), voter) for voter in voters])

    assert refusals(answers) == ["AlreadyHandled"]
    assert effects() == {"wrote a": 1, "voted on a": 2, "accepted a": 1, "closed K1": 1}
    assert (step(piece, "tally").status, state(process)) == ("DONE", "DONE")


@in_rounds
def test_cancel_against_finish_ends_in_one_of_the_two(writer):
    case = case_with("a")
    process = start(case)
    task = step(child(case, "a"), "write")

    answers = at_once(writing(task, writer), lambda: CaseFlow.instance.cancel(process))

    lost = refusals(answers)
    done, piece_done = effects(), state(child(case, "a")) == "DONE"
    assert (done["wrote a"] == 1) is piece_done
    if state(process) == "DONE":
        assert lost == ["AlreadyClosed"]
        assert done == {"wrote a": 1, "closed K1": 1}
    else:
        assert state(process) == "CANCELED"
        assert lost == ([] if piece_done else ["AlreadyHandled"])
        assert done["closed K1"] == 0
    assert not engine.stranded_processes().exists()
    assert open_steps(process) == []


@in_rounds
def test_two_children_that_end_at_once_resume_their_parent_once(writer, colleague):
    case = case_with("a", "b")
    process = start(case)

    answers = at_once(
        writing(step(child(case, "a"), "write"), writer), writing(step(child(case, "b"), "write"), colleague)
    )

    assert refusals(answers) == []
    assert effects() == {"wrote a": 1, "wrote b": 1, "closed K1": 1}
    assert state(process) == "DONE"


@in_rounds
def test_ticks_that_overlap_heal_a_parent_once(writer, monkeypatch):
    case = case_with("a")
    process = start(case)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "after_lock_released", lambda callback: None)
        engine.perform(step(child(case, "a"), "write"), user=writer, data={"text": "ok"})

    answers = at_once(engine.heal, engine.heal, engine.heal)

    assert sorted(answers) == [0, 0, 1]
    assert effects()["closed K1"] == 1
    assert state(process) == "DONE"


@in_rounds
def test_many_pieces_voted_on_by_many_at_once_all_end(writer, voters):
    case = case_with("a", "b", quorum=2, voters=voters)
    process = start(case)
    for name in ("a", "b"):
        engine.perform(step(child(case, name), "write"), user=writer, data={"text": "ok"})

    answers = at_once(
        *[voting(step(child(case, name), "vote", owner=voter), voter) for name in ("a", "b") for voter in voters]
    )

    assert refusals(answers) == ["AlreadyHandled"] * 2
    assert effects()["closed K1"] == 1
    assert state(process) == "DONE"
    assert not Process.objects.filter(status="NEW").exists()


def test_a_lock_that_is_not_granted_in_time_is_answered_with_busy(writer):
    case = case_with("a")
    start(case)
    task = step(child(case, "a"), "write")
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with Task.objects.get(pk=task.pk).activation():
            held.set()
            let_go.wait(10)

    def hurry():
        held.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 100")
        try:
            return writing(task, writer)()
        finally:
            let_go.set()

    answers = at_once(hold, hurry)

    assert refusals(answers) == ["Busy"]
    assert effects() == {}
