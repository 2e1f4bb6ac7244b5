"""The list of pilot projects."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.export import Value
from projects.models import PilotProject
from projects.standing import Standing

NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}}


def basis(project: PilotProject) -> str:
    """Return the paper that orders the project: "29/TB-CCTĐC, 17/02/2022"."""
    if project.line is None:
        return ""
    plan = project.line.plan
    day = date_format(plan.issued_on, "SHORT_DATE_FORMAT") if plan.issued_on else ""
    return ", ".join(part for part in (str(plan), day) if part)


class ProjectTable(tables.Table):
    """One row per project: where it stands and whose move it is."""

    caption = gettext_lazy("Pilot projects")
    row_header = "title"
    empty_title = gettext_lazy("No project matches")
    code = tables.Column(linkify=True, attrs={"td": {"class": "nowrap"}})
    title = tables.Column(linkify=True)
    stage = tables.Column(verbose_name=gettext_lazy("Stage"), empty_values=(), orderable=False)
    status = tables.Column(orderable=False)
    waiting = tables.Column(verbose_name=gettext_lazy("Waiting for"), empty_values=(), orderable=False)
    progress = tables.Column(
        verbose_name=gettext_lazy("Issued"), empty_values=(), order_by="issued_count", attrs=NUMERAL
    )
    late = tables.Column(verbose_name=gettext_lazy("Days late"), empty_values=(), orderable=False, attrs=NUMERAL)

    class Meta:
        model = PilotProject
        fields = ("code", "title", "stage", "status", "waiting", "progress", "late")
        empty_text = gettext_lazy("Create a project from a line of a plan, or clear the filter.")

    def _standing(self, project: PilotProject) -> Standing:
        if not hasattr(project, "_standing"):
            project._standing = Standing(project, timezone.localdate())  # type: ignore[attr-defined]
        standing: Standing = project._standing  # type: ignore[attr-defined]
        return standing

    def render_title(self, record: PilotProject) -> str:
        """The title over the paper that orders it."""
        return format_html('{}<span class="sub d-block fw-normal">{}</span>', record.title, basis(record))

    def render_stage(self, record: PilotProject) -> str:
        """ "3/5 Training"."""
        return self._standing(record).stage_label

    def render_status(self, record: PilotProject) -> str:
        """The chip."""
        tone, label = self._standing(record).tone_and_label
        return render_to_string("_status.html", {"tone": tone, "label": label})

    def render_waiting(self, record: PilotProject) -> str:
        """Whose move it is; the others as a number."""
        waits = self._standing(record).waits
        if not waits:
            return "–"
        more = _(" and %(count)d more") % {"count": len(waits) - 1} if len(waits) > 1 else ""
        return format_html('{}<span class="sub d-block">{}{}</span>', waits[0].who, waits[0].what, more)

    def render_progress(self, record: Any) -> str:
        """Deliverables issued of all."""
        return f"{record.issued_count}/{record.deliverable_count}"

    def render_late(self, record: PilotProject) -> str:
        """Days late, or a dash."""
        return str(self._standing(record).days_late or "–")


EXPORT_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Title"),
    gettext_lazy("Legal basis"),
    gettext_lazy("Province"),
    gettext_lazy("Stage"),
    gettext_lazy("Status"),
    gettext_lazy("Waiting for"),
    gettext_lazy("Issued"),
    gettext_lazy("Deliverables"),
    gettext_lazy("Days late"),
)


def export_row(project: Any) -> list[Value]:
    """Return the project as a row of the workbook."""
    standing = Standing(project, timezone.localdate())
    return [
        project.code,
        project.title,
        basis(project),
        str(project.province),
        standing.stage_label,
        standing.tone_and_label[1],
        "; ".join(f"{wait.who}: {wait.what}" for wait in standing.waits),
        project.issued_count,
        project.deliverable_count,
        standing.days_late,
    ]
