"""The ladder of reminders, in working days: −5, −1 and 0 before a step is due, +1 and +5 after it.

Computed at every tick from the due date as it is now (docs/adr/0016), so that a moved date needs
no second change: the key of a notice names the step, its due date and the rung. Of what was
missed while no tick ran, only the rung on which a step stands today is told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from notices.actions import tell
from notices.models import Message
from people import audit
from people.models import User
from projects.models import PilotProject
from workflows import cases, inbox
from workflows.models import Turn
from workflows.staff import Staff, StepOf
from workflows.steps import Step
from workflows.telling import step_facts, step_url
from worktime.working_days import Calendar

logger = logging.getLogger(__name__)
Item = TypeVar("Item")

OPEN = (STATUS.NEW, STATUS.ASSIGNED)
SOON, GRAVE = 5, 5  # working days before and after the due date
# Five working days never take longer, whatever the holidays; the calendar then looks closely.
HORIZON = timedelta(days=40)
KEYS_AT_ONCE, STEPS_AT_ONCE = 5000, 50


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder; its name is part of stored keys and is never changed."""

    name: str
    to_holders: str = ""  # event
    to_supervisors: str = ""  # event


IN_FIVE_DAYS = Rung("-5", "step.due_soon")
TOMORROW = Rung("-1", "step.due")
TODAY = Rung("0", "step.due")
LATE = Rung("+1", "step.late", "step.late_below")
ESCALATED = Rung("+5", "", "step.escalated")


def rung_on(left: int, *, at_opening: int, days_open: int) -> Rung | None:
    """Return the rung on which a step stands; None between the rungs and far from the due date.

    `left` are the working days until it is due, `at_opening` those that were left when it opened,
    `days_open` those since then. A step is not announced on the day on which it is given, and
    one that was opened late has its own days before anybody calls its holder late.
    """
    if left < 0:
        late = min(-left, days_open)
        return ESCALATED if late >= GRAVE else LATE if late >= 1 else None
    for most, rung in ((0, TODAY), (1, TOMORROW), (SOON, IN_FIVE_DAYS)):
        if left <= most:
            return rung if at_opening > most else None
    return None


@dataclass(frozen=True)
class Reminder:
    """A step on a rung, and whom to tell which event."""

    task: int
    owner: int | None
    due: date
    rung: Rung
    people: tuple[tuple[int, str], ...]  # user, event

    @property
    def key(self) -> str:
        """The occasion: a moved date or a higher rung is another one."""
        return f"step:{self.task}:{self.due:%Y%m%d}:{self.rung.name}"

    @property
    def keys(self) -> list[str]:
        """The keys of its messages, one per person."""
        return [f"{self.key}:{user}" for user, _event in self.people]

    def without(self, told: set[str]) -> Reminder:
        """The same for those who were not told yet."""
        left = tuple(pair for pair, key in zip(self.people, self.keys, strict=True) if key not in told)
        return Reminder(self.task, self.owner, self.due, self.rung, left)


def remind(now: datetime | None = None) -> int:
    """Tell every open step's rung of today to those whom it concerns; return how many messages are new.

    Nothing on days off. Steps whose clock stands still, and those of an earlier version of the
    program, are left out. May run at any time, as often as one likes, and beside itself.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    tasks = list(_open_tasks(today))
    if not tasks:
        return 0
    calendar = Calendar()
    if not calendar.is_working(today):
        return 0
    staff = Staff(today)
    found = [reminder for task in tasks if (reminder := _reminder(task, today, calendar, staff))]
    untold = _untold(found)
    return sum(_tell_batch(batch, now=now, calendar=calendar) for batch in _batches(untold, STEPS_AT_ONCE))


def _open_tasks(today: date) -> Iterable[Task]:
    """Open steps whose due date is near or past; one query.

    The steps of a cohort's products are left out: they have no date of their own, the matrix counts their days,
    and 81 products near the end of their project would be 81 messages to one person.
    """
    tasks: Iterable[Task] = (
        inbox.steps()
        .filter(status__in=OPEN, turn__paused_at=None, process__onboardingprocess=None)
        .annotate(due_on=cases.due_on(), project=F("turn__project_id"), province=cases.PROVINCE)
        .filter(due_on__lte=today + HORIZON)
        .only("created", "owner_id", "owner_permission", "flow_task", "flow_task_type")
        .order_by("pk")
    )
    return tasks


def _reminder(task: Task, today: date, calendar: Calendar, staff: Staff) -> Reminder | None:
    if inbox.is_retired(task):
        return None
    opened = timezone.localdate(task.created)
    rung = rung_on(
        calendar.left(today, task.due_on),
        at_opening=calendar.left(opened, task.due_on),
        days_open=calendar.between(opened, today),
    )
    if rung is None:
        return None
    case = f"{PilotProject._meta.label_lower}:{task.project}"
    step = StepOf(task.owner_permission or "", task.owner_id, task.province, case)
    holders = staff.holders(step) if rung.to_holders else set()
    supervisors = staff.supervisors(step) if rung.to_supervisors else set()
    people = [(user, rung.to_holders) for user in sorted(holders)]
    people += [(user, rung.to_supervisors) for user in sorted(supervisors)]
    return Reminder(task.pk, task.owner_id, task.due_on, rung, tuple(people))


def _untold(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Leave out what was told already, and who cannot be told any more, before anything is locked."""
    told = _told(reminders)
    left = [reminder.without(told) for reminder in reminders]
    asked = {user for reminder in left for user, _event in reminder.people}
    active = set(User.objects.filter(pk__in=asked, is_active=True).values_list("pk", flat=True)) if asked else set()
    return [reminder for reminder in left if any(user in active for user, _event in reminder.people)]


def _told(reminders: Iterable[Reminder]) -> set[str]:
    keys = chain.from_iterable(reminder.keys for reminder in reminders)
    told: set[str] = set()
    for some in _batches(keys, KEYS_AT_ONCE):
        told.update(Message.objects.filter(key__in=some).values_list("key", flat=True))
    return told


def _tell_batch(reminders: Sequence[Reminder], *, now: datetime, calendar: Calendar) -> int:
    """Tell some steps' rungs under the lock of their turns, so that a tick beside this one leaves them alone."""
    with transaction.atomic():
        turns = Turn.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
        mine = set(turns.filter(task__in=[r.task for r in reminders]).values_list("task_id", flat=True))
        reminders = [reminder for reminder in reminders if reminder.task in mine]
        told = _told(reminders)  # by a tick that was a moment earlier
        steps = inbox.steps().filter(pk__in=mine, status__in=OPEN, turn__paused_at=None)
        tasks = {task.pk: task for task in cases.joined(steps)}
        people = User.objects.in_bulk({user for reminder in reminders for user, _event in reminder.people})
        return sum(
            _tell_safely(reminder.without(told), task, people, now=now, calendar=calendar)
            for reminder in reminders
            if (task := tasks.get(reminder.task)) and (task.due_on, task.owner_id) == (reminder.due, reminder.owner)
        )


def _tell_safely(reminder: Reminder, task: Task, people: dict[int, User], *, now: datetime, calendar: Calendar) -> int:
    """Tell one step's rung; one that cannot be told is logged and never stops the others."""
    try:
        with transaction.atomic():
            return _tell(reminder, task, people, now=now, calendar=calendar)
    except Exception:
        logger.exception("Step %s could not be told of; the next tick tries again.", task.pk)
        return 0


def _tell(reminder: Reminder, task: Task, people: dict[int, User], *, now: datetime, calendar: Calendar) -> int:
    facts = step_facts(task) | {"holder": Step(task, calendar=calendar).holder}
    turn, count = task.turn, 0
    for event in (reminder.rung.to_holders, reminder.rung.to_supervisors):
        concerned = [people[user] for user, theirs in reminder.people if theirs == event]
        if not concerned:
            continue
        messages = tell(
            event,
            concerned,
            key=reminder.key,
            facts=facts,
            url=step_url(task),
            case=turn.project,
            province=turn.home,
            now=now,
            calendar=calendar,
        )
        count += len(messages)
        if reminder.rung == ESCALATED:
            for message in messages:
                _record(task, to=message.recipient_id, due=reminder.due, now=now)
    return count


def _record(task: Task, *, to: int, due: date, now: datetime) -> None:
    """The project's history says that a step was escalated, and to whom."""
    turn = task.turn
    facts = {"step": str(task.title), "to": to, "due": due.isoformat()}
    audit.record("step.escalated", by=None, target=task, case=turn.project, province=turn.home, at=now, **facts)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
