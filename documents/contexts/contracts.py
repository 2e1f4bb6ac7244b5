"""What the papers of a mission's contract print (D13): explanation, contract, progress, dossier, liquidation."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ContractSide:
    """One side of the contract; what nobody typed is dotted."""

    name: str
    address: str
    tax_code: str
    account: str
    represented_by: str
    position: str


@dataclass(frozen=True, kw_only=True)
class MoneyLine:
    """Money of one year and source, in đồng."""

    year: str
    source: str  # "Ngân sách nhà nước"
    planned: int


@dataclass(frozen=True, kw_only=True)
class SpentLine(MoneyLine):
    """Money of one year and source, and what of it was paid."""

    disbursed: int


@dataclass(frozen=True, kw_only=True)
class OwedResult:
    """A deliverable as the mission owes it."""

    code: str
    title: str
    quantity: str  # "01"
    quality: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class WorkStage:
    """A stage with its dates and what is reached in it."""

    name: str
    starts_on: str
    ends_on: str
    goals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """A kind of cost of the estimate, in đồng."""

    name: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class TaskExplanation:
    """Context of task_explanation: goals, content by stage, results, schedule and money of a mission."""

    project_title: str
    project_code: str
    place_date: str
    ordered_by: str
    host: str
    head_name: str
    manager: str
    starts_on: str
    ends_on: str
    objectives: tuple[str, ...]
    need: tuple[str, ...]
    methods: tuple[str, ...]
    cooperation: tuple[str, ...]
    stages: tuple[WorkStage, ...]
    deliverables: tuple[OwedResult, ...]
    deliverable_count: int
    products_required: int  # 0: the kind of mission asks for none
    producers_required: int
    receiving_parties: tuple[str, ...]
    transfer: tuple[str, ...]
    effects: tuple[str, ...]
    funds: tuple[MoneyLine, ...]
    funds_planned: int
    costs: tuple[CostLine, ...]  # () while no estimate was made


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """A payment of the contract and what it depends on."""

    amount: int
    condition: str


@dataclass(frozen=True, kw_only=True)
class TaskContract:
    """Context of task_contract: the contract between the ordering agency and the performing unit."""

    project_title: str
    project_code: str
    signed_at: str
    ordering: ContractSide
    performing: ContractSide
    manager: str
    starts_on: str
    ends_on: str
    deliverables: tuple[OwedResult, ...]
    value: int
    value_in_words: str
    funds: tuple[MoneyLine, ...]
    instalments: tuple[Instalment, ...]
    instalment_total: int
    terms: tuple[str, ...]  # agreed beside the usual ones
    copies: str


@dataclass(frozen=True, kw_only=True)
class PlannedWork:
    """A milestone or deliverable with the day by which it is due."""

    kind: str  # "Công việc" or "Sản phẩm"
    title: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class DoneWork(PlannedWork):
    """One that was due, or done, in the period, and how far it was at its end."""

    state: str


@dataclass(frozen=True, kw_only=True)
class ReportedDifficulty:
    """A difficulty of the period, what must be decided, and the answer."""

    text: str
    needed: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ProgressReport:
    """Context of progress_report: a quarter of the mission, planned against done."""

    project_title: str
    project_code: str
    contract: str  # "" before it is issued
    addressee: str
    host: str
    manager: str
    period: str  # "quý III năm 2026"
    from_on: str
    to_on: str
    works: tuple[DoneWork, ...]
    work_count: int
    done_count: int
    results: tuple[str, ...]
    difficulties: tuple[ReportedDifficulty, ...]
    funds: tuple[SpentLine, ...]
    funds_planned: int
    funds_disbursed: int
    coming: tuple[PlannedWork, ...]
    next_steps: tuple[str, ...]
    proposals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FiledPaper:
    """A place of the acceptance dossier."""

    title: str
    need: str  # "Bắt buộc" or "Nếu có"
    papers: tuple[str, ...]
    state: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceFile:
    """Context of acceptance_file: the list of the acceptance dossier, what is there and what is missing."""

    project_title: str
    project_code: str
    contract: str
    addressee: str
    host: str
    manager: str
    ends_on: str
    dossier: tuple[FiledPaper, ...]
    dossier_count: int
    filled_count: int
    missing: tuple[str, ...]
    missing_count: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeliveredResult:
    """A deliverable with the number under which it was handed over; "" where it was not."""

    code: str
    title: str
    number: str
    issued_on: str
    state: str


@dataclass(frozen=True, kw_only=True)
class LiquidationMinutes:
    """Context of liquidation_minutes: what both sides of the contract gave, and that it ends."""

    project_title: str
    project_code: str
    held_on: str
    place: str
    contract: str
    ordering: ContractSide
    performing: ContractSide
    outcome: str
    delivered: tuple[DeliveredResult, ...]
    delivered_count: int
    deliverable_count: int
    value: int
    paid: int
    unpaid: int
    settlement: tuple[str, ...]
    assets: tuple[str, ...]
    agreements: tuple[str, ...]
    copies: str
