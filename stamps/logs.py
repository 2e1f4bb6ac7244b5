"""Serials stay out of the logs: who reads a log must not learn which stamps were scanned, nor be able to copy them."""

from __future__ import annotations

import logging
import re

_SERIAL = re.compile(r"(/(?:21|s)/)([^/\s?\"']{1,4})[^/\s?\"']*", re.IGNORECASE)
REQUEST_LOGGERS = ("django.request", "django.server")


def masked(text: str) -> str:
    """Return the text with every serial in a path cut to its first four characters.

    >>> masked("Not Found: /scan/01/09520000000017/21/0ABCDEFGHJKMNP/")
    'Not Found: /scan/01/09520000000017/21/0ABC…/'
    """
    return _SERIAL.sub(r"\1\2…", text)


class MaskSerials(logging.Filter):
    """Masks the serials in the paths that Django logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without the serial."""
        record.msg, record.args = masked(record.getMessage()), ()
        return True


def mask_request_logs() -> None:
    """Put the mask on the loggers that write request paths; called once at start-up."""
    for name in REQUEST_LOGGERS:
        logging.getLogger(name).addFilter(MaskSerials())
