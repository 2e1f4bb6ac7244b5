"""What the files are called. The proxy makes the same names of the addresses (docs/nginx-fallback.conf)."""

from __future__ import annotations

import re

from registry.trace_codes import is_own_code

GENERAL = "general"  # the page of every address that is no product's
_NAME = re.compile(r"(?:01/(?P<gtin>[0-9]{14})|vn/tx/(?P<own>T[0-9]{10}[0-9A-Z]))\.(?:vi|en)\.html")
FOLDERS = ("01", "vn/tx")


def name_of(code: str, language: str) -> str:
    """Return the file of a printed code, relative to the folder; "" for a code that no address can have.

    >>> name_of("09520000000017", "en"), name_of("T5200007003C", "vi"), name_of("../etc", "vi")
    ('01/09520000000017.en.html', 'vn/tx/T5200007003C.vi.html', '')
    """
    name = f"{'vn/tx' if is_own_code(code) else '01'}/{code}.{language}.html"
    return name if _NAME.fullmatch(name) else ""


def general_name(language: str) -> str:
    """Return the file of the general page."""
    return f"{GENERAL}.{language}.html"


def code_of(name: str) -> str:
    """Return the printed code whose file this is, "" for a file that is not ours."""
    match = _NAME.fullmatch(name)
    return (match["gtin"] or match["own"]) if match else ""
