"""What the browser gets: small enough for a slow phone, strict enough for the content security policy."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FRAGMENTS = sorted(path for path in TEMPLATES if path.name.startswith("_"))
NOT_ALLOWED = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without src": r"<script\b(?![^>]*\ssrc=)",
    "an event handler": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
    "an address of another host": r"<(?:script|link|img)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
}


def name_of(path: Path) -> str:
    """Show a template in a test's name by its path below templates/."""
    return path.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("app.css", 22 * 1024),
        ("public.css", 5 * 1024),
        ("app.js", 10 * 1024),
        ("phone.js", 8 * 1024),  # with the service worker at most 10 KB more for the producer
        ("sw.js", 2 * 1024),
        ("vendor/htmx-2.0.10.min.js", 17 * 1024),
        ("favicon.svg", 1024),
    ],
)
def test_a_built_file_keeps_its_budget(name: str, budget: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)) <= budget


def test_a_first_visit_of_a_producer_loads_at_most_50_kb_of_assets() -> None:
    names = ["app.css", "app.js", "phone.js", "sw.js", "vendor/htmx-2.0.10.min.js", "favicon.svg"]
    total = sum(len(gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)) for name in names)
    assert total <= 50 * 1024


def test_the_built_htmx_is_the_pinned_one() -> None:
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]["htmx.org"]
    assert pinned == "2.0.10"
    assert (STATIC / f"vendor/htmx-{pinned}.min.js").exists()


def test_package_json_names_exact_versions() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_licences_travel_with_what_they_cover() -> None:
    for name in ("bootstrap", "htmx"):
        assert (STATIC / f"vendor/{name}.LICENSE.txt").read_text().strip()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_nothing_that_the_content_security_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in NOT_ALLOWED.items() if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_at_most_120_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("path", FRAGMENTS, ids=name_of)
def test_a_fragment_starts_by_saying_what_it_takes(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{#")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
def test_an_error_page_renders_without_any_context(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert re.search(r"<title>\s*\S", html)
    assert html.count("<h1>") == 1
