"""Substitution in the flows: what goes to the substitute, what is offered, what is refused, and what ends with it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from notices.models import Message
from people.models import Membership
from projects.models import Deliverable
from tests.factories import desk
from tests.factories.absences import acting_for, away, fresh, last, over, owner
from tests.factories.people import UserFactory, member
from tests.workflows.steps import to_leader
from workflows import absences, engine, handover, history, inbox
from workflows.actions import cancel_deliverable, restart_deliverable
from workflows.errors import NotYourTask
from workflows.models import DeliverableProcess

Role = Membership.Role


# --- steps of a group ------------------------------------------------------------------------------
def test_a_substitute_does_the_free_steps_of_the_role(gia_lai, deliverable, deputy):
    desk.submitted(deliverable, gia_lai)
    away(gia_lai.clerk, deputy)

    desk.do(deliverable, "check_format", fresh(deputy), desk.APPROVE)

    assert Deliverable.objects.get(pk=deliverable.pk).status == Deliverable.Status.IN_REVIEW
    assert last("deliverable.format_passed").facts["acting_for"] == gia_lai.clerk.pk


def test_before_the_first_day_there_is_no_right(gia_lai, deliverable, deputy):
    desk.submitted(deliverable, gia_lai)
    tomorrow = timezone.localdate() + timedelta(days=1)
    absences.enter(gia_lai.clerk, substitute=deputy, starts_on=tomorrow, ends_on=tomorrow, by=gia_lai.clerk)

    with pytest.raises(NotYourTask):
        desk.do(deliverable, "check_format", fresh(deputy), desk.APPROVE)


def test_who_holds_the_role_acts_in_their_own_right(gia_lai, deliverable):
    second = member("gl-vanthu2", Role.CLERK, gia_lai.organisation)
    desk.submitted(deliverable, gia_lai)
    away(gia_lai.clerk, second)

    desk.do(deliverable, "check_format", fresh(second), desk.APPROVE)

    assert "acting_for" not in last("deliverable.format_passed").facts


def test_a_free_step_that_a_substitute_gave_back_is_nobodys(gia_lai, deliverable, deputy):
    desk.submitted(deliverable, gia_lai)
    away(gia_lai.clerk, deputy)
    second = member("gl-vanthu2", Role.CLERK, gia_lai.organisation)
    task = desk.step(deliverable, "check_format")
    handover.claim(task, by=fresh(deputy))
    assert acting_for(task) == gia_lai.clerk
    assert last("task.claimed").facts["acting_for"] == gia_lai.clerk.pk

    handover.release(task, by=fresh(deputy))
    desk.do(deliverable, "check_format", second, desk.APPROVE)

    assert "acting_for" not in last("deliverable.format_passed").facts


# --- steps of one person ---------------------------------------------------------------------------
def test_a_new_step_goes_to_the_substitute(gia_lai, deputy):
    away(gia_lai.manager, deputy)
    project = desk.running_project(gia_lai)

    task = desk.step(desk.first_deliverable(project), "prepare")

    assert (owner(task), acting_for(task)) == (deputy, gia_lai.manager)
    assert last("task.covered").facts["absent"] == gia_lai.manager.pk


def test_an_open_step_is_offered_and_taken_over(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    away(gia_lai.manager, deputy)
    assert list(inbox.claimable(fresh(deputy))) == [task]
    assert not inbox.mine(fresh(deputy)).exists()

    handover.take_over(task, by=fresh(deputy))

    assert (owner(task), acting_for(task)) == (deputy, gia_lai.manager)
    assert history.lines([last("task.taken_over")])[0]["who"] == f"{deputy} (for {gia_lai.manager})"


def test_a_step_that_is_not_taken_over_stays_with_its_owner(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    away(gia_lai.manager, deputy)
    desk.draft(deliverable)

    with pytest.raises(NotYourTask):
        engine.perform(task, user=fresh(deputy), data={})


def test_who_does_not_cover_takes_nothing_over(gia_lai, deliverable, deputy):
    with pytest.raises(NotYourTask):
        handover.take_over(desk.step(deliverable, "prepare"), by=deputy)


@pytest.mark.parametrize("who", ["deputy", "manager"])
def test_the_substitute_or_the_absent_person_gives_it_back(gia_lai, deliverable, deputy, who):
    task = desk.step(deliverable, "prepare")
    away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))

    handover.give_back(task, by=fresh(deputy if who == "deputy" else gia_lai.manager))

    assert (owner(task), acting_for(task)) == (gia_lai.manager, None)
    assert last("task.given_back").facts["to"] == gia_lai.manager.pk


def test_a_stranger_to_the_substitution_gives_nothing_back(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))

    with pytest.raises(Exception, match="Only the substitute"):
        handover.give_back(task, by=gia_lai.clerk)


def test_who_comes_back_early_finds_what_the_substitute_has(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))

    assert list(inbox.claimable(fresh(gia_lai.manager))) == [task]


def test_a_step_that_is_handed_on_is_done_in_ones_own_right(gia_lai, deliverable, deputy):
    second = member("gl-quanly2", Role.MANAGER, gia_lai.organisation)
    task = desk.step(deliverable, "prepare")
    away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))

    handover.reassign(task, to=second, by=gia_lai.leader, reason="Đi công tác dài ngày")

    assert (owner(task), acting_for(task)) == (second, None)


def test_a_substitute_of_the_manager_submits_and_closes_the_stage_for_them(gia_lai, project, deliverable, deputy):
    away(gia_lai.manager, deputy)
    handover.take_over(desk.step(deliverable, "prepare"), by=fresh(deputy))
    desk.draft(deliverable)
    desk.do(deliverable, "prepare", fresh(deputy))
    deliverable.refresh_from_db()

    assert deliverable.submitted_by == deputy
    assert last("deliverable.submitted").facts["acting_for"] == gia_lai.manager.pk


def test_what_a_substitute_manages_says_for_whom(gia_lai, project, deliverable, deputy):
    away(gia_lai.manager, deputy)

    run = DeliverableProcess.objects.get(deliverable=deliverable)
    cancel_deliverable(run, by=fresh(deputy), reason="Lập lại từ đầu")
    assert last("deliverable.cancelled").facts["acting_for"] == gia_lai.manager.pk
    deliverable.refresh_from_db()
    restart_deliverable(deliverable, by=fresh(deputy))


# --- when it is over -------------------------------------------------------------------------------
def test_after_midnight_the_rights_are_gone(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    absence = away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))
    desk.draft(deliverable)
    over(absence)

    with pytest.raises(NotYourTask):
        engine.perform(task, user=fresh(deputy), data={})


def test_the_rights_are_gone_even_for_a_page_that_was_open(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    absence = away(gia_lai.manager, deputy)
    at_the_page = fresh(deputy)
    handover.take_over(task, by=at_the_page)
    desk.draft(deliverable)
    over(absence)

    with pytest.raises(NotYourTask):
        engine.perform(task, user=at_the_page, data={})


def test_a_substitute_with_the_role_does_not_go_on_either(gia_lai, deliverable):
    second = member("gl-quanly2", Role.MANAGER, gia_lai.organisation)
    task = desk.step(deliverable, "prepare")
    absence = away(gia_lai.manager, second)
    handover.take_over(task, by=fresh(second))
    desk.draft(deliverable)
    over(absence)

    with pytest.raises(NotYourTask):
        engine.perform(task, user=fresh(second), data={})


def test_the_tick_brings_the_steps_back_once(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    absence = away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))
    assert absences.bring_back() == 0
    over(absence)

    assert (absences.bring_back(), absences.bring_back()) == (1, 0)
    assert (owner(task), acting_for(task)) == (gia_lai.manager, None)
    assert last("task.given_back").by is None


def test_calling_it_off_brings_the_steps_back_at_once(gia_lai, deliverable, deputy):
    task = desk.step(deliverable, "prepare")
    absence = away(gia_lai.manager, deputy)
    handover.take_over(task, by=fresh(deputy))

    absences.end(absence, by=gia_lai.manager)

    assert owner(task) == gia_lai.manager


def test_a_group_step_of_somebody_who_lost_the_role_goes_back_to_the_group(gia_lai, deliverable, deputy):
    desk.submitted(deliverable, gia_lai)
    absence = away(gia_lai.clerk, deputy)
    task = desk.step(deliverable, "check_format")
    handover.claim(task, by=fresh(deputy))
    Membership.objects.filter(user=gia_lai.clerk).update(valid_to=date(2021, 1, 1))
    over(absence)

    absences.bring_back()

    assert (owner(task), acting_for(task)) == (None, None)


# --- scope -----------------------------------------------------------------------------------------
def test_only_steps_of_the_chosen_project_are_covered(gia_lai, deputy):
    one, other = desk.running_project(gia_lai, code="GL-01"), desk.running_project(gia_lai, code="GL-02")
    away(gia_lai.manager, deputy, cases=absences.cases_of([one]))

    offered = inbox.claimable(fresh(deputy))

    assert [task.turn.project for task in offered] == [one]
    with pytest.raises(NotYourTask):
        handover.take_over(desk.step(desk.first_deliverable(other), "prepare"), by=fresh(deputy))


def test_a_new_step_of_another_project_stays_with_its_owner(gia_lai, deputy):
    one = desk.running_project(gia_lai, code="GL-01")
    away(gia_lai.manager, deputy, cases=absences.cases_of([one]))
    other = desk.running_project(gia_lai, code="GL-02")

    assert owner(desk.step(desk.first_deliverable(other), "prepare")) == gia_lai.manager


def test_only_steps_of_the_chosen_role_are_covered(gia_lai, deliverable, deputy):
    member(gia_lai.clerk.username, Role.LEADER, gia_lai.organisation)
    desk.submitted(deliverable, gia_lai)
    away(gia_lai.clerk, deputy, roles=["leader"])

    with pytest.raises(NotYourTask):
        desk.do(deliverable, "check_format", fresh(deputy), desk.APPROVE)


# --- telling and looking ahead ---------------------------------------------------------------------
def test_the_substitute_is_told_once(gia_lai, deputy):
    away(gia_lai.manager, deputy)
    assert Message.objects.get(event="absence.covered").recipient == deputy


def test_the_preview_says_what_is_offered_what_stays_and_what_is_outside(gia_lai, deliverable, deputy):
    desk.in_review(deliverable, gia_lai)
    first, second, _third = gia_lai.reviewers

    to_deputy = absences.preview(first, deputy, roles=(), cases=())
    to_colleague = absences.preview(first, second, roles=(), cases=())
    elsewhere = absences.preview(first, deputy, roles=(), cases=["projects.pilotproject:0"])

    assert (len(to_deputy.offered), len(to_deputy.staying), to_deputy.outside) == (1, 0, 0)
    assert (len(to_colleague.offered), len(to_colleague.staying)) == (0, 1)
    assert (len(elsewhere.offered), elsewhere.outside) == (0, 1)
    assert to_deputy.free == 0


def test_the_preview_counts_the_free_steps_of_the_roles(gia_lai, deliverable, deputy):
    desk.submitted(deliverable, gia_lai)
    assert absences.preview(gia_lai.clerk, deputy, roles=(), cases=()).free == 1


def test_somebody_without_an_office_has_nothing_to_pass_on(db):
    person = UserFactory()
    assert not inbox.claimable(person).exists()


def test_the_register_says_who_approved_for_whom(gia_lai, deliverable, deputy, client):
    to_leader(deliverable, gia_lai)
    away(gia_lai.leader, deputy)
    desk.do(deliverable, "approve", fresh(deputy), {"decision": "approve"})
    client.force_login(gia_lai.clerk, backend="people.auth.PhoneOrUsernameBackend")

    assert f"{deputy} (for {gia_lai.leader})" in client.get("/documents/").content.decode()
    assert f"{deputy} (for {gia_lai.leader})" in client.get(deliverable.get_absolute_url()).content.decode()
    assert history.lines([last("deliverable.approved")])[0]["text"] == (
        f"Approved deliverable D1 “{deliverable.title}” for {gia_lai.leader}, who is away."
    )
