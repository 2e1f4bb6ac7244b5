"""Rules of reviews: who reviews, one vote in a round, and when a round is decided."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from people.models import User
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Review
from projects.policies import Role


def outcome(deliverable: Deliverable) -> str:
    """Return the verdict of the current round, or "" while it is open.

    Approved with `reviewers_needed` approvals. Decided against as soon as the votes still out
    cannot reach that number: rejected when every vote against is a rejection, else returned.
    """
    verdicts = list(deliverable.reviews.filter(round=deliverable.round).values_list("verdict", flat=True))
    approvals = verdicts.count(Review.Verdict.APPROVE)
    if approvals >= deliverable.reviewers_needed:
        return Review.Verdict.APPROVE
    if approvals + verdicts.count("") >= deliverable.reviewers_needed:
        return ""
    against = {verdict for verdict in verdicts if verdict and verdict != Review.Verdict.APPROVE}
    return Review.Verdict.REJECT if against == {Review.Verdict.REJECT} else Review.Verdict.RETURN


def check_not_own_submission(deliverable: Deliverable, user: User) -> None:
    """Raise NotAllowedForYou when the user would decide on a paper that they submitted."""
    if deliverable.submitted_by_id == user.pk:
        raise NotAllowedForYou(
            _("You submitted deliverable %(code)s yourself; another person must decide on it.")
            % {"code": deliverable.code}
        )


def reviewers_for(deliverable: Deliverable, submitter: User | None) -> list[User]:
    """Return who reviews a submission: the project's reviewers without the submitter.

    Raises NotAllowedNow when they are too few for the quorum.
    """
    project = deliverable.stage.project
    reviewers = [user for user in project.people(Role.REVIEWER) if user != submitter]
    if len(reviewers) < deliverable.reviewers_needed:
        raise NotAllowedNow(
            _(
                "Deliverable %(code)s needs %(needed)d reviewers, project %(project)s has %(count)d besides you; "
                "add reviewers to the project first."
            )
            % {
                "code": deliverable.code,
                "needed": deliverable.reviewers_needed,
                "project": project.code,
                "count": len(reviewers),
            }
        )
    return reviewers


def busy_reviewers(review: Review) -> set[int]:
    """Return the ids of those who cannot take over a review: its round's reviewers, voters and the submitter."""
    deliverable = review.deliverable
    round_of = deliverable.reviews.filter(round=review.round).values_list("reviewer", "decided_by")
    people = {deliverable.submitted_by_id} | {person for row in round_of for person in row}
    return {person for person in people if person is not None}


def check_one_vote(review: Review, user: User) -> None:
    """Raise NotAllowedForYou when the user has, or had, another vote in the review's round."""
    others = review.deliverable.reviews.filter(round=review.round).exclude(pk=review.pk)
    if others.filter(Q(reviewer=user) | Q(decided_by=user)).exists():
        raise NotAllowedForYou(
            _("You have a vote of your own on deliverable %(code)s in this round; another person must give this one.")
            % {"code": review.deliverable.code}
        )
