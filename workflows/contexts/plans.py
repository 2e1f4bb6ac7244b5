"""The papers of a plan: the notice of missions, the yearly plan, the decision with its phases (GL-01, QT-01, BK-00)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.contexts.plans import (
    MissionNotice,
    PhaseAnnex,
    PhaseDecision,
    PhaseRow,
    PlanRow,
    PlanSection,
    TaskRow,
    YearlyPlan,
)
from people.models import Organisation
from projects.models import Plan, PlanLine
from workflows.contexts import case
from workflows.contexts.plan_texts import (
    annex_name,
    body_of,
    content_of,
    or_dots,
    sections_of,
    typed,
    typed_lines,
)

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def mission_notice(plan: Plan, day: date, entries: Mapping[str, Any]) -> MissionNotice:
    """Return the notice with the plan's missions, as printed. Raises NotReady for another kind of plan or no lines."""
    lines = list(plan.lines.prefetch_related("expected_deliverables").order_by("position"))
    case.refuse_if(_missing(plan, Plan.Kind.NOTICE, lines))
    label, _title = annex_name(plan.annex_title)
    return MissionNotice(
        title=plan.title,
        mission_titles=tuple(_mission(line) for line in lines),
        mission_count=len(lines),
        eligible=typed(entries, "eligible"),
        dossier=or_dots(typed_lines(entries, "dossier")),
        deadline=typed(entries, "deadline"),
        address=typed(entries, "address"),
        contact=typed(entries, "contact"),
        annex_label=label,
        tasks=tuple(_task_row(line) for line in lines),
        notes=tuple(note for line in lines for note in case.lines_of(line.note)),
    )


def yearly_plan(plan: Plan, day: date, entries: Mapping[str, Any]) -> YearlyPlan:
    """Return the plan's typed text, and its lines as printed: numbers, units, periods, funding, in their order.

    A number that the print leaves out or repeats stays so (seed 001). Raises NotReady naming what is missing.
    """
    lines = list(plan.lines.all())
    missing = _missing(plan, Plan.Kind.PLAN, lines)
    passages, closing = body_of(entries, missing)
    case.refuse_if(missing)
    label, title = annex_name(plan.annex_title)
    return YearlyPlan(
        title=_without_kind(plan.title),
        passages=passages,
        closing=closing,
        annex_label=label,
        annex_title=title or "Nội dung, tiến độ và kinh phí thực hiện",
        sections=tuple(
            PlanSection(heading=heading, rows=tuple(_plan_row(line) for line in group))
            for heading, group in sections_of(plan)
        ),
    )


def phase_decision(plan: Plan, day: date, entries: Mapping[str, Any]) -> PhaseDecision:
    """Return the decision, the text of its plan, and one appendix for each phase, titled as printed (seed 002).

    Raises NotReady naming what is missing; a decision needs the submission that proposes it (BK-00b).
    """
    lines = list(plan.lines.all())
    missing = _missing(plan, Plan.Kind.DECISION, lines)
    passages, closing = body_of(entries, missing)
    if not typed(entries, "proposal", ""):
        missing.append(_("The decision has no submission: write who proposes it, with number and date."))
    case.refuse_if(missing)
    return PhaseDecision(
        about=plan.title,
        authority=authority_of(plan.issuer),
        plan_name=typed(entries, "plan_name", plan_name(plan)),
        executors=typed(entries, "executors"),
        passages=passages,
        closing=closing,
        annexes=_phases(plan),
    )


def authority_of(issuer: Organisation) -> str:
    """Return who decides in the name of an agency: "Chủ tịch Ủy ban nhân dân tỉnh …", "Giám đốc Sở …"."""
    return f"{issuer.head_title} {issuer.name}".strip()


def plan_name(plan: Plan) -> str:
    """Return how the decision names the plan that it puts in force: its title without "Ban hành Kế hoạch"."""
    title = plan.title
    for words in ("về việc ", "ban hành ", "kế hoạch "):
        if title.casefold().startswith(words):
            title = title[len(words) :]
    return title


def executors(plan: Plan) -> str:
    """Return who carries the decision out: the units in the lead by name, the others together."""
    leads = dict.fromkeys(line.lead for line in plan.lines.all() if line.lead)
    heads = [f"Thủ trưởng {unit}" for unit in leads]
    return "; ".join([*heads, "Thủ trưởng các cơ quan, đơn vị và các tổ chức, cá nhân có liên quan"])


def proposal(plan: Plan) -> str:
    """Return who proposed a decision, from its legal bases: "Sở … tại Tờ trình số 46/TTr-SKHCN ngày …", or ""."""
    for basis in plan.legal_bases:
        text = str(basis).removeprefix("Căn cứ ").strip().rstrip(".;")
        if not is_submission(text):
            continue
        if not text.casefold().startswith("tờ trình"):
            return text.removeprefix("Theo đề nghị của ")
        units = Organisation.objects.filter(province=plan.programme.province).exclude(symbol="")
        names = [unit.name for unit in units if f"/TTr-{unit.symbol} " in f"{text} "]
        return f"{names[0]} tại {text}" if names else text
    return ""


def is_submission(basis: str) -> bool:
    """Whether a legal basis is the submission on which a decision rests."""
    return "tờ trình" in basis.casefold()


def _missing(plan: Plan, kind: str, lines: list[PlanLine]) -> list[str]:
    missing = []
    if plan.kind != kind:
        missing.append(
            _("This paper belongs to a %(wanted)s; this is a %(kind)s.")
            % {"wanted": Plan.Kind(kind).label.lower(), "kind": plan.get_kind_display().lower()}
        )
    if not lines:
        missing.append(_("The plan has no lines: enter its table first."))
    return missing


def _mission(line: PlanLine) -> str:
    """The mission's title in running text: without the word before it and without the mark of its note."""
    return line.title.removeprefix("Nhiệm vụ:").strip().rstrip("¹²³")


def _task_row(line: PlanLine) -> TaskRow:
    """A mission as the list prints it."""
    return TaskRow(
        number=line.printed_number,
        title=line.title,
        objectives=tuple(part.strip() for part in line.objective.splitlines() if part.strip()),
        deliverables=tuple(expected.title for expected in line.expected_deliverables.all()),
        recipients=line.recipients,
    )


def _without_kind(title: str) -> str:
    return capfirst(title[9:]) if title.casefold().startswith("kế hoạch ") else title


def _plan_row(line: PlanLine) -> PlanRow:
    return PlanRow(
        number=line.printed_number,
        content=content_of(line),
        lead=line.lead,
        partners=line.partners,
        period=line.period_text,
        funding=line.funding_text,
    )


def _phases(plan: Plan) -> tuple[PhaseAnnex, ...]:
    sections = list(sections_of(plan))
    label, title = annex_name(plan.annex_title)
    return tuple(
        PhaseAnnex(
            label=f"Phụ lục {ROMAN[place]}" if len(sections) > 1 else label,
            title=title or "Nhiệm vụ và tiến độ thực hiện",
            phase=heading,
            rows=tuple(_phase_row(line) for line in group),
        )
        for place, (heading, group) in enumerate(sections)
    )


def _phase_row(line: PlanLine) -> PhaseRow:
    return PhaseRow(
        number=line.printed_number,
        content=content_of(line),
        lead=line.lead,
        partners=line.partners,
        period=line.period_text,
        note=line.note,
    )
