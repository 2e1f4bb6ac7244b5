"""A step that waits for a fact: passed at once, by a poke, by the tick; once, and never too early."""

import pytest
from viewflow.workflow.models import Task

from tests.workflows.engine.cast import effects, open_steps, state
from tests.workflows.engine.machinery.flows import WaitingFlow
from tests.workflows.engine.machinery.models import Case
from workflows import engine
from workflows.tick import JOBS

pytestmark = pytest.mark.django_db


def waiting(name="K1"):
    return WaitingFlow.start.run(case=Case.objects.create(name=name))


def make_ready(process):
    Case.objects.filter(pk=process.case_id).update(name="ready")


def steps_of(process):
    return Task.objects.filter(process_id=process.pk)


def test_it_is_passed_at_once_when_the_fact_is_there():
    process = waiting("ready")
    assert state(process) == "DONE"
    assert effects() == {f"passed {process.case_id}": 1}


def test_it_stays_open_until_the_fact_is_there():
    process = waiting()
    engine.poke(steps_of(process))
    assert engine.pass_waits() == 0
    assert open_steps(process) == ["hold"]


def test_a_poke_lets_it_go_on_and_a_second_one_does_nothing():
    process = waiting()
    make_ready(process)
    engine.poke(steps_of(process))
    engine.poke(steps_of(process))
    assert state(process) == "DONE"
    assert effects() == {f"passed {process.case_id}": 1}


def test_a_poke_touches_nobody_else():
    poked, other = waiting(), waiting("K2")
    make_ready(poked), make_ready(other)
    engine.poke(steps_of(poked))
    assert (state(poked), state(other)) == ("DONE", "NEW")


def test_a_poke_from_inside_another_case_waits_for_its_lock_to_be_released():
    process, other = waiting(), waiting("K2")
    make_ready(process)
    with WaitingFlow.instance.lock(other.pk):
        engine.poke(steps_of(process))
        assert state(process) == "NEW", "two locks at once could be taken in any order"
    assert state(process) == "DONE"


def test_the_tick_finds_what_a_dead_worker_did_not_poke():
    process = waiting()
    make_ready(process)
    assert [JOBS["waiting steps passed"](), JOBS["waiting steps passed"]()] == [1, 0]
    assert state(process) == "DONE"


def test_one_that_fails_does_not_stop_the_others(monkeypatch, caplog):
    first, second = waiting(), waiting("K2")
    make_ready(first), make_ready(second)
    real, broken = engine._go_on, steps_of(first).get(finished=None).pk

    def failing(pk, task_type):
        if pk == broken:
            raise ZeroDivisionError
        return real(pk, task_type)

    monkeypatch.setattr(engine, "_go_on", failing)
    assert engine.pass_waits() == 1
    assert (state(first), state(second)) == ("NEW", "DONE")
    assert "could not go on" in caplog.text


def test_a_cancelled_case_waits_for_nothing_and_is_not_passed_later():
    process = waiting()
    WaitingFlow.instance.cancel(process)
    make_ready(process)
    assert engine.pass_waits() == 0
    assert (state(process), open_steps(process)) == ("CANCELED", [])


def test_looking_for_waiting_steps_is_one_question(django_assert_num_queries):
    waiting(), waiting("K2")
    with django_assert_num_queries(1):
        assert engine.pass_waits() == 0
