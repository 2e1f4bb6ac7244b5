"""One step as lists and pages show it: what to do, about what, until when, with whom."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from projects.models import Deliverable, PilotProject
from stamps.models import StampOrder
from workflows import inbox
from workflows.roles import ROLES_BY_PERMISSION, Role

SOON = 5  # days: from here on the due date waits, before that there is time


class Step:
    """A task in words; asks the database nothing when the task came from `inbox.for_list`."""

    def __init__(self, task: Task, today: date | None = None) -> None:
        self.task = task
        self.today = today or timezone.localdate()

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
    def deliverable(self) -> Deliverable | None:
        """The deliverable it is about, if it is about one."""
        process: Any = self.task.process
        return getattr(getattr(process, "deliverableprocess", None), "deliverable", None)

    @cached_property
    def order(self) -> StampOrder | None:
        """The stamp order it is about, if it is about one."""
        process: Any = self.task.process
        return getattr(getattr(process, "stamporderprocess", None), "order", None)

    @property
    def about(self) -> str:
        """About what: the deliverable, the order or the project."""
        if self.deliverable:
            return str(self.deliverable)
        if self.order:
            return _("%(quantity)s stamps for %(product)s") % {
                "quantity": f"{self.order.quantity:,}".replace(",", "."),
                "product": self.order.enrolment.product,
            }
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
    def days_left(self) -> int | None:
        """Calendar days until the due date; negative when late."""
        return (self.due_on - self.today).days if self.due_on else None

    @property
    def tone(self) -> str:
        """The tone of the chip: late, wait (soon) or ok."""
        if self.days_left is None:
            return "no"
        if self.days_left < 0:
            return "late"
        return "wait" if self.days_left <= SOON else "ok"

    @property
    def slip(self) -> str:
        """How late it is, or how many days are left."""
        days = self.days_left
        if days is None:
            return _("No due date")
        if days == 0:
            return _("Due today")
        if days < 0:
            return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}

    @property
    def holder(self) -> str:
        """Who has it: a person, or the role that may take it."""
        if self.task.owner_id:
            return str(self.task.owner)
        roles = ROLES_BY_PERMISSION.get(self.task.owner_permission or "", frozenset())
        return ", ".join(str(Role(role).label) for role in sorted(roles))

    @property
    def closing(self) -> str:
        """How a closed step ended: by whom and when."""
        time = (
            date_format(timezone.localtime(self.task.finished), "SHORT_DATETIME_FORMAT") if self.task.finished else ""
        )
        if self.task.status == STATUS.DONE and self.task.owner_id:
            return _("%(person)s, %(time)s") % {"person": self.task.owner, "time": time}
        return f"{self.task.get_status_display()}, {time}"

    @property
    def is_taken(self) -> bool:
        """Whether a person has it."""
        return self.task.owner_id is not None

    @property
    def days_waiting(self) -> int:
        """Calendar days since the step opened."""
        return max((self.today - timezone.localdate(self.task.created)).days, 0)
