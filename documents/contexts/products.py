"""What the papers on selected products and their groups print (seed 003, steps 2 to 5)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ChosenProduct:
    """A product that was selected."""

    name: str
    producer: str
    commune: str
    stars: str  # "4 sao", "" without a recognition
    funding: str  # "Có" or "Không"


@dataclass(frozen=True, kw_only=True)
class ChosenGroup:
    """The selected products of one group."""

    name: str
    products: tuple[ChosenProduct, ...]
    product_count: int


@dataclass(frozen=True, kw_only=True)
class RefusedProduct:
    """A product that was not selected, and why."""

    name: str
    producer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SelectionMinutes:
    """Context of selection_minutes: the meeting that selected the products (SL-S2, SL-S3)."""

    project_title: str
    project_code: str
    began: str  # "08 giờ 00, ngày 12/03/2026"
    ended: str  # "10 giờ 30"
    place: str
    chair_name: str
    chair_title: str
    secretary_name: str
    secretary_title: str
    attendants: tuple[str, ...]
    rules: tuple[str, ...]
    considered: int
    surveyed: int
    selected: int
    refused: int
    waiting: int
    groups: tuple[ChosenGroup, ...]
    refusals: tuple[RefusedProduct, ...]
    opinions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SelectionDecision:
    """Context of selection_decision: the decision on the list of products by groups (SL-S2, SL-S3)."""

    project_title: str
    project_code: str
    authority: str  # who decides, as the line above the legal bases says
    proposer: str  # "" when nobody is named
    selected: int
    group_count: int
    funded: int
    groups: tuple[ChosenGroup, ...]
    duties: tuple[str, ...]
    executors: str


@dataclass(frozen=True, kw_only=True)
class CitedStandard:
    """A standard in force on the day of the paper."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class TracedStep:
    """A stage of a group's process."""

    name: str
    actor: str
    records: str
    required: str  # "Bắt buộc" or "Khi có"


@dataclass(frozen=True, kw_only=True)
class GroupProduct:
    """A product of a group, with the code by which it is traced."""

    name: str
    producer: str
    code: str
    code_kind: str  # "GTIN" or "Mã nội bộ"


@dataclass(frozen=True, kw_only=True)
class AgencyOpinion:
    """What an agency answered about the process."""

    agency: str
    letter: str
    reply: str
    opinion: str


@dataclass(frozen=True, kw_only=True)
class GroupProcess:
    """Context of group_process: the tracing process of a group and the guide for updating data (SL-S4)."""

    project_title: str
    group_name: str
    products: tuple[GroupProduct, ...]
    product_count: int
    standards: tuple[CitedStandard, ...]
    process_text: tuple[str, ...]
    steps: tuple[TracedStep, ...]
    opinions: tuple[AgencyOpinion, ...]
    guide: tuple[str, ...]
    minimum_items: tuple[str, ...]
    system_address: str
    support_contact: str


@dataclass(frozen=True, kw_only=True)
class ModuleOrderLetter:
    """Context of module_order_letter: the letter that asks for a group's module on the portal (SL-S5)."""

    project_title: str
    addressee: str
    group_name: str
    products: tuple[GroupProduct, ...]
    product_count: int
    coded_count: int  # of those with a GTIN
    standards: tuple[CitedStandard, ...]
    steps: tuple[TracedStep, ...]
    approved_on: str
    consulted: tuple[str, ...]
    minimum_items: tuple[str, ...]
    wanted_by: str
    contact: str
