"""What the public may know of a product with activated stamps: the questions behind the public pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lots.models import Lot
from privacy import policies as privacy
from registry.models import OcopRecognition, Product
from stamps.codes import serials
from stamps.errors import InvalidProductCode


@dataclass(frozen=True)
class VisibleFacts:
    """Facts of a product and its producer for everybody: no phone number, tax code or person's name."""

    producer: str
    address: str  # commune and above; never the street of a household
    is_named: bool
    standards: list[str]
    recognition: OcopRecognition | None

    @property
    def stars(self) -> str:
        """Stars as they are drawn on a label: "★★★☆☆"."""
        given = self.recognition.stars if self.recognition else 0
        return "★" * given + "☆" * (5 - given)


@dataclass(frozen=True)
class StageCount:
    """A stage of the product's process and what its lots have recorded of it."""

    name: str
    records: int
    latest: datetime | None


def stamped_product(code: str) -> Product | None:
    """Return the product of a code under which stamps are activated, or None."""
    try:
        # Text that is no product code never reaches the database: PostgreSQL refuses a NUL in it.
        serials.check_code(code)
    except InvalidProductCode:
        return None
    products = Product.objects.filter(stamp_batches__code=code, stamp_batches__activations__isnull=False)
    product: Product | None = products.select_related("producer__commune__parent__parent", "group").first()
    return product


def lots_of(code: str) -> QuerySet[Lot]:
    """Return the lots that carry activated stamps of the code."""
    lots: QuerySet[Lot] = Lot.objects.filter(activations__batch__code=code).distinct()
    return lots


def visible_facts(product: Product, *, today: date, is_named: bool | None = None) -> VisibleFacts:
    """Return what everybody may read about the product; its stars only while they hold (36 months).

    Of a natural person who has not agreed to be named, the kind of producer and the commune. Who has asked that
    for many producers at once (`privacy.policies.named_among`) says it by `is_named`.
    """
    producer = product.producer
    commune, above = producer.commune, producer.commune.parent
    if is_named is None:
        is_named = privacy.shows_name(producer)
    unnamed = _("%(kind)s in %(commune)s") % {"kind": producer.get_kind_display(), "commune": commune.name}
    return VisibleFacts(
        producer=producer.name if is_named else unnamed,
        address=commune.full_name() if is_named or above is None else above.full_name(),
        is_named=is_named,
        standards=[standard.code for standard in product.standards.all()],
        recognition=product.recognition_on(today),
    )


def product_stages(product: Product, lots: QuerySet[Lot]) -> list[StageCount]:
    """Return the stages of the product's process in order, with the records of its stamped lots (GL-2.5)."""
    if product.group is None:
        return []
    counted = Q(events__lot__in=lots, events__corrected_by=None)
    steps = product.group.steps.annotate(
        records=Count("events", filter=counted, distinct=True), latest=Max("events__event_time", filter=counted)
    )
    return [StageCount(step.name, step.records, step.latest) for step in steps]


def picture_url(product: Product, code: str) -> str:
    """Return the address of the product's small picture, "" if it has none."""
    return reverse("public_picture", args=[code]) if product.small_image or product.image else ""
