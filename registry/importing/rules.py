"""The rules that a line of an OCOP list must keep, the same as those of registry.actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from imports.targets import Record
from people.models import AdminUnit
from registry.importing.columns import kind_of
from registry.importing.communes import UnknownCommune, bare
from registry.importing.known import Known, Slot
from registry.models import OcopCriteria, OcopRecognition, OcopSet
from registry.search import fold
from registry.trace_codes import MOST_PRODUCERS, MOST_PRODUCTS

Problem = tuple[str, str]


class Meant(NamedTuple):
    """What a line stands for in the registry; None where there is nothing yet, or where its cells are wrong."""

    commune: AdminUnit | None
    ocop_set: OcopSet | None
    criteria: OcopCriteria | None
    kind: str | None
    address: str
    producer: Slot | None
    product: Slot | None


class Rules:
    """Tries the lines of one list against the registry, and against the lines before them."""

    def __init__(self, known: Known, today: date) -> None:
        self.known, self.today = known, today
        self.rows: dict[int, int] = {}  # the row in which a product (by the id of its slot) stands already

    def look_up(self, record: Record) -> tuple[Meant, list[Problem]]:
        """Return what a line whose cells are right stands for, and every rule that it breaks."""
        values, problems = record.values, list[Problem]()
        commune = self._commune(values, problems)
        ocop_set = self.known.sets.find(values["ocop_set"]) if values["ocop_set"] else None
        if values["ocop_set"] and ocop_set is None:
            problems.append(("ocop_set", _("no such OCOP set; write its number and name")))
        criteria = self.known.criteria_on(values["decided_on"])
        if criteria is None:
            problems.append(("decided_on", _("no OCOP criteria were in force on this day")))
        if values["decided_on"] > self.today:
            problems.append(("decided_on", _("the decision is later than today")))
        producer = self._producer(values, commune, problems)
        product = self._product(values, producer, problems)
        address = printed_address(values, commune)
        if len(address) > 200:
            problems.append(("address", _("at most 200 characters, the commune as printed included")))
        kind = values["kind"] or kind_of(values["producer"])
        meant = Meant(commune, ocop_set, criteria, kind, address, producer, product)
        problems += self._missing(values, meant)
        if product is not None:
            problems += self._product_problems(record, meant, product)
        if producer is not None:
            problems += self._contradictions(values, meant, producer)
        return meant, problems

    # --- who and what --------------------------------------------------------------------------
    def _commune(self, values: dict[str, Any], problems: list[Problem]) -> AdminUnit | None:
        try:
            return self.known.communes.find(values["commune"])
        except UnknownCommune as error:
            problems.append(("commune", str(error)))
            return None

    def _producer(self, values: dict[str, Any], commune: AdminUnit | None, problems: list[Problem]) -> Slot | None:
        """The producer of that tax code, else of that phone and name, else of that name in that commune."""
        name, code = values["producer"].casefold(), values["tax_code"]
        if code and (slot := self.known.by_tax.get(code)):
            if name not in slot.names:
                text = _("this tax code belongs to “%(name)s”") % {"name": slot.instance.name}
                problems.append(("tax_code", text))
            return slot
        by_phone = self.known.by_phone.get((values["phone"], name), []) if values["phone"] else []
        by_place = self.known.by_place.get((name, commune.pk), []) if commune else []
        for slots in (by_phone, by_place):
            # Two tax codes are two producers, whatever else they share.
            same = [slot for slot in slots if not (code and slot.instance.tax_code)]
            if len(same) > 1:
                problems.append(("producer", _("several producers have this name; write the tax code")))
            if same:
                return same[0]
        return None

    def _product(self, values: dict[str, Any], producer: Slot | None, problems: list[Problem]) -> Slot | None:
        """The product of that GTIN, else of that name at the producer."""
        by_name = producer.products.get(values["name"].casefold()) if producer else None
        by_gtin = self.known.by_gtin.get(values["gtin"]) if values["gtin"] else None
        found = by_gtin or by_name
        if found is None:
            return None
        product = found.instance
        is_theirs = producer is not None and product.producer is producer.instance
        is_other_code = bool(values["gtin"] and product.gtin and product.gtin != values["gtin"])
        if not is_theirs or is_other_code or (by_gtin and by_name and by_gtin is not by_name):
            text = _("the registry has “%(product)s” of “%(producer)s” with code %(code)s; correct one of the two")
            names = {"product": product, "producer": product.producer, "code": product.trace_code}
            problems.append(("gtin" if values["gtin"] else "name", text % names))
        return found

    # --- rules -------------------------------------------------------------------------------------
    def _missing(self, values: dict[str, Any], meant: Meant) -> Iterator[Problem]:
        """What a new thing needs and the line does not say."""
        if meant.producer is None and meant.kind is None:
            yield "kind", _("the producer is new, so its form is needed")
        if meant.product is None and not values["ocop_set"]:
            yield "ocop_set", _("the product is new, so its OCOP set is needed")
        if meant.producer is None and self.known.last_number >= MOST_PRODUCERS:
            yield "producer", _("the province has used up its producer numbers")
        if meant.product is None and meant.producer and meant.producer.last_number >= MOST_PRODUCTS:
            yield "name", _("the producer has used up its product numbers")

    def _product_problems(self, record: Record, meant: Meant, product: Slot) -> Iterator[Problem]:
        if earlier := self.rows.get(id(product)):
            yield "name", _("this already stands in row %(row)s; keep one of the two rows") % {"row": earlier}
        known = product.recognitions.get(record.values["decision_number"])
        if known and (known.stars, known.decided_on) != (record.values["stars"], record.values["decided_on"]):
            text = _("the registry has this decision with %(stars)d stars of %(day)s; correct one of the two")
            yield "decision_number", text % {"stars": known.stars, "day": known.decided_on.strftime("%d/%m/%Y")}

    def _contradictions(self, values: dict[str, Any], meant: Meant, producer: Slot) -> Iterator[Problem]:
        """Two lines must not say different things of one producer: nobody could tell which one is right."""
        for field, value in facts_of(values, meant).items():
            said, row = producer.given.get(field, (value, 0))
            if said != value:
                text = _("row %(row)s says “%(value)s” of the same producer; write the same in both")
                yield field, text % {"row": row, "value": said}


def facts_of(values: dict[str, Any], meant: Meant) -> dict[str, Any]:
    """Return what a line says of its producer, by field; an empty cell says nothing."""
    said = {
        "kind": values["kind"],
        "tax_code": values["tax_code"],
        "representative": values["representative"],
        "phone": values["phone"],
        "address": meant.address,
        "commune": meant.commune,
    }
    return {field: value for field, value in said.items() if value}


def printed_address(values: dict[str, Any], commune: AdminUnit | None) -> str:
    """Return the address; a commune that is printed otherwise than today's stays in it as it was printed."""
    address, printed = values["address"] or "", values["commune"]
    if commune is None or fold(printed) == fold(commune.name) or printed.casefold() in address.casefold():
        return address
    if "," not in printed and bare(printed) == bare(commune.name):
        return address
    return ", ".join(part for part in (address, printed) if part)


def recognition_of(record: Record, product: Any, criteria: OcopCriteria) -> OcopRecognition:
    """Return the recognition of a line, not saved."""
    return OcopRecognition(
        product=product,
        criteria=criteria,
        stars=record.values["stars"],
        decision_number=record.values["decision_number"],
        decided_on=record.values["decided_on"],
        valid_until=OcopRecognition.end_of(record.values["decided_on"]),
    )
