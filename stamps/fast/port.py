"""What the layer takes from Django's pages: their paths, their words, their headers. The one place that knows them.

The page's own room decides what a page says; here stands only how the layer asks it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from stamps.fast.earlier import Earlier
from stamps.fast.snapshot import Found
from stamps.life.scan import look_up
from stamps.life.standing import Standing, Verdict
from stamps.models import PinTry
from stamps.public.answers import private, rendered
from stamps.public.language import KNOWN, language_asked
from stamps.public.pages import render_scan, render_unknown

# The characters that `serials.normalise` reads, a typed space included; all other paths are Django's.
_PATH = re.compile(r"/scan/(?:01/([0-9]{14})/21|vn/tx/([0-9A-Za-z]{12})/s)/([0-9A-Za-z \-]{1,40})/")
_MAIN = '<main id="main">'
_SEEN = re.compile(r'<p class="seen">.*?</p>', re.DOTALL)


def scanned(path: str) -> tuple[str, str] | None:
    """Return code and serial, as typed, of a path of scan pages; None for any other path.

    >>> scanned("/scan/01/09520000000017/21/0abc-defg/")
    ('09520000000017', '0abc-defg')
    """
    if (match := _PATH.fullmatch(path)) is None:
        return None
    gtin, own, serial = match.groups()
    return gtin or own.upper(), serial


def language_of(environ: Mapping[str, Any]) -> str | None:
    """Return the language of the page as `stamps.public.language` has it, None for a query that Django may read."""
    query: str = environ.get("QUERY_STRING", "")
    if not query:
        return language_asked("", environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    name, _equals, value = query.partition("=")
    return value if name == "lang" and value in KNOWN else None


def render(standing: Standing | None, language: str, seen: Earlier | None) -> tuple[int, str]:
    """Return status and page of a stamp, or of a serial that is none of ours."""
    return render_unknown(language) if standing is None else render_scan(standing, language, seen)


def standing_of(found: Found) -> Standing | None:
    """Return what the database says of a stamp, with all that its page shows."""
    return look_up(found.code, found.serial)


def is_alike(found: Found) -> bool:
    """Whether the page differs from that of the lot's next stamp by serial and scans only.

    Asks the database what became of a hidden code, for a stamp that has one.
    """
    return not (is_single(found) or (found.has_pin and PinTry.objects.filter(pk=found.number).exists()))


def is_single(found: Found) -> bool:
    """Whether the page speaks of this one stamp: which one took its place, or that it is looked into."""
    return found.verdict == Verdict.REPLACED or found.is_alerted


def marked(html: str, language: str, *, read_at: datetime) -> str:
    """Return the page with a sentence that says from when its data are: the database does not answer.

    How often the stamp was scanned is not known then, so the page says nothing about it.
    """
    with translation.override(language):
        mark = render_to_string("public/_read_at.html", {"read_at": read_at})
    return _SEEN.sub("", html, count=1).replace(_MAIN, _MAIN + mark, 1)


def refusal(template: str, language: str, context: dict[str, Any]) -> str:
    """Return a page that only the layer shows: too many unknown codes, or no data at hand."""
    return rendered(template, context, language)


def headed(response: HttpResponse) -> HttpResponse:
    """Return the answer with the headers that the scan view itself sets; the middleware's come on top."""
    return private(response)
