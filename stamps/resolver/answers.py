"""Answers of the resolver, with the headers that GS1 and the visitor's privacy ask for."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from stamps.hosts import host_of, with_query
from stamps.public.answers import rendered
from stamps.public.language import ENGLISH, VIETNAMESE
from stamps.resolver.asking import Asked
from stamps.resolver.linkset import Level, Link, absolute, as_json
from stamps.resolver.negotiation import best_language, linkset_format
from stamps.resolver.words import CONTEXT_URL, HTML, LINKSET_JSON

LANGUAGES = (VIETNAMESE, ENGLISH)
METHODS = ("GET", "HEAD", "OPTIONS")
_CONTEXT = f'<{CONTEXT_URL}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
# What could end a script element or start a comment, written so that JSON reads it all the same.
_IN_HTML = {ord(char): f"\\u{ord(char):04X}" for char in "<>&"}


def redirect(link: Link, asked: Asked, levels: list[Level]) -> HttpResponse:
    """Send the client to the link, the query string passed on untouched, and say where the linkset is."""
    response = HttpResponseRedirect(with_query(link.href, asked.query), preserve_request=True)
    response.headers["Link"] = linkset_header(levels)
    return response


def linkset(levels: list[Level], asked: Asked, *, media_type: str = "", status: int = 200) -> HttpResponse:
    """Answer with the linkset of the levels in the form that the client reads best."""
    media_type = media_type or linkset_format(asked.accept)
    data = as_json(levels, linked_data=media_type in ("application/ld+json", HTML))
    text = json.dumps(data, ensure_ascii=False)
    if media_type == HTML:
        response = page(
            "public/links.html",
            {
                "levels": [
                    (level, [(link, absolute(link.href), _host(link)) for link in level.links]) for level in levels
                ],
                "data": _data_block(text),
                "is_choice": status == 300,
            },
            asked.languages,
            status=status,
        )
    else:
        response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8", status=status)
    response.headers["Link"] = f"{linkset_header(levels)}, {_CONTEXT}"
    return response


def choices(links: list[Link], levels: list[Level], asked: Asked) -> HttpResponse:
    """Answer 300 with the links between which nothing decides, as a linkset of the level that has them."""
    level = next(level for level in levels if links[0] in level.links)
    return linkset([Level(level.path, level.description, level.default, tuple(links))], asked, status=300)


def page(template: str, context: dict[str, Any], languages: str, *, status: int = 200) -> HttpResponse:
    """Return a page for people, in their browser's language or Vietnamese, rendered without the request."""
    return HttpResponse(rendered(template, context, best_language(languages, LANGUAGES) or LANGUAGES[0]), status=status)


def finished(response: HttpResponse) -> HttpResponse:
    """Add what every answer of the resolver has: open to other sites' scripts, kept by no cache, silent to the next."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Link, Location"
    # A recall must show at once, and the next site must not learn which stamp was scanned.
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def options(request: HttpRequest, levels: list[Level]) -> HttpResponse:
    """Answer what other sites' scripts ask before they ask."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language"
    if levels:
        response.headers["Link"] = linkset_header(levels)
    return response


def linkset_header(levels: list[Level]) -> str:
    """Return the Link header that names the linkset of the finest level."""
    return f'<{absolute(levels[0].path)}?linkType=linkset>; rel="linkset"; type="{LINKSET_JSON}"'


def _data_block(text: str) -> SafeString:
    """Return JSON as a data block, which GS1 asks for in a linkset's HTML; no browser runs it."""
    return SafeString(f'<script type="application/ld+json">{text.translate(_IN_HTML)}</script>')


def _host(link: Link) -> str:
    return "" if link.href.startswith("/") else host_of(link.href)
