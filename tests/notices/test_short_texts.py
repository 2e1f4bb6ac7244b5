"""What leaves the house by SMS: plain letters, one message long, nobody's name."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext as _

from notices.events import EVENTS, SHORT_FACTS
from notices.folding import MAX_SHORT, short, without_marks
from tests.factories.notices import FACTS

GSM = re.compile(r"[A-Za-z0-9 \n@$&%#*+\-.,:;!?'\"()/=<>_]*")  # those of the 7-bit alphabet that we use, one place each


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đề án – Gia Lai", "De an - Gia Lai"),
        ("đường Hồ Chí Minh…", "duong Ho Chi Minh..."),
        ("Thẩm định “nội dung”", 'Tham dinh "noi dung"'),
        ("[Mục 3] {a|b}", "(Muc 3) (a/b)"),
        ("một\r\nhai\x00\tba", "mot hai ba"),
        ("Thẩm", "Tham"),  # written with combining marks
        ("茶 chè", "che"),
    ],
)
def test_a_text_loses_its_marks_and_what_an_sms_cannot_hold(text: str, plain: str) -> None:
    assert without_marks(text) == plain


def test_a_long_text_is_cut_after_a_whole_word() -> None:
    cut = short("một hai ba bốn năm", 14)
    assert cut == "mot hai ba..."
    assert len(cut) <= 14


def test_a_text_of_exactly_one_message_stays_whole() -> None:
    text = "a" * 99 + " " + "b" * 60
    assert len(text) == MAX_SHORT
    assert short(text) == text


def test_one_endless_word_is_cut_anywhere() -> None:
    assert short("x" * 500) == "x" * (MAX_SHORT - 3) + "..."


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_fits_one_message_with_real_facts(event: str, vietnamese: None) -> None:
    words = EVENTS[event]
    whole = without_marks(_(words.short) % FACTS if words.short else f"TXNG: {words.title}")
    assert len(whole) <= MAX_SHORT, whole
    assert GSM.fullmatch(whole), whole


@pytest.mark.parametrize("event", EVENTS)
def test_no_short_text_says_what_could_name_a_person(event: str) -> None:
    said = set(re.findall(r"%\((\w+)\)s", EVENTS[event].short))
    assert said <= SHORT_FACTS
    assert said <= EVENTS[event].facts


@pytest.mark.parametrize("event", EVENTS)
def test_every_text_can_be_made_of_the_facts_of_its_event(event: str, vietnamese: None) -> None:
    words = EVENTS[event]
    facts = {name: FACTS.get(name, "…") for name in words.facts}
    for text in (words.subject, words.text, words.short):
        assert "%(" not in _(text) % facts if text else True
