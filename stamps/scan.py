"""What a stamp is, read once from the range tables: the question behind the scan page."""

from __future__ import annotations

from dataclasses import dataclass

from stamps import serials
from stamps.errors import InvalidSerial
from stamps.models import Activation, StampBatch


@dataclass(frozen=True)
class Scan:
    """A genuine stamp: its serial, its batch, and its activation once it is on a lot."""

    serial: str
    batch: StampBatch
    activation: Activation | None


def look_up(code: str, text: str) -> Scan | None:
    """Return the stamp that a code and a scanned or typed serial name, or None when we never issued it.

    A forged serial, a serial of another product and one of a number not issued are all the same
    to the public: nothing is told about which. Malformed text raises InvalidSerial.
    """
    serial = serials.normalise(text)
    try:
        index = serials.decode(code, serial, serials.keyring_from_settings())
    except InvalidSerial:
        return None
    batch = (
        StampBatch.objects.filter(code=code, key_version=serial[0], start__lte=index, end__gt=index)
        .select_related("product__producer__commune__parent__parent", "product__group", "order")
        .first()
    )
    if batch is None:
        return None
    activation = (
        Activation.objects.filter(batch=batch, start__lte=index, end__gt=index).select_related("lot__place").first()
    )
    return Scan(serial, batch, activation)
