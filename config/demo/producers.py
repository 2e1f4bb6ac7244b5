"""Completing producers and products after the import: group, picture, standards, people and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from config.demo import pictures
from config.demo.source import read
from people.models import AdminUnit, User
from registry import actions as registry
from registry.models import OcopCriteria, Place, Producer, Product, ProductGroup


def let_producers_in(producers: Iterable[Producer], *, by: User) -> None:
    """Let the people of the data act for the producers of their tax codes."""
    ours = {producer.tax_code: producer for producer in producers}
    for person in read("people"):
        if producer := ours.get(person["producer_tax_code"]):
            registry.add_producer_member(producer, User.objects.get(username=person["username"]), by=by)


def complete_product(product: Product, group_code: str, *, by: User, **changes: Any) -> None:
    """Give a product its picture, its group and the standards of its group that are in force."""
    registry.set_picture(product, pictures.draw(product.name, group_code), by=by)
    classify_product(product, group_code, by=by, **changes)


def classify_product(product: Product, group_code: str, *, by: User, **changes: Any) -> None:
    """Put a product into its group; the standards are the group's, as far as they are in force."""
    group = ProductGroup.objects.get(code=group_code)
    registry.edit_product(product, changes={"group": group, **changes}, by=by)
    registry.set_standards(product, group.standards.in_force(timezone.localdate()), by=by)


def add_places(rows: Iterable[Mapping[str, Any]], producers: Iterable[Producer], *, by: User) -> dict[str, Place]:
    """Register the places of the data and return them by the data's keys."""
    ours = {producer.tax_code: producer for producer in producers}
    places = {}
    for row in rows:
        producer = ours[row["producer_tax_code"]]
        places[row["code"]] = registry.register_place(
            producer, name=row["name"], kind=row["kind"], commune=producer.commune, gln=row["gln"] or "", by=by
        )
    return places


def register_new(rows: Iterable[Mapping[str, Any]], *, by: User) -> Iterator[Product]:
    """Register each row's producer, place and product, complete, and yield the product."""
    for row in rows:
        group = ProductGroup.objects.get(code=row["group"])
        producer = registry.register_producer(
            **{key: row[key] for key in ("name", "kind", "tax_code", "representative", "phone", "address")},
            commune=AdminUnit.objects.get(code=row["commune"]),
            by=by,
        )
        registry.register_place(producer, name=row["place"], kind=Place.Kind.PLOT, commune=producer.commune, by=by)
        product = registry.register_product(
            producer, name=row["product"], ocop_set=group.ocop_set, group=group, gtin=row["gtin"], by=by
        )
        complete_product(product, row["group"], by=by)
        if "recognition" in row:
            _recognise(product, row["recognition"], by=by)
        yield product


def _recognise(product: Product, row: Mapping[str, Any], *, by: User) -> None:
    decided_on = date.fromisoformat(row["decided_on"])
    criteria = OcopCriteria.objects.filter(effective_from__lte=decided_on).latest("effective_from")
    registry.record_recognition(
        product,
        stars=row["stars"],
        decision_number=row["decision_number"],
        decided_on=decided_on,
        criteria=criteria,
        by=by,
    )
