"""Two ticks in the same second, on PostgreSQL: everything is told once, and once in the history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from viewflow.workflow.models import Task

from notices.models import Delivery, Message
from people.models import AuditEvent
from tests.factories import desk
from tests.factories.people import Office
from tests.factories.together import at_once
from workflows.models import Turn
from workflows.reminders import remind

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

STEPS, ROUNDS = 4, 4


def test_two_ticks_at_once_tell_everything_once(gia_lai: Office) -> None:
    for number in range(STEPS):
        desk.running_project(gia_lai, code=f"GL-{number:02d}")
    Task.objects.update(created=datetime(2022, 3, 1, 2, tzinfo=UTC))
    for number in range(ROUNDS):
        due = date(2022, 4, 4 + number)
        Turn.objects.filter(task__owner=gia_lai.manager).update(due_on=due)
        now = datetime(2022, 6, 1, 2, number, tzinfo=UTC)

        answers = at_once(lambda now=now: remind(now), lambda now=now: remind(now.replace(second=1)))

        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        assert Message.objects.filter(event="step.escalated").count() == STEPS * (number + 1)
        assert AuditEvent.objects.filter(verb="step.escalated").count() == STEPS * (number + 1)
    assert Delivery.objects.filter(message__event="step.escalated").values("message", "channel").distinct().count() == (
        Delivery.objects.filter(message__event="step.escalated").count()
    )


def test_a_step_that_somebody_is_working_on_is_told_by_a_later_tick(gia_lai: Office) -> None:
    """The reminder neither waits for a person nor makes them wait."""
    desk.running_project(gia_lai)
    Task.objects.update(created=datetime(2022, 3, 1, 2, tzinfo=UTC))
    now = datetime(2022, 6, 1, 2, tzinfo=UTC)
    with transaction.atomic():
        list(Turn.objects.select_for_update())
        (answer,) = at_once(lambda: remind(now))
        assert answer == 0

    assert remind(now) == 1
