"""What the final report and the annex of a notice print."""

from dataclasses import dataclass

from projects.contexts.chain import StandardRow
from projects.contexts.charts import Chart
from projects.contexts.portal import PortalGrounds


@dataclass(frozen=True, kw_only=True)
class DeliverableRow:
    """A deliverable: what was planned and what was handed in."""

    code: str
    title: str
    planned: str
    done: str
    number: str
    issued_on: str
    quality: str


@dataclass(frozen=True, kw_only=True)
class StageRow:
    """A stage of the project as planned and as it went."""

    name: str
    due_on: str
    closed_on: str
    result: str


@dataclass(frozen=True, kw_only=True)
class ProductRow:
    """A product that took part in the project."""

    name: str
    producer: str
    group: str
    code: str
    stamps: int


@dataclass(frozen=True, kw_only=True)
class FundLine:
    """Money of one year and source, in đồng, and what of it was paid."""

    year: str
    source: str
    planned: int
    disbursed: int


@dataclass(frozen=True, kw_only=True)
class FinalReport:
    """Context of final_report, for both missions: every deliverable and every product (GL-1.D5, GL-2.D6)."""

    project_title: str
    project_code: str
    host: str
    manager: str
    starts_on: str
    ends_on: str
    objectives: tuple[str, ...]
    receiving_parties: tuple[str, ...]
    stages: tuple[StageRow, ...]
    deliverables: tuple[DeliverableRow, ...]
    deliverables_planned: int
    deliverables_done: int
    products: tuple[ProductRow, ...]
    product_count: int
    producer_count: int
    products_required: int
    producers_required: int
    standards: tuple[StandardRow, ...]
    courses_held: int
    people_trained: int
    events_held: int
    stamps_issued: int
    stamps_activated: int
    funds: tuple[FundLine, ...] = ()
    funds_planned: int = 0
    funds_disbursed: int = 0
    difficulties: tuple[str, ...]
    proposals: tuple[str, ...]
    progress_chart: Chart | None = None  # deliverables by stage
    stamps_chart: Chart | None = None  # none before the first stamp
    portal: PortalGrounds | None = None  # only for a project whose products came on board by the seven steps
