"""What a company standard on traceability and its issuing decision print (TH-K3)."""

from dataclasses import dataclass

from documents.contexts.products import CitedStandard, TracedStep


@dataclass(frozen=True, kw_only=True)
class CodedPlace:
    """A place of production with its location trace code."""

    name: str
    kind: str
    commune: str
    code: str


@dataclass(frozen=True, kw_only=True)
class CodingRule:
    """How one kind of thing is coded."""

    subject: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class BaseStandard:
    """Context of base_standard: the text of a company standard on traceability for one product group."""

    owner: str
    number: str
    version: int
    title: str
    group_name: str
    place_year: str  # foot of the cover: "Gia Lai, năm 2026"
    compiled_by: str
    products: tuple[str, ...]
    standards: tuple[CitedStandard, ...]
    steps: tuple[TracedStep, ...]
    codes: tuple[CodingRule, ...]
    places: tuple[CodedPlace, ...]
    minimum_items: tuple[str, ...]
    retention: str
    drill: str  # how often a recall is rehearsed


@dataclass(frozen=True, kw_only=True)
class BaseStandardDecision:
    """Context of base_standard_decision: by which the owner puts its standard in force."""

    owner_above: str  # the agency above the owner, "" for a producer
    owner: str
    authority: str
    place_date: str
    legal_bases: tuple[str, ...]
    number: str
    title: str
    effective: str  # "kể từ ngày ký" or "kể từ ngày 01/07/2026"
    replaces: str  # the version before, "" for the first
    executors: str
    signer_title: str
    signer_name: str
