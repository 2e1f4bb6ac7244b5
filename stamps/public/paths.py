"""Where the public pages are: the resolver leads here, and pages link to one another by these."""

from __future__ import annotations

from django.urls import reverse

from registry.trace_codes import is_own_code


def scan_path(code: str, serial: str | None) -> str:
    """Return the path of the page behind a code: of one stamp, or of the product."""
    own = "_own" if is_own_code(code) else ""
    return reverse(f"scan{own}", args=[code, serial]) if serial else reverse(f"public_product{own}", args=[code])


def query_for(language: str) -> str:
    """Return what a link carries so that the next page keeps the language: nothing for Vietnamese."""
    return "" if language == "vi" else f"?lang={language}"
