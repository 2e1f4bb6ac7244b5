"""Finding one stamp for staff: from a serial or a whole address to everything that is known about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from people.models import User
from stamps.codes import serials
from stamps.errors import InvalidProductCode, InvalidSerial
from stamps.life import scan
from stamps.life.standing import Standing, standing_at
from stamps.models import StampBatch


def find_stamp(text: str, user: User) -> Standing | None:
    """Return the stamp that the text names if the user may see it, else None.

    A serial alone does not say of which product it is: it is deciphered for every product whose stamps the
    user may see, a few thousand at most, each in a sixth of a millisecond without asking the database; what
    comes out right, one in a thousand million by chance, is looked up at once. A stamp of another province,
    a forged one and a text that is no stamp are all the same: None. Raises StampsNotConfigured when the key of
    such stamps is missing in the settings.
    """
    try:
        code, serial = scan.parts_of(text)
    except InvalidSerial:
        return None
    batches = StampBatch.objects.visible_to(user).filter(key_version=serial[0])
    codes = [code] if code else list(batches.order_by().values_list("code", flat=True).distinct())
    ring = serials.keyring_from_settings()
    if serial[0] not in ring.keys and batches.filter(code__in=codes).exists():
        ring.with_version(serial[0])
    places = Q()
    for each, index in _deciphered(codes, serial, ring):
        places |= Q(code=each, start__lte=index, end__gt=index)
    if not places:
        return None
    batch = batches.filter(places).select_related("order__enrolment__project", "product__producer").first()
    if batch is None:
        return None
    return standing_at(batch, serials.decode(batch.code, serial, ring), serial)


def _deciphered(codes: Iterable[str], serial: str, ring: serials.Keyring) -> Iterable[tuple[str, int]]:
    """Yield each code under which the serial deciphers, with the running number that comes out."""
    for code in codes:
        try:
            yield code, serials.decode(code, serial, ring)
        except (InvalidSerial, InvalidProductCode):
            continue
