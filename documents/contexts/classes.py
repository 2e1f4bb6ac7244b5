"""What the papers of classes, of surveys and the handbook print (D05, D09, D10)."""

from dataclasses import dataclass

from documents.contexts.producers import Party
from documents.contexts.products import CitedStandard, GroupProduct, TracedStep


@dataclass(frozen=True, kw_only=True)
class SurveyQuestion:
    """A question of the questionnaire with what stands in its box: an answer, boxes to tick, or dotted lines."""

    text: str
    hint: str
    reply: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SurveySection:
    """The questions under one heading of the questionnaire."""

    name: str
    questions: tuple[SurveyQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyForm:
    """Context of survey_form: the questionnaire of one enrolled product, blank or filled."""

    place_date: str
    title: str
    version: int
    introduction: str
    agency: str
    project_title: str
    party: Party
    product_name: str
    group_name: str
    trace_code: str
    sections: tuple[SurveySection, ...]
    surveyor: str  # "" on a blank form


@dataclass(frozen=True, kw_only=True)
class PlannedClass:
    """A class of the plan."""

    title: str
    audience: str
    topics: tuple[str, ...]
    seats: int
    day: str  # "14/06/2026", "trước ngày 30/06/2026"
    place: str


@dataclass(frozen=True, kw_only=True)
class TrainingPlan:
    """Context of training_plan: the classes of a project that the agency plans (QT-PL.2, BK-A4)."""

    project_title: str
    project_code: str
    task_title: str  # the plan's line, "" when no plan asks for classes
    task_period: str
    purpose: tuple[str, ...]
    planned_classes: tuple[PlannedClass, ...]
    class_count: int
    seat_total: int
    lead: str
    partners: str
    funding: str
    in_charge: str
    duties: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InvitedSide:
    """A producer or an agency that is invited, with its people."""

    name: str
    people: tuple[str, ...]
    seats: int


@dataclass(frozen=True, kw_only=True)
class ClassInvitation:
    """Context of class_invitation: one sheet to all who are invited to a class, with their list."""

    project_title: str
    class_title: str
    topics: tuple[str, ...]
    days: tuple[str, ...]  # "08 giờ 00 phút, ngày 14/06/2026: mã số mã vạch"
    place: str
    to_bring: tuple[str, ...]
    contact: str
    invited: tuple[InvitedSide, ...]
    side_count: int
    invited_count: int


@dataclass(frozen=True, kw_only=True)
class SideFigures:
    """How many people of a producer or an agency were invited, came and passed."""

    name: str
    kind: str  # "Chủ thể" or "Cơ quan"
    invited: int
    present: int
    passed: int


@dataclass(frozen=True, kw_only=True)
class ClassMinutes:
    """Context of class_minutes: what was taught, who came, what was said at a class."""

    project_title: str
    class_title: str
    began: str  # "08 giờ 00 phút, ngày 14/06/2026"
    ended: str
    place: str
    audience: str
    chair_name: str
    chair_title: str
    secretary_name: str
    secretary_title: str
    teachers: tuple[str, ...]
    topics: tuple[str, ...]
    handouts: tuple[str, ...]
    invited_count: int
    absent_count: int
    present_count: int
    organisation_count: int
    passed_count: int
    sides: tuple[SideFigures, ...]
    opinions: tuple[str, ...]
    conclusions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ClassReport:
    """Context of class_report: who was invited, came and passed, and what is done next (GL-2.2)."""

    project_title: str
    class_title: str
    held_on: str
    place: str
    audience: str
    topics: tuple[str, ...]
    seats: int
    invited_count: int
    absent_count: int
    present_count: int
    passed_count: int
    passed_share: str
    sides: tuple[SideFigures, ...]
    producer_count: int  # of the project
    covered_count: int  # of those, with a person at this class
    covered_share: str
    uncovered: tuple[str, ...]  # of which nobody came to any class yet
    assessment: tuple[str, ...]
    next_steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HelpContact:
    """Whom a producer asks."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Handbook:
    """Context of handbook: the decision that issues the handbook of a product group, and the handbook (BK-A8)."""

    authority: str
    project_title: str
    group_name: str
    products: tuple[GroupProduct, ...]
    product_count: int
    standards: tuple[CitedStandard, ...]
    process_text: tuple[str, ...]
    steps: tuple[TracedStep, ...]
    guide: tuple[str, ...]
    minimum_items: tuple[str, ...]
    system_address: str
    contacts: tuple[HelpContact, ...]
