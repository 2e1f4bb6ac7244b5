"""Explanation, contract and liquidation of a mission (D13): what is owed, to whom, for which money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.contexts.contracts import (
    ContractSide,
    CostLine,
    DeliveredResult,
    Instalment,
    LiquidationMinutes,
    MoneyLine,
    OwedResult,
    TaskContract,
    TaskExplanation,
    WorkStage,
)
from documents.models import DocumentVersion, RegisterEntry
from people.models import Membership, Organisation
from projects.models import Council, Deliverable, Funding, GateRule, PilotProject, Stage
from workflows.contexts import case
from workflows.contexts.amounts import in_digits, in_words
from workflows.contexts.council import RESULTS
from workflows.contexts.parties import BLANK_DAY, paragraphs, written_or_dots

CONTRACT = "task_contract"
# As papers name them, whatever the language of the interface.
SOURCES = {
    Funding.Source.STATE: "Ngân sách nhà nước",
    Funding.Source.DONOR: "Tài trợ quốc tế, trong nước",
    Funding.Source.ENTERPRISE: "Doanh nghiệp",
    Funding.Source.OTHER: "Nguồn hợp pháp khác",
}
Status = PilotProject.Status


# --- what these papers share -----------------------------------------------------------------
def ordering_agency(project: PilotProject) -> Organisation:
    """Return who orders the mission: the issuer of its plan; its owner where no plan orders it."""
    return project.line.plan.issuer if project.line else project.owner


def contract_of(project: PilotProject) -> str:
    """Return number and day of the contract in force: "số 03/HĐ-… ngày 05/03/2026"; "" without one."""
    about = {"document__project": project, "document__kind": CONTRACT}
    version = DocumentVersion.objects.filter(**about, state=DocumentVersion.State.ISSUED).first()
    entry = RegisterEntry.objects.filter(version=version).first() if version else None
    return f"số {entry.full_number} ngày {case.dated(entry.issued_on)}" if entry else ""


def funding_of(project: PilotProject) -> list[Funding]:
    """Return the project's own money by year, in each the state's first."""
    order = list(SOURCES)
    rows = Funding.objects.filter(project=project)
    return sorted(rows, key=lambda row: (row.year, order.index(Funding.Source(row.source)), row.pk))


def source_of(row: Funding) -> str:
    """Return a source as papers name it, with the kind of money where one is recorded."""
    words = SOURCES[Funding.Source(row.source)]
    return f"{words} ({row.detail})" if row.detail else words


def owed_papers(project: PilotProject) -> list[Deliverable]:
    """Return what the project owes, without what was cancelled, in the order of its stages."""
    owed = Deliverable.objects.filter(stage__project=project).exclude(status=Deliverable.Status.CANCELLED)
    return list(owed.select_related("stage").order_by("stage__position", "code"))


def first_issues(project: PilotProject) -> dict[int | None, RegisterEntry]:
    """Return by deliverable the first number that its paper got and that was not revoked."""
    entries = RegisterEntry.objects.filter(version__document__deliverable__stage__project=project)
    counting = entries.exclude(version__state=DocumentVersion.State.REVOKED).order_by("-issued_on", "-pk")
    return {
        entry.version.document.deliverable_id: entry
        for entry in counting.select_related("version__document", "series__organisation")
    }


def _owed(project: PilotProject) -> tuple[OwedResult, ...]:
    return tuple(
        OwedResult(
            code=paper.code,
            title=paper.title.rstrip("."),
            quantity=case.counted(1),
            quality=_quality(paper),
            due_on=case.dated(paper.due_on),
        )
        for paper in owed_papers(project)
    )


def _quality(paper: Deliverable) -> str:
    """Return when the paper counts as good: what its flow asks of it."""
    if not paper.reviewers_needed:
        return "Đúng thể thức, được phê duyệt"
    return f"Đúng thể thức, được {case.counted(paper.reviewers_needed)} người thẩm định chấp thuận"


def _money(rows: list[Funding]) -> tuple[MoneyLine, ...]:
    return tuple(MoneyLine(year=str(row.year), source=source_of(row), planned=row.planned) for row in rows)


def _side(name: str, typed: Mapping[str, Any], prefix: str) -> ContractSide:
    words = ("address", "tax_code", "account", "represented_by", "position")
    return ContractSide(name=name, **{each: written_or_dots(typed[f"{prefix}_{each}"]) for each in words})


def _sides(project: PilotProject, typed: Mapping[str, Any], missing: list[str]) -> dict[str, ContractSide]:
    """Return both sides; adds to `missing` when they are the same: nobody contracts with themselves."""
    ordering = ordering_agency(project).name
    if typed["performing_name"].casefold() == ordering.casefold():
        missing.append(
            _("%(agency)s cannot be both sides of the contract: type the unit that performs the mission.")
            % {"agency": ordering}
        )
    return {
        "ordering": _side(ordering, typed, "ordering"),
        "performing": _side(typed["performing_name"], typed, "performing"),
    }


def _missing_owed(project: PilotProject, owed: tuple[Any, ...]) -> list[str]:
    return [] if owed else [_("Project %(code)s owes no deliverable.") % {"code": project.code}]


def _missing_money(project: PilotProject, rows: list[Funding]) -> list[str]:
    if rows:
        return []
    return [_("No money is recorded for project %(code)s: enter it on its page of funding.") % {"code": project.code}]


# --- explanation -----------------------------------------------------------------------------
def task_explanation(project: PilotProject, day: date, typed: Mapping[str, Any]) -> TaskExplanation:
    """Return goals, stages, results and money from the records; why, how and to what effect is typed."""
    owed, money = _owed(project), funding_of(project)
    planned = sum(row.planned for row in money)
    case.refuse_if(_missing_owed(project, owed) + _wrong_estimate(project, typed["costs"], money))
    minimum = dict(GateRule.objects.filter(project=project, stage=None).values_list("rule", "minimum"))
    head = next(iter(project.people(Membership.Role.LEADER)), None)
    return TaskExplanation(
        project_title=project.title,
        project_code=project.code,
        place_date=f"{project.owner.place}, {BLANK_DAY}",
        ordered_by=ordering_agency(project).name,
        host=project.owner.name,
        head_name=written_or_dots(head.full_name if head else ""),
        manager=project.manager.full_name,
        starts_on=case.dated(project.starts_on),
        ends_on=case.dated(project.due_on),
        objectives=case.lines_of(project.objective),
        need=paragraphs(typed["need"]),
        methods=paragraphs(typed["methods"]),
        cooperation=paragraphs(typed["cooperation"]),
        stages=tuple(_stage(stage) for stage in _stages(project)),
        deliverables=owed,
        deliverable_count=len(owed),
        products_required=minimum.get("products_at_least", 0),
        producers_required=minimum.get("producers_at_least", 0),
        receiving_parties=tuple(capfirst(party.name) for party in project.receiving_parties.all()),
        transfer=paragraphs(typed["transfer"]),
        effects=paragraphs(typed["effects"]),
        funds=_money(money),
        funds_planned=planned,
        costs=tuple(CostLine(amount=amount, name=words) for amount, words in typed["costs"]),
    )


def _wrong_estimate(project: PilotProject, costs: Sequence[tuple[int, str]], rows: list[Funding]) -> list[str]:
    """Return what is wrong with an estimate that does not share out the project's money; none need be typed."""
    total, planned = sum(amount for amount, _words in costs), sum(row.planned for row in rows)
    if not costs or total == planned:
        return []
    facts = {"total": in_digits(total), "planned": in_digits(planned)}
    differs = [_("The costs are %(total)s đồng together, the project's money is %(planned)s đồng.") % facts]
    return _missing_money(project, rows) or differs


def _stages(project: PilotProject) -> Any:
    return project.stages.order_by("position").prefetch_related("milestones", "deliverables")


def _stage(stage: Stage) -> WorkStage:
    """Return a stage with its milestones, and what is handed in at its end."""
    owed = [paper for paper in stage.deliverables.all() if paper.status != Deliverable.Status.CANCELLED]
    return WorkStage(
        name=stage.title,
        starts_on=case.dated(stage.starts_on),
        ends_on=case.dated(stage.due_on),
        goals=(
            *(milestone.title.rstrip(".") for milestone in stage.milestones.all()),
            *(f"{paper.code}. {paper.title.rstrip('.')}" for paper in owed),
        ),
    )


# --- contract --------------------------------------------------------------------------------
def task_contract(project: PilotProject, day: date, typed: Mapping[str, Any]) -> TaskContract:
    """Return both sides, what is owed and its money; the instalments together are no more than the contract."""
    owed, money = _owed(project), funding_of(project)
    value = sum(row.planned for row in money)
    instalments = tuple(Instalment(amount=amount, condition=words) for amount, words in typed["instalments"])
    total = sum(each.amount for each in instalments)
    missing = _missing_owed(project, owed) + _missing_money(project, money)
    if money and total > value:
        missing.append(
            _("The instalments are %(total)s đồng together, more than the %(value)s đồng of the contract.")
            % {"total": in_digits(total), "value": in_digits(value)}
        )
    sides = _sides(project, typed, missing)
    case.refuse_if(missing)
    return TaskContract(
        project_title=project.title,
        project_code=project.code,
        signed_at=typed["signed_at"],
        **sides,
        manager=project.manager.full_name,
        starts_on=case.dated(project.starts_on),
        ends_on=case.dated(project.due_on),
        deliverables=owed,
        value=value,
        value_in_words=capfirst(in_words(value)),
        funds=_money(money),
        instalments=instalments,
        instalment_total=total,
        terms=paragraphs(typed["terms"]),
        copies=case.counted(typed["copies"]),
    )


# --- liquidation -----------------------------------------------------------------------------
def liquidation_minutes(project: PilotProject, day: date, typed: Mapping[str, Any]) -> LiquidationMinutes:
    """Return what both sides gave; only a mission that was accepted or stopped has its contract ended."""
    issues, money = first_issues(project), funding_of(project)
    owed = owed_papers(project)
    value, paid = sum(row.planned for row in money), sum(row.disbursed for row in money)
    missing = _missing_money(project, money)
    if project.status not in (Status.ACCEPTED, Status.STOPPED):
        missing.append(
            _("Project %(code)s is neither accepted nor stopped yet; its contract goes on.") % {"code": project.code}
        )
    sides = _sides(project, typed, missing)
    case.refuse_if(missing)
    return LiquidationMinutes(
        project_title=project.title,
        project_code=project.code,
        held_on=case.dated(typed["held_on"]),
        place=typed["place"],
        contract=typed["contract"],
        **sides,
        outcome=_outcome(project),
        delivered=tuple(_delivered(paper, issues.get(paper.pk)) for paper in owed),
        delivered_count=sum(paper.pk in issues for paper in owed),
        deliverable_count=len(owed),
        value=value,
        paid=paid,
        unpaid=value - paid,
        settlement=paragraphs(typed["settlement"]),
        assets=paragraphs(typed["assets"]),
        agreements=paragraphs(typed["agreements"]),
        copies=case.counted(typed["copies"]),
    )


def _delivered(paper: Deliverable, entry: RegisterEntry | None) -> DeliveredResult:
    return DeliveredResult(
        code=paper.code,
        title=paper.title.rstrip("."),
        number=entry.full_number if entry else "",
        issued_on=case.dated(entry.issued_on) if entry else "",
        state="Đã giao nộp" if entry else "Chưa giao nộp",
    )


def _outcome(project: PilotProject) -> str:
    """Return how the mission ended, with the word of its council."""
    council = Council.objects.filter(project=project).exclude(closed_at=None).order_by("closed_at").last()
    if project.status == Status.STOPPED or project.accepted_at is None:
        ended = "Nhiệm vụ dừng thực hiện"
    else:
        ended = f"Nhiệm vụ được công nhận hoàn thành ngày {case.dated(timezone.localdate(project.accepted_at))}"
    return f"{ended}; Hội đồng nghiệm thu đánh giá: {RESULTS[Council.Result(council.result)]}" if council else ended
