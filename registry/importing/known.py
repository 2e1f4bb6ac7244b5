"""What the registry knows already, read once for a whole list and found by the keys that lists carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from people.models import AdminUnit
from registry.importing.communes import Communes
from registry.models import OcopCriteria, OcopRecognition, OcopSet, Producer, Product, ProductGroup, Standard

CHUNK = 800  # keys in one query: SQLite takes 999


@dataclass(eq=False)
class Slot:
    """A producer or product that lines speak of: the row of the registry, or the one to be made.

    `old` are the values before, by field; `given` what the list says of it and in which row.
    """

    instance: Any
    is_new: bool
    row: int = 0
    old: dict[str, Any] = field(default_factory=dict)
    given: dict[str, tuple[Any, int]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)  # all its names, without case: mergers leave several
    products: dict[str, Slot] = field(default_factory=dict)  # of a producer: by name without case
    last_number: int = 0  # of a producer: of its products
    recognitions: dict[str, OcopRecognition] = field(default_factory=dict)  # of a product: by decision


class Known:
    """The registry of a province as one list needs it."""

    def __init__(self, province: AdminUnit, day: date, *, gtins: Iterable[str], for_writing: bool) -> None:
        self.province = province
        self.for_writing = for_writing
        self.communes = Communes(province, day)
        self.sets = Sets(OcopSet.objects.all())
        self.groups = _first_group_of_each_set()
        self.criteria = list(OcopCriteria.objects.order_by("-effective_from"))
        self.by_tax: dict[str, Slot] = {}
        self.by_phone: dict[tuple[str, str], list[Slot]] = defaultdict(list)
        self.by_place: dict[tuple[str, int], list[Slot]] = defaultdict(list)
        self.by_gtin: dict[str, Slot] = {}
        self.last_number = 0
        producers = self._read_producers()
        self._read_products(producers, list(gtins))

    # --- producers -------------------------------------------------------------------------------
    def _read_producers(self) -> dict[int, Slot]:
        rows = Producer.objects.filter(province=self.province).select_related("commune")
        if self.for_writing:
            rows = rows.select_for_update(of=("self",))
        found = {producer.pk: producer for producer in rows.order_by("pk")}
        slots = {pk: Slot(producer, is_new=False) for pk, producer in found.items() if not producer.merged_into_id}
        for producer in found.values():
            self.last_number = max(self.last_number, producer.number)
            if slot := slots.get(_survivor(producer, found).pk):
                self.index(slot, producer)
        return slots

    def index(self, slot: Slot, producer: Producer) -> None:
        """Let a slot be found by the names and codes of a producer: its own, or one merged into it."""
        name = producer.name.casefold()
        slot.names.add(name)
        if producer.tax_code:
            self.by_tax.setdefault(producer.tax_code, slot)
        if producer.phone:
            _append(self.by_phone[producer.phone, name], slot)
        _append(self.by_place[name, producer.commune_id], slot)

    # --- products --------------------------------------------------------------------------------
    def _read_products(self, producers: dict[int, Slot], gtins: list[str]) -> None:
        rows = Product.objects.filter(producer__province=self.province).select_related("ocop_set")
        if self.for_writing:
            rows = rows.select_for_update(of=("self",))
        slots = {}
        for product in rows.order_by("pk"):
            slot = slots[product.pk] = Slot(product, is_new=False)
            if owner := producers.get(product.producer_id):
                product.producer = owner.instance
                owner.products.setdefault(product.name.casefold(), slot)
                owner.last_number = max(owner.last_number, product.number)
            if product.gtin:
                self.by_gtin[product.gtin] = slot
        for recognition in OcopRecognition.objects.filter(product__producer__province=self.province):
            slots[recognition.product_id].recognitions[recognition.decision_number] = recognition
        missing = [gtin for gtin in gtins if gtin not in self.by_gtin]
        for elsewhere in _chunks(missing):
            for product in Product.objects.filter(gtin__in=elsewhere).select_related("producer"):
                self.by_gtin[product.gtin or ""] = Slot(product, is_new=False)

    def criteria_on(self, day: date) -> OcopCriteria | None:
        """Return the criteria in force on a day."""
        return next(
            (one for one in self.criteria if one.effective_from <= day and (one.effective_to or day) >= day), None
        )


class Sets:
    """The OCOP sets by what a cell may say: "13", "13. Cà phê, ca cao", "Cà phê, ca cao"."""

    def __init__(self, sets: Iterable[OcopSet]) -> None:
        self._by_key = {key: one for one in sets for key in (str(one.number), one.name.casefold())}

    def find(self, text: str) -> OcopSet | None:
        """Return the set that a cell names."""
        number, dot, _name = text.partition(".")
        return self._by_key.get(text.casefold()) or (self._by_key.get(number.strip()) if dot else None)


def _survivor(producer: Producer, found: dict[int, Producer]) -> Producer:
    while producer.merged_into_id and producer.merged_into_id in found:
        producer = found[producer.merged_into_id]
    return producer


def _append(slots: list[Slot], slot: Slot) -> None:
    if slot not in slots:
        slots.append(slot)


def _first_group_of_each_set() -> dict[int, ProductGroup]:
    groups: dict[int, ProductGroup] = {}
    for group in ProductGroup.objects.order_by("pk"):
        groups.setdefault(group.ocop_set_id, group)
    return groups


def standards_of_groups() -> dict[int, list[int]]:
    """Return the ids of the standards that a new product takes from its group."""
    found: dict[int, list[int]] = defaultdict(list)
    for group, standard in Standard.groups.through.objects.values_list("productgroup_id", "standard_id"):
        found[group].append(standard)
    return found


def _chunks(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(keys), CHUNK):
        yield tuple(keys[start : start + CHUNK])
