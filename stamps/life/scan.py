"""What a stamp is, read once from the range tables: the question behind the scan page."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from gs1 import digital_link
from stamps.codes import serials
from stamps.errors import InvalidProductCode, InvalidSerial
from stamps.life.standing import Standing, standing_at
from stamps.models import StampBatch

_OWN_ADDRESS = re.compile(r"https?://[^/]+/vn/tx/(?P<code>[^/?#]+)/s/(?P<serial>[^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)


def look_up(code: str, text: str) -> Standing | None:
    """Return what the stamp is that a code and a scanned or typed serial name, None when we never issued it.

    Text that is no serial, a forged serial, one of another product and one of a number not issued
    are all the same to the public: nothing is told about which. Raises StampsNotConfigured for a stamp
    of a key version that was printed and is missing in the settings: it may well be genuine.
    """
    ring = serials.keyring_from_settings()
    try:
        serial = serials.normalise(text)
        if serial[0] not in ring.keys and StampBatch.objects.filter(code=code, key_version=serial[0]).exists():
            ring.with_version(serial[0])
        index = serials.decode(code, serial, ring)
    except (InvalidSerial, InvalidProductCode):
        return None
    batch = (
        StampBatch.objects.filter(code=code, key_version=serial[0], start__lte=index, end__gt=index)
        .select_related("product__producer__commune__parent__parent", "order")
        .first()
    )
    return standing_at(batch, index, serial) if batch else None


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


def parts_of(text: str) -> tuple[str, str]:
    """Return (product code, serial) of a stamp that was typed, pasted or scanned; "" for the code of a bare serial.

    Raises InvalidSerial for anything else.
    """
    text = text.strip()
    code, serial = _in_address(text) if "/" in text else ("", text)
    return code, serials.normalise(serial)


def read_stamp(text: str, code: str) -> tuple[str, int]:
    """Return serial and running number of a stamp of the product, typed, pasted or scanned.

    Whether the number was issued is for the caller to ask. Raises InvalidSerial.
    """
    serial = read_serial(text, code)
    return serial, serials.decode(code, serial, serials.keyring_from_settings())


def _in_address(text: str) -> tuple[str, str]:
    if own := _OWN_ADDRESS.fullmatch(text):
        return own["code"].upper(), own["serial"]
    try:
        link = digital_link.parse(text)
    except digital_link.InvalidDigitalLink as error:
        raise InvalidSerial(_("“%(text)s” is not the address of a stamp.") % {"text": text[:80]}) from error
    return link.gtin or "", link.serial or ""
