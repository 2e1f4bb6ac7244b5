"""A dossier: answered one by one, sent when nothing is missing, returned page by page, accepted for good."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from notices.models import Message
from onboarding.actions.answers import choose_answer, save_answer
from onboarding.actions.dossier import accept_dossier, open_dossier, return_dossier, send_dossier
from onboarding.answering import parse, shown
from onboarding.dossiers import rows_of, standing_of, task_groups
from onboarding.errors import NotAllowedForYou, NotAllowedNow, WrongAnswer
from onboarding.models import Answer, Dossier
from onboarding.questions import QUESTIONS, TASKS
from people.models import AuditEvent
from projects.models import TrainingSession
from registry.errors import PictureRefused
from tests.factories.dossiers import (
    answer_all,
    colleague_of,
    complete,
    opened,
    person_of,
    photo,
    running_project,
    selected,
    train,
)
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user

State = Answer.State


@pytest.fixture
def dossier(gia_lai: Office) -> Dossier:
    return opened(gia_lai)


def states(dossier: Dossier) -> dict[str, str]:
    return {state.task.key: state.state for state in standing_of(dossier).tasks}


# --- the reference ---------------------------------------------------------------------------
def test_references_count_in_the_province_and_opening_twice_gives_the_same(gia_lai: Office) -> None:
    project = running_project(gia_lai)
    first = open_dossier(selected(project, gia_lai, number=1), by=gia_lai.manager)
    second = open_dossier(selected(project, gia_lai, number=2), by=gia_lai.manager)
    assert (first.reference, second.reference) == ("HS-52-00001", "HS-52-00002")
    assert open_dossier(first.onboarding, by=gia_lai.manager) == first


# --- questions -------------------------------------------------------------------------------
def test_there_are_nine_tasks_in_three_groups_with_at_most_four_questions() -> None:
    assert [sum(task.group == group for task in TASKS) for group in (1, 2, 3)] == [3, 3, 3]
    assert all(1 <= len(task.questions) <= 4 for task in TASKS)
    assert len(QUESTIONS) == sum(len(task.questions) for task in TASKS)


@pytest.mark.parametrize(
    ("key", "typed", "stored", "read"),
    [
        ("producer_right", "yes", "yes", "Yes"),
        ("raw_material", "own", "own", "We grow or raise it ourselves"),
        ("yearly_amount", " 12.000 ", 12000, "12000 kg"),
        ("food_safety_until", "30/06/2030", "2030-06-30", "30/06/2030"),
        ("food_safety_until", "1-7-2030", "2030-07-01", "01/07/2030"),
        ("contact_phone", "+84 900.000.012", "0900000012", "0900000012"),
        ("contact_name", "  Rơ   Châm H’Lan ", "Rơ Châm H’Lan", "Rơ Châm H’Lan"),
    ],
)
def test_an_answer_is_kept_in_one_form_and_read_back(
    key: str, typed: str, stored: Any, read: str, settings: Any
) -> None:
    settings.USE_THOUSAND_SEPARATOR = False
    assert parse(QUESTIONS[key], typed) == stored
    assert parse(QUESTIONS[key], stored) == stored
    assert shown(QUESTIONS[key], stored).replace(",", "").replace(".", "") == read.replace(",", "").replace(".", "")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("producer_right", "maybe"),
        ("producer_right", ""),
        ("yearly_amount", "viel"),
        ("yearly_amount", "9" * 30),
        ("yearly_amount", "-5"),
        ("food_safety_until", "31/02/2030"),
        ("food_safety_until", "01/01/0001"),
        ("contact_phone", "12"),
        ("contact_name", "x" * 201),
        ("product_description", "x" * 2001),
    ],
)
def test_a_wrong_answer_is_refused_with_what_to_write(dossier: Dossier, key: str, typed: str) -> None:
    with pytest.raises(WrongAnswer):
        save_answer(dossier, key, typed, by=person_of(dossier))
    assert not dossier.answers.exists()


def test_not_knowing_is_an_answer_where_the_question_allows_it(dossier: Dossier) -> None:
    answer = save_answer(dossier, "food_safety", is_unknown=True, by=person_of(dossier))
    assert (answer.value, answer.is_unknown) == (None, True)
    assert standing_of(dossier).is_answered(QUESTIONS["food_safety"])
    with pytest.raises(WrongAnswer):
        save_answer(dossier, "contact_name", is_unknown=True, by=person_of(dossier))


def test_a_question_may_hang_on_another_answer(dossier: Dossier) -> None:
    person = person_of(dossier)
    save_answer(dossier, "producer_right", "yes", by=person)
    assert states(dossier)["producer"] == "done"
    current = dossier.answers.get(state=State.CURRENT)
    save_answer(dossier, "producer_right", "no", by=person, based_on=current.pk)
    assert states(dossier)["producer"] == "doing"


def test_a_photo_is_made_anew_and_anything_else_is_refused(dossier: Dossier) -> None:
    person = person_of(dossier)
    answer = save_answer(dossier, "product_photo", picture=photo(), by=person)
    assert answer.value["picture"].startswith("dossiers/")
    assert len(answer.value["sha256"]) == 64
    bad = photo()
    bad.truncate(40)
    with pytest.raises(PictureRefused):
        save_answer(dossier, "label_photo", picture=bad, by=person)


# --- nothing is overwritten ------------------------------------------------------------------
def test_the_same_answer_again_changes_nothing(dossier: Dossier) -> None:
    person = person_of(dossier)
    first = save_answer(dossier, "contact_name", "H’Lan", by=person)
    assert save_answer(dossier, "contact_name", "H’Lan", by=person) == first
    assert dossier.answers.count() == 1


def test_a_new_answer_takes_the_place_of_the_old_one_and_both_are_kept(dossier: Dossier) -> None:
    person = person_of(dossier)
    first = save_answer(dossier, "contact_name", "H’Lan", by=person)
    save_answer(dossier, "contact_name", "H’Nghi", by=person, based_on=first.pk)
    assert list(dossier.answers.order_by("pk").values_list("value", "state")) == [
        ("H’Lan", State.REPLACED),
        ("H’Nghi", State.CURRENT),
    ]


def test_two_who_answer_at_once_lose_nothing_and_one_of_them_chooses(dossier: Dossier) -> None:
    one, other = person_of(dossier), colleague_of(dossier)
    first = save_answer(dossier, "contact_name", "H’Lan", by=one, based_on=None)
    second = save_answer(dossier, "contact_name", "H’Nghi", by=other, based_on=None)  # saw the empty page too

    assert (first.state, second.state) == (State.CURRENT, State.DISPUTED)
    assert states(dossier)["contact"] == "todo"
    chosen = choose_answer(dossier, "contact_name", second.pk, by=one)

    assert (chosen.value, chosen.state) == ("H’Nghi", State.CURRENT)
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert AuditEvent.objects.filter(verb__in=["dossier.answer_disputed", "dossier.answer_chosen"]).count() == 2
    with pytest.raises(NotAllowedNow):
        choose_answer(dossier, "contact_name", first.pk, by=one)


def test_the_log_of_an_answer_holds_no_answer(dossier: Dossier) -> None:
    save_answer(dossier, "contact_name", "H’Lan", by=person_of(dossier))
    save_answer(dossier, "contact_name", "H’Nghi", by=colleague_of(dossier))
    assert "H’" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


# --- who -------------------------------------------------------------------------------------
def test_strangers_and_officials_answer_nothing(dossier: Dossier, gia_lai: Office) -> None:
    stranger = producer_user(ProducerFactory(number=77, province=gia_lai.province), "nguoi-la")
    for user in (stranger, gia_lai.helper, gia_lai.manager):
        with pytest.raises(NotAllowedForYou):
            save_answer(dossier, "contact_name", "X", by=user)


# --- blocked until the training --------------------------------------------------------------
def test_the_diary_waits_for_the_training_and_says_which_day(dossier: Dossier) -> None:
    TrainingSession.objects.create(
        project=dossier.project, title="Lớp", audience="producers", held_on=date(2040, 6, 12), place="Ia Grai"
    )
    row = task_groups(standing_of(dossier))[2]["tasks"][2]
    assert (row["state"], row["url"]) == ("blocked", "")
    assert "12/06/2040" in row["note"]
    with pytest.raises(NotAllowedNow):
        save_answer(dossier, "diary_keeper", "X", by=person_of(dossier))
    train(dossier)
    assert states(dossier)["diary"] == "todo"


# --- sending ---------------------------------------------------------------------------------
def test_an_incomplete_dossier_is_not_sent_and_names_what_is_missing(dossier: Dossier) -> None:
    with pytest.raises(NotAllowedNow, match="Person in charge"):
        send_dossier(dossier, by=person_of(dossier))


def test_a_complete_dossier_is_sent_once_by_its_own_people(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    assert standing_of(dossier).done == 9
    with pytest.raises(NotAllowedForYou):
        send_dossier(dossier, by=gia_lai.helper)
    sent = send_dossier(dossier, by=person_of(dossier))
    assert (sent.status, sent.sent_by) == (Dossier.Status.SENT, person_of(dossier))
    with pytest.raises(NotAllowedNow):
        send_dossier(dossier, by=person_of(dossier))
    with pytest.raises(NotAllowedNow):
        save_answer(dossier, "contact_name", "X", by=person_of(dossier))


def test_a_withdrawn_consent_keeps_it_from_being_sent(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    dossier.producer.consents.update(withdrawn_at=timezone.now(), withdrawn_by=person_of(dossier))
    with pytest.raises(NotAllowedNow, match="Consent"):
        send_dossier(dossier, by=person_of(dossier))


# --- returned --------------------------------------------------------------------------------
@pytest.fixture
def returned(gia_lai: Office) -> Dossier:
    dossier = send_dossier(complete(gia_lai), by=person_of(complete_one()))
    return return_dossier(dossier, remarks=[("label_photo", "Ảnh bị mờ")], by=gia_lai.helper)


def complete_one() -> Dossier:
    return Dossier.objects.for_page().get()


def test_only_the_pages_with_a_remark_open_again_and_the_producer_is_told(returned: Dossier) -> None:
    person = person_of(returned)
    standing = standing_of(returned)
    assert [key for key in QUESTIONS if standing.may_change(key)] == ["label_photo"]
    assert standing.next is not None
    assert (standing.next.state, standing.next.first_open) == ("fix", "label_photo")
    with pytest.raises(NotAllowedNow):
        save_answer(returned, "contact_name", "X", by=person)
    message = Message.objects.get(recipient=person)
    assert "step 6" in message.short_text
    assert "Ảnh bị mờ" in message.text


def test_an_answered_remark_lets_it_be_sent_again(returned: Dossier) -> None:
    person = person_of(returned)
    current = returned.answers.get(question="label_photo", state=State.CURRENT)
    with pytest.raises(NotAllowedNow, match="Photos"):
        send_dossier(returned, by=person)
    save_answer(returned, "label_photo", picture=photo("#123456"), by=person, based_on=current.pk)
    assert send_dossier(returned, by=person).round == 2


def test_returning_needs_a_remark_an_office_and_a_sent_dossier(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    with pytest.raises(NotAllowedNow):
        return_dossier(dossier, remarks=[("label_photo", "mờ")], by=gia_lai.manager)
    send_dossier(dossier, by=person_of(dossier))
    with pytest.raises(WrongAnswer):
        return_dossier(dossier, remarks=[("label_photo", "  ")], by=gia_lai.manager)
    with pytest.raises(WrongAnswer):
        return_dossier(dossier, remarks=[("no_such", "x")], by=gia_lai.manager)
    with pytest.raises(NotAllowedForYou):
        return_dossier(dossier, remarks=[("label_photo", "mờ")], by=person_of(dossier))


# --- accepted --------------------------------------------------------------------------------
def test_an_accepted_dossier_is_final_and_its_answers_reach_the_registry(gia_lai: Office) -> None:
    dossier = send_dossier(complete(gia_lai), by=person_of(complete_one()))
    accept_dossier(dossier, by=gia_lai.helper)

    producer, product = dossier.producer, dossier.product
    producer.refresh_from_db()
    product.refresh_from_db()
    assert (producer.representative, producer.phone) == ("Rơ Châm H’Lan (giả lập)", "0900000012")
    assert product.description.startswith("Chôm chôm trồng")
    assert product.image
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"registry.producer_edited", "registry.product_edited", "registry.picture_changed"} <= verbs
    with pytest.raises(NotAllowedNow):
        return_dossier(dossier, remarks=[("label_photo", "mờ")], by=gia_lai.helper)
    with pytest.raises(NotAllowedNow):
        save_answer(dossier, "contact_name", "X", by=person_of(dossier))


def test_officials_read_every_answer_with_its_author(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    rows = {row["question"]: row for row in rows_of(dossier)}
    assert rows["contact_name"]["answered_by"] == str(person_of(dossier))
    assert rows["product_photo"]["picture_url"]
    assert rows["consent"]["value"] == "Agreed"
    assert len(rows) == len(QUESTIONS) - 1  # producer_wrong is not asked


def test_answer_all_again_after_a_change_of_mind(dossier: Dossier) -> None:
    train(dossier)
    answer_all(dossier, food_safety="none")
    keys = {row["question"] for row in rows_of(dossier)}
    assert "food_safety_photo" not in keys
