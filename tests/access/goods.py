"""Lots, cartons and stamps that the declarations of the matrix name."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gs1.keys import check_digit
from lots import actions as lot_actions
from lots.models import LogisticUnit
from stamps import actions as stamps
from stamps.models import ProductLink
from tests.access.objects import Arguments
from tests.ground.world import World


def order(world: World) -> Arguments:
    return {"pk": world.order.pk}


def lot(world: World) -> Arguments:
    return {"pk": world.lot.pk}


def recall(world: World) -> Arguments:
    """The lot is recalled by its producer."""
    known = world.lot.recalls.in_force().first()
    made = known or lot_actions.recall(
        world.product, lot=world.lot, reason="Nhãn sai", advice="Trả lại nơi mua", by=world.farmer
    )
    return {"pk": made.pk}


def event(world: World) -> Arguments:
    return {"pk": world.event.pk}


def batch(world: World) -> Arguments:
    return {"pk": world.batch.pk}


def roll(world: World) -> Arguments:
    return {"pk": world.roll.pk}


def stamp(world: World) -> Arguments:
    return {"code": world.batch.code, "serial": stamps.serial_at(world.batch, world.batch.start)}


def public_code(world: World) -> Arguments:
    return {"code": world.batch.code}


def printed(world: World) -> Arguments:
    return {"path": "/01/{code}/21/{serial}".format(**stamp(world))}


def printed_own(world: World) -> Arguments:
    return {"path": f"/VN/TX/{world.product.own_code}/S/{stamp(world)['serial']}"}


def printed_own_product(world: World) -> Arguments:
    return {"path": f"/vn/tx/{world.product.own_code}"}


def unit(world: World) -> Arguments:
    return {"pk": packed(world).pk}


def printed_unit(world: World) -> Arguments:
    return {"ai": "00", "value": packed(world).sscc}


def packed(world: World) -> LogisticUnit:
    body = f"0952{world.producer.pk:013}"
    recorded = {"producer": world.producer, "packed_on": date(2026, 6, 1), "recorded_by": world.farmer}
    recorded["recorded_at"] = timezone.now()
    made: LogisticUnit = LogisticUnit.objects.get_or_create(sscc=f"{body}{check_digit(body)}", defaults=recorded)[0]
    return made


def product_link(world: World) -> Arguments:
    values = {"link_type": "pip", "href": "https://vidu.example/", "title": world.product.name}
    added = {"added_at": timezone.now(), "added_by": world.farmer}
    return {"pk": ProductLink.objects.get_or_create(product=world.product, **values, defaults=added)[0].pk}
