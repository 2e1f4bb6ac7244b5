"""What the papers of one class print: who was there, and the certificates of those who passed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PresentRow:
    """A person who came to a class."""

    name: str
    organisation: str
    phone: str
    passed: str  # "Đạt" or "–"


@dataclass(frozen=True, kw_only=True)
class AttendanceList:
    """Context of attendance_list: everybody who came to one class, with room for signatures."""

    project_title: str
    class_title: str
    held_on: str
    place: str
    audience: str
    topics: tuple[str, ...]
    present: tuple[PresentRow, ...]
    present_count: int
    organisation_count: int
    invited_count: int
    absent_count: int
    passed_count: int


@dataclass(frozen=True, kw_only=True)
class CertificateRow:
    """A certificate: its number in the class, and whose it is."""

    number: str  # "01"
    name: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class TrainingCertificate:
    """Context of training_certificate: the numbered list of a class, then one page for each person."""

    project_title: str
    class_title: str
    held_on: str
    place: str
    topics: tuple[str, ...]
    certificates: tuple[CertificateRow, ...]
    certificate_count: int
