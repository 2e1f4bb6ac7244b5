"""The portfolio: the list of pilot projects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from imports.export import Value
from projects.models import PilotProject
from projects.money import dong
from projects.rag import Rag, rag
from projects.standing import Standing
from worktime.working_days import Calendar

NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}, "tf": {"class": "n"}}


def basis(project: PilotProject) -> str:
    """Return the paper that orders the project: "29/TB-CCTĐC, 17/02/2022"."""
    if project.line is None:
        return ""
    plan = project.line.plan
    day = date_format(plan.issued_on, "SHORT_DATE_FORMAT") if plan.issued_on else ""
    return ", ".join(part for part in (str(plan), day) if part)


class Judged:
    """A project with its standing and its colour on a day; looked up once for the table and the workbook."""

    def __init__(self, project: Any, today: date, calendar: Calendar) -> None:
        self.project = project
        self.standing = Standing(project, today)
        self.colour: Rag = rag(project, today, calendar)

    @property
    def chip(self) -> tuple[str, str]:
        """Tone and word: the colour of a running project, else its status."""
        if self.colour.colour:
            return self.colour.tone, self.colour.label
        return self.standing.tone_and_label


class ProjectTable(tables.Table):
    """One row per project: where it stands, whose move it is, its money; the last row adds up all pages."""

    caption = gettext_lazy("Pilot projects")
    row_header = "title"
    empty_title = gettext_lazy("No project matches")
    code = tables.Column(linkify=True, attrs={"td": {"class": "nowrap"}}, footer=gettext_lazy("Total"))
    title = tables.Column(linkify=True, footer=lambda table: table.total_projects)
    stage = tables.Column(verbose_name=gettext_lazy("Stage"), empty_values=(), orderable=False)
    status = tables.Column(verbose_name=gettext_lazy("Colour"), orderable=False)
    late = tables.Column(
        verbose_name=gettext_lazy("Slip, in working days"), empty_values=(), orderable=False, attrs=NUMERAL
    )
    waiting = tables.Column(verbose_name=gettext_lazy("Waiting for"), empty_values=(), orderable=False)
    progress = tables.Column(
        verbose_name=gettext_lazy("Issued"),
        empty_values=(),
        order_by="issued_count",
        attrs=NUMERAL,
        footer=lambda table: f"{table.totals['issued']}/{table.totals['deliverables']}",
    )
    planned = tables.Column(
        verbose_name=gettext_lazy("Planned (đồng)"),
        attrs=NUMERAL,
        footer=lambda table: dong(table.totals["planned"]),
    )
    disbursed = tables.Column(
        verbose_name=gettext_lazy("Disbursed (đồng)"),
        attrs=NUMERAL,
        footer=lambda table: dong(table.totals["disbursed"]),
    )
    changes = tables.Column(verbose_name=gettext_lazy("Changes"), orderable=False, attrs=NUMERAL)

    class Meta:
        model = PilotProject
        fields = ("code", "title", "stage", "status", "late", "waiting", "progress", "planned", "disbursed", "changes")
        empty_text = gettext_lazy("Create a project from a line of a plan, or clear the filter.")

    def __init__(self, *args: Any, totals: Mapping[str, int], **kwargs: Any) -> None:
        self.totals = totals
        self.today, self.calendar = timezone.localdate(), Calendar()
        super().__init__(*args, **kwargs)

    @property
    def total_projects(self) -> str:
        """How many projects all pages have."""
        number = self.totals["projects"]
        return ngettext("%(count)d project", "%(count)d projects", number) % {"count": number}

    def judged(self, project: PilotProject) -> Judged:
        """The project with its standing, computed once."""
        if not hasattr(project, "_judged"):
            project._judged = Judged(project, self.today, self.calendar)  # type: ignore[attr-defined]
        judged: Judged = project._judged  # type: ignore[attr-defined]
        return judged

    def render_title(self, record: PilotProject) -> str:
        """The title over the paper that orders it."""
        return format_html('{}<span class="sub d-block fw-normal">{}</span>', record.title, basis(record))

    def render_stage(self, record: PilotProject) -> str:
        """ "3/5 Training"."""
        return self.judged(record).standing.stage_label

    def render_status(self, record: PilotProject) -> str:
        """The chip."""
        tone, label = self.judged(record).chip
        return render_to_string("_status.html", {"tone": tone, "label": label})

    def render_late(self, record: PilotProject) -> str:
        """Working days of the worst slip, or a dash."""
        return str(self.judged(record).colour.slip or "–")

    def render_waiting(self, record: PilotProject) -> str:
        """Whose move it is; the others as a number."""
        waits = self.judged(record).standing.waits
        if not waits:
            return "–"
        more = _(" and %(count)d more") % {"count": len(waits) - 1} if len(waits) > 1 else ""
        return format_html('{}<span class="sub d-block">{}{}</span>', waits[0].who, waits[0].what, more)

    def render_progress(self, record: Any) -> str:
        """Deliverables issued of all."""
        return f"{record.issued_count}/{record.deliverable_count}"

    def render_planned(self, value: int) -> str:
        """1.234.000, or a dash."""
        return dong(value) if value else "–"

    def render_disbursed(self, value: int) -> str:
        """1.234.000, or a dash."""
        return dong(value) if value else "–"

    def render_changes(self, record: Any, value: int) -> str:
        """How much happened since the chosen day, leading to the history."""
        return format_html('<a href="{}history/">{}</a>', record.get_absolute_url(), value)


EXPORT_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Title"),
    gettext_lazy("Legal basis"),
    gettext_lazy("Province"),
    gettext_lazy("Lead unit"),
    gettext_lazy("Manager"),
    gettext_lazy("Stage"),
    gettext_lazy("Colour"),
    gettext_lazy("Why"),
    gettext_lazy("Slip, in working days"),
    gettext_lazy("Waiting for"),
    gettext_lazy("Issued"),
    gettext_lazy("Deliverables"),
    gettext_lazy("Planned (đồng)"),
    gettext_lazy("Disbursed (đồng)"),
    gettext_lazy("Changes"),
)


def export_row(project: Any, today: date, calendar: Calendar) -> list[Value]:
    """Return the project as a row of the workbook."""
    judged = Judged(project, today, calendar)
    return [
        project.code,
        project.title,
        basis(project),
        str(project.province),
        str(project.owner),
        str(project.manager),
        judged.standing.stage_label,
        judged.chip[1],
        " ".join(judged.colour.reasons),
        judged.colour.slip,
        "; ".join(f"{wait.who}: {wait.what}" for wait in judged.standing.waits),
        project.issued_count,
        project.deliverable_count,
        project.planned,
        project.disbursed,
        getattr(project, "changes", None),
    ]


def export_total(totals: Mapping[str, int]) -> list[Value]:
    """Return the last row of the workbook: the sums of the rows above."""
    row: list[Value] = [None] * len(EXPORT_COLUMNS)
    row[0], row[1] = _("Total"), totals["projects"]
    row[11:15] = [totals["issued"], totals["deliverables"], totals["planned"], totals["disbursed"]]
    return row
