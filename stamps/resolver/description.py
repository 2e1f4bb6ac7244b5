"""The resolver's description file, `/.well-known/gs1resolver` (GS1-Conformant Resolver 1.2.0)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from stamps.resolver.levels import PRIMARY_KEYS
from stamps.resolver.words import CONTEXT_URL, VOCABULARY


def description() -> dict[str, Any]:
    """Return what this resolver answers; only the keys that it really resolves."""
    return {
        "name": f"TXNG – {settings.STAMPS_HOST}",
        "resolverRoot": f"https://{settings.STAMPS_HOST}",
        "supportedPrimaryKeys": list(PRIMARY_KEYS),
        "supportedLinkType": [{"namespace": VOCABULARY, "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
        "jsonLdContextLocation": CONTEXT_URL,
    }
