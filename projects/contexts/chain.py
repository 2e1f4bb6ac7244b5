"""What the papers on one product chain print (mission 1), and the rows that other papers share."""

from dataclasses import dataclass

from projects.contexts.charts import Chart


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
class OrganisationFigures:
    """What was found at one organisation: declared standards, quality systems, barcodes (QT-II.2a), and diaries."""

    name: str
    standard: str  # "Có" or "Chưa"
    quality_system: str
    barcode: str
    diary: str
    capacity: str  # tonnes a year: "12,5"; "–" when not known


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
    organisations: tuple[OrganisationFigures, ...]
    standards: tuple[StandardRow, ...]
    gaps: tuple[GapRow, ...]
    needs: tuple[SurveyAnswer, ...]
    proposals: tuple[str, ...]
    figures_chart: Chart | None = None
    capacity_chart: Chart | None = None  # none where no organisation told its output


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
