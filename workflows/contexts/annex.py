"""The list of missions attached to a notice (GL-01, GL-02)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from documents.actions import written
from projects.contexts import TaskListAnnex, TaskRow
from projects.models import Plan, PlanLine
from workflows.contexts import case


def task_list_annex(plan: Plan, day: date) -> TaskListAnnex:
    """Return the plan's lines as the notice prints them. Refused without the notice's number and date (GL-02)."""
    lines = list(plan.lines.prefetch_related("expected_deliverables").order_by("position"))
    missing = _missing(plan, lines)
    if missing or plan.issued_on is None:
        raise case.not_ready(missing)
    return TaskListAnnex(
        annex_label=plan.annex_title or "Phụ lục",
        title=plan.title,
        notice_number=plan.number,
        notice_date=written(plan.issued_on),
        notice_issuer=plan.issuer.name,
        tasks=tuple(_task(line) for line in lines),
        notes=tuple(note for line in lines for note in case.lines_of(line.note)),
    )


def _missing(plan: Plan, lines: list[PlanLine]) -> list[str]:
    missing = []
    if plan.kind != Plan.Kind.NOTICE:
        missing.append(
            _("Only a notice has a list of tasks as its annex; this is a %(kind)s.")
            % {"kind": plan.get_kind_display().lower()}
        )
    if not plan.number:
        missing.append(_("The notice has no number: an annex belongs to a numbered notice, write the number first."))
    if plan.issued_on is None:
        missing.append(_("The notice has no date: write the day on which it was issued."))
    if not lines:
        missing.append(_("The notice lists no task: add its lines first."))
    return missing


def _task(line: PlanLine) -> TaskRow:
    return TaskRow(
        number=line.printed_number,
        title=line.title,
        objectives=tuple(part.strip() for part in line.objective.splitlines() if part.strip()),
        deliverables=tuple(expected.title for expected in line.expected_deliverables.all()),
        recipients=line.recipients,
    )
