"""resume, heal and tick: a parent whose worker died goes on, exactly once."""

import pytest
from django.core.management import CommandError, call_command

from stamps.fallback.writing import keep_up
from tests.workflows.engine.cast import case_with, child, effects, open_steps, start, state, step
from workflows import engine
from workflows.tick import JOBS, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def orphaned(writer, monkeypatch):
    """A parent that waits although its only child has ended."""
    case = case_with("a")
    process = start(case)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "after_lock_released", lambda callback: None)
        engine.perform(step(child(case, "a"), "write"), user=writer, data={"text": "ok"})
    assert state(child(case, "a")) == "DONE"
    assert open_steps(process) == ["pieces"]
    return process


def test_a_waiting_parent_is_healed(orphaned):
    assert engine.heal() == 1

    assert state(orphaned) == "DONE"
    assert effects()["closed K1"] == 1


def test_healing_twice_heals_once(orphaned):
    assert [engine.heal(), engine.heal()] == [1, 0]
    assert effects()["closed K1"] == 1


def test_resume_can_be_called_any_number_of_times(orphaned):
    parent_task = step(orphaned, "pieces")

    assert [engine.resume(parent_task.pk) for _ in range(3)] == [True, False, False]
    assert effects()["closed K1"] == 1


def test_resume_does_nothing_while_a_child_runs():
    process = start(case_with("a"))

    assert not engine.resume(step(process, "pieces").pk)
    assert open_steps(process) == ["pieces"]


def test_resume_does_nothing_for_a_step_that_is_gone_or_not_a_parent():
    case = case_with("a")
    start(case)

    assert not engine.resume(987654)
    assert not engine.resume(step(child(case, "a"), "write").pk)


def test_a_parent_with_a_running_child_is_not_touched():
    process = start(case_with("a"))

    assert engine.heal() == 0
    assert open_steps(process) == ["pieces"]


def test_one_parent_that_fails_does_not_stop_the_others(orphaned, writer, monkeypatch, caplog):
    real, refused = engine.resume, step(orphaned, "pieces").pk

    def failing(pk):
        if pk == refused:
            raise ZeroDivisionError
        return real(pk)

    case = case_with("a", name="K2")
    with monkeypatch.context() as patch:
        patch.setattr(engine, "after_lock_released", lambda callback: None)
        start(case)
        engine.perform(step(child(case, "a"), "write"), user=writer, data={"text": "ok"})
    with monkeypatch.context() as patch:
        patch.setattr(engine, "resume", failing)
        assert engine.heal() == 1

    assert effects()["closed K2"] == 1
    assert "could not go on" in caplog.text


def test_the_command_heals_and_tells(orphaned, capsys):
    call_command("tick")

    assert "parents resumed: 1" in capsys.readouterr().out
    assert state(orphaned) == "DONE"


def test_an_idle_tick_costs_at_most_a_query_a_job(django_assert_max_num_queries):
    start(case_with("a", "b"))
    keep_up()  # pages for when nothing answers: once an hour

    with django_assert_max_num_queries(len(JOBS)):
        assert tick() == dict.fromkeys(JOBS, 0)


def test_a_failing_job_does_not_stop_the_others_and_fails_the_command(orphaned, monkeypatch, capsys):
    def broken():
        raise ZeroDivisionError

    done = tick({"broken": broken, **JOBS})
    assert (done["broken"], done["parents resumed"]) == (None, 1)

    monkeypatch.setattr("workflows.management.commands.tick.tick", lambda: {"broken": None, "fine": 2})
    with pytest.raises(CommandError, match="broken"):
        call_command("tick")
    assert "fine: 2" in capsys.readouterr().out


def test_invariant_i5_sees_cases_without_work_and_work_without_case(writer):
    healthy, idle, zombie = start(case_with("a")), start(case_with("b", name="K2")), start(case_with("c", name="K3"))
    step(idle, "pieces").delete()
    type(zombie).objects.filter(pk=zombie.pk).update(status="DONE")

    found = set(engine.stranded_processes().values_list("pk", flat=True))

    assert healthy.pk not in found
    assert found == {idle.pk, zombie.pk}
