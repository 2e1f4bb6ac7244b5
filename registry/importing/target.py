"""The OCOP list as a kind of import: producers, their products and the decisions that gave them their stars."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.models import ImportLine
from imports.targets import Difference, Entry, Outcome, Plan, Record, Target
from people.models import AdminUnit, User
from registry import policies
from registry.actions.keeping import keep
from registry.importing.columns import OcopList
from registry.importing.known import Known, Slot, standards_of_groups
from registry.importing.rules import Meant, Rules, facts_of, recognition_of
from registry.models import OcopRecognition, Producer, Product
from registry.search import folded_fields
from registry.trace_codes import own_code

State = ImportLine.State
_DECISION = re.compile(
    r"quyết định số:?\s*(\d{1,5}/[\wĐ-]+)\s*,?\s*ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})",
    re.IGNORECASE,
)
MODELS: tuple[type[models.Model], ...] = (Producer, Product, OcopRecognition)
_VERBS: dict[type[models.Model], tuple[str, str]] = {
    Producer: ("registry.producer_registered", "registry.producer_edited"),
    Product: ("registry.product_registered", "registry.product_edited"),
}


class OcopTarget(Target):
    """A province's list of OCOP products."""

    key: ClassVar[str] = "ocop"
    label = gettext_lazy("List of OCOP products")
    resource = OcopList
    constant_keys: ClassVar[tuple[str, ...]] = ("decision_number", "decided_on")

    def can_import(self, user: User, province_id: int) -> bool:
        """Those who keep the province's registry."""
        return policies.can_keep_registry(user, province_id)

    def lock(self, province: AdminUnit, user: User) -> AdminUnit:
        """Lock the province, from which producers get their numbers. Raises NotAllowedForYou."""
        return keep(province, user)

    def plan(
        self, records: Sequence[Record], province: AdminUnit, *, by: User, today: date, for_writing: bool = False
    ) -> Plan:
        """Compare the list with the registry; lines before count as known for the lines after them."""
        gtins = {record.values["gtin"] for record in records if record.values["gtin"]}
        known = Known(province, today, gtins=sorted(gtins), for_writing=for_writing)
        return _Planner(known, today).plan(records)

    def after_write(self, plan: Plan) -> None:
        """New products take the standards of their group."""
        standards = standards_of_groups()
        through = Product.standards.through
        rows = [
            through(product_id=entry.instance.pk, standard_id=standard)
            for entry in plan.entries.get(Product, [])
            if entry.old is None
            for standard in standards.get(entry.instance.group_id, [])  # type: ignore[attr-defined]
        ]
        through.objects.bulk_create(rows, batch_size=2000)

    def constants_in(self, titles: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
        """The decision that the whole list belongs to: "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024 …)"."""
        found = {}
        for title in titles:
            if match := _DECISION.search(title):
                day = "/".join(part.zfill(2) for part in match.groups()[1:])
                found = {"decision_number": match[1], "decided_on": day}
        return {key: text for key, text in found.items() if key not in places}

    def derived(self, model: type[models.Model]) -> list[str]:
        """The folded columns, which follow the names."""
        return folded_fields(model())

    def home(self) -> tuple[str, str]:
        """The producers' list."""
        return _("Producers"), reverse("registry:producers")


class _Planner:
    """Works through one list, line by line, without a query."""

    def __init__(self, known: Known, today: date) -> None:
        self.known = known
        self.rules = Rules(known, today)
        self.labels = {
            (model, field.name): str(field.verbose_name) for model in MODELS for field in model._meta.concrete_fields
        }
        self.things = {model: str(model._meta.verbose_name) for model in MODELS}
        self.producers: dict[int, Slot] = {}
        self.products: dict[int, Slot] = {}
        self.recognitions: list[tuple[int, OcopRecognition]] = []

    def plan(self, records: Sequence[Record]) -> Plan:
        outcomes = [self._take(record) for record in records]
        return Plan(outcomes, {
            Producer: [_entry(slot) for slot in self.producers.values()],
            Product: [_entry(slot) for slot in self.products.values()],
            OcopRecognition: [_recognised(row, recognition) for row, recognition in self.recognitions],
        })  # fmt: skip

    def _take(self, record: Record) -> Outcome:
        values = record.values
        label = " · ".join(text for text in (values["name"], values["producer"]) if text)
        if record.problems:
            return Outcome(record, label, State.ERROR)
        meant, problems = self.rules.look_up(record)
        if problems:
            record.problems.extend(problems)
            return Outcome(record, label, State.ERROR)
        differences: list[Difference] = []
        producer = self._producer(record, meant, differences)
        product, is_new = self._product(record, meant, producer, differences)
        self._recognition(record, meant, product, differences)
        self.rules.rows[id(product)] = record.row
        state = State.NEW if is_new else State.CHANGED if differences else State.SAME
        return Outcome(record, label, state, differences)

    # --- what a line changes ---------------------------------------------------------------------
    def _producer(self, record: Record, meant: Meant, differences: list[Difference]) -> Slot:
        slot = meant.producer or self._new_producer(record, meant, differences)
        for field, value in facts_of(record.values, meant).items():
            if field not in slot.given:
                slot.given[field] = (value, record.row)
                self._set(slot, field, value, differences)
        if slot.is_new or slot.old:
            slot.row = slot.row or record.row
            self.producers[id(slot)] = slot
        self.known.index(slot, slot.instance)
        return slot

    def _new_producer(self, record: Record, meant: Meant, differences: list[Difference]) -> Slot:
        self.known.last_number += 1
        producer = Producer(
            number=self.known.last_number,
            province=self.known.province,
            name=record.values["producer"],
            kind=meant.kind or "",
            commune=meant.commune,
        )
        for field in ("name", "kind", "commune"):
            differences.append(self._difference(producer, field, ""))
        return Slot(producer, is_new=True, row=record.row)

    def _product(
        self, record: Record, meant: Meant, producer: Slot, differences: list[Difference]
    ) -> tuple[Slot, bool]:
        if meant.product is not None:
            slot = meant.product
            self._set(slot, "gtin", record.values["gtin"], differences)
            self._set(slot, "ocop_set", meant.ocop_set, differences)
            if slot.old:
                slot.row = slot.row or record.row
                self.products[id(slot)] = slot
        else:
            slot = self._new_product(record, meant, producer, differences)
            self.products[id(slot)] = slot
        if slot.instance.gtin:
            self.known.by_gtin[slot.instance.gtin] = slot
        return slot, slot.is_new

    def _new_product(self, record: Record, meant: Meant, producer: Slot, differences: list[Difference]) -> Slot:
        producer.last_number += 1
        ocop_set = meant.ocop_set
        product = Product(
            producer=producer.instance,
            number=producer.last_number,
            name=record.values["name"],
            ocop_set=ocop_set,
            group=self.known.groups.get(ocop_set.pk) if ocop_set else None,
            gtin=record.values["gtin"],
            own_code=own_code(self.known.province.code, producer.instance.number, producer.last_number),
        )
        for field in ("name", "ocop_set", *(["gtin"] if product.gtin else [])):
            differences.append(self._difference(product, field, ""))
        slot = Slot(product, is_new=True, row=record.row)
        producer.products[product.name.casefold()] = slot
        return slot

    def _recognition(self, record: Record, meant: Meant, product: Slot, differences: list[Difference]) -> None:
        if record.values["decision_number"] in product.recognitions or meant.criteria is None:
            return
        recognition = recognition_of(record, product.instance, meant.criteria)
        product.recognitions[recognition.decision_number] = recognition
        self.recognitions.append((record.row, recognition))
        for field in ("stars", "decision_number", "decided_on"):
            differences.append(self._difference(recognition, field, ""))

    def _set(self, slot: Slot, field: str, value: Any, differences: list[Difference]) -> None:
        """Give a field its new value; an empty cell never erases one."""
        instance = slot.instance
        before = getattr(instance, field if field not in ("commune", "ocop_set") else f"{field}_id")
        if not value or before == getattr(value, "pk", value):
            return
        shown = self._shown(instance, field) if before and not slot.is_new else ""
        if not slot.is_new:
            slot.old.setdefault(field, before)
        setattr(instance, field, value)
        differences.append(self._difference(instance, field, shown))

    # --- words -----------------------------------------------------------------------------------
    def _difference(self, instance: models.Model, field: str, old: str) -> Difference:
        model = type(instance)
        return Difference(self.things[model], self.labels[model, field], old, self._shown(instance, field))

    def _shown(self, instance: Any, field: str) -> str:
        if field == "kind":
            return str(instance.get_kind_display())
        value = getattr(instance, field)
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def _entry(slot: Slot) -> Entry:
    of_new, of_old = _VERBS[type(slot.instance)]
    if slot.is_new:
        thing = slot.instance
        said = thing.name_for_log if isinstance(thing, Producer) else thing.name
        return Entry(thing, slot.row, of_new, facts={"name": said})
    return Entry(slot.instance, slot.row, of_old, old=slot.old, facts={"fields": sorted(slot.old)})


def _recognised(row: int, recognition: OcopRecognition) -> Entry:
    facts = {
        "name": recognition.product.name, "stars": recognition.stars, "decision": recognition.decision_number,
    }  # fmt: skip
    return Entry(recognition, row, "registry.recognition_recorded", about=recognition.product, facts=facts)
