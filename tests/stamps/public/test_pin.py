"""The hidden code: eight digits, five wrong tries, and the time of the first confirmation for all who come later."""

import pytest
from django.utils import timezone

from people.claim_models import Throttle
from stamps import actions
from stamps.codes import pins, serials
from stamps.models import PinTry, StampAlert, StampChange
from tests.stamps.public.conftest import path_of, serial_of, standing_of, with_pin, words


@pytest.fixture
def hidden(batch):
    return with_pin(batch)


def pin_of(batch, place=0):
    return pins.pin_of(batch.code, serial_of(batch, place), serials.keyring_from_settings())


def wrong(batch, place=0):
    return f"{(int(pin_of(batch, place)) + 1) % 10**8:08}"


def test_stamps_without_a_hidden_code_have_no_field(phone, batch):
    assert 'name="pin"' not in phone.open(path_of(batch)).content.decode()
    answer = phone.send(path_of(batch), pin=pin_of(batch))
    assert answer.status_code == 200
    assert not PinTry.objects.exists()


def test_the_right_code_is_confirmed_without_login_cookie_or_token(phone, hidden):
    answer = phone.send(path_of(hidden), pin=pin_of(hidden))
    assert answer.status_code == 200
    assert "The hidden code is right. Nobody had confirmed it before." in words(answer)
    assert not answer.cookies


def test_spaces_and_hyphens_do_not_matter(phone, hidden):
    pin = pin_of(hidden)
    assert phone.send(path_of(hidden), pin=f" {pin[:4]}-{pin[4:]} ").status_code == 200


def test_whoever_comes_later_reads_when_it_was_confirmed_first(phone, hidden):
    phone.send(path_of(hidden), pin=pin_of(hidden))
    first = PinTry.objects.get().confirmed_at
    assert "First confirmed at" in words(phone.open(path_of(hidden)))
    again = phone.send(path_of(hidden), pin=pin_of(hidden))
    assert "it was confirmed before" in words(again)
    assert PinTry.objects.get().confirmed_at == first
    assert PinTry.objects.get().confirmations == 2


def test_a_wrong_code_says_how_many_tries_are_left(phone, hidden):
    answer = phone.send(path_of(hidden), pin=wrong(hidden))
    assert answer.status_code == 422
    assert "4 tries are left" in words(answer)


def test_a_refused_code_stays_to_be_compared_and_only_there(phone, hidden):
    assert f'value="{wrong(hidden)}"' in phone.send(path_of(hidden), pin=wrong(hidden)).content.decode()
    assert "value=" not in phone.open(path_of(hidden)).content.decode().partition('id="pin"')[2]
    assert 'value="&lt;b&gt;&amp;"' in phone.send(path_of(hidden), pin="<b>&").content.decode()


@pytest.mark.parametrize(
    "text", ["", "1234567", "123456789", "abcdefgh", "１２３４５６７８", "٣٣٣٣٣٣٣٣", "\0" * 8, "9" * 5000]
)
def test_what_is_not_eight_digits_is_no_try(phone, hidden, text):
    answer = phone.send(path_of(hidden), pin=text)
    assert answer.status_code == 422
    assert "This did not count as a try." in words(answer)
    assert not PinTry.objects.exists()


def test_what_is_not_eight_digits_does_not_hide_that_the_code_is_locked(phone, hidden):
    PinTry.objects.create(index=hidden.start, failed=5, locked_at=timezone.now())
    assert phone.send(path_of(hidden), pin="1234").status_code == 403
    assert phone.send(path_of(hidden, 1), pin="1234").status_code == 422


def test_the_fifth_wrong_code_locks_even_the_right_one_and_an_officer_is_told(phone, hidden):
    statuses = [phone.send(path_of(hidden), pin=wrong(hidden)).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 403]
    answer = phone.send(path_of(hidden), pin=pin_of(hidden))
    assert answer.status_code == 403
    assert "The hidden code is locked" in words(answer)
    assert "The hidden code is locked" in words(phone.open(path_of(hidden)))
    assert PinTry.objects.get().confirmed_at is None
    assert StampAlert.objects.get().kind == StampAlert.Kind.PIN


def test_a_lock_is_of_one_stamp_alone(phone, hidden):
    for _ in range(5):
        phone.send(path_of(hidden), pin=wrong(hidden))
    assert phone.send(path_of(hidden, 1), pin=pin_of(hidden, 1)).status_code == 200


def test_a_right_code_clears_the_wrong_tries(hidden):
    standing = standing_of(hidden)
    for _ in range(4):
        actions.check_pin(standing, wrong(hidden))
    actions.check_pin(standing, pin_of(hidden))
    assert PinTry.objects.get().failed == 0


def test_a_stamp_that_ended_or_is_on_no_lot_takes_no_code(phone, chain, hidden):
    actions.change_stamps(
        hidden,
        hidden.start,
        hidden.start + 1,
        state=StampChange.State.VOID,
        reason="Hủy",
        by=chain.office.stamp_officer,
    )
    assert phone.send(path_of(hidden), pin=wrong(hidden)).status_code == 410
    fresh = with_pin(chain.handed_over())
    assert phone.send(path_of(fresh), pin=wrong(fresh)).status_code == 200
    assert not PinTry.objects.exists()


def test_a_network_that_guesses_at_a_whole_shelf_is_slowed_down(phone, chain):
    batch = with_pin(chain.activated(40).batch)
    statuses = [phone.send(path_of(batch, place), pin=wrong(batch, place)).status_code for place in range(40)]
    assert statuses[:30] == [422] * 30
    assert 429 in statuses[30:]
    assert Throttle.objects.count() == 1


def test_a_code_posted_to_a_stamp_that_is_none_of_ours_is_404(phone, hidden):
    assert phone.send("/scan/01/09520000009991/21/00000000000000/", pin="12345678").status_code == 404
