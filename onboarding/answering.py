"""Which answers a question takes, and how an answer reads. Stored values are plain JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from onboarding.errors import WrongAnswer
from onboarding.questions import YES_OR_NO, Kind, Question

MAX_TEXT, MAX_LONG = 200, 2000
FARTHEST_YEAR = 2100


def parse(question: Question, raw: Any) -> Any:
    """Return the value to store for what was typed or chosen. Raises WrongAnswer with what to write instead.

    A stored value comes out as it is. A photo's value is made by the action that keeps the file.
    """
    text = unicodedata.normalize("NFC", str(raw if raw is not None else "")).strip()
    if not text:
        raise WrongAnswer(_EMPTY[question.kind]() if question.kind in _EMPTY else _("Write your answer."))
    return _PARSERS[question.kind](question, text)


def _choice(question: Question, text: str) -> str:
    choices = question.choices or YES_OR_NO
    if text not in {key for key, _label in choices}:
        raise WrongAnswer(_("Choose one of the answers."))
    return text


def _text(question: Question, text: str) -> str:
    most = MAX_LONG if question.kind == Kind.LONG else MAX_TEXT
    if len(text) > most:
        raise WrongAnswer(_("Write at most %(most)d letters; it has %(length)d.") % {"most": most, "length": len(text)})
    return text if question.kind == Kind.LONG else " ".join(text.split())


def _number(question: Question, text: str) -> int:
    digits = re.sub(r"[\s.]", "", text)  # 1.200 is one thousand two hundred here
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise WrongAnswer(_("Write a whole number in digits, for example 1200."))
    if int(digits) > question.most:
        raise WrongAnswer(
            _("This number is too large; write at most %(most)s.") % {"most": number_format(question.most)}
        )
    return int(digits)


def _day(question: Question, text: str) -> str:
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, form).replace(tzinfo=timezone.get_current_timezone()).date()
        except ValueError:
            continue
        if 1990 <= day.year <= FARTHEST_YEAR:
            return day.isoformat()
    raise WrongAnswer(_("Write the day as day/month/year, for example 30/06/2027."))


def _phone(question: Question, text: str) -> str:
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^\+?84(?=\d{9,10}$)", "0", digits)
    if not re.fullmatch(r"0[0-9]{9,10}", digits):
        raise WrongAnswer(_("Write the phone number as digits, starting with 0."))
    return digits


def _not_typed(question: Question, text: str) -> str:
    raise WrongAnswer(_("This question is not answered by writing."))


_PARSERS: dict[Kind, Callable[[Question, str], Any]] = {
    Kind.YES_NO: _choice,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.PHONE: _phone,
    Kind.PHOTO: _not_typed,
    Kind.CONSENT: _not_typed,
}
_EMPTY: dict[Kind, Callable[[], str]] = {
    Kind.YES_NO: lambda: _("Choose one of the answers."),
    Kind.CHOICE: lambda: _("Choose one of the answers."),
    Kind.PHOTO: lambda: _("Take or choose a photo."),
}


def shown(question: Question, value: Any, *, is_unknown: bool = False) -> str:
    """Return an answer as people read it; a photo in words, the picture itself is served by its own page."""
    if is_unknown:
        return _("I do not have it or do not know yet")
    if value is None:
        return ""
    if question.kind in (Kind.YES_NO, Kind.CHOICE):
        return str(dict(question.choices or YES_OR_NO).get(value, value))
    if question.kind == Kind.DAY:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if question.kind == Kind.NUMBER:
        number = number_format(value, use_l10n=True, force_grouping=True)
        return f"{number} {question.unit}" if question.unit else number
    return _("Photo") if question.kind == Kind.PHOTO else str(value)


def typed(question: Question, value: Any) -> Any:
    """Return a stored value as it stands in its field."""
    if value is not None and question.kind == Kind.DAY:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return value
