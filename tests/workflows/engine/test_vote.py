"""Each and Join: parallel steps for several people, with a quorum."""

import pytest
from viewflow.workflow.models import Task

from tests.workflows.engine.cast import case_with, child, effects, open_steps, person, start, state, step
from workflows import engine
from workflows.errors import AlreadyHandled, NothingToShareOut

pytestmark = pytest.mark.django_db


def under_vote(writer, voters, quorum=2):
    case = case_with("a", quorum=quorum, voters=voters)
    start(case)
    piece = child(case, "a")
    engine.perform(step(piece, "write"), user=writer, data={"text": "ok"})
    return piece


def vote(piece, voter, in_favour="on"):
    return engine.perform(step(piece, "vote", owner=voter), user=voter, data={"in_favour": in_favour})


def test_each_item_gets_its_own_step_and_owner(writer, voters):
    piece = under_vote(writer, voters)

    steps = Task.objects.filter(process=piece, flow_task=piece.flow_class.instance.node("vote"), status="ASSIGNED")
    assert {(task.owner, task.seed.voter) for task in steps} == {(voter, voter) for voter in voters}


def test_one_vote_of_two_does_not_decide(writer, voters):
    piece = under_vote(writer, voters)

    vote(piece, voters[0])

    assert open_steps(piece) == ["tally", "vote", "vote"]
    assert effects()["accepted a"] == 0


def test_the_quorum_decides_and_closes_the_rest(writer, voters):
    piece = under_vote(writer, voters)

    vote(piece, voters[0])
    vote(piece, voters[1])

    assert state(piece) == "DONE"
    assert step(piece, "vote", owner=voters[2]).status == "CANCELED"
    assert effects()["accepted a"] == 1


def test_a_vote_after_the_quorum_is_told_that_the_step_is_closed(writer, voters):
    piece = under_vote(writer, voters)
    vote(piece, voters[0])
    vote(piece, voters[1])

    with pytest.raises(AlreadyHandled, match="Vote"):
        vote(piece, voters[2])

    assert effects()["voted on a"] == 2


def test_votes_against_do_not_count_and_the_join_waits_for_all(writer, voters):
    piece = under_vote(writer, voters)

    vote(piece, voters[0], in_favour="")
    vote(piece, voters[1], in_favour="")
    assert open_steps(piece) == ["tally", "vote"]
    vote(piece, voters[2])

    assert state(piece) == "DONE"


def test_a_split_into_nothing_is_refused_and_nothing_changes(writer):
    case = case_with("a", quorum=1)
    start(case)
    piece = child(case, "a")

    with pytest.raises(NothingToShareOut):
        engine.perform(step(piece, "write"), user=writer, data={"text": "ok"})

    assert open_steps(piece) == ["write"]
    assert effects() == {}


def test_two_cases_under_vote_do_not_mix(writer, voters):
    first, second = under_vote(writer, voters), under_vote(writer, [person("voter4", "vote_on_piece")], quorum=1)

    vote(first, voters[0])
    vote(first, voters[1])

    assert state(first) == "DONE"
    assert open_steps(second) == ["vote"]
