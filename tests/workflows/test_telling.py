"""What the desk tells people by itself, and to whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from notices.models import Message
from people.models import Absence, Membership
from projects.models import Amendment, Deliverable, Matter, PilotProject
from tests.factories import desk
from tests.factories.people import Office, member
from workflows import handover, telling

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


def told(event: str) -> list[str]:
    rows = Message.objects.filter(event=event).order_by("pk").select_related("recipient")
    return [message.recipient.username for message in rows]


@pytest.fixture
def paper(project: PilotProject) -> Deliverable:
    return desk.first_deliverable(project)


def test_whoever_gets_a_step_is_told(gia_lai: Office, paper: Deliverable) -> None:
    message = Message.objects.get()

    assert (message.event, message.recipient) == ("step.given", gia_lai.manager)
    assert message.url == f"/tasks/{desk.step(paper, 'prepare').pk}/"
    assert "D1" in message.text


def test_every_reviewer_is_told_of_their_own_review(gia_lai: Office, paper: Deliverable) -> None:
    desk.in_review(paper, gia_lai)

    assert sorted(told("step.given")) == ["gl-quanly", "gl-thamdinh1", "gl-thamdinh2", "gl-thamdinh3"]


def test_whoever_is_handed_a_step_is_told_each_time(gia_lai: Office, paper: Deliverable) -> None:
    task = desk.step(desk.submitted(paper, gia_lai), "check_format")
    second = member("gl-vanthu2", Membership.Role.CLERK, gia_lai.organisation)
    for minute, person in enumerate((gia_lai.clerk, second, gia_lai.clerk)):
        at = timezone.now() + timedelta(minutes=minute)
        task = handover.reassign(task, to=person, by=gia_lai.leader, reason="Bận", now=at)

    assert told("step.given") == ["gl-quanly", "gl-vanthu", "gl-vanthu2", "gl-vanthu"]


def test_a_step_for_a_whole_group_is_told_to_nobody(gia_lai: Office, paper: Deliverable) -> None:
    before = Message.objects.count()

    desk.submitted(paper, gia_lai)

    assert Message.objects.count() == before


def test_the_substitute_is_told_instead_of_whoever_is_away(gia_lai: Office, paper: Deliverable) -> None:
    today = timezone.localdate()
    Absence.objects.create(
        user=gia_lai.reviewers[0],
        substitute=gia_lai.helper,
        starts_on=today,
        ends_on=today + timedelta(days=3),
        made_by=gia_lai.reviewers[0],
        made_at=timezone.now(),
    )

    desk.in_review(paper, gia_lai)

    assert sorted(told("step.given")) == ["gl-canbo", "gl-quanly", "gl-thamdinh2", "gl-thamdinh3"]


def test_whoever_handed_a_paper_in_is_told_once_what_must_change(gia_lai: Office, paper: Deliverable) -> None:
    desk.do(desk.submitted(paper, gia_lai), "check_format", gia_lai.clerk, desk.RETURN)

    assert told("deliverable.returned") == ["gl-quanly"]
    assert told("step.given") == ["gl-quanly"]  # of the first time only
    message = Message.objects.get(event="deliverable.returned")
    assert "Nêu nguồn số liệu" in message.text
    assert message.url == paper.get_absolute_url()
    assert message.case == f"projects.pilotproject:{paper.stage.project_id}"


def test_every_return_is_told(gia_lai: Office, paper: Deliverable) -> None:
    desk.do(desk.submitted(paper, gia_lai), "check_format", gia_lai.clerk, desk.RETURN)
    desk.draft(paper)
    remark = paper.remarks.get()
    desk.do(paper, "prepare", gia_lai.manager, {f"done_{remark.pk}": "on", f"answer_{remark.pk}": "Đã nêu"})
    desk.do(paper, "check_format", gia_lai.clerk, desk.RETURN)

    assert told("deliverable.returned") == ["gl-quanly", "gl-quanly"]


def matter(project: PilotProject, office: Office) -> Matter:
    return Matter.objects.create(
        kind=Matter.Kind.BLOCKER,
        project=project,
        text="Thiếu kinh phí " + "x" * 400,
        raised_by=office.manager,
        raised_at=NOW,
        addressee=office.leader,
        due_on=date(2026, 3, 20),
    )


def test_a_matter_is_told_to_whom_it_asks_and_its_answer_to_whom_it_came_from(
    gia_lai: Office, project: PilotProject
) -> None:
    blocker = matter(project, gia_lai)
    telling.tell_matter_raised(blocker)
    telling.tell_matter_raised(blocker)
    blocker.answer, blocker.answered_by, blocker.answered_at = "Bổ sung", gia_lai.leader, NOW
    telling.tell_matter_answered(blocker)

    assert told("matter.raised") == ["gl-lanhdao"]
    assert told("matter.answered") == ["gl-quanly"]
    assert "…" in Message.objects.get(event="matter.raised").text
    assert "Bổ sung" in Message.objects.get(event="matter.answered").text


def test_a_decided_amendment_is_told_to_whoever_asked_for_it(gia_lai: Office, project: PilotProject) -> None:
    amendment = Amendment.objects.create(
        project=project,
        name="Lần 1",
        reason="Mưa lũ",
        changes=[],
        status=Amendment.Status.APPROVED,
        requested_by=gia_lai.manager,
        requested_at=NOW,
        decided_by=gia_lai.leader,
        decided_at=NOW,
        decision_note="Đồng ý",
    )

    telling.tell_amendment_decided(amendment)

    assert told("amendment.decided") == ["gl-quanly"]
    assert "Đồng ý" in Message.objects.get(event="amendment.decided").text
