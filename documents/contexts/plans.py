"""What the papers of a plan print: notice with its list, yearly plan, decision with its plan, and the priority list."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of a plan's text: a heading with its printed number ("" for none), and the paragraphs below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """A line of a plan's table: every cell as printed, an empty one stays empty."""

    number: str
    content: tuple[str, ...]
    lead: str
    partners: str
    period: str
    funding: str


@dataclass(frozen=True, kw_only=True)
class PlanSection:
    """The rows below one heading of the table; the heading is "" for a table without one."""

    heading: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, kw_only=True)
class YearlyPlan:
    """Context of yearly_plan: the plan's text, and its annex of contents, periods and funding (QT-01, QT-PL)."""

    title: str
    passages: tuple[Passage, ...]
    closing: str
    annex_label: str  # "Phụ lục"
    annex_title: str
    sections: tuple[PlanSection, ...]


@dataclass(frozen=True, kw_only=True)
class PhaseRow:
    """A line of a phase's appendix: it has a remark where a yearly plan has its funding."""

    number: str
    content: tuple[str, ...]
    lead: str
    partners: str
    period: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PhaseAnnex:
    """One appendix of a decision's plan: one phase, its title as printed."""

    label: str  # "Phụ lục II"
    title: str
    phase: str  # "II. Giai đoạn 2025 - 2030"
    rows: tuple[PhaseRow, ...]


@dataclass(frozen=True, kw_only=True)
class PhaseDecision:
    """Context of phase_decision: a decision of three articles, its plan and appendices (BK-00)."""

    about: str
    authority: str  # who decides: "Chủ tịch Ủy ban nhân dân tỉnh …"
    plan_name: str  # continues "Kế hoạch …"
    executors: str
    passages: tuple[Passage, ...]
    closing: str
    annexes: tuple[PhaseAnnex, ...]


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """A mission of the list, its number as printed."""

    number: str
    title: str
    objectives: tuple[str, ...]
    deliverables: tuple[str, ...]
    recipients: str


@dataclass(frozen=True, kw_only=True)
class MissionNotice:
    """Context of mission_notice: the notice of a list of missions, and the list as its annex (GL-01, GL-02)."""

    title: str
    mission_titles: tuple[str, ...]
    mission_count: int
    eligible: str
    dossier: tuple[str, ...]
    deadline: str
    address: str
    contact: str
    annex_label: str
    tasks: tuple[TaskRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PriorityRow:
    """A product or group of the priority list with why it comes first (BK-II.2.1a)."""

    name: str
    field: str
    place: str
    export_reason: str
    safety_reason: str
    proposed_by: str


@dataclass(frozen=True, kw_only=True)
class PriorityList:
    """The list of key products and groups with priority for traceability, and the period it holds for."""

    period: str  # "giai đoạn 2021 - 2025"
    place: str  # "trên địa bàn tỉnh …"
    rows: tuple[PriorityRow, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class PrioritySubmission:
    """Context of priority_submission: the department asks the committee to approve the list (QT-II.3a, BK-A3)."""

    addressee: str
    about: str
    reasons: tuple[str, ...]
    process: tuple[str, ...]
    criteria: tuple[str, ...]
    listing: PriorityList
    funding: str
    attachments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PriorityDecision:
    """Context of priority_decision: the committee approves the list, which goes with the decision as its annex."""

    about: str
    authority: str
    executing_agency: str
    duties: tuple[str, ...]
    executors: str
    listing: PriorityList
