"""Telling people what happens on the desk: plain functions that an act calls inside its own transaction.

Every occasion has a key, so that telling it twice is telling it once.
"""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from notices.actions import tell
from projects.models import Amendment, Deliverable, Matter
from workflows import cases
from workflows.models import Turn

PREPARE = "workflows.prepare_deliverable"
ANSWER = "workflows.answer_matter"
MOST_LETTERS = 300  # of a free text that is told; the whole stands in the application


def tell_step_opened(turn: Turn, *, now: datetime | None = None) -> None:
    """Tell a person that a step was opened for them; a step for a whole group is in their inbox.

    A deliverable that came back is told with its remarks. A matter is told to its addressee by the
    act that raises it (`tell_matter_raised`); here only their substitute hears of the step.
    """
    task = cases.joined(Task._default_manager.filter(pk=turn.task_id)).get()
    paper = cases.subject_of(task)
    if isinstance(paper, Deliverable) and paper.status == Deliverable.Status.RETURNED:
        _tell_returned(task, paper, now=now)
    elif task.owner_permission != ANSWER or turn.acting_for_id:
        _tell_given(task, key=f"step:{task.pk}:given", now=now)


def tell_handed_over(step: Task, *, now: datetime | None = None) -> None:
    """Tell a person that somebody handed them an open step; handed over again it is another occasion."""
    now = now or timezone.now()
    task = cases.joined(Task._default_manager.filter(pk=step.pk)).get()
    _tell_given(task, key=f"step:{task.pk}:given:{now:%Y%m%d%H%M%S}", now=now)


def _tell_given(task: Task, *, key: str, now: datetime | None) -> None:
    if task.owner is None:
        return
    turn = task.turn
    tell(
        "step.given",
        [task.owner],
        key=key,
        facts=step_facts(task),
        url=step_url(task),
        case=turn.project,
        province=turn.home,
        now=now,
    )


def _tell_returned(task: Task, paper: Deliverable, *, now: datetime | None) -> None:
    """Tell whoever handed a deliverable in, and whoever has it now, what must change."""
    remarks = list(paper.remarks.filter(round=paper.round, addressed_at=None).order_by("pk"))
    project = task.turn.project
    tell(
        "deliverable.returned",
        [person for person in (paper.submitted_by, task.owner) if person is not None],
        key=f"deliverable:{paper.pk}:returned:{paper.round}",
        facts={
            "about": str(paper),
            "project": project.code,
            "count": str(len(remarks)),
            "remark": _shortened(remarks[0].text) if remarks else "–",
        },
        url=paper.get_absolute_url(),
        case=project,
        now=now,
    )


def tell_matter_raised(matter: Matter, *, now: datetime | None = None) -> None:
    """Tell the addressee of a matter that an answer is asked of them."""
    tell(
        "matter.raised",
        [matter.addressee],
        key=f"matter:{matter.pk}:raised",
        facts={
            "project": matter.project.code,
            "kind": matter.get_kind_display(),
            "person": str(matter.raised_by),
            "text": _shortened(matter.text),
            "due": day_in_words(matter.due_on),
        },
        url=matter.get_absolute_url(),
        case=matter.project,
        now=now,
    )


def tell_matter_answered(matter: Matter, *, now: datetime | None = None) -> None:
    """Tell whoever raised a matter its answer."""
    tell(
        "matter.answered",
        [matter.raised_by],
        key=f"matter:{matter.pk}:answered",
        facts={
            "project": matter.project.code,
            "text": _shortened(matter.text),
            "person": str(matter.answered_by or ""),
            "answer": _shortened(matter.answer),
        },
        url=matter.get_absolute_url(),
        case=matter.project,
        now=now,
    )


def tell_amendment_decided(amendment: Amendment, *, now: datetime | None = None) -> None:
    """Tell whoever asked for an amendment what the leader decided."""
    tell(
        "amendment.decided",
        [amendment.requested_by],
        key=f"amendment:{amendment.pk}:decided",
        facts={
            "project": amendment.project.code,
            "name": amendment.name,
            "result": amendment.get_status_display(),
            "note": _shortened(amendment.decision_note),
        },
        url=amendment.get_absolute_url(),
        case=amendment.project,
        now=now,
    )


# --- words -------------------------------------------------------------------------------------
def step_facts(task: Task) -> dict[str, str]:
    """The facts of every notice about a step; a task of `cases.joined`."""
    subject, turn = cases.subject_of(task), task.turn
    return {
        "step": str(task.title),
        "about": cases.words_of(subject) if subject else turn.project.title if turn.project else turn.home.name,
        "project": turn.project.code if turn.project else turn.home.name,
        "due": day_in_words(task.due_on),
    }


def step_url(task: Task) -> str:
    """The step's page."""
    return reverse("task", args=[task.pk])


def day_in_words(day: date | None) -> str:
    """A day as dd/mm/yyyy, or that there is none."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else _("no due date")


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
