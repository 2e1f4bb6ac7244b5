"""What the papers on many OCOP products print (mission 2)."""

from dataclasses import dataclass

from projects.contexts.chain import FigureRow, OrganisationFigures, ProcessStage
from projects.contexts.charts import Chart


@dataclass(frozen=True, kw_only=True)
class SurveyedProduct:
    """A product of a group: what its producer has today."""

    name: str
    producer: str
    stars: str
    diary: str
    barcode: str
    standard: str
    quality_system: str
    traceability: str
    needs: str


@dataclass(frozen=True, kw_only=True)
class SurveyedGroup:
    """A product group with its products and the process to be traced."""

    name: str
    products: tuple[SurveyedProduct, ...]
    product_count: int
    steps: tuple[ProcessStage, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyReportProducts:
    """Context of survey_report_products: present state, needs and processes of many products (GL-2.D1)."""

    project_title: str
    survey_from: str
    survey_to: str
    product_count: int
    producer_count: int
    groups: tuple[SurveyedGroup, ...]
    group_count: int
    figures: tuple[FigureRow, ...]
    organisations: tuple[OrganisationFigures, ...]
    proposals: tuple[str, ...]
    figures_chart: Chart | None = None
    capacity_chart: Chart | None = None  # none where no organisation told its output


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    """A producer's account. There is no password here or anywhere else."""

    producer: str
    representative: str
    login: str
    opened_on: str
    trained_on: str


@dataclass(frozen=True, kw_only=True)
class CompletenessRow:
    """How much of the minimum data a product has."""

    product: str
    producer: str
    code: str
    filled: int
    required: int
    missing: str  # "" when nothing is missing


@dataclass(frozen=True, kw_only=True)
class DeclaredData:
    """Context of declared_data: the account register and the declared data of each product (GL-2.D2)."""

    project_title: str
    counted_on: str
    accounts: tuple[AccountRow, ...]
    account_count: int
    products: tuple[CompletenessRow, ...]
    product_count: int
    complete_count: int


@dataclass(frozen=True, kw_only=True)
class GuideStep:
    """A step as a producer records it."""

    name: str
    records: str
    required: str  # "Bắt buộc" or "Khi có"


@dataclass(frozen=True, kw_only=True)
class GuideGroup:
    """The part of the guide for one product group."""

    name: str
    products: tuple[str, ...]
    steps: tuple[GuideStep, ...]


@dataclass(frozen=True, kw_only=True)
class UserGuide:
    """Context of user_guide: how to use the system and declare, one section per product group (GL-2.D4)."""

    project_title: str
    system_address: str
    support_contact: str
    groups: tuple[GuideGroup, ...]
    minimum_items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgendaRow:
    """An item of a conference's agenda."""

    time: str
    content: str
    presenter: str


@dataclass(frozen=True, kw_only=True)
class InviteeRow:
    """An invited producer or agency."""

    name: str
    address: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AttendeeRow:
    """A person who came."""

    name: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """What someone said at the conference."""

    speaker: str
    content: str


@dataclass(frozen=True, kw_only=True)
class ConferencePack:
    """Context of conference_pack: agenda, invitations, attendance, minutes (GL-2.D5).

    `other_producers` are OCOP producers outside the model: the conference is for them.
    """

    project_title: str
    conference_title: str
    held_on: str
    begins_at: str
    ends_at: str
    place: str
    chair: str
    secretary: str
    agenda: tuple[AgendaRow, ...]
    materials: tuple[str, ...]
    other_producers: tuple[InviteeRow, ...]
    agencies: tuple[InviteeRow, ...]
    attendees: tuple[AttendeeRow, ...]
    invited_count: int
    attended_count: int
    statements: tuple[StatementRow, ...]
    conclusions: tuple[str, ...]
