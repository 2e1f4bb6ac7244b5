"""Two clerks reach for the same step in the same second, on PostgreSQL."""

import pytest
from viewflow.workflow.models import Task

from people.models import AuditEvent, Membership
from tests.factories import desk
from tests.factories.people import member
from tests.factories.together import at_once
from tests.workflows.engine.test_races import refusals
from workflows import handover

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


def taking(task, user):
    copy = Task.objects.get(pk=task.pk)  # a stale copy of its own, as every request has
    return lambda: handover.claim(copy, by=user)


def test_one_of_two_clerks_gets_the_step_and_the_history_names_the_one(gia_lai):
    second = member("gl-vanthu2", Membership.Role.CLERK, gia_lai.organisation)
    for number in range(ROUNDS):
        deliverable = desk.first_deliverable(desk.running_project(gia_lai, code=f"GL-{number:02d}"))
        task = desk.step(desk.submitted(deliverable, gia_lai), "check_format")

        answers = at_once(taking(task, gia_lai.clerk), taking(task, second))

        assert refusals(answers) == ["NotYourTask"]
        owner = Task.objects.get(pk=task.pk).owner
        assert [
            event.by for event in AuditEvent.objects.filter(verb="task.claimed", target__endswith=f":{task.pk}")
        ] == [owner]
