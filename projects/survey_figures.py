"""What the surveys of a project say in numbers: by organisation, by product group, by quality system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.models import OrganisationSurvey, PilotProject, Question, SurveyResponse
from projects.models.survey import Findings
from projects.surveying import FIGURES, LIST_MARK
from registry.models import Producer

Feeds = Question.Feeds


@dataclass
class FigureLine:
    """One organisation, or one product group: what was found there. Counts are of surveyed products."""

    name: str
    surveyed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    systems: dict[str, None] = field(default_factory=dict)  # in the order in which they were found
    capacity: Decimal | None = None
    producer: Producer | None = None

    @property
    def declared(self) -> int:
        """How many have declared an applied standard."""
        return self.counts[Feeds.HAS_DECLARED_STANDARD]

    @property
    def barcodes(self) -> int:
        """How many use a registered barcode."""
        return self.counts[Feeds.HAS_BARCODE]

    @property
    def diaries(self) -> int:
        """How many keep a diary."""
        return self.counts[Feeds.HAS_DIARY]

    @property
    def quality_systems(self) -> str:
        """The quality systems in use, by name."""
        return LIST_MARK.join(self.systems)

    def add(self, found: Findings) -> None:
        """Count one survey in."""
        self.surveyed += 1
        self.counts.update(figure for figure in FIGURES if getattr(found, figure))
        self.systems |= dict.fromkeys(systems_of(found))
        if found.capacity is not None:
            self.capacity = (self.capacity or Decimal(0)) + found.capacity

    def overlay(self, found: Findings) -> None:
        """Take in the survey of the organisation as a whole: its own output counts, not the sum of products."""
        self.counts.update(figure for figure in FIGURES if getattr(found, figure))
        self.systems |= dict.fromkeys(systems_of(found))
        if found.capacity is not None:
            self.capacity = found.capacity


@dataclass(frozen=True)
class Bar:
    """A figure of a whole, ready to draw."""

    label: str
    count: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent; 0 of nothing is 0."""
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True)
class Figures:
    """All figures of a project's surveys."""

    organisations: tuple[FigureLine, ...]
    groups: tuple[FigureLine, ...]
    by_organisation: tuple[Bar, ...]
    by_product: tuple[Bar, ...]
    systems: tuple[Bar, ...]
    capacity: Decimal


def systems_of(found: Findings) -> list[str]:
    """Return the quality systems of one survey."""
    return [name for part in found.quality_system.split(",") if (name := part.strip())]


def figures_of(project: PilotProject) -> Figures:
    """Count the surveys of the enrolled products and of their organisations; three queries."""
    products = list(
        SurveyResponse.objects.filter(enrolment__project=project, enrolment__withdrawn_at=None)
        .select_related("enrolment__product__producer", "enrolment__product__group")
        .order_by("enrolment__product__producer__name", "enrolment__pk")
    )
    wholes = list(OrganisationSurvey.objects.filter(project=project).select_related("producer"))
    organisations, groups = _lines(products, wholes)
    return Figures(
        organisations=organisations,
        groups=groups,
        by_organisation=_bars(
            len(organisations),
            {figure: sum(bool(line.counts[figure]) for line in organisations) for figure in FIGURES},
            sum(bool(line.systems) for line in organisations),
        ),
        by_product=_bars(
            len(products),
            {figure: sum(getattr(one, figure) for one in products) for figure in FIGURES},
            sum(bool(systems_of(one)) for one in products),
        ),
        systems=_systems(organisations),
        capacity=sum((line.capacity or Decimal(0) for line in organisations), Decimal(0)),
    )


def _lines(
    products: Iterable[SurveyResponse], wholes: Iterable[OrganisationSurvey]
) -> tuple[tuple[FigureLine, ...], tuple[FigureLine, ...]]:
    """One line for each organisation, in the order of names, and one for each product group."""
    of_producer: dict[int, FigureLine] = {}
    of_group: dict[str, FigureLine] = {}
    for found in products:
        product = found.enrolment.product
        group = product.group.name if product.group else ""
        of_producer.setdefault(product.producer_id, FigureLine(product.producer.name, producer=product.producer)).add(
            found
        )
        of_group.setdefault(group, FigureLine(group)).add(found)
    for whole in wholes:
        of_producer.setdefault(whole.producer_id, FigureLine(whole.producer.name, producer=whole.producer)).overlay(
            whole
        )
    by_name = sorted(of_producer.values(), key=lambda line: (line.name, line.producer.pk if line.producer else 0))
    return tuple(by_name), tuple(sorted(of_group.values(), key=lambda line: (not line.name, line.name)))


def _bars(total: int, counts: Mapping[str, int], with_system: int) -> tuple[Bar, ...]:
    """The three figures and the quality systems (seed 001, section II.2a), in the order in which papers name them."""
    return (
        Bar(_("Has declared an applied standard"), counts[Feeds.HAS_DECLARED_STANDARD], total),
        Bar(_("Uses a quality management system"), with_system, total),
        Bar(_("Uses a registered barcode"), counts[Feeds.HAS_BARCODE], total),
        Bar(_("Keeps a production diary"), counts[Feeds.HAS_DIARY], total),
    )


def _systems(organisations: Iterable[FigureLine]) -> tuple[Bar, ...]:
    lines = list(organisations)
    used = Counter(name for line in lines for name in line.systems)
    return tuple(Bar(name, count, len(lines)) for name, count in sorted(used.items(), key=lambda x: (-x[1], x[0])))
