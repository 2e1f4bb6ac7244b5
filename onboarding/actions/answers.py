"""Answers: given one by one, never overwritten; where two people answered at once both stay until one is chosen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
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
    client_id: UUID | None = None,
    after: UUID | None = None,
    is_late: bool = False,
    now: datetime | None = None,
) -> Answer:
    """Keep an answer and return it; its state is DISPUTED if somebody else answered since the page was made.

    `based_on` is the pk of the answer that the page showed, None if it showed none. The same answer again changes
    nothing but meets the remarks on it. `client_id` marks the answer: sent again with the same content, the answer
    that is there is returned and nothing happens, whatever came in between. `is_late` says that it waited on a phone:
    then the person's own newer answer from elsewhere is not replaced either, unless it is the one marked `after`,
    which the phone had sent before.

    Raises NotAllowedForYou, NotAllowedNow for a page that is not open, and WrongAnswer, also for a mark that
    another dossier, question or person has.
    """
    now = now or timezone.now()
    dossier = locked(dossier)
    assistance = check_may_answer(dossier, by)
    asked = _known_question(question)
    standing = standing_of(dossier)
    known = _marked(client_id, dossier, question, by) if client_id else None
    if known is None:
        _check_open(standing, question)
    given = _given(asked, value, is_unknown=is_unknown, picture=picture)
    if known is not None:
        if given.is_in(known):
            return known
        _check_open(standing, question)
        client_id = None  # the page was opened again by the back button: another answer, without a mark
    current = standing.answers.get(question)
    if current is not None and given.is_in(current):
        if client_id:  # what was said again is kept beside it, or its second sending could not be told
            _add(dossier, asked, current.value, by, now, assistance, State.REPLACED, client_id)
        answer = current
    else:
        is_stale = current is not None and not _is_known(current, by, based_on, after, is_late=is_late)
        if current is not None and not is_stale:
            current.state = State.REPLACED
            current.save(update_fields=["state"])
        state = State.DISPUTED if is_stale else State.CURRENT
        answer = _add(dossier, asked, given.stored(), by, now, assistance, state, client_id)
        if is_stale:
            audit.record("dossier.answer_disputed", by=by, at=now, **_place(answer))
            return answer
    _meet_remarks(dossier, question, now)
    return answer


@dataclass(frozen=True)
class _Given:
    """An answer as it came in: its value, or the photo that is kept as a file only when it is new."""

    value: Any
    is_unknown: bool
    photo: bytes = b""
    name: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.photo).hexdigest()

    def is_in(self, answer: Answer) -> bool:
        """Whether the answer says the same."""
        if answer.is_unknown != self.is_unknown:
            return False
        if self.photo:
            return bool((answer.value or {}).get("sha256") == self.digest)
        return bool(answer.value == self.value)

    def stored(self) -> Any:
        """Keep the photo, and return the value to store."""
        if not self.photo:
            return self.value
        name = default_storage.save(f"{FOLDER}/{self.name}", ContentFile(self.photo))
        return {"picture": name, "sha256": self.digest}


def _marked(client_id: UUID, dossier: Dossier, question: str, by: User) -> Answer | None:
    """Return the answer with this mark; who asks with another's mark learns nothing but that it is taken."""
    known: Answer | None = Answer.objects.filter(client_id=client_id).first()
    if known and (known.dossier_id, known.question, known.answered_by_id) != (dossier.pk, question, by.pk):
        raise WrongAnswer(_mark_is_taken())
    return known


def _mark_is_taken() -> str:
    return _("This answer cannot be told from another one. Open the question again and answer it once more.")


def _is_known(current: Answer, by: User, based_on: int | None, after: UUID | None, *, is_late: bool) -> bool:
    """Whether the person knew the current answer when giving the new one."""
    if current.pk == based_on or (after is not None and current.client_id == after):
        return True
    return bool(current.answered_by_id == by.pk and not is_late)


def _known_question(key: str) -> Question:
    question = QUESTIONS.get(key)
    if question is None or question.kind == Kind.CONSENT:
        raise WrongAnswer(_("The dossier has no such question."))
    return question


def _check_open(standing: Standing, key: str) -> None:
    if not standing.may_change(key):
        raise NotAllowedNow(
            _("Dossier %(reference)s is not open for this answer: it is sent, or the office did not ask for it.")
            % {"reference": standing.dossier.reference}
        )


def _given(question: Question, value: Any, *, is_unknown: bool, picture: IO[bytes] | None) -> _Given:
    if is_unknown:
        if not question.may_be_unknown:
            raise WrongAnswer(_("This question needs an answer; ask the officer if you are not sure."))
        return _Given(None, is_unknown=True)
    if question.kind != Kind.PHOTO:
        return _Given(parse(question, value), is_unknown=False)
    if picture is None:
        raise WrongAnswer(_("Take or choose a photo."))
    drawn = pictures.prepare(picture)
    return _Given(None, is_unknown=False, photo=drawn.read(), name=str(drawn.name))


def _add(
    dossier: Dossier,
    question: Question,
    value: Any,
    by: User,
    now: datetime,
    assistance: Assistance | None,
    state: Answer.State,
    client_id: UUID | None,
) -> Answer:
    try:
        with transaction.atomic():
            return Answer.objects.create(
                dossier=dossier,
                question=question.key,
                value=value,
                is_unknown=value is None,
                state=state,
                answered_at=now,
                answered_by=by,
                assistance=assistance,
                client_id=client_id,
            )
    except IntegrityError as error:  # under another dossier's lock the same mark came in this moment
        if client_id and Answer.objects.filter(client_id=client_id).exists():
            raise WrongAnswer(_mark_is_taken()) from error
        raise


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
