"""What a request asks the resolver for: address still percent-encoded, link type and preferences."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from django.http import HttpRequest

from stamps.public.language import KNOWN
from stamps.resolver.words import local_name

# Longer headers are cut: what a browser sends is far shorter, and parsing stays cheap.
HEADER_LIMIT = 1000
# The server takes the percent-encoding off the path, so that an encoded slash looks like any other. The
# proxy in front says what it was asked for in this header (nginx: proxy_set_header X-Original-URI $request_uri).
ORIGINAL = "HTTP_X_ORIGINAL_URI"


@dataclass(frozen=True)
class Asked:
    """A question to the resolver.

    `path` and `query` are percent-encoded as they came; `link_type` is the local name in GS1's
    vocabulary, "linkset", "" for none, or the text itself when it is neither.
    """

    path: str
    query: str
    link_type: str
    context: str
    accept: str
    languages: str
    lang: str = ""

    @property
    def readers(self) -> str:
        """The language of a page for people: the one that its own link to the other language asks for, else theirs."""
        return self.lang if self.lang in KNOWN else self.languages


def read(request: HttpRequest) -> Asked:
    """Return what the request asks for; never raises."""
    query = request.META.get("QUERY_STRING", "")
    # "&" only: ";" also parts the AIs of a Digital Link, but no other resolver's parameters.
    said = dict(reversed(parse_qsl(query, errors="replace")))
    return Asked(
        path=encoded_path(request),
        query=query,
        link_type=local_name(said.get("linkType", "")),
        context=said.get("context", ""),
        accept=request.META.get("HTTP_ACCEPT", "")[:HEADER_LIMIT],
        languages=request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:HEADER_LIMIT],
        lang=said.get("lang", ""),
    )


def encoded_path(request: HttpRequest) -> str:
    """Return the path as it was asked for, percent-encoded.

    Without a word from the proxy an encoded slash cannot be told from a plain one. What the proxy says
    counts only if it is the path that the server saw: nobody can ask for one page and get another.
    """
    original = str(request.META.get(ORIGINAL, "")).partition("?")[0]
    if original and unquote_to_bytes(original) == request.path_info.encode():
        return original
    return quote(request.path_info, safe="/")
