"""The layer in front of Django: answers scans from memory, hands everything else on untouched.

GET and HEAD of scan pages only; no session, no cookie. Whatever goes wrong here, Django answers.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from stamps.codes import serials
from stamps.errors import InvalidSerial
from stamps.fast import port
from stamps.fast.heads import Heads
from stamps.fast.kept import Busy
from stamps.fast.log import ScanLog
from stamps.fast.network import DayKeys, family_of, hashed, network_of, province_of
from stamps.fast.pages import Page, Pages
from stamps.fast.scans import Scan
from stamps.fast.snapshot import Found
from stamps.fast.tables import Away, Tables
from stamps.fast.throttle import Guesses
from stamps.life.standing import GONE

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Answer = tuple[Page, tuple[tuple[str, str], ...]]

RETRY_SECONDS = 5  # after which a page without data may be asked for again


class Scans:
    """WSGI application: scan pages from memory, the rest from `django`."""

    def __init__(self, django: Application, *, tables: Tables | None = None, log: ScanLog | None = None) -> None:
        self._django = django
        self.tables = tables or Tables()
        self.keys = DayKeys()
        self.log = log or ScanLog(self.keys)
        self._pages, self._heads, self._guesses = Pages(self.tables), Heads(), Guesses()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        asked = port.scanned(environ.get("PATH_INFO", ""))
        if asked is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
            return self._django(environ, start_response)
        try:
            answer = self._answer(environ, *asked)
            head = self._heads.of(environ, answer[0].status) if answer else None
        except Exception as error:
            # Neither message nor path: they could name the stamp.
            place = "".join(traceback.format_tb(error.__traceback__)[-3:])
            logger.error("A scan page could not be answered from memory: %s\n%s", type(error).__name__, place)
            answer = head = None
        if answer is None or head is None:
            return self._django(environ, start_response)
        page, more = answer
        start_response(head[0], [*head[1], *more, ("Content-Length", str(len(page.body)))])
        return [page.body] if environ["REQUEST_METHOD"] == "GET" else []

    def start(self) -> None:
        """Start the threads of this process; done by the first request, so that it is the right process."""
        self.tables.start()
        self.log.start()

    def _answer(self, environ: Environ, code: str, text: str) -> Answer | None:
        """Return the page with headers of its own, None if Django has to make it."""
        language = port.language_of(environ)
        try:
            text = serials.normalise(text)
        except InvalidSerial:
            return self._unknown(environ, language)
        try:
            snapshot = self.tables.current()
            page = self._pages.ready(code, text, language, snapshot) if language else None
            found = page.found if page else self.tables.find(code, text)
            if found is None:
                return self._unknown(environ, language)
            if language and not page:
                page = self._pages.of(found, text, language, snapshot)
        except (Away, Busy):
            page = self._pages.no_data(language or settings.LANGUAGE_CODE)
            return page, (("Retry-After", str(RETRY_SECONDS)),)
        self._note(environ, found)
        return (page, ()) if page else None

    def _unknown(self, environ: Environ, language: str | None) -> Answer | None:
        network = hashed(network_of(environ), self.keys.of(self.tables.today()))
        if wait := self._guesses.take(network):
            page = self._pages.too_many(language or settings.LANGUAGE_CODE, -(-wait // 60))
            return page, (("Retry-After", str(wait)),)
        return (self._pages.unknown(language), ()) if language else None

    def _note(self, environ: Environ, found: Found) -> None:
        """Count the scan; a link checker's HEAD and a page that a browser fetches unasked are none."""
        if environ["REQUEST_METHOD"] != "GET" or "prefetch" in environ.get("HTTP_SEC_PURPOSE", ""):
            return
        seen_by = f"{network_of(environ)} {family_of(environ.get('HTTP_USER_AGENT', ''))}"
        client = hashed(seen_by, self.keys.of(self.tables.today()))
        self.log.note(Scan.now(found, client, province_of(environ), has_ended=found.verdict in GONE))


def in_front_of(django: Application) -> Application:
    """Return the application with the layer, as the settings say."""
    return Started(Scans(django)) if settings.STAMPS_FAST_SCANS else django


class Started:
    """Starts the layer's threads with the first request: a server may fork after it has loaded the application."""

    def __init__(self, scans: Scans) -> None:
        self._scans = scans
        self._is_started = False

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not self._is_started:
            self._is_started = True
            self._scans.start()
        return self._scans(environ, start_response)
