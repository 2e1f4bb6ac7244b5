"""Answers: given one by one, never overwritten; where two people answered at once both stay until one is chosen."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.answering import parse
from onboarding.dossiers import Standing, acts_for, standing_of
from onboarding.errors import NotAllowedForYou, NotAllowedNow, WrongAnswer
from onboarding.models import Answer, Assistance, Dossier
from onboarding.questions import QUESTIONS, Kind, Question
from people import audit
from people.models import User
from registry import pictures

State = Answer.State
FOLDER = "dossiers"


def locked(dossier: Dossier) -> Dossier:
    """Return the dossier under its row lock, with what the acts look at."""
    found: Dossier = Dossier.objects.select_for_update(of=("self",)).for_page().get(pk=dossier.pk)
    return found


def log(verb: str, dossier: Dossier, *, by: User, at: datetime, **facts: Any) -> None:
    """Write an act of a dossier into the history of its project."""
    audit.record(
        verb,
        by=by,
        target=dossier,
        case=dossier.project,
        province=dossier.project.province,
        at=at,
        reference=dossier.reference,
        product=dossier.product.name,
        **facts,
    )


def check_may_answer(dossier: Dossier, user: User) -> Assistance | None:
    """Return the assistance under which a helper answers, None for the producer's own people.

    Raises NotAllowedForYou for anyone else: a helper needs the producer's consent, still in force, first.
    """
    if acts_for(user, dossier):
        return None
    open_ones = dossier.assistances.filter(helper=user, ended_at=None, consent__withdrawn_at=None)
    if (assistance := open_ones.select_related("consent").first()) is None:
        raise NotAllowedForYou(
            _("Only the people of %(producer)s answer its dossier; to fill in for them, begin with their consent.")
            % {"producer": dossier.producer}
        )
    return assistance


@transaction.atomic
def save_answer(
    dossier: Dossier,
    question: str,
    value: Any = None,
    *,
    by: User,
    is_unknown: bool = False,
    picture: IO[bytes] | None = None,
    based_on: int | None = None,
    now: datetime | None = None,
) -> Answer:
    """Keep an answer and return it; its state is DISPUTED if somebody else answered since the page was made.

    `based_on` is the pk of the answer that the page showed, None if it showed none. The same answer again changes
    nothing but meets the remarks on it. Raises NotAllowedForYou, NotAllowedNow for a page that is not open, and
    WrongAnswer.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    assistance = check_may_answer(dossier, by)
    standing = standing_of(dossier)
    asked = _open_question(standing, question)
    stored = _value(asked, value, is_unknown=is_unknown, picture=picture)
    current = standing.answers.get(question)
    if current is not None and (current.value, current.is_unknown) == (stored, is_unknown):
        answer = current
    else:
        stale = current is not None and current.pk != based_on and current.answered_by_id != by.pk
        answer = _added(dossier, asked, stored, by, now, assistance, None if stale else current, is_unknown=is_unknown)
        if stale:
            audit.record("dossier.answer_disputed", by=by, at=now, **_place(answer))
            return answer
    _meet_remarks(dossier, question, now)
    return answer


def _open_question(standing: Standing, key: str) -> Question:
    question = QUESTIONS.get(key)
    if question is None or question.kind == Kind.CONSENT:
        raise WrongAnswer(_("The dossier has no such question."))
    if not standing.may_change(key):
        raise NotAllowedNow(
            _("Dossier %(reference)s is not open for this answer: it is sent, or the office did not ask for it.")
            % {"reference": standing.dossier.reference}
        )
    return question


def _value(question: Question, value: Any, *, is_unknown: bool, picture: IO[bytes] | None) -> Any:
    if is_unknown:
        if not question.may_be_unknown:
            raise WrongAnswer(_("This question needs an answer; ask the officer if you are not sure."))
        return None
    if question.kind != Kind.PHOTO:
        return parse(question, value)
    if picture is None:
        raise WrongAnswer(_("Take or choose a photo."))
    drawn = pictures.prepare(picture)
    digest = hashlib.sha256(drawn.read()).hexdigest()
    drawn.seek(0)
    return {"picture": default_storage.save(f"{FOLDER}/{drawn.name}", drawn), "sha256": digest}


def _added(
    dossier: Dossier,
    question: Question,
    value: Any,
    by: User,
    now: datetime,
    assistance: Assistance | None,
    replaced: Answer | None,
    *,
    is_unknown: bool,
) -> Answer:
    if replaced is not None:
        replaced.state = State.REPLACED
        replaced.save(update_fields=["state"])
    taken = Answer.objects.filter(dossier=dossier, question=question.key, state=State.CURRENT).exists()
    return Answer.objects.create(
        dossier=dossier,
        question=question.key,
        value=value,
        is_unknown=is_unknown,
        state=State.DISPUTED if taken else State.CURRENT,
        answered_at=now,
        answered_by=by,
        assistance=assistance,
    )


def _meet_remarks(dossier: Dossier, question: str, now: datetime) -> None:
    open_ones = dossier.remarks.filter(round=dossier.round, question=question, answered_at=None)
    open_ones.update(answered_at=now)


def _place(answer: Answer) -> dict[str, Any]:
    """What the log keeps of an answer: the question, never the answer, which may be personal data."""
    dossier = answer.dossier
    return {
        "target": answer,
        "case": dossier.project,
        "province": dossier.project.province,
        "reference": dossier.reference,
        "question": answer.question,
    }


@transaction.atomic
def choose_answer(dossier: Dossier, question: str, chosen: int, *, by: User, now: datetime | None = None) -> Answer:
    """Settle which of several answers counts; the others are kept as replaced.

    Raises NotAllowedForYou, and NotAllowedNow when the answer is not one of those that wait.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    check_may_answer(dossier, by)
    standing = standing_of(dossier)
    current, others = standing.answers.get(question), standing.disputed.get(question, [])
    choices = [*([current] if current else []), *others]
    answer = next((each for each in choices if each.pk == chosen), None)
    if answer is None or not others or not standing.is_editable:
        raise NotAllowedNow(_("This choice has been made already; look at the answer again."))
    Answer.objects.filter(pk__in=[each.pk for each in choices]).update(state=State.REPLACED)
    answer.state = State.CURRENT
    answer.save(update_fields=["state"])
    _meet_remarks(dossier, question, now)
    audit.record("dossier.answer_chosen", by=by, at=now, **_place(answer))
    return answer
