"""One step as lists and pages show it: what to do, about what, until when, with whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from documents.models import Document
from onboarding.models import CohortGroup, Onboarding
from people.absence import acting_name
from people.models import User
from projects.models import Amendment, Deliverable, Matter, PilotProject
from stamps.models import StampAlert, StampOrder
from workflows import cases, inbox
from workflows.models import Turn
from workflows.roles import ROLES_BY_PERMISSION, Role
from worktime.working_days import Calendar

SOON = 5  # working days: from here on the due date waits, before that there is time


def steps_of(tasks: Iterable[Task], today: date | None = None, calendar: Calendar | None = None) -> list[Step]:
    """Return the tasks of a list as steps that count by one calendar, read at most once."""
    today, calendar = today or timezone.localdate(), calendar or Calendar()
    return [Step(task, today, calendar) for task in tasks]


class Step:
    """A task in words; asks the database nothing when the task came from `inbox.for_list`.

    Days are working days of `calendar`. A list hands one down to all its steps (see `steps_of`);
    a step without one reads the special days for itself when a day is first asked for.
    """

    def __init__(self, task: Task, today: date | None = None, calendar: Calendar | None = None) -> None:
        self.task = task
        self.today = today or timezone.localdate()
        self.calendar = calendar or Calendar()

    @property
    def url(self) -> str:
        """The step's page."""
        return reverse("task", args=[self.task.pk])

    @property
    def title(self) -> str:
        """What to do."""
        return _("Step of an earlier version") if self.is_retired else str(self.task.title)

    @property
    def is_retired(self) -> bool:
        """Whether this version of the program no longer knows the step."""
        return inbox.is_retired(self.task)

    @cached_property
    def project(self) -> PilotProject | None:
        """The project it belongs to."""
        return inbox.project_of(self.task)

    @cached_property
    def subject(self) -> cases.Subject | None:
        """The row that its case is about; None for a project's own steps."""
        return cases.subject_of(self.task)

    @property
    def deliverable(self) -> Deliverable | None:
        """The deliverable it is about, if it is about one."""
        return self.subject if isinstance(self.subject, Deliverable) else None

    @property
    def order(self) -> StampOrder | None:
        """The stamp order it is about, if it is about one."""
        return self.subject if isinstance(self.subject, StampOrder) else None

    @property
    def matter(self) -> Matter | None:
        """The matter that waits for its answer, if it is about one."""
        return self.subject if isinstance(self.subject, Matter) else None

    @property
    def amendment(self) -> Amendment | None:
        """The amendment to decide on, if it is about one."""
        return self.subject if isinstance(self.subject, Amendment) else None

    @property
    def journey(self) -> Onboarding | None:
        """The product's way that it is a step of, if it is one."""
        return self.subject if isinstance(self.subject, Onboarding) else None

    @property
    def group(self) -> CohortGroup | None:
        """The group of products that it is about, if it is about one."""
        return self.subject if isinstance(self.subject, CohortGroup) else None

    @property
    def alert(self) -> StampAlert | None:
        """The alert about a stamp that it looks into, if it is about one."""
        return self.subject if isinstance(self.subject, StampAlert) else None

    @property
    def paper(self) -> Document | None:
        """The paper that it is about, if it is about one that is no deliverable."""
        return self.subject if isinstance(self.subject, Document) else None

    @property
    def about(self) -> str:
        """About what: the deliverable, the order, the matter, the amendment or the project."""
        if self.subject:
            return cases.words_of(self.subject)
        return self.project.title if self.project else ""

    @property
    def round(self) -> int | None:
        """How many times the deliverable was submitted."""
        return self.deliverable.round if self.deliverable else None

    @property
    def due_on(self) -> date | None:
        """The day until which it should be done; `inbox.for_list` reads it."""
        due: date | None = getattr(self.task, "due_on", None)
        return due

    @property
    def paused_on(self) -> date | None:
        """The day since which the clock stands still, because the other side has the case; None while it runs."""
        turn: Turn | None = getattr(self.task, "turn", None)
        return timezone.localdate(turn.paused_at) if turn and turn.paused_at else None

    @property
    def days_left(self) -> int | None:
        """Working days until the due date, negative when late; while the clock stands still, as it stopped."""
        return self.calendar.left(self.paused_on or self.today, self.due_on) if self.due_on else None

    @property
    def tone(self) -> str:
        """The tone of the chip: late, wait (soon), ok, or no where no clock runs."""
        if self.days_left is None or self.paused_on:
            return "no"
        if self.days_left < 0:
            return "late"
        return "wait" if self.days_left <= SOON else "ok"

    @property
    def slip(self) -> str:
        """How many working days it is late or are left, or since when the clock stands still."""
        days = self.days_left
        if self.paused_on:
            return _("Clock stopped since %(day)s") % {"day": date_format(self.paused_on, "SHORT_DATE_FORMAT")}
        if days is None:
            return _("No due date")
        if days == 0:
            return _("Due today")
        if days < 0:
            return ngettext("%(days)d working day late", "%(days)d working days late", -days) % {"days": -days}
        return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}

    @property
    def holder(self) -> str:
        """Who has it: a person, or the role that may take it."""
        if self.task.owner_id:
            return acting_name(self.task.owner, self.acting_for)
        roles = ROLES_BY_PERMISSION.get(self.task.owner_permission or "", frozenset())
        return ", ".join(str(Role(role).label) for role in sorted(roles))

    @property
    def acting_for(self) -> User | None:
        """For whom a substitute has it; None as a rule."""
        turn: Turn | None = getattr(self.task, "turn", None)
        return turn.acting_for if turn else None

    @property
    def sender(self) -> User | None:
        """Who passed it on: submitted, ordered, raised or asked; None if a flow did, or the holder themselves."""
        person: User | None = None
        if self.deliverable:
            person = self.deliverable.submitted_by
        elif self.order:
            person = self.order.requested_by
        elif self.matter:
            person = self.matter.raised_by
        elif self.amendment:
            person = self.amendment.requested_by
        elif self.paper:
            person = self.task.process.paperprocess.sent_by
        return None if person is None or person.pk == self.task.owner_id else person

    @property
    def closing(self) -> str:
        """How a closed step ended: by whom and when."""
        time = (
            date_format(timezone.localtime(self.task.finished), "SHORT_DATETIME_FORMAT") if self.task.finished else ""
        )
        if self.task.status == STATUS.DONE and self.task.owner_id:
            return _("%(person)s, %(time)s") % {"person": self.holder, "time": time}
        return f"{self.task.get_status_display()}, {time}"

    @property
    def is_taken(self) -> bool:
        """Whether a person has it."""
        return self.task.owner_id is not None

    @property
    def days_waiting(self) -> int:
        """Working days since the step opened."""
        return max(self.calendar.between(timezone.localdate(self.task.created), self.today), 0)
