"""Cancelling a case: its children go with it, an ended one is refused, a parent goes on."""

import pytest

from tests.workflows.engine.cast import case_with, child, effects, open_steps, start, state, step
from tests.workflows.engine.machinery.flows import CaseFlow, PieceFlow
from workflows import engine
from workflows.errors import AlreadyClosed, AlreadyHandled

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    return case_with("a", "b")


@pytest.fixture
def process(case):
    return start(case)


def test_the_children_are_cancelled_with_their_steps(case, process):
    assert CaseFlow.instance.cancel(process)

    assert [state(process), state(child(case, "a")), state(child(case, "b"))] == ["CANCELED"] * 3
    assert open_steps(child(case, "a")) == []
    assert effects() == {}


def test_a_child_that_ended_before_stays_done(case, process, writer):
    engine.perform(step(child(case, "a"), "write"), user=writer, data={"text": "ok"})

    CaseFlow.instance.cancel(process)

    assert [state(child(case, "a")), state(child(case, "b"))] == ["DONE", "CANCELED"]


def test_an_ended_case_is_not_cancelled(writer):
    ended = start(case_with())
    assert state(ended) == "DONE"

    with pytest.raises(AlreadyClosed):
        CaseFlow.instance.cancel(ended)

    assert state(ended) == "DONE"


def test_a_stale_copy_does_not_cancel_an_ended_case(case, process, writer):
    stale = child(case, "a")
    engine.perform(step(stale, "write"), user=writer, data={"text": "ok"})
    assert stale.status == "NEW"

    with pytest.raises(AlreadyClosed):
        PieceFlow.instance.cancel(stale)


def test_not_strict_leaves_an_ended_case_alone():
    ended = start(case_with())

    assert not CaseFlow.instance.cancel(ended, strict=False)
    assert state(ended) == "DONE"


def test_a_cancelled_child_lets_its_parent_go_on(case, process, writer):
    engine.perform(step(child(case, "a"), "write"), user=writer, data={"text": "ok"})

    PieceFlow.instance.cancel(child(case, "b"))

    assert state(process) == "DONE"
    assert effects()["closed K1"] == 1


def test_a_step_of_a_cancelled_case_is_closed(case, process, writer):
    task = step(child(case, "a"), "write")
    CaseFlow.instance.cancel(process)

    with pytest.raises(AlreadyHandled):
        engine.perform(task, user=writer, data={"text": "ok"})


def test_open_votes_are_closed_with_the_case(writer, voters):
    case = case_with("v", quorum=2, voters=voters, name="K2")
    start(case)
    piece = child(case, "v")
    engine.perform(step(piece, "write"), user=writer, data={"text": "ok"})
    engine.perform(step(piece, "vote", owner=voters[0]), user=voters[0], data={"in_favour": "on"})

    PieceFlow.instance.cancel(piece)

    assert open_steps(piece) == []
    assert effects()["accepted v"] == 0
