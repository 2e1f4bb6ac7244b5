"""The survey form of one enrolled product: blank, or with the answers of its survey (QT-PL.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.actions import written
from documents.contexts.classes import SurveyForm, SurveyQuestion, SurveySection
from projects.models import Enrolment, Question, Questionnaire, SurveyResponse
from projects.surveying import NO, YES, answers_of
from workflows.contexts import case
from workflows.contexts.parties import DOTS, paragraphs, party, place_and_blank_day, place_name

Kind = Question.Kind
EMPTY_BOX, TICKED_BOX = "\u2610", "\u2612"
YES_OR_NO = ((YES, "Có"), (NO, "Không"))  # on paper always in Vietnamese
LINES_OF_TEXT = 3  # to write on by hand


def survey_form(enrolment: Enrolment, day: date) -> SurveyForm:
    """Return the questionnaire that the survey was made with, else the one in use. NotReady without any."""
    survey, product = case.survey_of(enrolment), enrolment.product
    questionnaire = _questionnaire(enrolment, survey)
    questions = list(questionnaire.questions.order_by("position", "pk"))
    answers = _answers(survey, questions)
    producer = product.producer
    return SurveyForm(
        place_date=f"{place_name(producer.commune)}, {written(survey.surveyed_on)}"
        if survey
        else place_and_blank_day(producer),
        title=questionnaire.title,
        version=questionnaire.version,
        introduction=questionnaire.introduction,
        agency=enrolment.project.owner.name,
        project_title=enrolment.project.title,
        party=party(producer),
        product_name=product.name,
        group_name=product.group.name if product.group else DOTS,
        trace_code=product.trace_code,
        sections=tuple(
            SurveySection(name=name, questions=tuple(_question(each, answers.get(each.key)) for each in asked))
            for name, asked in _by_section(questions).items()
        ),
        surveyor=survey.surveyed_by.full_name if survey else "",
    )


def _questionnaire(enrolment: Enrolment, survey: SurveyResponse | None) -> Questionnaire:
    if survey and survey.questionnaire:
        return survey.questionnaire
    current = Questionnaire.objects.current(enrolment.project.province_id, Questionnaire.Subject.PRODUCT)
    if current is None:
        raise case.not_ready([_("No questionnaire on products is published: publish one on the page of surveys.")])
    found: Questionnaire = current
    return found


def _answers(survey: SurveyResponse | None, questions: list[Question]) -> Mapping[str, Any]:
    """The survey's answers; of a survey that came without a questionnaire, those that its findings stand for."""
    if survey is None:
        return {}
    if survey.questionnaire_id:
        return dict(survey.answers)
    return answers_of(questions, {name: getattr(survey, name) for name in Question.Feeds.values})


def _by_section(questions: list[Question]) -> dict[str, list[Question]]:
    sections: dict[str, list[Question]] = {}
    for question in questions:
        sections.setdefault(question.section, []).append(question)
    return sections


def _question(question: Question, answer: Any) -> SurveyQuestion:
    return SurveyQuestion(text=question.text, hint=question.hint, reply=_reply(question, answer))


def _reply(question: Question, answer: Any) -> tuple[str, ...]:
    """What stands beside the question: boxes, what was answered, or lines to write on."""
    if question.kind == Kind.YES_NO:
        return tuple(_box(label, is_ticked=answer == value) for value, label in YES_OR_NO)
    if question.kind in (Kind.CHOICE, Kind.SEVERAL):
        chosen = answer if isinstance(answer, list) else [answer]
        others = [each for each in chosen if each and each not in question.choices]
        return tuple(_box(choice, is_ticked=choice in chosen) for choice in question.choices) + tuple(
            _box(each, is_ticked=True) for each in others
        )
    if answer not in (None, ""):
        return paragraphs(capfirst(str(answer)))
    return (DOTS,) * (1 if question.kind == Kind.NUMBER else LINES_OF_TEXT)


def _box(label: str, *, is_ticked: bool) -> str:
    return f"{TICKED_BOX if is_ticked else EMPTY_BOX} {label}"
