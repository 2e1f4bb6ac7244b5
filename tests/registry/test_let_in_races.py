"""Two offices let the same person in at once, on PostgreSQL: one account, and both producers have its person."""

from __future__ import annotations

import pytest

from people.models import User
from registry import actions
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory
from tests.factories.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 8


def test_a_person_let_in_by_two_provinces_at_once_gets_one_account(gia_lai: Office, son_la: Office) -> None:
    offices = (gia_lai, son_la)
    for number in range(ROUNDS):
        phone = f"09000001{number:02d}"
        producers = [ProducerFactory(province=office.province) for office in offices]

        answers = at_once(
            *(
                lambda producer=producer, office=office, phone=phone: actions.let_in(
                    producer, full_name="Rơ Châm H’Lan (giả lập)", phone=phone, by=office.manager
                )
                for producer, office in zip(producers, offices, strict=True)
            )
        )

        person = User.objects.get(phone=phone)
        assert [answer[0].user for answer in answers] == [person, person]
        assert sorted(is_new for _member, is_new in answers) == [False, True]
