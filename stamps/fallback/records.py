"""What is on record of many products at once: the same facts as on the live pages, in queries that do not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lots.models import Recall
from privacy.policies import named_among
from registry.models import Certificate, Product
from stamps.models import Activation, StampBatch

CHUNK = 200  # codes; bounds memory, and the parameters of one query
_IS_ON_LOT = Exists(Activation.objects.filter(batch=OuterRef("pk")))


@dataclass(frozen=True)
class OnRecord:
    """A printed code and what everybody may read of its product.

    `is_told` is False while no stamp of the code is on a lot: then only that all lots are recalled is public.
    Product recalls come before those of lots, the newest first.
    """

    code: str
    product: Product
    is_told: bool
    is_named: bool = False
    certificates: list[Certificate] = field(default_factory=list)
    recalls: list[Recall] = field(default_factory=list)


def public_batches() -> QuerySet[StampBatch]:
    """Return the batches whose code has a page: a stamp is on a lot, or the whole product is recalled.

    As on the live pages: `stamps.public.facts.stamped_product`, and the recall of a stamp that is on no lot.
    """
    whole = Recall.objects.in_force().filter(lot=None)
    batches: QuerySet[StampBatch] = StampBatch.objects.filter(_IS_ON_LOT | Q(product__in=whole.values("product")))
    return batches


def in_chunks(batches: QuerySet[StampBatch]) -> Iterator[list[str]]:
    """Yield the codes of the batches, each once, in chunks; one query for each."""
    last = ""
    while True:
        after = batches.filter(code__gt=last).order_by("code").values_list("code", flat=True)
        codes = list(after.distinct()[:CHUNK])
        if not codes:
            return
        yield codes
        last = codes[-1]


def on_record(codes: list[str], today: date) -> list[OnRecord]:
    """Return what is on record of the codes that are public; the number of queries is fixed."""
    batches = public_batches().filter(code__in=codes).annotate(is_on_lot=_IS_ON_LOT)
    rows = batches.values_list("code", "product_id", "is_on_lot").order_by("is_on_lot", "-product_id").distinct()
    # The last one stays: a product with stamps on lots before one without.
    found = {code: (product, told) for code, product, told in rows}
    products = _products({product for product, _told in found.values()})
    named = named_among([product.producer for product in products.values()])
    certificates, recalls = _certificates(products, today), _recalls(products)
    return [
        OnRecord(code, products[pk], told, products[pk].producer_id in named, certificates[pk], recalls[pk])
        for code, (pk, told) in found.items()
    ]


def _products(keys: set[int]) -> dict[int, Product]:
    rows = Product.objects.filter(pk__in=keys).select_related("producer__commune__parent__parent")
    return {product.pk: product for product in rows.prefetch_related("standards", "recognitions")}


def _certificates(products: dict[int, Product], today: date) -> dict[int, list[Certificate]]:
    """Those in force, by product: its own, and those of its producer that are for all products; the newest first."""
    holds = Q(issued_on__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))
    rows = Certificate.objects.filter(holds, producer__in={product.producer_id for product in products.values()})
    by_producer: dict[int, list[Certificate]] = defaultdict(list)
    for paper in rows.order_by("-issued_on", "pk").prefetch_related(Prefetch("products", Product.objects.only("pk"))):
        by_producer[paper.producer_id].append(paper)
    return {
        pk: [paper for paper in by_producer[product.producer_id] if _is_for(paper, pk)]
        for pk, product in products.items()
    }


def _is_for(paper: Certificate, product: int) -> bool:
    named = {each.pk for each in paper.products.all()}
    return not named or product in named


def _recalls(products: dict[int, Product]) -> dict[int, list[Recall]]:
    rows = Recall.objects.in_force().filter(product__in=products).select_related("lot")
    by_product: dict[int, list[Recall]] = defaultdict(list)
    for recall in sorted(rows.order_by("-recalled_at", "-pk"), key=lambda recall: recall.lot_id is not None):
        by_product[recall.product_id].append(recall)
    return by_product
