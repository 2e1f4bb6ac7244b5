"""When a round of reviews is decided, and how."""

from datetime import UTC, datetime

import pytest

from projects.models import Deliverable, Review
from projects.reviewing import outcome
from tests.factories.projects import make_project

NOON = datetime(2022, 3, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def report(gia_lai):
    project = make_project(gia_lai)
    Deliverable.objects.filter(stage__project=project, code="D1").update(
        round=1, submitted_by=gia_lai.manager, submitted_at=NOON, status="in_review"
    )
    return Deliverable.objects.get(stage__project=project, code="D1")


@pytest.mark.parametrize(
    ("verdicts", "decided"),
    [
        pytest.param(["", "", ""], "", id="nobody_voted"),
        pytest.param(["approve", "", ""], "", id="one_approval"),
        pytest.param(["approve", "approve", ""], "approve", id="two_approvals"),
        pytest.param(["approve", "return", ""], "", id="still_possible"),
        pytest.param(["return", "", ""], "", id="one_return_can_be_outvoted"),
        pytest.param(["return", "return", ""], "return", id="two_returns"),
        pytest.param(["reject", "return", ""], "return", id="mixed_against_is_a_return"),
        pytest.param(["reject", "reject", ""], "reject", id="two_rejections"),
        pytest.param(["approve", "return", "return"], "return", id="one_for_two_against"),
        pytest.param(["approve", "reject", "reject"], "reject", id="one_for_two_rejections"),
        pytest.param(["approve", "approve", "reject"], "approve", id="outvoted_rejection"),
    ],
)
def test_two_of_three_decide(report, gia_lai, verdicts, decided):
    for reviewer, verdict in zip(gia_lai.reviewers, verdicts, strict=True):
        decided_at = NOON if verdict else None
        Review.objects.create(deliverable=report, round=1, reviewer=reviewer, verdict=verdict, decided_at=decided_at)
    assert outcome(report) == decided


def test_votes_of_an_earlier_round_do_not_count(report, gia_lai):
    for reviewer in gia_lai.reviewers:
        Review.objects.create(deliverable=report, round=1, reviewer=reviewer, verdict="approve", decided_at=NOON)
        Review.objects.create(deliverable=report, round=2, reviewer=reviewer)
    report.round = 2
    assert outcome(report) == ""
