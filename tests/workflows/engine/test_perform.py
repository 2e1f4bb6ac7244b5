"""perform, claim, release, reassign: the one way in which people's steps change."""

import pytest

from tests.workflows.engine.cast import case_with, child, effects, open_steps, start, state, step
from workflows import engine
from workflows.errors import AlreadyHandled, CannotTake, FormInvalid, NotYourTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(db):
    case = case_with("a")
    start(case)
    return step(child(case, "a"), "write")


def test_it_saves_the_form_and_goes_on(task, writer):
    done = engine.perform(task, user=writer, data={"text": "ok"})

    assert (done.status, done.owner) == ("DONE", writer)
    assert done.finished is not None
    assert state(task.process) == "DONE"
    assert effects()["wrote a"] == 1


def test_it_returns_the_bound_form_with_its_errors_and_changes_nothing(task, writer):
    with pytest.raises(FormInvalid) as caught:
        engine.perform(task, user=writer, data={"text": ""})

    assert "text" in caught.value.form.errors
    assert caught.value.form.is_bound
    task.refresh_from_db()
    assert (task.status, task.owner) == ("NEW", None)
    assert effects() == {}


def test_missing_answers_are_errors_of_the_form(task, writer):
    with pytest.raises(FormInvalid):
        engine.perform(task, user=writer)


def test_a_second_submit_has_no_effect_and_names_who_and_when(task, writer, settings):
    engine.perform(task, user=writer, data={"text": "ok"})
    stale = type(task).objects.get(pk=task.pk)

    with pytest.raises(AlreadyHandled, match=r"Write.*writer \(giả lập\)"):
        engine.perform(stale, user=writer, data={"text": "ok"})

    assert effects()["wrote a"] == 1


def test_a_stale_copy_of_the_step_is_read_again(task, writer):
    stale = type(task).objects.get(pk=task.pk)
    engine.perform(task, user=writer, data={"text": "ok"})
    assert stale.status == "NEW"

    with pytest.raises(AlreadyHandled):
        engine.perform(stale, user=writer, data={"text": "ok"})


def test_it_refuses_a_stranger(task, stranger):
    with pytest.raises(NotYourTask):
        engine.perform(task, user=stranger, data={"text": "ok"})

    assert effects() == {}


def test_it_refuses_a_colleague_when_the_step_is_taken(task, writer, colleague):
    engine.claim(task, user=writer)

    with pytest.raises(NotYourTask, match="writer"):
        engine.perform(task, user=colleague, data={"text": "ok"})


def test_a_failing_action_leaves_the_step_open_and_nothing_half_done(task, writer):
    with pytest.raises(ZeroDivisionError):
        engine.perform(task, user=writer, data={"text": "break"})

    task.refresh_from_db()
    assert task.status == "NEW"
    assert effects() == {}


def test_a_step_that_is_not_a_persons_is_refused(task, writer):
    parents = step(task.process.parent_task.process, "pieces")

    with pytest.raises(AlreadyHandled):
        engine.perform(parents, user=writer, data={"text": "ok"})


def test_claiming_twice_is_the_same_as_once(task, writer):
    engine.claim(task, user=writer)

    assert engine.claim(task, user=writer).owner == writer


def test_a_colleague_cannot_claim_a_taken_step(task, writer, colleague):
    engine.claim(task, user=writer)

    with pytest.raises(NotYourTask):
        engine.claim(task, user=colleague)


def test_a_released_step_may_be_claimed_by_a_colleague(task, writer, colleague):
    engine.claim(task, user=writer)

    engine.release(task, by=writer)

    assert engine.claim(task, user=colleague).owner == colleague


def test_only_its_owner_or_a_manager_releases_a_step(task, writer, colleague):
    engine.claim(task, user=writer)

    with pytest.raises(NotYourTask):
        engine.release(task, by=colleague)


def test_releasing_a_step_that_nobody_took_changes_nothing(task, writer):
    assert engine.release(task, by=writer).status == "NEW"


def test_a_vote_is_not_given_back_to_all_but_may_be_handed_over(writer, voters):
    case = case_with("v", quorum=2, voters=voters[:2], name="K2")
    start(case)
    piece = child(case, "v")
    engine.perform(step(piece, "write"), user=writer, data={"text": "ok"})
    vote = step(piece, "vote", owner=voters[0])

    with pytest.raises(NotYourTask):
        engine.release(vote, by=voters[0])

    assert engine.reassign(vote, to=voters[2]).owner == voters[2]


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not_taken"])
def test_a_step_is_handed_over(task, writer, colleague, taken):
    if taken:
        engine.claim(task, user=writer)

    engine.reassign(task, to=colleague)

    task.refresh_from_db()
    assert (task.status, task.owner) == ("ASSIGNED", colleague)


def test_a_step_is_not_handed_to_someone_without_its_permission(task, stranger):
    with pytest.raises(CannotTake, match="stranger"):
        engine.reassign(task, to=stranger)


def test_a_closed_step_is_not_claimed_released_or_handed_over(task, writer, colleague):
    engine.perform(task, user=writer, data={"text": "ok"})

    for attempt in (
        lambda: engine.claim(task, user=writer),
        lambda: engine.release(task, by=writer),
        lambda: engine.reassign(task, to=colleague),
    ):
        with pytest.raises(AlreadyHandled):
            attempt()


def test_the_whole_case_ends_through_perform_alone(writer):
    case = case_with("a", "b", "c")
    process = start(case)

    for name in ("a", "b", "c"):
        engine.perform(step(child(case, name), "write"), user=writer, data={"text": "ok"})

    assert state(process) == "DONE"
    assert open_steps(process) == []
