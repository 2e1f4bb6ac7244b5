"""Lots and what happened to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from lots import actions
from lots.models import Event, Lot
from people.models import User
from registry.models import Product

VIETNAM = timezone(timedelta(hours=7))
HARVEST = date(2022, 6, 8)


def at(day: int, hour: int = 6, minute: int = 30) -> datetime:
    """Return a time in June 2022."""
    return datetime(2022, 6, day, hour, minute, tzinfo=VIETNAM)


def open_lot(product: Product, *, by: User, number: str = "L220608-01", **fields: object) -> Lot:
    """Return a lot harvested on 08/06/2022, best before 15/06/2022."""
    answers = {
        "place": product.producer.places.get(),
        "produced_from": HARVEST,
        "produced_to": HARVEST,
        "expires_on": date(2022, 6, 15),
        "quantity": Decimal(1200),
        "unit": "kg",
        "now": at(8),
        **fields,
    }
    return actions.open_lot(product, number=number, by=by, **answers)


def record(lot: Lot, step: str, *, by: User, day: int = 8, now: datetime | None = None, **fields: object) -> Event:
    """Return the event of one stage, recorded on the spot unless `now` says later."""
    happened = at(day)
    answers = {"place": lot.place, "event_time": happened, "now": now or happened, **fields}
    return actions.record_event(lot, step=lot.product.group.steps.get(key=step), by=by, **answers)


def complete_lot(product: Product, *, by: User, number: str = "L220608-01") -> Lot:
    """Return a lot that lacks none of the ten minimum items."""
    lot = open_lot(product, by=by, number=number)
    for day, step in enumerate(("thu-hoach", "so-che", "phan-phoi"), start=8):
        record(lot, step, by=by, day=day)
    return lot
