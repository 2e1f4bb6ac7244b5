"""What a stamp is, read once from the range tables: the question behind the scan page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gs1 import digital_link
from stamps import serials
from stamps.errors import InvalidProductCode, InvalidSerial
from stamps.models import Activation, StampBatch

_OWN_ADDRESS = re.compile(r"https?://[^/]+/vn/tx/(?P<code>[^/?#]+)/s/(?P<serial>[^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Scan:
    """A genuine stamp: its serial, its batch, and its activation once it is on a lot."""

    serial: str
    batch: StampBatch
    activation: Activation | None


def look_up(code: str, text: str) -> Scan | None:
    """Return the stamp that a code and a scanned or typed serial name, or None when we never issued it.

    Text that is no serial, a forged serial, one of another product and one of a number not issued
    are all the same to the public: nothing is told about which.
    """
    try:
        serial = serials.normalise(text)
        index = serials.decode(code, serial, serials.keyring_from_settings())
    except (InvalidSerial, InvalidProductCode):
        return None
    batch = (
        StampBatch.objects.filter(code=code, key_version=serial[0], start__lte=index, end__gt=index)
        .select_related("product__producer__commune__parent__parent")
        .first()
    )
    if batch is None:
        return None
    activation = batch.activations.filter(start__lte=index, end__gt=index).select_related("lot__product").first()
    return Scan(serial, batch, activation)


def read_serial(text: str, code: str) -> str:
    """Return the serial in what a person typed, or a scanner pasted: a serial, or a stamp's whole address.

    Raises InvalidSerial for anything else, and for an address of another product.
    """
    text = text.strip()
    if "/" not in text:
        return serials.normalise(text)
    found_code, serial = _in_address(text)
    if found_code != code:
        raise InvalidSerial(_("“%(text)s” is a stamp of another product.") % {"text": text[:80]})
    return serials.normalise(serial)


def _in_address(text: str) -> tuple[str, str]:
    if own := _OWN_ADDRESS.fullmatch(text):
        return own["code"].upper(), own["serial"]
    try:
        link = digital_link.parse(text)
    except digital_link.InvalidDigitalLink as error:
        raise InvalidSerial(_("“%(text)s” is not the address of a stamp.") % {"text": text[:80]}) from error
    return link.gtin or "", link.serial or ""
