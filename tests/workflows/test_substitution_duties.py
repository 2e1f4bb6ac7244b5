"""Duties stay apart through substitution: one vote in a round, and nobody decides on what they handed in."""

import pytest

from people.models import Membership
from projects.models import Review
from tests.factories import desk
from tests.factories.absences import away, fresh, last, with_leader
from tests.factories.people import member
from workflows import absences, engine, handover, history
from workflows.errors import NotApart
from workflows.models import Turn

Role = Membership.Role


# --- reviews ---------------------------------------------------------------------------------------
def test_a_review_keeps_its_reviewer_and_is_decided_for_them(gia_lai, deliverable, deputy):
    reviewer = gia_lai.reviewers[0]
    away(reviewer, deputy)
    desk.in_review(deliverable, gia_lai)

    engine.perform(desk.step(deliverable, "review", deputy), user=fresh(deputy), data=desk.APPROVE)

    review = Review.objects.get(deliverable=deliverable, reviewer=reviewer)
    assert (review.verdict, review.decided_by) == (Review.Verdict.APPROVE, deputy)
    assert last("deliverable.reviewed").facts["acting_for"] == reviewer.pk


def test_an_open_review_is_taken_over(gia_lai, deliverable, deputy):
    desk.in_review(deliverable, gia_lai)
    reviewer = gia_lai.reviewers[0]
    task = desk.step(deliverable, "review", reviewer)
    away(reviewer, deputy)

    handover.take_over(task, by=fresh(deputy))
    engine.perform(task, user=fresh(deputy), data=desk.APPROVE)

    assert Review.objects.get(deliverable=deliverable, reviewer=reviewer).decided_by == deputy


def test_a_reviewer_of_the_round_does_not_get_a_second_vote(gia_lai, deliverable):
    first, second, _third = gia_lai.reviewers
    away(first, second)
    desk.in_review(deliverable, gia_lai)

    task = desk.step(deliverable, "review", first)  # it stayed with its reviewer
    with pytest.raises(NotApart):
        handover.take_over(task, by=fresh(second))


def test_the_substitute_of_two_reviewers_has_one_vote(gia_lai, deliverable, deputy):
    first, second, _third = gia_lai.reviewers
    away(first, deputy)
    away(second, deputy)
    desk.in_review(deliverable, gia_lai)

    assert Turn.objects.filter(acting_for__isnull=False, task__finished=None).count() == 1
    engine.perform(desk.step(deliverable, "review", deputy), user=fresh(deputy), data=desk.APPROVE)
    with pytest.raises(NotApart):
        handover.take_over(desk.step(deliverable, "review", second), by=fresh(deputy))


def test_who_voted_for_another_cannot_be_given_a_review_of_the_round(gia_lai, deliverable):
    fourth = member("gl-thamdinh4", Role.REVIEWER, gia_lai.organisation)
    away(gia_lai.reviewers[0], fourth)
    desk.in_review(deliverable, gia_lai)
    engine.perform(desk.step(deliverable, "review", fourth), user=fresh(fourth), data=desk.APPROVE)

    task = desk.step(deliverable, "review", gia_lai.reviewers[1])
    assert fourth not in handover.candidates(task)
    with pytest.raises(Exception, match="cannot go to"):
        handover.reassign(task, to=fourth, by=gia_lai.leader, reason="Bận")


# --- segregation of duties -------------------------------------------------------------------------
def test_nobody_decides_as_a_substitute_on_what_they_submitted(gia_lai, deliverable):
    with_leader(deliverable, gia_lai)
    away(gia_lai.leader, gia_lai.manager)  # the manager submitted it

    with pytest.raises(NotApart):
        handover.claim(desk.step(deliverable, "approve"), by=fresh(gia_lai.manager))
    with pytest.raises(NotApart):
        desk.do(deliverable, "approve", fresh(gia_lai.manager), desk.APPROVE)


def test_nobody_decides_through_a_substitute_on_what_they_submitted(gia_lai, deliverable, deputy):
    member(gia_lai.manager.username, Role.LEADER, gia_lai.organisation)
    with_leader(deliverable, gia_lai)
    away(gia_lai.manager, deputy)

    with pytest.raises(NotApart):
        desk.do(deliverable, "approve", fresh(deputy), desk.APPROVE)


def test_nobody_decides_on_what_a_substitute_submitted_for_them(gia_lai, deliverable, deputy):
    absence = away(gia_lai.manager, deputy)
    handover.take_over(desk.step(deliverable, "prepare"), by=fresh(deputy))
    desk.draft(deliverable)
    desk.do(deliverable, "prepare", fresh(deputy))
    desk.do(deliverable, "check_format", gia_lai.clerk, desk.APPROVE)
    for reviewer in gia_lai.reviewers[:2]:
        desk.do(deliverable, "review", reviewer, desk.APPROVE)
    absences.end(absence, by=gia_lai.manager)
    member(gia_lai.manager.username, Role.LEADER, gia_lai.organisation)

    with pytest.raises(NotApart):
        desk.do(deliverable, "approve", fresh(gia_lai.manager), desk.APPROVE)


def test_an_independent_substitute_approves_and_the_record_says_for_whom(gia_lai, deliverable, deputy):
    with_leader(deliverable, gia_lai)
    away(gia_lai.leader, deputy)
    handover.claim(desk.step(deliverable, "approve"), by=fresh(deputy))
    task = desk.step(deliverable, "approve")

    engine.perform(task, user=fresh(deputy), data=desk.RETURN)

    [line] = history.lines([last("deliverable.returned")])
    assert line["who"] == f"{deputy} (for {gia_lai.leader})"
