"""Questionnaires as data: drafts are changed, published versions never, answers keep their version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from people import audit
from people.models import User
from projects.actions import project as projects
from projects.actions import questionnaires as actions
from projects.actions.catalogues import load_catalogues
from projects.actions.surveys import record_survey
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Enrolment, Question, Questionnaire, SurveyResponse
from tests.factories.fieldwork import questionnaires
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory

DAY = date(2026, 6, 1)
TEXT = {"section": "VII. Khác", "text": "Số điện thoại của kho", "kind": "text"}


@pytest.fixture
def program(db: None) -> Questionnaire:
    return questionnaires()


@pytest.fixture
def draft(program: Questionnaire, gia_lai: Office) -> Questionnaire:
    return actions.start_draft(program, province=gia_lai.province, by=gia_lai.manager)


@pytest.fixture
def enrolment(program: Questionnaire, gia_lai: Office) -> Enrolment:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
    return projects.enrol_product(make_project(gia_lai), product, by=gia_lai.manager)


def test_loading_the_catalogues_twice_adds_nothing(program: Questionnaire) -> None:
    assert set(load_catalogues().values()) == {0}


def test_a_draft_starts_with_all_questions_of_its_source(program: Questionnaire, draft: Questionnaire) -> None:
    assert draft.version == 2
    assert list(draft.questions.values_list("key")) == list(program.questions.values_list("key"))


def test_a_second_draft_is_the_first_one(program: Questionnaire, draft: Questionnaire, gia_lai: Office) -> None:
    assert actions.start_draft(program, province=gia_lai.province, by=gia_lai.manager) == draft


@pytest.mark.parametrize("who", ["helper", "leader", "clerk"])
def test_only_managers_and_administrators_make_drafts(program: Questionnaire, gia_lai: Office, who: str) -> None:
    with pytest.raises(NotAllowedForYou):
        actions.start_draft(program, province=gia_lai.province, by=getattr(gia_lai, who))


def test_a_manager_of_another_province_does_not_change_a_draft(draft: Questionnaire, son_la: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        actions.add_question(draft, by=son_la.manager, **TEXT)


def test_a_published_version_never_changes(draft: Questionnaire, gia_lai: Office) -> None:
    question = draft.questions.get(key="production")
    actions.publish(draft, by=gia_lai.manager)
    for act in (
        lambda: actions.add_question(draft, by=gia_lai.manager, **TEXT),
        lambda: actions.change_question(question, by=gia_lai.manager, text="Khác"),
        lambda: actions.remove_question(question, by=gia_lai.manager),
        lambda: actions.move_question(question, by=gia_lai.manager),
        lambda: actions.reword(draft, title="Khác", introduction="", by=gia_lai.manager),
        lambda: actions.discard(draft, by=gia_lai.manager),
        lambda: actions.publish(draft, by=gia_lai.manager),
    ):
        with pytest.raises(NotAllowedNow, match="never changes"):
            act()
    assert Question.objects.get(pk=question.pk).text == question.text


def test_the_programs_own_version_never_changes(program: Questionnaire, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="never changes"):
        actions.add_question(program, by=gia_lai.manager, **TEXT)


def test_an_empty_draft_is_not_published(draft: Questionnaire, gia_lai: Office) -> None:
    draft.questions.all().delete()
    with pytest.raises(NotAllowedNow, match="no question"):
        actions.publish(draft, by=gia_lai.manager)


def test_answers_keep_the_version_they_were_given_to(
    enrolment: Enrolment, program: Questionnaire, draft: Questionnaire, gia_lai: Office
) -> None:
    survey = record_survey(enrolment, by=gia_lai.helper, surveyed_on=DAY, questionnaire=program, answers={})
    actions.publish(draft, by=gia_lai.manager)
    survey.refresh_from_db()
    assert survey.questionnaire == program
    assert Questionnaire.objects.current(gia_lai.province.pk, "product") == draft


def test_another_province_goes_on_with_the_programs_version(
    draft: Questionnaire, program: Questionnaire, gia_lai: Office, son_la: Office
) -> None:
    actions.publish(draft, by=gia_lai.manager)
    assert Questionnaire.objects.current(son_la.province.pk, "product") == program
    assert draft not in Questionnaire.objects.visible_to(son_la.manager)


def test_nobody_surveys_with_a_draft(enrolment: Enrolment, draft: Questionnaire, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="draft"):
        record_survey(enrolment, by=gia_lai.helper, surveyed_on=DAY, questionnaire=draft, answers={})
    assert not SurveyResponse.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param({**TEXT, "kind": "choice", "choices": ["Một"]}, "at least two", id="one_choice"),
        pytest.param({**TEXT, "kind": "choice", "choices": ["Một", "Một"]}, "at least two", id="same_choice_twice"),
        pytest.param({**TEXT, "kind": "text", "feeds": "has_diary"}, "cannot fill", id="text_as_figure"),
        pytest.param({**TEXT, "kind": "yes_no", "feeds": "has_diary"}, "already", id="figure_fed_twice"),
    ],
)
def test_a_question_that_no_report_could_use_is_refused(
    draft: Questionnaire, gia_lai: Office, content: dict[str, object], message: str
) -> None:
    count = draft.questions.count()
    with pytest.raises(NotAllowedNow, match=message):
        actions.add_question(draft, by=gia_lai.manager, **content)
    assert draft.questions.count() == count


def test_a_new_question_gets_a_key_that_no_version_has(draft: Questionnaire, gia_lai: Office) -> None:
    first = actions.add_question(draft, by=gia_lai.manager, **TEXT)
    second = actions.add_question(draft, by=gia_lai.manager, **TEXT)
    assert (first.key, second.key) == ("q1", "q2")


def test_a_question_moved_meanwhile_keeps_its_place_when_it_is_reworded(draft: Questionnaire, gia_lai: Office) -> None:
    first, second = draft.questions.all()[:2]
    actions.move_question(Question.objects.get(pk=second.pk), by=gia_lai.manager)
    actions.change_question(second, by=gia_lai.manager, text="Khác")
    assert [one.pk for one in draft.questions.all()[:2]] == [second.pk, first.pk]


@pytest.mark.parametrize("act", [actions.change_question, actions.move_question, actions.remove_question])
def test_a_question_removed_meanwhile_stays_removed(draft: Questionnaire, gia_lai: Office, act: Any) -> None:
    question = draft.questions.all()[1]
    actions.remove_question(Question.objects.get(pk=question.pk), by=gia_lai.manager)
    with pytest.raises(NotAllowedNow, match="was removed by somebody else"):
        act(question, by=gia_lai.manager)
    assert not Question.objects.filter(pk=question.pk).exists()


def test_a_draft_thrown_away_meanwhile_is_refused_with_the_reason(draft: Questionnaire, gia_lai: Office) -> None:
    before = Questionnaire.objects.get(pk=draft.pk)
    actions.discard(draft, by=gia_lai.manager)
    with pytest.raises(NotAllowedNow, match="was thrown away by somebody else"):
        actions.publish(before, by=gia_lai.manager)


def test_moving_up_swaps_with_the_question_above_and_the_first_stays(draft: Questionnaire, gia_lai: Office) -> None:
    first, second = draft.questions.order_by("position")[:2]
    actions.move_question(first, by=gia_lai.manager)
    actions.move_question(second, by=gia_lai.manager)
    assert list(draft.questions.order_by("position")[:2]) == [second, first]


# --- pages -----------------------------------------------------------------------------------
def test_a_manager_drafts_changes_and_publishes_on_the_pages(
    client: Client, program: Questionnaire, gia_lai: Office
) -> None:
    client.force_login(gia_lai.manager)
    client.post(f"/questionnaires/{program.pk}/draft/")
    draft = Questionnaire.objects.get(province=gia_lai.province)
    added = {**TEXT, "kind": "choice", "choices": "Có kho\nKhông có kho\n\n", "feeds": ""}
    client.post(f"/questionnaires/{draft.pk}/", added)
    question = draft.questions.get(key="q1")
    assert question.choices == ["Có kho", "Không có kho"]
    url = f"/questionnaires/{draft.pk}/{question.pk}/"
    made_from = client.get(url).context["made_from"]
    client.post(url, {**added, "text": "Kho riêng", "made_from": made_from})
    client.post(f"/questionnaires/{draft.pk}/publish/")
    draft.refresh_from_db()
    assert not draft.is_draft
    assert "Kho riêng" in client.get(f"/questionnaires/{draft.pk}/").content.decode()


def test_a_wrong_question_comes_back_with_what_was_typed(client: Client, draft: Questionnaire, gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    answer = client.post(f"/questionnaires/{draft.pk}/", {**TEXT, "kind": "choice", "choices": "Một", "feeds": ""})
    assert answer.status_code == 422
    assert TEXT["text"] in answer.content.decode()


def test_a_questionnaire_ends_at_its_hundredth_question(draft: Questionnaire, gia_lai: Office) -> None:
    free = range(draft.questions.count(), actions.MAX_QUESTIONS)
    Question.objects.bulk_create(Question(questionnaire=draft, position=n, key=f"x{n}", **TEXT) for n in free)
    with pytest.raises(NotAllowedNow, match="at most 100 questions"):
        actions.add_question(draft, by=gia_lai.manager, **TEXT)


# --- two people at one draft -------------------------------------------------------------------
@pytest.fixture
def colleague(gia_lai: Office) -> User:
    return member("gl-quanly2", "manager", gia_lai.organisation)


def test_the_second_of_two_people_at_a_question_sees_both_entries_and_overwrites_nothing(
    client: Client, draft: Questionnaire, gia_lai: Office, colleague: User
) -> None:
    client.force_login(colleague)
    asked = draft.questions.get(key="production")
    url = f"/questionnaires/{draft.pk}/{asked.pk}/"
    mine = client.get(url).context["made_from"]
    actions.change_question(asked, by=gia_lai.manager, text="Diện tích trồng?")
    typed = {"section": asked.section, "text": "Diện tích canh tác?", "hint": asked.hint, "kind": asked.kind}
    sent = typed | {"feeds": asked.feeds, "made_from": mine}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert answer.context["differences"] == [("Question", "Diện tích trồng?", "Diện tích canh tác?")]
    assert f"Saved by {gia_lai.manager}" in answer.content.decode()
    assert Question.objects.get(pk=asked.pk).text == "Diện tích trồng?"
    assert client.post(url, sent | {"made_from": answer.context["made_from"]}).status_code == 302
    assert Question.objects.get(pk=asked.pk).text == "Diện tích canh tác?"


def test_the_second_of_two_people_at_the_title_of_a_draft_sees_both(
    client: Client, draft: Questionnaire, gia_lai: Office, colleague: User
) -> None:
    client.force_login(colleague)
    url = f"/questionnaires/{draft.pk}/title/"
    mine = client.get(url).context["made_from"]
    actions.reword(draft, title="Phiếu A", introduction=draft.introduction, by=gia_lai.manager)
    answer = client.post(url, {"title": "Phiếu B", "introduction": draft.introduction, "made_from": mine})
    assert answer.context["differences"] == [("Title", "Phiếu A", "Phiếu B")]
    assert Questionnaire.objects.get(pk=draft.pk).title == "Phiếu A"


def test_the_log_of_a_draft_names_who_added_changed_and_removed_a_question(
    draft: Questionnaire, gia_lai: Office, colleague: User
) -> None:
    added = actions.add_question(draft, by=gia_lai.manager, **TEXT)
    actions.change_question(added, by=colleague, text="Kho ở đâu?")
    actions.remove_question(added, by=gia_lai.manager)
    told = [(act.by, act.verb, act.facts["text"]) for act in audit.history(draft)[:3]]
    assert told == [
        (gia_lai.manager, "fieldwork.question_removed", "Kho ở đâu?"),
        (colleague, "fieldwork.question_changed", "Kho ở đâu?"),
        (gia_lai.manager, "fieldwork.question_added", TEXT["text"]),
    ]
