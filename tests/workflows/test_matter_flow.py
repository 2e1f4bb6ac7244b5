"""Matters as steps: difficulties reach the leader, directions are followed, questions stop the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices.models import Message
from people.models import AuditEvent, Membership, User
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Matter
from tests.factories import desk
from tests.factories.matters import TEXT, difficulty, direction, soon
from tests.factories.people import member
from workflows import absences, engine, handover, inbox, matters
from workflows.errors import NotYourTask
from workflows.models import MatterProcess, Turn
from workflows.nodes import CLOSED
from worktime.working_days import Calendar


@pytest.fixture
def blocker(gia_lai, project):
    return difficulty(project, by=gia_lai.helper, to=gia_lai.leader)


@pytest.fixture
def check(gia_lai, deliverable):
    """The clerk has the format check."""
    task = desk.step(desk.submitted(deliverable, gia_lai), "check_format")
    handover.claim(task, by=gia_lai.clerk)
    return task


def answer(matter, user, words="Dùng mẫu số 2"):
    return engine.perform(matters.open_step(matter), user=user, data={"answer": words})


def ask(task, user, text="Số liệu này lấy ở đâu?"):
    return matters.ask_author(task, text=text, due_on=soon(3), by=user)


def turn(task):
    return Turn.objects.get(task=task)


def page(browser, url):
    return browser.get(url).content.decode()


# --- difficulties ----------------------------------------------------------------------------------
@pytest.mark.requirement("QT-IV.2")
def test_a_difficulty_is_in_the_leaders_inbox_and_the_reply_reaches_who_reported_it(as_user, gia_lai, project):
    url = f"/projects/{project.code}/matters/"
    form = as_user(gia_lai.helper).get(f"{url}report/").context["form"]
    assert form["addressee"].value() == gia_lai.leader.pk

    answers = {"text": TEXT, "needed": "Chọn mẫu", "addressee": gia_lai.leader.pk, "due_on": f"{soon():%d/%m/%Y}"}
    assert as_user(gia_lai.helper).post(f"{url}report/", answers).status_code == 302
    [task] = inbox.mine(gia_lai.leader)
    assert TEXT in page(as_user(gia_lai.leader), f"/tasks/{task.pk}/")
    as_user(gia_lai.leader).post(f"/tasks/{task.pk}/", {"answer": "Dùng mẫu số 2 của Chi cục"})

    assert "Dùng mẫu số 2 của Chi cục" in page(as_user(gia_lai.helper), url)
    assert set(Message.objects.values_list("event", "recipient")) >= {
        ("matter.raised", gia_lai.leader.pk),
        ("matter.answered", gia_lai.helper.pk),
    }


def test_an_open_difficulty_is_listed_until_it_is_answered(as_user, gia_lai, project, blocker):
    url = f"/projects/{project.code}/matters/"
    waiting = as_user(gia_lai.clerk).get(url).context["waiting"]
    answer(blocker, gia_lai.leader)
    after = as_user(gia_lai.clerk).get(url).context

    assert [row["matter"] for row in waiting] == [blocker]
    assert (after["waiting"], [row["matter"] for row in after["closed"]]) == ([], [blocker])


def test_only_who_is_asked_can_do_the_step(gia_lai, blocker):
    with pytest.raises(NotYourTask):
        answer(blocker, gia_lai.manager)


def test_the_step_is_asked_of_one_person_and_cannot_be_given_to_all(gia_lai, blocker):
    with pytest.raises(NotYourTask):
        handover.release(matters.open_step(blocker), by=gia_lai.leader)


def test_a_matter_that_is_handed_over_asks_the_new_person(gia_lai, blocker):
    second = member("gl-lanhdao2", Membership.Role.LEADER, gia_lai.organisation)
    task = matters.open_step(blocker)
    assert gia_lai.helper not in handover.candidates(task)

    handover.reassign(task, to=second, by=gia_lai.leader, reason="Lĩnh vực của đồng chí")

    blocker.refresh_from_db()
    assert blocker.addressee == second
    answer(blocker, second)


def test_the_answer_ends_the_run(gia_lai, blocker):
    answer(blocker, gia_lai.leader)
    assert MatterProcess.objects.get().status in CLOSED


def test_taking_it_back_cancels_the_run_and_the_step(gia_lai, blocker):
    matters.withdraw_matter(blocker, by=gia_lai.helper)

    assert MatterProcess.objects.get().status in CLOSED
    assert not inbox.mine(gia_lai.leader).exists()


def test_after_the_answer_it_cannot_be_taken_back(gia_lai, blocker):
    answer(blocker, gia_lai.leader)
    with pytest.raises(NotAllowedNow):
        matters.withdraw_matter(blocker, by=gia_lai.helper)


def test_the_substitute_of_a_leader_answers_for_them(gia_lai, project):
    today = timezone.localdate()
    absences.enter(gia_lai.leader, substitute=gia_lai.clerk, starts_on=today, ends_on=today, by=gia_lai.leader)
    matter = difficulty(project, by=gia_lai.helper, to=gia_lai.leader)

    answer(matter, User.objects.get(pk=gia_lai.clerk.pk))

    matter.refresh_from_db()
    assert matter.answered_by == gia_lai.clerk
    assert AuditEvent.objects.get(verb="matter.answered").facts["acting_for"] == gia_lai.leader.pk


def test_a_substitute_does_not_answer_what_they_asked(gia_lai, project):
    today = timezone.localdate()
    absences.enter(gia_lai.leader, substitute=gia_lai.helper, starts_on=today, ends_on=today, by=gia_lai.leader)
    matter = difficulty(project, by=gia_lai.helper, to=gia_lai.leader)

    assert matters.open_step(matter).owner == gia_lai.leader


# --- directions ------------------------------------------------------------------------------------
def test_a_direction_becomes_a_step_with_a_day_that_is_followed_until_it_is_done(as_user, gia_lai, project):
    answers = {"text": "Họp các chủ thể", "addressee": gia_lai.manager.pk, "due_on": f"{soon(10):%d/%m/%Y}"}
    as_user(gia_lai.leader).post(f"/projects/{project.code}/matters/direct/", answers)

    matter = Matter.objects.get()
    task = inbox.for_list(inbox.mine(gia_lai.manager)).get(owner_permission="workflows.answer_matter")
    assert (matter.kind, task.due_on) == (Matter.Kind.DIRECTION, soon(10))
    assert task in inbox.waiting_for_others(gia_lai.leader)


def test_a_manager_gives_no_direction(as_user, gia_lai, project):
    assert as_user(gia_lai.manager).get(f"/projects/{project.code}/matters/direct/").status_code == 403


# --- questions -------------------------------------------------------------------------------------
def test_a_question_goes_to_who_submitted_the_paper_and_stops_the_clock(gia_lai, check):
    matter = ask(check, gia_lai.clerk)

    assert matter.addressee == gia_lai.manager
    assert turn(check).paused_at is not None


def test_the_answer_lets_the_clock_go_on_later_by_the_days_it_stood_still(gia_lai, check):
    due = turn(check).due_on
    matter = ask(check, gia_lai.clerk)
    then = timezone.now() - timedelta(days=7)
    Turn.objects.filter(task=check).update(paused_at=then)

    answer(matter, gia_lai.manager)

    calendar = Calendar()
    stood = calendar.between(timezone.localdate(then), timezone.localdate())
    assert turn(check).paused_at is None
    assert turn(check).due_on == calendar.add(due, stood)


def test_taking_the_question_back_lets_the_clock_go_on(gia_lai, check):
    matters.withdraw_matter(ask(check, gia_lai.clerk), by=gia_lai.clerk)
    assert turn(check).paused_at is None


def test_one_question_at_a_time(gia_lai, check):
    ask(check, gia_lai.clerk)
    with pytest.raises(NotAllowedNow, match="still open"):
        ask(check, gia_lai.clerk)


def test_the_clocks_of_all_reviewers_stand_still_until_the_last_question_is_answered(gia_lai, deliverable):
    desk.in_review(deliverable, gia_lai)
    first, second, _third = gia_lai.reviewers
    one = ask(desk.step(deliverable, "review", first), first)
    two = ask(desk.step(deliverable, "review", second), second)
    standing = Turn.objects.filter(paused_at__isnull=False)
    assert standing.count() == 3

    answer(one, gia_lai.manager)
    assert standing.count() == 3
    answer(two, gia_lai.manager)
    assert standing.count() == 0


def test_who_has_no_step_of_the_paper_asks_nothing(gia_lai, check):
    for person in (gia_lai.reviewers[0], gia_lai.leader, gia_lai.manager):
        with pytest.raises(NotAllowedForYou):
            ask(check, person)


def test_a_free_step_must_be_taken_before_asking(gia_lai, deliverable):
    task = desk.step(desk.submitted(deliverable, gia_lai), "check_format")
    with pytest.raises(NotAllowedForYou):
        ask(task, gia_lai.clerk)


def test_a_paper_with_its_author_has_no_questions(gia_lai, deliverable):
    with pytest.raises(NotAllowedForYou):
        ask(desk.step(deliverable, "prepare"), gia_lai.manager)


def test_a_substitute_who_no_longer_works_on_it_is_not_asked(gia_lai, deliverable):
    today = timezone.localdate()
    absence = absences.enter(
        gia_lai.manager, substitute=gia_lai.helper, starts_on=today, ends_on=today, by=gia_lai.manager
    )
    handover.take_over(desk.step(deliverable, "prepare"), by=User.objects.get(pk=gia_lai.helper.pk))
    desk.draft(deliverable)
    desk.do(deliverable, "prepare", User.objects.get(pk=gia_lai.helper.pk))
    absences.end(absence, by=gia_lai.manager)
    check = desk.step(deliverable, "check_format")
    handover.claim(check, by=gia_lai.clerk)

    assert ask(check, gia_lai.clerk).addressee == gia_lai.manager


def test_the_page_of_the_step_asks_and_shows_the_answer(as_user, gia_lai, check):
    browser, url = as_user(gia_lai.clerk), f"/tasks/{check.pk}/"
    assert f"{url}ask/" in page(browser, url)

    browser.post(f"{url}ask/", {"text": "Số liệu lấy ở đâu?", "due_on": f"{soon(3):%d/%m/%Y}"})
    matter = Matter.objects.get()
    assert "Clock stopped since" in page(browser, url)
    to_answer = as_user(gia_lai.manager).get(f"/projects/{matter.project.code}/matters/{matter.pk}/answer/")
    as_user(gia_lai.manager).post(to_answer["Location"], {"answer": "Niên giám thống kê 2021"})

    assert "Niên giám thống kê 2021" in page(browser, url)


def test_the_author_finds_no_way_to_ask_themselves(as_user, gia_lai, check):
    url = f"/tasks/{check.pk}/ask/"
    assert as_user(gia_lai.manager).get(url).status_code == 403
    assert as_user(gia_lai.manager).post(url, {"text": "?", "due_on": "01/01/2030"}).status_code == 403


# --- bad input -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"text": "\0", "addressee": "\0", "due_on": "\0", "milestone": "\0"},
        {"text": "x", "addressee": "999999999999999999999", "due_on": "31/02/2026", "milestone": "x"},
        {"text": "x" * 5000, "addressee": "1", "due_on": "01/01/0001"},
    ],
)
def test_bad_answers_are_no_error(as_user, gia_lai, project, check, answers):
    assert as_user(gia_lai.helper).post(f"/projects/{project.code}/matters/report/", answers).status_code == 422
    assert as_user(gia_lai.leader).post(f"/projects/{project.code}/matters/direct/", answers).status_code == 422
    assert as_user(gia_lai.clerk).post(f"/tasks/{check.pk}/ask/", answers).status_code == 422


def test_a_milestone_or_a_person_of_another_province_is_not_chosen(as_user, gia_lai, son_la, project):
    answers = {"text": TEXT, "needed": "x", "addressee": son_la.leader.pk, "due_on": f"{soon():%d/%m/%Y}"}
    assert as_user(gia_lai.helper).post(f"/projects/{project.code}/matters/report/", answers).status_code == 422


def test_a_link_cannot_take_back(as_user, gia_lai, project, blocker):
    url = f"/projects/{project.code}/matters/{blocker.pk}/withdraw/"
    assert as_user(gia_lai.helper).get(url).status_code == 405
    assert as_user(gia_lai.leader).post(url).status_code == 403
    assert as_user(gia_lai.helper).post(url).status_code == 302


def test_directions_and_difficulties_side_by_side(as_user, gia_lai, project, blocker):
    direction(project, by=gia_lai.leader, to=gia_lai.manager)
    assert len(as_user(gia_lai.leader).get(f"/projects/{project.code}/matters/").context["waiting"]) == 2
