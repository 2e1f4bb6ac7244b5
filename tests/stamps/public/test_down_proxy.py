"""The lines for nginx and the files agree: run here as nginx reads them, without nginx."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from stamps.codes.serials import printed_prefix
from stamps.fallback.writing import write_all
from stamps.public.language import language_asked
from stamps.public.paths import scan_path
from tests.factories import stamps
from tests.stamps.public.conftest import serial_of

CONF = Path(settings.BASE_DIR, "docs", "nginx-fallback.conf").read_text(encoding="utf-8")
_ROW = re.compile(r'^\s*(?P<key>"[^"]*"|\S+)\s+(?P<value>\S+);$', re.MULTILINE)


def mapped(name: str, source: str) -> str:
    """Return the value of one of the file's maps, as nginx finds it: the first row that fits, else the default."""
    found = re.search(rf"^map \$\w+ \${name} {{\n(.*?)^}}", CONF, re.MULTILINE | re.DOTALL)
    assert found
    default = ""
    for key, value in ((row["key"].strip('"'), row["value"]) for row in _ROW.finditer(found[1])):
        if key == "default":
            default = value
        elif key.startswith("~"):
            flags = re.IGNORECASE if key.startswith("~*") else 0
            if match := re.search(key.lstrip("~*").replace("(?<t", "(?P<t"), source, flags):
                return re.sub(r"\$(\w+)", lambda each: match[each[1]], value)
        elif key == source:
            return value
    return default


def served(uri: str, *, lang: str = "", accept_language: str = "") -> str:
    """Return the file that nginx sends while nothing answers, relative to the folder."""
    language = mapped("txng_language", lang)
    language = mapped("txng_browser", accept_language) if language == "$txng_browser" else language
    tries = re.search(r"try_files (.+);", CONF)
    assert tries
    for pattern in tries[1].split()[:-1]:
        name = pattern.replace("$txng_page", mapped("txng_page", uri)).replace("$txng_language", language)
        if Path(settings.STAMPS_FALLBACK_DIR, name.removeprefix("/")).is_file():
            return name.removeprefix("/")
    return ""


@pytest.fixture
def own(gia_lai: Any, chain: stamps.Chain) -> Any:
    """A stamp of a product without a GTIN."""
    return stamps.chain(gia_lai, project=chain.project, gtin=None).activated().batch


@pytest.mark.parametrize("tail", ["", "/", "?lang=en", "/21/0ABCDEFGHJKMNP", "/10/L1/21/7?17=271231", "/21/7/report/"])
def test_addresses_of_a_product_lead_to_its_page(batch, tail):
    write_all()
    for root in ("/01/", "/scan/01/"):
        assert served(f"{root}{batch.code}{tail}") == f"01/{batch.code}.vi.html"


def test_what_is_printed_and_where_it_leads_both_lead_to_the_page(batch, own):
    write_all()
    for stamp, folder in ((batch, "01"), (own, "vn/tx")):
        printed = printed_prefix("tx.vidu.example", stamp.code).removeprefix("HTTPS://TX.VIDU.EXAMPLE")
        for uri in (printed + serial_of(stamp), scan_path(stamp.code, serial_of(stamp)), scan_path(stamp.code, None)):
            assert served(uri) == f"{folder}/{stamp.code}.vi.html"


@pytest.mark.parametrize(
    "uri",
    [
        "/",
        "/login/",
        "/01/09520000000000",
        "/01/0952000800",
        "/01/",
        "/scan/report/state/?reference=A",
        "/vn/tx/T64000130018/s/0ABC",
        "/01/{code}x",
        "/01/{code}/21/..%2f..%2f..%2fetc%2fpasswd",
        "/01/{code}/../../general.en.html",
        "/01/{code}/21/%00",
        "/01/..%2f{code}",
        "/01/%30{code}",
        "//01/{code}",
        "/x/01/{code}",
        "/01/{code}\n/21/1",
        "/01/{code}.vi.html",
        "/vn/tx/../../01/{code}",
    ],
)
def test_unknown_and_odd_addresses_get_the_general_page(batch, uri):
    write_all()
    assert served(uri.replace("{code}", batch.code)) == "general.vi.html"


def test_a_file_name_is_made_of_nothing_but_a_code(batch):
    for uri in (f"/01/{batch.code}/21/1?a=/../../x", f"/01/{batch.code}?lang=../../x", "/vn/tx/T5200007003C?%2e%2e/"):
        assert re.fullmatch(r"01/[0-9]{14}|vn/tx/T[0-9]{10}[0-9A-Z]", mapped("txng_page", uri))


@pytest.mark.parametrize(
    ("lang", "header"),
    [
        ("", ""),
        ("", "en-GB,en;q=0.9,vi;q=0.8"),
        ("", "vi-VN,vi;q=0.9,en-US;q=0.8,en;q=0.7"),
        ("", "fr-FR, vi;q=0.5, en;q=0.2"),
        ("", "fr-FR, en;q=0.8"),
        ("", "EN-GB"),
        ("", "fr"),
        ("", "enx"),
        ("", "*"),
        ("en", "vi"),
        ("vi", "en"),
        ("xx", "en"),
    ],
)
def test_the_language_is_the_one_that_the_live_page_would_have(batch, lang, header):
    write_all()
    language = language_asked(lang, header)
    assert served(f"/01/{batch.code}", lang=lang, accept_language=header) == f"01/{batch.code}.{language}.html"
