"""Every kind of page: strict headers, and nothing inline that they would have to allow."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from tests.access.conftest import Provinces
from tests.access.declarations import RULES
from tests.access.roles import ANONYMOUS, FARMER, MANAGER, OTHER_LEADER, STAMP_OFFICER
from tests.access.routes import address, routes

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
REFERRER = ("same-origin", "no-referrer")


class Inline(HTMLParser):
    """Collects what a strict policy refuses: style and script in the page, handlers, foreign addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.headings += tag == "h1"
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            text = (value or "").strip().lower()
            if name == "style" or name.startswith("on") or name in ("hx-on", "srcdoc"):
                self.found.append(f"<{tag} {name}={value!r}>")
            if text.startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ("src", "srcset") and text.startswith(("http:", "https:", "//")):
                self.found.append(f"<{tag} {name}={value!r}>")


def policy_of(response: Any) -> dict[str, str]:
    parts = [part.strip() for part in response.headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def check(response: Any) -> None:
    assert policy_of(response) == POLICY
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert response.headers.get("Referrer-Policy") in REFERRER
    assert "Server" not in response.headers
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        page = Inline()
        page.feed(response.content.decode())
        assert page.found == []
        assert page.headings == 1


@pytest.mark.parametrize("route", [route for route in routes() if route in RULES and RULES[route].get])
def test_a_page_is_strict_and_has_nothing_inline(route: str, provinces: Provinces) -> None:
    rule = RULES[route]
    for role in (ANONYMOUS, FARMER, MANAGER, STAMP_OFFICER, OTHER_LEADER):
        response = provinces.clients[role].get(address(route, rule.of(provinces.own)))
        if response.streaming:
            response.getvalue()
        check(response)
        response.close()


@pytest.mark.parametrize(
    ("path", "status"), [("/khong-co-trang-nay/", 404), ("/tasks/987654321/", 404), ("/01/123/", 400)]
)
def test_an_error_page_is_as_strict(path: str, status: int, provinces: Provinces) -> None:
    response = provinces.clients[MANAGER].get(path)

    assert response.status_code == status
    check(response)


def test_a_form_with_errors_and_a_refused_one_are_as_strict(provinces: Provinces) -> None:
    manager, producers = provinces.clients[MANAGER], "/producers/new/"
    refused = Client(enforce_csrf_checks=True)

    for response, status in (
        (manager.post(producers, {"name": "<script>alert(1)</script>"}), 422),
        (refused.post("/login/", {"username": "x", "password": "y"}), 403),
    ):
        assert response.status_code == status
        check(response)


def test_cookies_stay_away_from_scripts_and_other_sites(provinces: Provinces) -> None:
    client = Client()
    client.post("/login/", {"username": provinces.own.office.manager.username, "password": "mat-khau-thu-1"})

    flags = {
        name: (bool(cookie["httponly"]), cookie["samesite"], cookie["path"]) for name, cookie in client.cookies.items()
    }

    assert flags == {"csrftoken": (True, "Lax", "/"), "sessionid": (True, "Lax", "/")}


def test_who_only_scans_gets_no_cookie(provinces: Provinces) -> None:
    client = Client()
    for route in ("scan", "public_product", "public_picture"):
        response = client.get(address(route, RULES[route].of(provinces.own)))
        if response.streaming:
            response.getvalue()
        response.close()

    assert dict(client.cookies) == {}
