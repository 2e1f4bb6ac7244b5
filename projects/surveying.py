"""What answers mean: from answers to the columns that reports read, and back from columns to answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.models import Question, SurveyResponse

Kind, Feeds = Question.Kind, Question.Feeds
YES, NO = "yes", "no"
Answers = dict[str, Any]
FIGURES = (Feeds.HAS_DECLARED_STANDARD, Feeds.HAS_BARCODE, Feeds.HAS_DIARY)
# Which kinds of answer may fill a column: a yes or no is counted, a number is summed up, a text is printed.
FITTING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FIGURES, (Kind.YES_NO,)),
    Feeds.QUALITY_SYSTEM: (Kind.CHOICE, Kind.SEVERAL, Kind.TEXT),
    Feeds.CAPACITY: (Kind.NUMBER,),
    **dict.fromkeys(
        (Feeds.PRODUCTION, Feeds.PURCHASING, Feeds.PROCESSING, Feeds.TRACEABILITY, Feeds.NEEDS, Feeds.PROCESS),
        (Kind.TEXT, Kind.CHOICE, Kind.SEVERAL),
    ),
}
LIST_MARK = ", "


def findings_of(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that the answers fill; a column that no question fills keeps its empty value."""
    found: dict[str, Any] = dict.fromkeys(Feeds.values, "")
    found |= dict.fromkeys(FIGURES, False) | {Feeds.CAPACITY: None}
    for question in questions:
        answer = answers.get(question.key)
        if question.feeds and answer is not None:
            found[question.feeds] = _column(question.feeds, answer)
    most = SurveyResponse._meta.get_field("quality_system").max_length
    return {**found, Feeds.QUALITY_SYSTEM: found[Feeds.QUALITY_SYSTEM][:most]}


def _column(feeds: str, answer: Any) -> Any:
    if feeds in FIGURES:
        return answer == YES
    if feeds == Feeds.CAPACITY:
        return Decimal(answer)
    return LIST_MARK.join(answer) if isinstance(answer, list) else answer


def answers_of(questions: Iterable[Question], findings: Mapping[str, Any]) -> Answers:
    """Return the answers that fill these columns: for findings that come without a questionnaire."""
    answers: Answers = {}
    for question in questions:
        value = findings.get(question.feeds)
        if value is None or value == "":
            continue
        if question.feeds in FIGURES:
            answers[question.key] = YES if value else NO
        elif question.kind == Kind.SEVERAL:
            answers[question.key] = [part.strip() for part in str(value).split(LIST_MARK.strip())]
        else:
            answers[question.key] = str(value)
    return answers


def shown(question: Question, answer: Any) -> str:
    """Return an answer as people read it; "" for none."""
    if question.kind == Kind.YES_NO:
        return {YES: _("yes"), NO: _("no")}.get(answer, "")
    return LIST_MARK.join(answer) if isinstance(answer, list) else str(answer or "")


def content_of(surveyed_on: date, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return one saving of a survey, as two of them are compared (people.editions)."""
    return {"surveyed_on": surveyed_on, "answers": dict(answers)}


def reading(questions: Iterable[Question], content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the day and each question with its answer, as people read them."""
    yield _("Surveyed on"), date_format(content["surveyed_on"])
    for question in questions:
        yield question.text, shown(question, content["answers"].get(question.key))
