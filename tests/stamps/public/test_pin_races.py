"""Many guess the same hidden code in the same moment, on PostgreSQL: five are tries, the others find it locked."""

from collections import Counter

import pytest

from stamps import actions
from stamps.codes import pins, serials
from stamps.life.wrong_pins import Outcome
from stamps.models import PinTry, StampAlert
from tests.factories import people, stamps
from tests.stamps.public.conftest import serial_of, standing_of, with_pin
from tests.stamps.test_activate_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
GUESSERS = 16


def test_parallel_guesses_never_get_a_sixth_try():
    chain = stamps.chain(people.gia_lai())
    batch = with_pin(chain.activated(4).batch)
    for place in range(4):
        standing = standing_of(batch, place)
        right = int(pins.pin_of(batch.code, serial_of(batch, place), serials.keyring_from_settings()))
        guesses = [f"{(right + 1 + number) % 10**8:08}" for number in range(GUESSERS)]
        answers = at_once(*(lambda pin=pin, of=standing: actions.check_pin(of, pin) for pin in guesses))
        found = Counter(answer.outcome if hasattr(answer, "outcome") else repr(answer) for answer in answers)
        assert found == {Outcome.WRONG: 4, Outcome.LOCKED: GUESSERS - 4}
        assert PinTry.objects.get(index=standing.index).failed == pins.MAX_FAILED
        assert StampAlert.objects.filter(index=standing.index, kind=StampAlert.Kind.PIN).count() == 1


def test_of_two_who_confirm_at_once_one_is_first():
    chain = stamps.chain(people.gia_lai())
    batch = with_pin(chain.activated(1).batch)
    standing = standing_of(batch)
    pin = pins.pin_of(batch.code, serial_of(batch), serials.keyring_from_settings())
    answers = at_once(*(lambda: actions.check_pin(standing, pin) for _ in range(8)))
    assert [answer.outcome for answer in answers] == [Outcome.RIGHT] * 8
    assert PinTry.objects.get().confirmations == 8
