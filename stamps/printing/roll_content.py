"""What is on a roll: its layout, its face, its stamps in their order, and the addresses that they must carry."""

from __future__ import annotations

import numpy as np
from django.conf import settings

from stamps.codes import serials
from stamps.codes.pins import pin_of
from stamps.models import Roll, StampBatch
from stamps.printing.labels import PIN_LENGTH, Face
from stamps.printing.layouts import SheetLayout
from stamps.printing.logos import read_logo
from stamps.printing.pdf import Picture
from stamps.printing.sheets import Rows, Stamps


def layout_of(roll: Roll) -> SheetLayout:
    """Return the layout that the roll was planned with."""
    return SheetLayout(**roll.layout)


def logo_of(roll: Roll) -> Picture | None:
    """Return the logo that the roll was planned with, None if it has none."""
    if not roll.logo:
        return None
    with roll.logo.open("rb") as stored:
        return read_logo(stored.read())


def face_of(batch: StampBatch, logo: Picture | None = None) -> Face:
    """Return what all labels of the batch show alike."""
    return Face(
        prefix=serials.printed_prefix(settings.STAMPS_HOST, batch.code),
        product_name=batch.product.name,
        producer_name=batch.product.producer.name,
        logo=logo,
        hidden_code=batch.order.has_pin,
        watermark="MẪU" if settings.DEMO else None,
    )


def title_of(roll: Roll) -> str:
    """Return the words at the foot of its pages and in its properties: product, order and number."""
    return f"{roll.batch.product} · #{roll.batch.order_id}/{roll.number}"


def file_name_of(roll: Roll) -> str:
    """Return what its file is called when it is handed out: "tem-12-cuon-3.pdf"."""
    return f"tem-{roll.batch.order_id}-cuon-{roll.number}.pdf"


def stamps_of(roll: Roll, done: int, count: int) -> Stamps:
    """Return `count` stamps of the roll, in the order of their running numbers, after the first `done`."""
    batch = roll.batch
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    rows = serials.encode_many(batch.code, roll.start + done, count, ring)
    if not batch.order.has_pin:
        return Stamps(rows)
    pins = "".join(_hidden_codes(batch, rows))
    return Stamps(rows, np.frombuffer(pins.encode("ascii"), np.uint8).reshape(count, PIN_LENGTH))


def hidden_codes_of(roll: Roll, done: int, count: int) -> list[str]:
    """Return what must lie under the scratch layers of those stamps."""
    batch = roll.batch
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    return _hidden_codes(batch, serials.encode_many(batch.code, roll.start + done, count, ring))


def _hidden_codes(batch: StampBatch, rows: Rows) -> list[str]:
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    return [pin_of(batch.code, bytes(row).decode("ascii"), ring) for row in rows]


def addresses_of(roll: Roll, done: int, count: int) -> list[str]:
    """Return what a scanner must read on those stamps."""
    batch = roll.batch
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    prefix = serials.printed_prefix(settings.STAMPS_HOST, batch.code)
    rows = serials.encode_many(batch.code, roll.start + done, count, ring)
    return [prefix + bytes(row).decode("ascii") for row in rows]
