"""Every URL of the product, from the resolver, and the addresses of own, foreign and missing objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

MISSING: Mapping[type, Any] = {int: 987_654_321, str: "KHONG-CO"}


def routes() -> list[str]:
    """Return the name of every URL pattern; the pattern itself where it has no name."""
    return sorted(set(_walk(get_resolver())))


def _walk(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}" if entry.name else str(entry.pattern)


def address(route: str, arguments: Mapping[str, Any]) -> str:
    """Return the address of a route; `path` among the arguments is an address by itself."""
    return str(arguments["path"]) if "path" in arguments else reverse(route, kwargs=dict(arguments))


def foreign_and_missing(
    own: Mapping[str, Any], foreign: Mapping[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield foreign arguments with their like that name nothing.

    With several arguments also each one alone beside our own others: the usual way in. A word that is nobody's
    (the kind of a paper) is the same here and there.
    """
    missing = {name: MISSING[type(value)] for name, value in own.items()}
    yield dict(foreign), missing
    if len(own) > 1:
        for name in own:
            if foreign[name] == own[name]:
                continue
            yield {**own, name: foreign[name]}, {**own, name: missing[name]}
