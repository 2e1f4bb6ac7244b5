"""What the final report and the annex of a notice print."""

from dataclasses import dataclass

from projects.contexts.chain import StandardRow
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
    difficulties: tuple[str, ...]
    proposals: tuple[str, ...]
    portal: PortalGrounds | None = None  # only for a project whose products came on board by the seven steps


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """A mission of the list, its number as printed."""

    number: str
    title: str
    objectives: tuple[str, ...]
    deliverables: tuple[str, ...]
    recipients: str


@dataclass(frozen=True, kw_only=True)
class TaskListAnnex:
    """Context of task_list_annex: the list of missions attached to a notice (GL-01, GL-02)."""

    annex_label: str  # "PHỤ LỤC 01"
    title: str
    notice_number: str  # "29/TB-CCTĐC"
    notice_date: str  # "ngày 17 tháng 02 năm 2022"
    notice_issuer: str
    tasks: tuple[TaskRow, ...]
    notes: tuple[str, ...]
