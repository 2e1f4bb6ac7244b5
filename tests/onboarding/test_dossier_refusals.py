"""What a dossier refuses, each for its own reason and in its own words."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding.actions.answers import choose_answer, save_answer
from onboarding.actions.assistance import Given, end_assistance, object_to_assistance, start_assistance
from onboarding.actions.dossier import send_dossier
from onboarding.answering import parse, shown
from onboarding.errors import NotAllowedForYou, NotAllowedNow, WrongAnswer
from onboarding.models import Answer, Dossier
from onboarding.questions import QUESTIONS
from projects.actions.project import withdraw_product
from tests.factories.dossiers import colleague_of, complete, opened, person_of, photo
from tests.factories.people import Office

State = Answer.State
PAPER = Given(paper="GĐY-07", name="Rơ Châm H’Lan (giả lập)")


@pytest.fixture
def dossier(gia_lai: Office) -> Dossier:
    return opened(gia_lai)


@pytest.fixture
def sent(gia_lai: Office) -> Dossier:
    dossier = complete(gia_lai)
    return send_dossier(dossier, by=person_of(dossier))


def signed_in(client: Client, user: object) -> Client:
    client.force_login(user, backend="people.auth.PhoneOrUsernameBackend")  # type: ignore[arg-type]
    return client


# --- answers ---------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["no_such", "consent"])
def test_what_is_no_question_takes_no_answer(dossier: Dossier, key: str) -> None:
    with pytest.raises(WrongAnswer):
        save_answer(dossier, key, "yes", by=person_of(dossier))


def test_a_question_for_a_photo_takes_nothing_but_a_photo(dossier: Dossier) -> None:
    with pytest.raises(WrongAnswer, match="photo"):
        save_answer(dossier, "product_photo", "ảnh", by=person_of(dossier))


@pytest.mark.parametrize("key", ["contact_name", "product_description"])
def test_nothing_but_blanks_is_no_answer_in_words(dossier: Dossier, key: str) -> None:
    with pytest.raises(WrongAnswer, match="Write your answer"):
        save_answer(dossier, key, "  ", by=person_of(dossier))


def test_a_number_beyond_any_farm_is_a_typing_mistake() -> None:
    with pytest.raises(WrongAnswer, match="too large"):
        parse(QUESTIONS["yearly_amount"], "999999999999")


def test_not_knowing_reads_as_words() -> None:
    assert shown(QUESTIONS["food_safety"], None, is_unknown=True) == "I do not have it or do not know yet"


# --- choosing --------------------------------------------------------------------------------
def test_there_is_nothing_to_choose_where_one_answer_stands(dossier: Dossier) -> None:
    answer = save_answer(dossier, "contact_name", "H’Lan", by=person_of(dossier))
    with pytest.raises(NotAllowedNow, match="made already"):
        choose_answer(dossier, "contact_name", answer.pk, by=person_of(dossier))


def test_two_answers_to_a_question_no_longer_asked_are_not_chosen_from_after_sending(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    one, other = person_of(dossier), colleague_of(dossier)
    save_answer(dossier, "producer_wrong", "Sai địa chỉ", by=one)
    second = save_answer(dossier, "producer_wrong", "Sai tên", by=other)
    assert second.state == State.DISPUTED
    send_dossier(dossier, by=one)
    with pytest.raises(NotAllowedNow):
        choose_answer(dossier, "producer_wrong", second.pk, by=one)


# --- sending ---------------------------------------------------------------------------------
def test_a_sent_dossier_says_that_it_is_sent_and_not_that_something_is_missing(sent: Dossier) -> None:
    with pytest.raises(NotAllowedNow, match="has been sent already"):
        send_dossier(sent, by=person_of(sent))


def test_the_dossier_of_a_product_that_was_taken_out_is_not_sent(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    withdraw_product(dossier.onboarding.enrolment, by=gia_lai.manager, reason="Ngừng sản xuất")
    with pytest.raises(NotAllowedNow, match="no longer takes part"):
        send_dossier(dossier, by=person_of(dossier))


# --- filling in for a producer ---------------------------------------------------------------
def test_nobody_begins_to_fill_in_a_dossier_that_is_sent(sent: Dossier, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="sent already"):
        start_assistance(sent, given=PAPER, by=gia_lai.helper)
    assert not sent.assistances.exists()


def test_only_the_helper_and_the_producer_end_the_filling_in(dossier: Dossier, gia_lai: Office) -> None:
    helping = start_assistance(dossier, given=PAPER, by=gia_lai.helper)
    with pytest.raises(NotAllowedForYou):
        end_assistance(helping, by=gia_lai.manager)
    assert end_assistance(helping, by=person_of(dossier)).ended_at


def test_an_objection_is_made_once(dossier: Dossier, gia_lai: Office) -> None:
    helping = start_assistance(dossier, given=PAPER, by=gia_lai.helper)
    ended = end_assistance(helping, by=gia_lai.helper)
    object_to_assistance(ended, reason="Không phải tôi nói", by=person_of(dossier))
    with pytest.raises(NotAllowedNow):
        object_to_assistance(ended, reason="Vẫn vậy", by=person_of(dossier))


# --- pages -----------------------------------------------------------------------------------
def test_an_official_gets_no_code_in_the_producers_place(client: Client, dossier: Dossier, gia_lai: Office) -> None:
    answer = signed_in(client, gia_lai.helper).post(reverse("onboarding:help_code", args=[dossier.reference]))
    assert answer.status_code == 403
    assert not dossier.assistance_codes.exists()


def test_the_producers_own_people_need_no_helper(client: Client, dossier: Dossier) -> None:
    answer = signed_in(client, person_of(dossier)).get(reverse("onboarding:help_start", args=[dossier.reference]))
    assert answer.status_code == 403


def test_choosing_at_a_question_that_is_none_is_not_found(client: Client, dossier: Dossier) -> None:
    url = reverse("onboarding:choose", args=[dossier.reference, "no_such"])
    assert signed_in(client, person_of(dossier)).post(url, {"answer": "1"}).status_code == 404


def test_a_photo_that_was_lost_or_is_none_is_not_found(client: Client, dossier: Dossier) -> None:
    person = person_of(dossier)
    kept = save_answer(dossier, "product_photo", picture=photo(), by=person)
    none = Answer.objects.create(
        dossier=dossier, question="label_photo", state=State.CURRENT, answered_at=timezone.now(), answered_by=person,
        is_unknown=True,
    )  # fmt: skip
    default_storage.delete(kept.value["picture"])
    for answer in (kept, none):
        url = reverse("onboarding:picture", args=[dossier.reference, answer.pk])
        assert signed_in(client, person).get(url).status_code == 404
