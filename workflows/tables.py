"""The inbox as a table and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from viewflow.workflow.models import Task

from imports.export import Value, write_xlsx
from people.absence import covers_of
from people.models import User
from workflows import batch
from workflows.steps import Step, steps_of
from worktime.working_days import Calendar

NUMBER = {"th": {"class": "n"}, "td": {"class": "n"}}


class InboxTable(tables.Table):
    """Steps of all flows, the latest first; the whole title leads to the step.

    `query` is the list in a query string, kept on the way to a step. Steps that `user` may
    approve together with others have a tick box.
    """

    pick = tables.Column(
        verbose_name=gettext_lazy("Tick"), empty_values=(), orderable=False, attrs={"td": {"class": "pick"}}
    )
    step = tables.Column(verbose_name=gettext_lazy("What to do"), empty_values=(), orderable=False)
    project = tables.Column(
        verbose_name=gettext_lazy("Project"),
        accessor="project_code",
        attrs={"th": {"class": "nowrap"}, "td": {"class": "nowrap"}},
    )
    due = tables.Column(verbose_name=gettext_lazy("Due"), accessor="due_on", attrs={"td": {"class": "nowrap"}})
    slip = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)
    holder = tables.Column(verbose_name=gettext_lazy("With"), empty_values=(), orderable=False)
    since = tables.Column(verbose_name=gettext_lazy("Waiting since"), accessor="created")
    round = tables.Column(verbose_name=gettext_lazy("Round"), empty_values=(), orderable=False, attrs=NUMBER)

    caption = gettext_lazy("Steps")
    row_header = "step"
    empty_title = gettext_lazy("Nothing waits here")

    def __init__(self, *args: Any, user: User, query: str = "", all_ticked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = Calendar()
        self.user, self.query, self.all_ticked = user, query, all_ticked

    @property
    def has_boxes(self) -> bool:
        """Whether a row of this page may be approved together with others."""
        return any(batch.is_offered(row.record, self.user) for row in self.paginated_rows)

    def _step(self, record: Task) -> Step:
        """The row's step; all rows count by one calendar."""
        return Step(record, calendar=self.calendar)

    def render_pick(self, record: Task) -> SafeString:
        """A box to tick, where the step may be approved together with others."""
        if not batch.is_offered(record, self.user):
            return SafeString("")
        context = {"step": self._step(record), "ticked": self.all_ticked}
        return render_to_string("workflows/_inbox_box.html", context)

    def render_step(self, record: Task) -> SafeString:
        """What to do, and below it about what and from whom."""
        step = self._step(record)
        sender = format_html(" · {}", _("from %(person)s") % {"person": step.sender}) if step.sender else ""
        link = '<a href="{}{}" data-row>{}</a><span class="sub">{}{}</span>{}'
        return format_html(link, step.url, self.query, step.title, step.about, sender, self._offer(step))

    def _offer(self, step: Step) -> str:
        """A mark for the step of somebody who is away and for whom the user stands in."""
        if not any(cover.absent_id == step.task.owner_id for cover in covers_of(self.user)):
            return ""
        label = _("offered for %(person)s") % {"person": step.task.owner}
        return render_to_string("_status.html", {"tone": "wait", "label": label})

    def render_project(self, record: Task) -> SafeString:
        """The project's code, leading to the project."""
        project = self._step(record).project
        if project is None:
            return SafeString("–")
        return format_html('<a href="{}" title="{}">{}</a>', project.get_absolute_url(), project.title, project.code)

    def render_due(self, record: Task) -> str:
        """The due date."""
        due = self._step(record).due_on
        return f"{due:%d/%m/%Y}" if due else "–"

    def render_slip(self, record: Task) -> SafeString:
        """Days late or left, as a chip."""
        step = self._step(record)
        return render_to_string("_status.html", {"tone": step.tone, "label": step.slip})

    def render_holder(self, record: Task) -> SafeString:
        """Who has it; a role in grey, because nobody has taken it."""
        step = self._step(record)
        return format_html('<span class="{}">{}</span>', "" if step.is_taken else "muted", step.holder)

    def render_since(self, record: Task) -> SafeString:
        """The day it opened, and how long ago that is."""
        step = self._step(record)
        opened = f"{localtime(record.created):%d/%m/%Y}"
        days = step.days_waiting
        ago = ngettext("%(days)d working day", "%(days)d working days", days) % {"days": days} if days else ""
        return format_html('<span class="nowrap">{}</span> <span class="sub">{}</span>', opened, ago)

    def render_round(self, record: Task) -> str:
        """The round of the deliverable."""
        return str(self._step(record).round or "–")


def workbook(tasks: Iterable[Task], *, title: str) -> bytes:
    """The list as .xlsx, in the order and with the filters of the screen."""
    columns = [
        _("What to do"),
        _("About"),
        _("Project"),
        _("Due"),
        _("State"),
        _("With"),
        _("Waiting since"),
        _("Round"),
    ]
    return write_xlsx(title, columns, map(_row, steps_of(tasks)))


def _row(step: Step) -> list[Value]:
    created: Any = localtime(step.task.created).date()
    code = step.project.code if step.project else ""
    return [step.title, step.about, code, step.due_on, step.slip, step.holder, created, step.round]
