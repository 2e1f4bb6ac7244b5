"""Prefixes whose keys another resolver answers: a producer's own, or the national one (gs1:handledBy)."""

from __future__ import annotations

from django.conf import settings

from gs1.digital_link import DigitalLink

# Where the GS1 company prefix begins in the value of a key: after the indicator or extension digit.
_PREFIX_AT = {"01": 1, "00": 1, "414": 0, "417": 0}


def handler_of(link: DigitalLink) -> str | None:
    """Return the root of the resolver that answers the key, without a slash at its end; None: nobody but us.

    STAMPS_HANDLED_BY names them by prefix; the longest prefix that fits counts.
    """
    if link.key not in _PREFIX_AT:
        return None
    number = link.value[_PREFIX_AT[link.key] :]
    fitting = [prefix for prefix in settings.STAMPS_HANDLED_BY if number.startswith(prefix)]
    return settings.STAMPS_HANDLED_BY[max(fitting, key=len)] if fitting else None
