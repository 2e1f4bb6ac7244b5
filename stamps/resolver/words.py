"""The words of the GS1 Web Vocabulary (1.11) and of linksets that the resolver speaks."""

from __future__ import annotations

VOCABULARY = "https://gs1.org/voc/"
_NAMESPACES = (VOCABULARY, "http://gs1.org/voc/", "https://www.gs1.org/voc/", "http://www.gs1.org/voc/", "gs1:")
DEFAULT = "defaultLink"
LINKSET = "linkset"
HANDLED_BY = f"{VOCABULARY}handledBy"
# GS1's vocabulary has no link type that says "the same thing under another key"; OWL has.
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"

LINKSET_JSON = "application/linkset+json"
LINKSET_TYPES = (LINKSET_JSON, "application/json", "application/ld+json")
HTML = "text/html"
CONTEXT_URL = "https://ref.gs1.org/standards/resolver/linkset-context"


def local_name(text: str) -> str:
    """Return the local name of a link type given as CURIE or full URI; other text as it is.

    "all" is what older standards called the linkset.

    >>> local_name("gs1:pip"), local_name("https://gs1.org/voc/pip"), local_name("all")
    ('pip', 'pip', 'linkset')
    """
    if text in ("all", LINKSET):
        return LINKSET
    for namespace in _NAMESPACES:
        if text.startswith(namespace):
            return text.removeprefix(namespace) or "?"
    # A bare word is no link type: marked, so that it is not taken for one of GS1's.
    return f"?{text}" if text else ""
