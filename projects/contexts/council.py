"""What the minutes of an acceptance council print."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CouncilMemberRow:
    """A member of the council and whether they came."""

    name: str
    office: str
    seat: str
    presence: str


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One criterion: how many sheets gave each grade."""

    criterion: str
    excellent: int
    passed: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class GradeRow:
    """One result of the project with its criteria."""

    code: str
    title: str
    criteria: tuple[CriterionRow, ...]


@dataclass(frozen=True, kw_only=True)
class CouncilMinutes:
    """Context of council_minutes: who met, what they graded, and the sums that give the result."""

    project_title: str
    project_code: str
    host: str
    manager: str
    decision: str  # "12/QĐ-SKHCN ngày 05 tháng 10 năm 2026"
    began: str  # "08 giờ 00 ngày 05 tháng 10 năm 2026"
    ended: str
    place: str
    members: tuple[CouncilMemberRow, ...]
    member_count: int
    present_count: int
    quorum: tuple[str, ...]
    grades: tuple[GradeRow, ...]
    sheet_count: int
    excellent: int
    passed: int
    failed: int
    arithmetic: tuple[str, ...]
    comments: tuple[str, ...]
    opinions: tuple[str, ...]
    result: str
    presider_name: str
    presider_title: str  # "CHỦ TỊCH HỘI ĐỒNG"
    secretary_name: str
