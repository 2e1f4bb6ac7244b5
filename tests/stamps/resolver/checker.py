"""GS1's linkset and description-file schemas as checks: what they require, allow and refuse.

Source: GS1-Conformant Resolver Standard 1.2.0, normative schemas. Each check returns what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

ABSOLUTE = re.compile(r"https?://[^\s/]+(/\S*)?")
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
DEFAULT = "https://gs1.org/voc/defaultLink"
MEMBERS = {"href", "title", "type", "hreflang", "context", "fwqs", "public", "title*"}
KEYS = frozenset(
    [
        "all",
        "01",
        "8006",
        "8013",
        "8010",
        "410",
        "411",
        "412",
        "413",
        "414",
        "415",
        "417",
        "8017",
        "8018",
        "255",
        "00",
        "253",
        "401",
        "402",
        "8003",
        "8004",
    ]
)
OPTIONAL = set(
    [
        "name",
        "supportedLinkType",
        "linkTypeDefaultCanBeLinkset",
        "supportedContextValuesEnumerated",
        "supportedContextValuesExternal",
        "contact",
        "jsonLdContextLocation",
        "termsOfUse",
        "extensionProfile",
    ]
)


def wrong_in_linkset(document: Any) -> list[str]:
    """Return every breach of the linkset schema, empty for a valid document."""
    if not isinstance(document, dict) or set(document) - {"@context"} != {"linkset"}:
        return ["the document has the one member linkset"]
    contexts = document["linkset"]
    if not isinstance(contexts, list) or not contexts:
        return ["linkset is a list that is not empty"]
    return [problem for context in contexts for problem in _in_context(context)]


def _in_context(context: dict[str, Any]) -> Iterator[str]:
    if not ABSOLUTE.fullmatch(context.get("anchor", "")):
        yield f"anchor is absolute: {context.get('anchor')}"
    if not isinstance(context.get("itemDescription"), str):
        yield "itemDescription is text"
    targets = {name: value for name, value in context.items() if name not in ("anchor", "itemDescription")}
    for relation, links in targets.items():
        if not ABSOLUTE.fullmatch(relation):
            yield f"a relation is a URI: {relation}"
        for link in links:
            yield from _in_link(link)
    default = targets.get(DEFAULT, [])
    if len(default) != 1 or set(default[0]) != {"href", "title"}:
        yield "there is one default link with href and title only"
    elif not any(default[0]["href"] == link["href"] for name in targets if name != DEFAULT for link in targets[name]):
        yield "the default link is listed under a descriptive type too"


def _in_link(link: dict[str, Any]) -> Iterator[str]:
    if not set(link) <= MEMBERS:
        yield f"unknown members: {set(link) - MEMBERS}"
    if not ABSOLUTE.fullmatch(link.get("href", "")):
        yield f"href is absolute: {link.get('href')}"
    if not isinstance(link.get("title"), str) or not link["title"]:
        yield "title is text"
    if "type" in link and not MEDIA_TYPE.fullmatch(link["type"]):
        yield f"type is a media type: {link['type']}"
    for tag in link.get("hreflang", []):
        if not LANGUAGE.fullmatch(tag):
            yield f"hreflang is ll or ll-CC: {tag}"


def wrong_in_description(document: dict[str, Any]) -> list[str]:
    """Return every breach of the description file's schema."""
    wrong = [f"missing: {name}" for name in ("resolverRoot", "supportedPrimaryKeys") if name not in document]
    wrong += [f"unknown: {name}" for name in set(document) - OPTIONAL - {"resolverRoot", "supportedPrimaryKeys"}]
    wrong += [f"no primary key: {key}" for key in set(document.get("supportedPrimaryKeys", [])) - KEYS]
    if not ABSOLUTE.fullmatch(document.get("resolverRoot", "")):
        wrong.append("resolverRoot is absolute")
    for namespace in document.get("supportedLinkType", []):
        if set(namespace) != {"namespace", "prefix"} or not namespace["prefix"].endswith(":"):
            wrong.append(f"a link type has namespace and prefix: {namespace}")
    return wrong
