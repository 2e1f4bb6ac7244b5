"""Alerts about stamps as arguments of URLs."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from registry import pictures
from stamps import actions
from stamps.life.standing import standing_at
from stamps.models import StampAlert
from tests.factories.files import picture
from tests.ground.world import World
from workflows import stamp_alerts


def alert(world: World) -> dict[str, Any]:
    """A report of the case's first stamp, with a photo."""
    found = StampAlert.objects.filter(product=world.product).first()
    if found is None:
        serial = actions.serial_at(world.batch, world.batch.start)
        report = actions.Report("copies", photo=pictures.prepare(BytesIO(picture())))
        found = stamp_alerts.report_stamp(
            report,
            province=world.office.province,
            standing=standing_at(world.batch, world.batch.start, serial),
        )
    return {"reference": found.reference}
