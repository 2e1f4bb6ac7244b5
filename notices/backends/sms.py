"""SMS: to the console, to a file, or to the HTTP interface of an aggregator.

The aggregators' interfaces differ in address, headers, body and answer only, so these are settings.
"""

from __future__ import annotations

import json
import logging
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from notices.backends import Outgoing, Result

logger = logging.getLogger(__name__)
TIMEOUT = 15  # seconds
MAX_ANSWER = 64 * 1024  # bytes
MAX_QUOTED = 200  # characters of a refusal that are kept
COUNTRY = "84"


class Console:
    """Writes what would be sent to the log; for trying things out."""

    def open(self) -> None:
        """Nothing to connect to."""

    def close(self) -> None:
        """Nothing to end."""

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        """Log each message."""
        for message in messages:
            logger.info("SMS to %s: %s", message.address, message.short_text)
        return [Result(is_sent=True, provider_id=message.key) for message in messages]


class File(Console):
    """Adds each message as a line of JSON to NOTICES_SMS_FILE, for a modem or a person that sends them."""

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        """Write each message."""
        append_lines(
            Path(settings.NOTICES_SMS_FILE),
            [{"key": message.key, "phone": message.address, "text": message.short_text} for message in messages],
        )
        return [Result(is_sent=True, provider_id=message.key) for message in messages]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that points elsewhere is a failure: phone numbers go to the address in the settings only."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing."""
        return


class HttpGateway(Console):
    """Posts each message to NOTICES_SMS_URL. In the body {phone}, {phone84}, {text} and {key} are filled in.

    They are written as the Content-Type wants it: JSON strings without their quotes, form fields,
    else XML. The try succeeded if the answer is 2xx and NOTICES_SMS_SUCCESS is found in it; its
    group "id", if it has one, is the number at the provider.
    """

    def __init__(self) -> None:
        is_secure = urlsplit(settings.NOTICES_SMS_URL).scheme == "https"
        if not (is_secure or (settings.LOCAL and settings.NOTICES_SMS_URL.startswith("http://"))):
            raise ImproperlyConfigured("NOTICES_SMS_URL must start with https://: it carries phone numbers.")
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._headers = {str(name): str(value) for name, value in settings.NOTICES_SMS_HEADERS.items()}
        self._success = re.compile(settings.NOTICES_SMS_SUCCESS)

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        """Post one request each."""
        return [self._send(message) for message in messages]

    def _send(self, message: Outgoing) -> Result:
        request = urllib.request.Request(  # noqa: S310  the scheme is checked above
            settings.NOTICES_SMS_URL, data=self._body(message).encode(), headers=self._headers, method="POST"
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                text = answer.read(MAX_ANSWER).decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return Result(is_sent=False, error=f"HTTP {error.code} {error.reason}")
        except (OSError, ValueError) as error:  # URLError and time-outs are OSErrors
            return Result(is_sent=False, error=f"{type(error).__name__}: {getattr(error, 'reason', error)}")
        found = self._success.search(text)
        if not found:
            return Result(is_sent=False, error=" ".join(text.split())[:MAX_QUOTED] or "empty answer")
        return Result(is_sent=True, provider_id=str(found.groupdict().get("id") or ""))

    def _body(self, message: Outgoing) -> str:
        values = {
            "phone": message.address,
            "phone84": COUNTRY + message.address.removeprefix("0"),
            "text": message.short_text,
            "key": message.key,
        }
        write = _writer(next((v for n, v in self._headers.items() if n.lower() == "content-type"), ""))
        # In one pass, so that a text that says {phone} stays as it is.
        return re.sub(r"\{(phone|phone84|text|key)\}", lambda found: write(values[found[1]]), settings.NOTICES_SMS_BODY)


def _writer(content_type: str) -> Any:
    if "json" in content_type:
        return lambda value: json.dumps(value)[1:-1]
    return quote if "form" in content_type else escape


def append_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    """Add rows to a file of JSON lines; readable by its owner only, because it holds phone numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
