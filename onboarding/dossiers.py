"""Reading a dossier: its answers, how far each task is, what comes next, and its rows for others to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from onboarding.answering import shown
from onboarding.models import Answer, Dossier, DossierRemark
from onboarding.questions import GROUPS, QUESTIONS, TASK_OF, TASKS, Kind, Question, Task, asked
from people.models import User
from privacy.models import Consent, Purpose
from privacy.policies import producers_with_consent
from projects.models import Attendance, TrainingSession
from registry import policies as registry_policies

Status = Dossier.Status
EDITABLE = (Status.OPEN, Status.RETURNED)


@dataclass(frozen=True)
class TaskState:
    """A task with its state (done, doing, todo, fix, blocked), why it is blocked, and its first open question."""

    task: Task
    state: str
    note: str = ""
    first_open: str = ""


@dataclass
class Standing:
    """How far a dossier is, read with a handful of queries."""

    dossier: Dossier
    answers: Mapping[str, Answer]
    disputed: Mapping[str, list[Answer]]
    remarks: Mapping[str, list[DossierRemark]]
    has_consented: bool
    blocked_until: str
    tasks: list[TaskState] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many tasks are completed."""
        return sum(task.state == "done" for task in self.tasks)

    @property
    def next(self) -> TaskState | None:
        """The first task that can be worked on."""
        open_tasks = [task for task in self.tasks if task.state in ("fix", "doing", "todo")]
        return min(open_tasks, key=lambda task: task.state != "fix", default=None)

    @property
    def is_editable(self) -> bool:
        """Whether answers can still be given."""
        return self.dossier.status in EDITABLE

    @property
    def is_complete(self) -> bool:
        """Whether nothing keeps it from being sent."""
        return self.is_editable and self.done == len(self.tasks)

    def questions(self, task: Task) -> list[Question]:
        """The task's questions that the answers so far call for."""
        return asked(task, {key: answer.value for key, answer in self.answers.items()})

    def is_answered(self, question: Question) -> bool:
        """Whether the question needs nothing more."""
        if self.open_remarks(question.key) or self.disputed.get(question.key):
            return False
        return self.has_consented if question.kind == Kind.CONSENT else question.key in self.answers

    def open_remarks(self, key: str) -> list[DossierRemark]:
        """Remarks of this round on the question that no answer has met yet."""
        if self.dossier.status != Status.RETURNED:
            return []
        return [remark for remark in self.remarks.get(key, ()) if remark.answered_at is None]

    def may_change(self, key: str) -> bool:
        """Whether the question can be answered now: in a returned dossier only those with a remark.

        A consent that was withdrawn, or is asked for anew, can be given again, or the dossier could never be sent.
        """
        if self.dossier.status == Status.RETURNED:
            is_consent_missing = QUESTIONS[key].kind == Kind.CONSENT and not self.has_consented
            return is_consent_missing or bool(self.remarks.get(key))
        return self.dossier.status == Status.OPEN and not self._is_blocked(TASK_OF[key])

    def _is_blocked(self, task: Task) -> bool:
        return task.after_training and bool(self.blocked_until)

    def state_of(self, task: Task) -> TaskState:
        """The state of one task."""
        questions = self.questions(task)
        left = [question.key for question in questions if not self.is_answered(question)]
        if any(self.open_remarks(question.key) for question in questions):
            return TaskState(task, "fix", first_open=left[0])
        if self._is_blocked(task):
            return TaskState(task, "blocked", self.blocked_until)
        if not left:
            return TaskState(task, "done")
        return TaskState(task, "doing" if len(left) < len(questions) else "todo", first_open=left[0])


def standing_of(dossier: Dossier, *, today: date | None = None) -> Standing:
    """Read how far the dossier is."""
    return standings_of([dossier], today=today)[0]


def standings_of(dossiers: Sequence[Dossier], *, today: date | None = None) -> list[Standing]:
    """Read how far each of the dossiers is, in a handful of queries for all of them."""
    today = today or timezone.localdate()
    answers, disputed = _answers(dossiers)
    remarks: dict[int, dict[str, list[DossierRemark]]] = {}
    rounds = DossierRemark.objects.filter(dossier__in=dossiers, round=F("dossier__round"))
    for remark in rounds.select_related("made_by"):
        remarks.setdefault(remark.dossier_id, {}).setdefault(remark.question, []).append(remark)
    consented = producers_with_consent({dossier.producer.pk for dossier in dossiers}, Purpose.ONBOARDING)
    waiting = _waiting_for_training(dossiers, today)
    standings = []
    for dossier in dossiers:
        key = dossier.pk
        said = answers.get(key, {}), disputed.get(key, {}), remarks.get(key, {})
        standing = Standing(dossier, *said, dossier.producer.pk in consented, waiting[key])
        standing.tasks = [standing.state_of(task) for task in TASKS]
        standings.append(standing)
    return standings


def _answers(dossiers: Sequence[Dossier]) -> tuple[dict[int, dict[str, Answer]], dict[int, dict[str, list[Answer]]]]:
    """The answers in force and the disputed ones, by dossier and question."""
    current: dict[int, dict[str, Answer]] = {}
    disputed: dict[int, dict[str, list[Answer]]] = {}
    rows = Answer.objects.filter(dossier__in=dossiers).exclude(state=Answer.State.REPLACED)
    for answer in rows.select_related("answered_by", "assistance__consent"):
        if answer.state == Answer.State.CURRENT:
            current.setdefault(answer.dossier_id, {})[answer.question] = answer
        else:
            disputed.setdefault(answer.dossier_id, {}).setdefault(answer.question, []).append(answer)
    return current, disputed


def _waiting_for_training(dossiers: Sequence[Dossier], today: date) -> dict[int, str]:
    """Why the tasks after the training cannot start, with the day of the next class; "" once somebody was trained."""
    projects = {dossier.project.pk for dossier in dossiers}
    came = Attendance.objects.filter(
        session__project__in=projects, producer__in={dossier.producer.pk for dossier in dossiers}
    )
    trained = set(came.values_list("session__project", "producer").distinct())
    classes = TrainingSession.objects.filter(project__in=projects, held_on__gte=today).order_by()
    following = dict(classes.values_list("project").annotate(Min("held_on")))
    return {
        dossier.pk: ""
        if (dossier.project.pk, dossier.producer.pk) in trained
        else _waits_for(following.get(dossier.project.pk))
        for dossier in dossiers
    }


def _waits_for(day: date | None) -> str:
    if day:
        return _("waits for the training on %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}
    return _("waits for a training; the office will tell you the day")


def task_groups(standing: Standing) -> list[dict[str, Any]]:
    """Return the groups of the task list as the fragment `_tasks` draws them."""
    return [
        {
            "title": title,
            "tasks": [_task_row(standing, state) for state in standing.tasks if state.task.group == number],
        }
        for number, title in GROUPS.items()
    ]


def _task_row(standing: Standing, state: TaskState) -> dict[str, Any]:
    questions = standing.questions(state.task)
    first = state.first_open or questions[0].key
    can_open = standing.is_editable and any(standing.may_change(question.key) for question in questions)
    return {
        "label": state.task.title,
        "url": question_url(standing.dossier, first) if can_open else "",
        "state": state.state,
        "note": state.note,
        "questions": " ".join(question.key for question in state.task.questions),
    }


def question_url(dossier: Dossier, key: str) -> str:
    """Return the page of one question."""
    return reverse("onboarding:question", args=[dossier.reference, key])


def rows_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Return every answer as a row for officials: task, label, value, who gave it, picture, remarks of this round.

    Keys: question, task, label, value, is_unknown, answered_by, helped_by, answered_at, picture_url, remarks.
    """
    standing = standing_of(dossier)
    return [
        _row(standing, task, question)
        for task in TASKS
        for question in standing.questions(task)
        if question.kind != Kind.CONSENT or standing.has_consented or standing.is_editable
    ]


def _row(standing: Standing, task: Task, question: Question) -> dict[str, Any]:
    answer = standing.answers.get(question.key)
    consent = _("Agreed") if standing.has_consented else ""
    value = consent if question.kind == Kind.CONSENT else ""
    row: dict[str, Any] = {
        "question": question.key,
        "task": task.title,
        "label": question.label,
        "value": value,
        "is_unknown": False,
        "answered_by": "",
        "helped_by": "",
        "answered_at": None,
        "picture_url": "",
        "remarks": standing.remarks.get(question.key, []),
    }
    if question.kind == Kind.CONSENT and standing.has_consented and not answer:
        row |= _giver_of_consent(standing.dossier)
    if answer:
        row |= {
            "value": shown(question, answer.value, is_unknown=answer.is_unknown),
            "is_unknown": answer.is_unknown,
            "answered_at": answer.answered_at,
            "picture_url": picture_url(answer),
            **names_of(answer),
        }
    return row


def _giver_of_consent(dossier: Dossier) -> dict[str, Any]:
    """Who agreed, who took it down, and when: a consent is no answer of the dossier."""
    given = Consent.objects.counting(Purpose.ONBOARDING, timezone.localdate()).filter(producer=dossier.producer)
    consent = given.select_related("recorded_by").latest("given_at")
    helper = str(consent.recorded_by) if consent.recorded_by else ""
    return {"answered_by": consent.given_by_name, "helped_by": helper, "answered_at": consent.given_at}


def names_of(answer: Answer) -> dict[str, str]:
    """Return who answered: the producer's person, and the helper who typed it for them, if one did."""
    if answer.assistance is None:
        return {"answered_by": str(answer.answered_by), "helped_by": ""}
    return {"answered_by": answer.assistance.consent.given_by_name, "helped_by": str(answer.answered_by)}


def picture_url(answer: Answer) -> str:
    """Return where the photo of an answer is served, or ""."""
    if QUESTIONS[answer.question].kind != Kind.PHOTO or not answer.value:
        return ""
    return reverse("onboarding:picture", args=[answer.dossier.reference, answer.pk])


def helper_of(dossier: Dossier) -> User:
    """Return whom the producer calls: a helper of the project with a phone number, else its manager."""
    helpers = dossier.project.members.filter(role="helper", user__is_active=True).exclude(user__phone=None)
    member = helpers.select_related("user").order_by("pk").first()
    return member.user if member else dossier.project.manager


def people_of(dossier: Dossier) -> Iterable[User]:
    """Return the producer's people who may sign in."""
    return User.objects.filter(
        producer_memberships__producer=dossier.producer, producer_memberships__is_active=True, is_active=True
    ).order_by("pk")


def acts_for(user: User, dossier: Dossier) -> bool:
    """Whether the user is one of the producer's own people."""
    return registry_policies.acts_for(user, dossier.producer)
