"""What the yearly reports of a programme print: a unit's, the consolidated one, and the one on indicators."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A line of a plan and what came of it in the year."""

    number: str
    content: str
    part: str  # what the unit does in it, or who leads it
    period: str
    result: str


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """What the records count in one year."""

    classes: int
    people: int
    producers: int
    conferences: int
    workshops: int
    broadcasts: int
    articles: int
    projects_running: int
    projects_accepted: int
    products: int
    producers_enrolled: int
    stamps_activated: int


@dataclass(frozen=True, kw_only=True)
class DifficultyRow:
    """A difficulty that waits for a decision."""

    project: str
    text: str
    needed: str
    raised_on: str
    addressee: str


@dataclass(frozen=True, kw_only=True)
class UnitReport:
    """Context of unit_report: what one agency did for the programme in a year, due before 30 November (BK-V.9)."""

    programme: str
    year: int
    unit: str
    addressee: str
    tasks: tuple[ResultRow, ...]
    results: tuple[str, ...]
    figures: YearFigures
    difficulties: tuple[DifficultyRow, ...]
    causes: tuple[str, ...]
    proposals: tuple[str, ...]
    next_year: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """An indicator: its value on the day, what the programme asks for, and where it stands."""

    name: str
    definition: str
    value: str
    target: str
    due_on: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """An agency of the programme, and its own report of the year."""

    name: str
    number: str
    issued_on: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ConsolidatedReport:
    """Context of consolidated_report: all units together, due before 15 December, to two recipients (BK-V.1i)."""

    programme: str
    year: int
    place: str
    addressees: tuple[str, ...]
    directions: tuple[str, ...]
    tasks: tuple[ResultRow, ...]
    figures: YearFigures
    indicators: tuple[IndicatorRow, ...]
    difficulties: tuple[DifficultyRow, ...]
    assessment: tuple[str, ...]
    proposals: tuple[str, ...]
    next_year: tuple[str, ...]
    units: tuple[UnitRow, ...]
    unit_count: int
    reported_count: int
    units_due_on: str


@dataclass(frozen=True, kw_only=True)
class LeftOutRow:
    """Somebody or something that does not count for an indicator, and why."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class IndicatorDetail:
    """Who stands behind one indicator: how many count, and who does not."""

    name: str
    counted: int
    left_out_count: int
    left_out: tuple[LeftOutRow, ...]


@dataclass(frozen=True, kw_only=True)
class IndicatorReport:
    """Context of indicator_report: the programme's indicators on one day, with who is not counted and why."""

    programme: str
    place: str
    as_of: str
    indicators: tuple[IndicatorRow, ...]
    details: tuple[IndicatorDetail, ...]
    remarks: tuple[str, ...]
