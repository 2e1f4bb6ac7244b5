"""S1: every URL × role × own, foreign and missing object × method, generated from the resolver.

Own: what the declaration says. Foreign, missing, and any mixture of own and foreign: the same 404, byte
for byte. GET writes nothing; a refused POST leaves nothing; PUT and DELETE are unknown.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.access.conftest import Provinces
from tests.access.declarations import RULES
from tests.access.objects import nothing
from tests.access.roles import ANONYMOUS, FARMER, MANAGER, NEIGHBOUR, OFFICE, ROLES, STRANGERS
from tests.access.routes import address, foreign_and_missing, routes
from tests.access.rule import Roles, Rule

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE|DROP)\b", re.IGNORECASE)
# What a request may write by itself: the session.
OWN_BOOKKEEPING = re.compile(r'"django_session"')
REFUSED = (302, 303, 400, 403, 404, 405, 409, 422)
ANSWERED = (200, 302, 303, 307, 400, 409, 422)
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


class Answer:
    """What came back, what was written on the way, and what of it would have stayed."""

    def __init__(self, response: Any, writes: list[str], kept: list[str]) -> None:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        self.status, self.body, self.writes, self.kept = response.status_code, CSRF.sub(b"", body), writes, kept
        self.location = response.headers.get("Location", "")
        response.close()

    @property
    def asks_to_log_in(self) -> bool:
        return self.status == 302 and self.location.startswith(str(settings.LOGIN_URL))


@contextmanager
def watched() -> Iterator[list[str]]:
    writes: list[str] = []

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        if WRITES.match(sql) and not OWN_BOOKKEEPING.search(sql):
            writes.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield writes


def ask(client: Client, method: str, url: str, data: Mapping[str, Any] | None = None) -> Answer:
    """Send a request; whatever it writes is taken back."""
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic(), watched() as writes:
            response = getattr(client, method)(url, data or {})
            kept = changed_tables() if writes else []
            transaction.set_rollback(True)
        return Answer(response, writes, kept)
    finally:
        client.cookies = cookies


BASELINE: dict[str, int] = {}


def counts() -> dict[str, int]:
    """Rows per table, and the last act in the audit log."""
    tables = {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}
    tables.pop("sessions.Session", None)
    return tables


def changed_tables() -> list[str]:
    """Tables whose number of rows changed; every act adds a row to the audit log at least."""
    return [f"{name}: {BASELINE[name]} -> {count}" for name, count in counts().items() if count != BASELINE[name]]


@pytest.fixture(autouse=True)
def _quiet(provinces: Provinces) -> Iterator[None]:
    if not BASELINE:  # every request is taken back, so this stays true for the module
        BASELINE.update(counts())
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_url_is_declared_and_every_declaration_is_a_url() -> None:
    undeclared = [route for route in routes() if route not in RULES]
    assert undeclared == [], f"say in tests/access/declarations.py or producers.py who may use: {undeclared}"
    assert sorted(RULES) == routes()


@pytest.mark.parametrize("route", routes())
def test_own_objects_are_for_those_declared(route: str, provinces: Provinces) -> None:
    rule = RULES[route]
    url, sent = address(route, rule.of(provinces.own)), {"get": {}, "post": rule.data(provinces.own)}
    wrong = [
        f"{role} {method.upper()} {url}: {problem}"
        for role in ROLES
        for method in ("get", "post")
        if (problem := judged(rule, role, method, ask(provinces.clients[role], method, url, sent[method]), provinces))
    ]
    assert wrong == []


def judged(rule: Rule, role: str, method: str, answer: Answer, provinces: Provinces) -> str:
    """Return what is wrong with an answer about an own object, or nothing."""
    allowed = rule.get if method == "get" else rule.post
    if answer.status >= 500:
        return f"{answer.status}"
    if method == "get" and answer.writes:
        return f"writes {answer.writes[:3]}"
    if role in STRANGERS and not rule.is_public and provinces.own.project.code.encode() in answer.body:
        return "shows the other province's case"
    if role in allowed:
        expected = rule.answer if method == "get" else ANSWERED
        return "" if answer.status in expected else f"{answer.status} instead of {expected}"
    if answer.kept:
        return f"{answer.status} changes {answer.kept}"
    return refused(rule, role, answer, is_offered=bool(allowed))


def refused(rule: Rule, role: str, answer: Answer, *, is_offered: bool) -> str:
    """Return what is wrong with the answer to someone who may not do it."""
    if answer.status == 405 and not is_offered:
        return ""
    if role == ANONYMOUS:
        return "" if answer.asks_to_log_in else f"{answer.status} without a login"
    expected = REFUSED if role in rule.seen_by else (404,)
    return "" if answer.status in expected else f"{answer.status} instead of {expected}"


def offers(rule: Rule) -> list[tuple[str, Roles]]:
    """The methods that the URL knows, and who may use them."""
    return [(method, roles) for method, roles in (("get", rule.get), ("post", rule.post)) if roles]


def has_object(route: str) -> bool:
    """Whether the URL names an object that belongs to someone."""
    return not (RULES[route].is_public or RULES[route].is_shared or RULES[route].of is nothing)


@pytest.mark.parametrize("route", [route for route in routes() if route in RULES and has_object(route)])
def test_foreign_objects_are_answered_like_missing_ones(route: str, provinces: Provinces) -> None:
    rule = RULES[route]
    own, foreign = rule.of(provinces.own), rule.of(provinces.other)
    wrong = []
    for role in sorted(OFFICE | {FARMER, NEIGHBOUR}):
        for method, offered in offers(rule):
            # Who may not do it at all may be told so before anyone looks for the object.
            expected = (404,) if role in offered else (403, 404)
            for theirs, nobodys in foreign_and_missing(own, foreign):
                url = address(route, theirs)
                answer = ask(provinces.clients[role], method, url)
                nothing = ask(provinces.clients[role], method, address(route, nobodys))
                if (answer.status, len(answer.body)) != (nothing.status, len(nothing.body)):
                    wrong.append(f"{role} {method.upper()} {url}: {answer.status}, missing: {nothing.status}")
                if answer.status not in expected or answer.kept:
                    wrong.append(f"{role} {method.upper()} {url}: {answer.status} {answer.kept}")
    assert wrong == []


@pytest.mark.parametrize("route", routes())
def test_put_and_delete_do_nothing(route: str, provinces: Provinces) -> None:
    url = address(route, RULES[route].of(provinces.own))
    wrong = []
    for role in (ANONYMOUS, FARMER, MANAGER):
        for method in ("put", "delete"):
            answer = ask(provinces.clients[role], method, url)
            if answer.status not in (302, 403, 404, 405) or answer.kept:
                wrong.append(f"{role} {method.upper()} {url}: {answer.status} {answer.kept}")
    assert wrong == []
