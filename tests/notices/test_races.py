"""Several ticks and tellers in the same second, on PostgreSQL: told once, sent once, nobody waits for ever."""

from __future__ import annotations

from typing import Any

import pytest

from notices import actions
from notices.actions import tell
from notices.errors import NoticeRefused
from notices.models import Delivery, Message
from notices.sending import send_due
from tests.factories.notices import FACTS, MONDAY, given_up, reachable, told
from tests.factories.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


def test_two_who_tell_the_same_at_once_tell_it_once(gia_lai: Any, kept: Any) -> None:
    people = [reachable(person) for person in (gia_lai.manager, gia_lai.leader, gia_lai.clerk)]
    for number in range(ROUNDS):

        def telling(order: list[Any], key: str = f"k{number}") -> Any:
            return lambda: tell("step.late", order, key=key, facts=FACTS)

        answers = at_once(telling(people), telling(people[::-1]))

        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        assert sum(len(answer) for answer in answers) == len(people)
        assert Message.objects.count() == Delivery.objects.count() == len(people) * (number + 1)


def test_two_ticks_at_once_send_each_delivery_once(gia_lai: Any, kept: Any) -> None:
    people = [reachable(person) for person in (gia_lai.manager, gia_lai.leader, gia_lai.clerk, *gia_lai.reviewers)]
    for number in range(ROUNDS):
        kept.sent.clear()
        tell("step.late", people, key=f"k{number}", facts=FACTS, now=MONDAY, url=f"/tasks/{number}/")

        answers = at_once(lambda: send_due(MONDAY), lambda: send_due(MONDAY), lambda: send_due(MONDAY))

        assert sum(answers) == len(people), answers
        assert sorted(message.address for message in kept.sent) == sorted(person.email for person in people)
        assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_two_ticks_at_once_send_one_digest(gia_lai: Any, kept: Any) -> None:
    manager = reachable(gia_lai.manager)
    for number in range(12):
        told(manager, "step.given", key=str(number))
    morning = Delivery.objects.first().not_before

    answers = at_once(lambda: send_due(morning), lambda: send_due(morning))

    assert sorted(answers) == [0, 12]
    assert len(kept.sent) == 1


def test_a_call_and_a_retry_at_once_are_one_act(gia_lai: Any, kept: Any) -> None:
    manager = reachable(gia_lai.manager)
    for number in range(ROUNDS):
        delivery = given_up(manager, gia_lai, key=str(number))
        answers = at_once(
            lambda delivery=delivery: actions.retry(delivery, by=gia_lai.leader),
            lambda delivery=delivery: actions.told_by_hand(delivery, by=gia_lai.leader),
        )
        assert [type(answer) for answer in answers].count(NoticeRefused) == 1, answers
