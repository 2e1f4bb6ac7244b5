"""What producers' own papers print: OCOP forms, self-declaration, consent; and the notice on personal data."""

from dataclasses import dataclass

from documents.contexts.products import CitedStandard, GroupProduct
from documents.contexts.standards import CodedPlace


@dataclass(frozen=True, kw_only=True)
class Party:
    """A producer as its papers name it; a dotted line where the registry knows nothing."""

    name: str
    kind: str
    tax_code: str
    address: str
    representative: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class EvidencePaper:
    """A paper of the dossier."""

    name: str
    state: str
    note: str


@dataclass(frozen=True, kw_only=True)
class OcopRegistration:
    """Context of ocop_registration: the producer registers a product for being assessed (form 01)."""

    place_date: str
    addressee: str
    party: Party
    product_name: str
    industry: str
    ocop_set: str
    group_name: str
    trace_code: str
    registered_for: str  # being assessed again, or a higher rank
    recognition: str
    wanted_stars: str
    criteria: str
    description: str
    materials: str
    yearly_output: str
    workers: str
    market: str
    papers: tuple[EvidencePaper, ...]


@dataclass(frozen=True, kw_only=True)
class AssessedPart:
    """A part of the criteria with the points that the producer gives itself."""

    code: str
    name: str
    most: int
    points: str
    grounds: str


@dataclass(frozen=True, kw_only=True)
class OcopAssessment:
    """Context of ocop_assessment: the producer's assessment of its own product (form 02)."""

    place_date: str
    party: Party
    product_name: str
    ocop_set: str
    criteria: str
    parts: tuple[AssessedPart, ...]
    total: str
    wanted_stars: str
    standards: tuple[CitedStandard, ...]
    traceability: tuple[str, ...]
    papers: tuple[EvidencePaper, ...]
    strengths: str
    to_improve: str


@dataclass(frozen=True, kw_only=True)
class CheckedItem:
    """A line of the self-assessment and what it was found on."""

    item: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class ConformityDeclaration:
    """Context of conformity_declaration: the producer's system conforms to the standards on traceability."""

    place_date: str
    party: Party
    group_name: str
    products: tuple[GroupProduct, ...]
    places: tuple[CodedPlace, ...]
    standards: tuple[CitedStandard, ...]
    system_name: str
    system_address: str
    basis: str
    checks: tuple[CheckedItem, ...]
    retention: str


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """A purpose with the words that people agree to, line by line."""

    name: str
    version: int
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PrivacyNotice:
    """Context of privacy_notice: the agency tells how it uses personal data."""

    project_title: str
    purposes: tuple[Purpose, ...]
    common_lines: tuple[str, ...]
    kept: str
    receivers: tuple[str, ...]
    contact: str


@dataclass(frozen=True, kw_only=True)
class ConsentForm:
    """Context of consent_form: each purpose with two empty boxes, to be ticked by hand."""

    place_date: str
    party: Party
    controller: str
    purposes: tuple[Purpose, ...]
