"""Approving many steps at once: first a table of what is eligible and what is not, then one decision after the other.

Each step is decided by `engine.perform` in its own transaction, with its own lines in the history;
one that fails never stops the rest. What is decided together must be alike and beyond doubt: no open
remarks or questions, nobody's own submission, one template version per kind of paper.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from documents.models import DocumentVersion
from people.errors import Refusal
from people.models import User
from projects.models import Remark
from workflows import engine, inbox, turns
from workflows.auth import holds
from workflows.forms.decision import together
from workflows.steps import Step, steps_of

logger = logging.getLogger(__name__)

MOST = 100  # steps in one batch
LONGEST_NOTE = 300  # characters


class Outcome(StrEnum):
    """What became of one step of a batch."""

    DONE = "done"
    ALREADY = "already"  # the same person had decided it before: a second click
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Item:
    """One chosen step; `reason` says why it cannot be decided with the others, "" when it can."""

    step: Step
    reason: str = ""

    @property
    def is_eligible(self) -> bool:
        """Whether it can be decided with the others."""
        return not self.reason


@dataclass(frozen=True)
class Result:
    """What became of one chosen step, in words where it was not decided."""

    step: Step
    outcome: Outcome
    text: str = ""


class TooMany(Refusal):
    """More steps were chosen than one batch may have."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose at most %(most)d steps at once; approve these first, then the rest.") % {"most": MOST}
        )


def answer_of(task: Task) -> Mapping[str, Any] | None:
    """Return the answer that approves the step without a look at its own; None if there is no such answer."""
    form: Any = getattr(task.flow_task, "form_class", None)
    return getattr(form, "batch_answer", None)


def is_offered(task: Task, user: User) -> bool:
    """Whether a list offers the step for a batch; asks nothing of the database, and the preflight looks closer."""
    if not inbox.is_open(task) or task.owner_id not in (None, user.pk) or answer_of(task) is None:
        return False
    return holds(user, task.owner_permission, inbox.project_of(task))


def chosen(user: User, ids: Iterable[int]) -> list[Task]:
    """Return the steps with these keys that the user may see, in the order of the inbox. Raises TooMany."""
    wanted = set(ids)
    if len(wanted) > MOST:
        raise TooMany
    return list(inbox.for_list(inbox.visible_to(user).filter(pk__in=wanted)))


def preflight(tasks: Sequence[Task], user: User) -> list[Item]:
    """Say for each step whether it can be approved with the others, or why not; changes nothing."""
    papers = [step.deliverable.pk for step in steps_of(tasks) if step.deliverable]
    with_remarks = set(
        Remark.objects.filter(deliverable__in=papers, addressed_at=None).values_list("deliverable", flat=True)
    )
    items = [Item(step, _obstacle(step, user, with_remarks)) for step in steps_of(tasks)]
    return _of_one_template(items, _templates(papers))


def approve(tasks: Sequence[Task], user: User, note: str = "") -> list[Result]:
    """Approve the steps that can be, each by itself; return what became of every one, in the same order.

    `note` is kept in the history of each. Doing it twice changes nothing the second time. Must not
    be called inside a transaction: each step has its own.
    """
    items = preflight(tasks, user)
    count = sum(item.is_eligible for item in items)
    with together(count, note.strip()[:LONGEST_NOTE]):
        return [_decided(item, user) for item in items]


def _decided(item: Item, user: User) -> Result:
    task = item.step.task
    if not item.is_eligible:
        own = task.status == STATUS.DONE and task.owner_id == user.pk
        return Result(item.step, Outcome.ALREADY if own else Outcome.REFUSED, item.reason)
    try:
        engine.perform(task, user=user, data=answer_of(task))
    except Refusal as refusal:
        return Result(item.step, Outcome.REFUSED, str(refusal))
    except Exception:
        logger.exception("Step %s of a batch failed; the others go on.", task.pk)
        text = _("This step could not be decided because of a fault, which was recorded. Open it and try by itself.")
        return Result(item.step, Outcome.FAILED, text)
    return Result(item.step, Outcome.DONE)


def _obstacle(step: Step, user: User, with_remarks: set[int]) -> str:
    """Return why this step cannot be approved together with others, or ""."""
    task = step.task
    if step.is_retired:
        return _("It belongs to an earlier version of the program.")
    if not inbox.is_open(task):
        return _("It is closed already: %(closing)s.") % {"closing": step.closing}
    node: Any = task.flow_task
    if not (node.can_execute(user, task) or node.can_assign(user, task)):
        return _("It is not yours to decide: it is with %(holder)s.") % {"holder": step.holder}
    if answer_of(task) is None:
        return _("It asks for answers of its own, so open it and answer it by itself.")
    if _is_own(step, user):
        return _("It is your own submission, or that of the person whom you stand in for; somebody else must decide.")
    if step.deliverable and step.deliverable.pk in with_remarks:
        return _("It has open remarks: open it and see whether they are settled.")
    if step.paused_on:
        return _("A question about it waits for an answer, so its clock stands still.")
    return ""


def _is_own(step: Step, user: User) -> bool:
    """Whether the user would decide on what they, or whoever they stand in for, handed in."""
    task, absent = step.task, turns.principal(step.task, user)
    people = {user.pk, absent.pk} if absent else {user.pk}
    if step.deliverable and step.deliverable.submitted_by_id in people:
        return True
    if step.order and step.order.requested_by_id in people:
        return True
    if absent and turns.stands_apart(task, user):
        return True
    return any(turns.handed_in_through_another(task, person) for person in (user, absent) if person)


def _templates(papers: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Return kind and template of each deliverable's newest version; one query."""
    versions = DocumentVersion.objects.filter(document__deliverable__in=papers).order_by("number")
    rows = versions.values_list("document__deliverable", "document__kind", "template")
    return {paper: (kind, template) for paper, kind, template in rows}


def _of_one_template(items: list[Item], templates: Mapping[int, tuple[str, int]]) -> list[Item]:
    """Leave in each kind of paper only those made with the template of most of them (the newer, if even)."""
    counts: defaultdict[tuple[str | None, str], Counter[int]] = defaultdict(Counter)
    for item in items:
        if item.is_eligible and (made := _made(item, templates)):
            counts[item.step.task.owner_permission, made[0]][made[1]] += 1
    usual = {kind: max(counted.items(), key=lambda entry: (entry[1], entry[0]))[0] for kind, counted in counts.items()}
    return [_alike(item, templates, usual) for item in items]


def _alike(item: Item, templates: Mapping[int, tuple[str, int]], usual: Mapping[tuple[str | None, str], int]) -> Item:
    if not item.is_eligible or not item.step.deliverable:
        return item
    made = _made(item, templates)
    if made is None:
        return Item(item.step, _("It has no document yet."))
    if made[1] != usual[item.step.task.owner_permission, made[0]]:
        return Item(item.step, _("It was made with another version of the template than the others of its kind."))
    return item


def _made(item: Item, templates: Mapping[int, tuple[str, int]]) -> tuple[str, int] | None:
    return templates.get(item.step.deliverable.pk) if item.step.deliverable else None
