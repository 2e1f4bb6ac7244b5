"""Links of a key and of what it is narrowed to, and the linkset that says them all (RFC 9264, GS1 Resolver 1.2.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from stamps.resolver.words import CONTEXT_URL, DEFAULT, SAME_AS, VOCABULARY

PAGE = "text/html"


@dataclass(frozen=True)
class Link:
    """A link of a key. `relation` is a local name of GS1's vocabulary; `href` is absolute or a path of ours."""

    relation: str
    href: str
    title: str
    language: str = ""
    media_type: str = PAGE
    context: str = ""

    @property
    def attributes(self) -> tuple[str, str, str]:
        """What a client can choose by."""
        return self.language, self.media_type, self.context

    def as_member(self) -> dict[str, Any]:
        """Return the link as a linkset's target object."""
        member: dict[str, Any] = {"href": absolute(self.href), "title": self.title, "type": self.media_type}
        if self.language:
            member["hreflang"] = [self.language]
        if self.context:
            member["context"] = [self.context]
        return member


@dataclass(frozen=True)
class Level:
    """A key, or a key with its qualifiers, and the links of that level. `path` is percent-encoded.

    `same_as` are paths of other keys of the same thing, the one in use now first.
    """

    path: str
    description: str
    default: Link
    links: tuple[Link, ...]
    same_as: tuple[str, ...] = ()

    def as_context(self) -> dict[str, Any]:
        """Return the level as a linkset's context object."""
        context: dict[str, Any] = {
            "anchor": absolute(self.path),
            "itemDescription": self.description,
            VOCABULARY + DEFAULT: [{"href": absolute(self.default.href), "title": self.default.title}],
        }
        for link in self.links:
            context.setdefault(VOCABULARY + link.relation, []).append(link.as_member())
        if self.same_as:
            context[SAME_AS] = [{"href": absolute(path), "title": self.description} for path in self.same_as]
        return context


def as_json(levels: list[Level], *, linked_data: bool = False) -> dict[str, Any]:
    """Return the linkset of all levels, the finest first; for JSON-LD with GS1's context in it."""
    linkset = {"linkset": [level.as_context() for level in levels]}
    return {"@context": CONTEXT_URL, **linkset} if linked_data else linkset


def absolute(href: str) -> str:
    """Return the address with the host that stamps are printed with, if it is a path of ours."""
    return f"https://{settings.STAMPS_HOST}{href}" if href.startswith("/") else href


def links_of(levels: list[Level], relation: str) -> list[Link]:
    """Return the links of a type at the finest level that has any: what a lot lacks it takes from its product."""
    for level in levels:
        if found := [link for link in level.links if link.relation == relation]:
            return found
    return []
