"""The layer over the test's own database: no threads, and the database is asked whenever it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from stamps import actions
from stamps.fast.app import Scans
from stamps.fast.tables import Tables
from stamps.models import StampBatch
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain

DJANGO = "answered by Django"


@pytest.fixture(autouse=True)
def _requests_leave_the_connection_of_the_test_open() -> Iterator[None]:
    """As Django's test client does: the end of a request must not close what holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@dataclass
class Answer:
    """What a WSGI server would send."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(application: Callable[..., Any], path: str, **meta: Any) -> Answer:
    """Send a request; `meta` are entries of the environment such as REMOTE_ADDR."""
    given = {"HTTP_HOST": "localhost", "wsgi.url_scheme": "http", **meta}
    method = given.pop("REQUEST_METHOD", "GET")
    path, _mark, query = path.partition("?")
    environ = RequestFactory().generic(method, path, QUERY_STRING=query).environ
    environ = {name: value for name, value in environ.items() if name != "HTTP_COOKIE"} | given
    answer = Answer()

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        answer.status, answer.headers = int(status[:3]), dict(headers)
        assert len(headers) == len(answer.headers), "a header was sent twice"

    parts = application(environ, start_response)
    answer.body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    return answer


def not_django(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """An application behind the layer that only says that it was asked."""
    start_response("299 Django", [("X-Answered-By", DJANGO)])
    return []


def path_of(batch: StampBatch, offset: int = 0) -> str:
    """The scan page of a stamp of the batch."""
    serial = actions.serial_at(batch, batch.start + offset)
    own = batch.code.startswith("T")
    return f"/scan/vn/tx/{batch.code}/s/{serial}/" if own else f"/scan/01/{batch.code}/21/{serial}/"


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def scans(db: None) -> Scans:
    """The layer alone; it looks at the database at every request."""
    return Scans(not_django, tables=Tables(every=0))


@pytest.fixture
def django() -> Any:
    """Django alone, as the server calls it."""
    return get_wsgi_application()
