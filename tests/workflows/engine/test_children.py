"""Children: a parent runs child cases and goes on when all have ended."""

import pytest
from viewflow.workflow.models import Process

from tests.workflows.engine.cast import case_with, child, effects, open_steps, start, state, step
from tests.workflows.engine.machinery.flows import CaseFlow, PieceFlow
from workflows import engine

pytestmark = pytest.mark.django_db


def write(case, name, user):
    engine.perform(step(child(case, name), "write"), user=user, data={"text": "ok"})


def test_it_starts_one_child_per_item_and_waits():
    case = case_with("a", "b")

    process = start(case)

    assert open_steps(process) == ["pieces"]
    assert [open_steps(child(case, name)) for name in ("a", "b")] == [["write"], ["write"]]


def test_without_items_it_is_passed_at_once():
    process = start(case_with())

    assert state(process) == "DONE"
    assert effects() == {"closed K1": 1}


def test_the_parent_waits_for_the_last_child(writer):
    case = case_with("a", "b")
    process = start(case)

    write(case, "a", writer)

    assert state(child(case, "a")) == "DONE"
    assert open_steps(process) == ["pieces"]


def test_the_parent_goes_on_after_the_last_child(writer):
    case = case_with("a", "b")
    process = start(case)

    write(case, "b", writer)
    write(case, "a", writer)

    assert state(process) == "DONE"
    assert effects() == {"wrote a": 1, "wrote b": 1, "closed K1": 1}


def test_a_child_that_cannot_start_leaves_no_half_started_parent(monkeypatch):
    case = case_with("a", "b")

    def second_fails(self, activation, item):
        activation.process.piece = item
        if item.name == "b":
            raise ZeroDivisionError
        return activation.process

    monkeypatch.setattr(PieceFlow, "begin", second_fails)
    with pytest.raises(ZeroDivisionError):
        start(case)

    assert Process.objects.count() == 0


def test_a_parent_that_fails_to_go_on_does_not_undo_the_childs_step(writer, monkeypatch, caplog):
    case = case_with("a")
    process = start(case)

    with monkeypatch.context() as patch:
        patch.setattr(CaseFlow.instance.node("close"), "_func", lambda activation: 1 / 0)
        write(case, "a", writer)

    assert state(child(case, "a")) == "DONE"
    assert open_steps(process) == ["pieces"]
    assert "could not go on" in caplog.text
    assert engine.heal() == 1
    assert effects() == {"wrote a": 1, "closed K1": 1}
