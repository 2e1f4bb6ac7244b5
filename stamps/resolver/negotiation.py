"""Which of several links a client gets: language, media type and context, with their qualities.

RFC 9110 (qualities), RFC 4647 §3.4 (look-up of language tags), GS1-Conformant Resolver 1.2.0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from stamps.resolver.linkset import Link
from stamps.resolver.words import HTML, LINKSET_JSON, LINKSET_TYPES

_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def preferences(header: str) -> list[tuple[str, float]]:
    """Return the entries of an Accept or Accept-Language header, best first, in small letters.

    What has a quality that is none counts as not said; a quality of 0 stays, last.
    """
    entries = []
    for part in header.split(","):
        value, *parameters = (piece.strip().lower() for piece in part.split(";"))
        said = [parameter for parameter in parameters if parameter.startswith("q=")]
        quality = _QUALITY.fullmatch(said[0]) if said else None
        if value and (quality or not said):
            entries.append((value, float(quality[1]) if quality else 1.0))
    return sorted(entries, key=lambda entry: -entry[1])


def best_language(header: str, known: Collection[str]) -> str | None:
    """Return the tag that a look-up finds ("vi-VN" falls back to "vi"); None when nothing fits.

    >>> best_language("fr, vi-VN;q=0.8, en;q=0.9", ["vi", "en"])
    'en'
    """
    tags = {tag.lower(): tag for tag in known}
    for wanted, quality in preferences(header):
        while wanted and quality > 0:
            if wanted in tags:
                return tags[wanted]
            wanted = _shortened(wanted)
    return None


def _shortened(tag: str) -> str:
    """Take off the last subtag, and a single letter before it, which only introduces it."""
    parts = tag.split("-")[:-1]
    if parts and len(parts[-1]) == 1:
        parts.pop()
    return "-".join(parts)


def quality_of(media_type: str, header: str) -> float:
    """Return how much a client wants a media type: by the most exact entry that covers it, 0 if none."""
    said = dict(reversed(preferences(header)))
    kind = media_type.partition("/")[0]
    return next((said[name] for name in (media_type, f"{kind}/*", "*/*") if name in said), 0.0)


def wanted_linkset(header: str, offered: Sequence[str] = LINKSET_TYPES) -> str | None:
    """Return the media type in which the client asks for the linkset itself; None when it does not.

    A type must be named: "*/*" is what everybody sends. Who wants a page as much, gets the page.
    """
    named = dict(reversed(preferences(header)))
    best = max(offered, key=lambda media_type: named.get(media_type, 0.0))
    return best if named.get(best, 0.0) > named.get(HTML, 0.0) else None


def linkset_format(header: str) -> str:
    """Return how to write a linkset that was asked for anyhow: HTML for who prefers it, as browsers do."""
    named = dict(reversed(preferences(header)))
    if named.get(HTML, 0.0) > 0 and wanted_linkset(header) is None:
        return HTML
    return wanted_linkset(header) or LINKSET_JSON


def narrowed(links: Sequence[Link], *, languages: str, accept: str, context: str) -> list[Link]:
    """Return the links that fit best: language first, then media type, then context.

    A wish that nothing meets changes nothing. More than one link is left only if they are alike in
    all three, so that there is nothing to choose by. `links` is not empty.
    """
    tag = best_language(languages, {link.language for link in links if link.language})
    left = [link for link in links if link.language == tag] if tag else list(links)
    best = max(quality_of(link.media_type, accept) for link in left)
    left = [link for link in left if quality_of(link.media_type, accept) == best]
    left = [link for link in left if link.context == context] or [link for link in left if not link.context] or left
    first = left[0]
    return [link for link in left if link.attributes == first.attributes]
