"""What the papers of a pilot project print: one frozen dataclass per kind of paper.

Texts are ready to print, dates are dd/mm/yyyy, counts are whole numbers. Number, date, agency and signature
are not here: they belong to the letterhead, which changes when the paper is issued.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StandardRow:
    """A standard the project applies."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure counted from the survey rows."""

    label: str
    count: int
    total: int
    share: str  # "8/12" is in count and total; the share is ready to print: "66,7 %"


@dataclass(frozen=True, kw_only=True)
class SurveyAnswer:
    """What one surveyed party said on one subject."""

    party: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SurveyedParty:
    """A party of the chain that was surveyed."""

    name: str
    kind: str
    place: str
    surveyed_on: str


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """A requirement against what the survey found."""

    requirement: str
    found: str
    action: str


@dataclass(frozen=True, kw_only=True)
class SurveyReportChain:
    """Context of survey_report_chain: a chain's production, purchasing, processing and traceability (GL-1.D1)."""

    project_title: str
    product_name: str
    survey_from: str
    survey_to: str
    parties: tuple[SurveyedParty, ...]
    party_count: int
    production: tuple[SurveyAnswer, ...]
    purchasing: tuple[SurveyAnswer, ...]
    processing: tuple[SurveyAnswer, ...]
    traceability: tuple[SurveyAnswer, ...]
    figures: tuple[FigureRow, ...]
    standards: tuple[StandardRow, ...]
    gaps: tuple[GapRow, ...]
    needs: tuple[SurveyAnswer, ...]
    proposals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ApplicationDocument:
    """A document of the set that a chain works by; each cites the standard it fulfils."""

    code: str
    title: str
    purpose: str
    keeper: str
    standard: str


@dataclass(frozen=True, kw_only=True)
class ProcessStage:
    """A step of a process: who acts, and what is recorded each time."""

    name: str
    actor: str
    records: str


@dataclass(frozen=True, kw_only=True)
class CodeRule:
    """How one kind of thing gets its code."""

    subject: str
    rule: str
    standard: str


@dataclass(frozen=True, kw_only=True)
class ApplicationSet:
    """Context of application_set: the documents by which a chain runs its traceability (GL-1.D2)."""

    project_title: str
    product_name: str
    scope: str
    standards: tuple[StandardRow, ...]
    documents: tuple[ApplicationDocument, ...]
    document_count: int
    stages: tuple[ProcessStage, ...]
    codes: tuple[CodeRule, ...]
    retention: str  # "24 tháng kể từ ngày hết hạn sử dụng của lô"


@dataclass(frozen=True, kw_only=True)
class RoleGuide:
    """The guide for whoever works at one step."""

    stage: str
    role: str
    steps: tuple[str, ...]
    records: str


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """A training session and who came."""

    title: str
    audience: str
    held_on: str
    place: str
    attendees: int
    passed: int


@dataclass(frozen=True, kw_only=True)
class TrainingSet:
    """Context of training_set: training and one guide for each role at each step (GL-1.D3)."""

    project_title: str
    product_name: str
    topics: tuple[str, ...]
    guides: tuple[RoleGuide, ...]
    courses: tuple[CourseRow, ...]
    attendee_total: int
    passed_total: int


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
    proposals: tuple[str, ...]


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
