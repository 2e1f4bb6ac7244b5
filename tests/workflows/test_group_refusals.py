"""What the work of a product group refuses, step by step, each for its own reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding.actions import group as acts
from onboarding.errors import NotAllowedForYou, NotAllowedNow
from onboarding.models import CohortGroup, Consultation, ModuleOrder
from tests.factories import onboarding as made
from tests.factories.people import Office
from tests.factories.registry import fruit_group

WORDS = {"process": "Thu hoạch, sơ chế", "guide": "Kê khai từng lô"}


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def group(gia_lai: Office) -> CohortGroup:
    return acts.group_for(made.cohort(gia_lai).project, fruit_group(), by=gia_lai.manager)


@pytest.fixture
def written(group: CohortGroup, gia_lai: Office) -> CohortGroup:
    return acts.write_process(group, **WORDS, by=gia_lai.manager)


@pytest.fixture
def letter(written: CohortGroup, gia_lai: Office, today: date) -> Consultation:
    return acts.consult(written, agency="Sở Y tế", letter_number="10/CV", sent_on=today, by=gia_lai.manager)


@pytest.fixture
def approved(letter: Consultation, gia_lai: Office, today: date) -> CohortGroup:
    acts.record_reply(letter, replied_on=today, reply="Thống nhất", by=gia_lai.manager)
    return acts.approve_process(letter.group, by=gia_lai.leader)


@pytest.fixture
def order(approved: CohortGroup, gia_lai: Office, today: date) -> ModuleOrder:
    return acts.order_module(approved, letter_number="20/CV", sent_on=today, by=gia_lai.manager)


# --- writing ---------------------------------------------------------------------------------
@pytest.mark.parametrize("blank", ["process", "guide"])
def test_process_and_guide_are_both_written(group: CohortGroup, gia_lai: Office, blank: str) -> None:
    with pytest.raises(NotAllowedNow, match="Write both"):
        acts.write_process(group, **{**WORDS, blank: " "}, by=gia_lai.manager)


def test_an_approved_process_is_neither_written_nor_returned_nor_approved_again(
    approved: CohortGroup, gia_lai: Office
) -> None:
    for again in (
        lambda: acts.write_process(approved, **WORDS, by=gia_lai.manager),
        lambda: acts.return_process(approved, note="Sửa", by=gia_lai.leader),
        lambda: acts.approve_process(approved, by=gia_lai.leader),
    ):
        with pytest.raises(NotAllowedNow, match="is approved already"):
            again()


# --- consulting ------------------------------------------------------------------------------
def test_agencies_are_asked_about_what_is_written(group: CohortGroup, gia_lai: Office, today: date) -> None:
    with pytest.raises(NotAllowedNow, match="Write the process"):
        acts.consult(group, agency="Sở Y tế", letter_number="10/CV", sent_on=today, by=gia_lai.manager)


@pytest.mark.parametrize("blank", ["agency", "letter_number"])
def test_a_letter_names_the_agency_and_its_number(
    written: CohortGroup, gia_lai: Office, today: date, blank: str
) -> None:
    facts = {"agency": "Sở Y tế", "letter_number": "10/CV", blank: "  "}
    with pytest.raises(NotAllowedNow, match="Name the agency"):
        acts.consult(written, **facts, sent_on=today, by=gia_lai.manager)


def test_one_letter_is_recorded_once(letter: Consultation, gia_lai: Office, today: date) -> None:
    with pytest.raises(NotAllowedNow, match="recorded already"):
        acts.consult(letter.group, agency="Sở Y tế ", letter_number="10/CV", sent_on=today, by=gia_lai.manager)


@pytest.mark.parametrize(
    ("days", "reply", "words"), [(0, " ", "Write down"), (-1, "Thống nhất", "older than the letter")]
)
def test_a_reply_says_something_after_the_letter(
    letter: Consultation, gia_lai: Office, today: date, days: int, reply: str, words: str
) -> None:
    with pytest.raises(NotAllowedNow, match=words):
        acts.record_reply(letter, replied_on=today + timedelta(days=days), reply=reply, by=gia_lai.manager)


def test_a_reply_is_recorded_once(letter: Consultation, gia_lai: Office, today: date) -> None:
    acts.record_reply(letter, replied_on=today, reply="Thống nhất", by=gia_lai.manager)
    with pytest.raises(NotAllowedNow, match="recorded already"):
        acts.record_reply(letter, replied_on=today, reply="Không thống nhất", by=gia_lai.manager)


# --- approving -------------------------------------------------------------------------------
def test_nothing_is_approved_before_it_is_written(group: CohortGroup, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="not written yet"):
        acts.approve_process(group, by=gia_lai.leader)


def test_whoever_wrote_it_does_not_approve_it_even_with_both_offices(letter: Consultation, gia_lai: Office) -> None:
    CohortGroup.objects.filter(pk=letter.group_id).update(written_by=gia_lai.leader)
    with pytest.raises(NotAllowedForYou, match="wrote the process"):
        acts.approve_process(letter.group, by=gia_lai.leader)


# --- the module ------------------------------------------------------------------------------
def test_no_module_is_ordered_before_the_approval(written: CohortGroup, gia_lai: Office, today: date) -> None:
    with pytest.raises(NotAllowedNow, match="after the process"):
        acts.order_module(written, letter_number="20/CV", sent_on=today, by=gia_lai.manager)


def test_a_module_is_ordered_once_and_by_a_letter_with_a_number(
    approved: CohortGroup, gia_lai: Office, today: date
) -> None:
    with pytest.raises(NotAllowedNow, match="number of the letter"):
        acts.order_module(approved, letter_number=" ", sent_on=today, by=gia_lai.manager)
    acts.order_module(approved, letter_number="20/CV", sent_on=today, by=gia_lai.manager)
    with pytest.raises(NotAllowedNow, match="ordered already"):
        acts.order_module(approved, letter_number="21/CV", sent_on=today, by=gia_lai.manager)


@pytest.mark.parametrize(("days", "code", "words"), [(0, " ", "Give the code"), (-1, "MOD", "older than the letter")])
def test_the_answer_of_the_centre_has_a_code_and_comes_after_the_letter(
    order: ModuleOrder, gia_lai: Office, today: date, days: int, code: str, words: str
) -> None:
    with pytest.raises(NotAllowedNow, match=words):
        acts.record_module(order, answered_on=today + timedelta(days=days), module_code=code, by=gia_lai.manager)


def test_the_answer_of_the_centre_is_recorded_once(order: ModuleOrder, gia_lai: Office, today: date) -> None:
    facts: dict[str, Any] = {"answered_on": today, "by": gia_lai.manager}
    acts.record_module(order, module_code="MOD-1", **facts)
    with pytest.raises(NotAllowedNow, match="recorded already"):
        acts.record_module(order, module_code="MOD-2", **facts)


# --- pages -----------------------------------------------------------------------------------
def test_a_colleague_who_reads_the_group_gets_no_form_of_a_letter(
    client: Client, letter: Consultation, gia_lai: Office
) -> None:
    code, group = letter.group.project.code, letter.group
    client.force_login(gia_lai.helper)
    assert client.get(reverse("cohort_group", args=[code, group.pk])).status_code == 200
    assert client.get(reverse("workflows:consult_agency", args=[code, group.pk])).status_code == 403
    assert client.get(reverse("workflows:record_reply", args=[code, group.pk, letter.pk])).status_code == 403
