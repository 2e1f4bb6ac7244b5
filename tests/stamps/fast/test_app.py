"""The layer and Django say the same, byte for byte; and the layer says a recall at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from lots.actions import recall
from stamps import actions
from stamps.fast.app import Scans
from stamps.fast.tables import Tables
from stamps.life.standing import Verdict
from stamps.models import PinTry, StampBatch, StampChange, StampSeen
from tests.factories import lots
from tests.factories.people import Office
from tests.factories.stamps import Chain, activate, chain
from tests.stamps.fast.conftest import DJANGO, ask, not_django, path_of

pytestmark = pytest.mark.django_db
State = StampChange.State
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


def change(line: Chain, batch: StampBatch, state: str, offset: int) -> None:
    start = batch.start + offset
    actions.change_stamps(batch, start, start + 1, state=state, reason="Thử", by=line.office.stamp_officer)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    """Ten stamps on a lot, then ten in the drawer; one of each fate."""
    batch = line.handed_over(20)
    activate(batch, batch.start, batch.start + 10, line.lot(), by=line.producer)
    for offset, state in enumerate((State.SUSPENDED, State.VOID, State.LOST, State.DAMAGED), start=2):
        change(line, batch, state, offset)
    actions.replace_stamps(
        batch,
        batch.start + 6,
        batch.start + 7,
        replacement=(batch, batch.start + 15),
        reason="Thử",
        by=line.office.stamp_officer,
    )
    batch.refresh_from_db()
    return batch


def seen(batch: StampBatch, offset: int, scans: int = 3, province: str = "") -> None:
    first = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    StampSeen.objects.create(
        index=batch.start + offset, scans=scans, clients=1, first_at=first, last_at=first, first_province=province
    )


def pause_until_pages_are_old() -> None:
    time.sleep(1.05)


@pytest.mark.parametrize("offset", [0, 2, 3, 4, 5, 6, 12, 15], ids=str)
@pytest.mark.parametrize("language", [{}, ENGLISH], ids=["vi", "en"])
def test_the_layer_answers_byte_for_byte_as_django_does(
    scans: Scans, django: Any, batch: StampBatch, offset: int, language: dict[str, str]
) -> None:
    ask(scans, path_of(batch, 1), **language)  # so that a page of the lot is filled with another's serial
    path = path_of(batch, offset)
    assert ask(scans, path, **language) == ask(django, path, **language)
    seen(batch, offset)
    pause_until_pages_are_old()
    assert ask(scans, path, **language) == ask(django, path, **language)


@pytest.mark.parametrize("query", ["lang=en", "lang=vi"])
def test_a_language_in_the_address_is_answered_by_the_layer_too(
    scans: Scans, django: Any, batch: StampBatch, query: str
) -> None:
    layer, own = (ask(each, f"{path_of(batch)}?{query}", **ENGLISH) for each in (scans, django))
    assert (layer.body, layer.headers) == (own.body, own.headers)


def test_a_code_of_our_own_is_answered_as_django_does(scans: Scans, django: Any, gia_lai: Office) -> None:
    batch = chain(gia_lai, gtin=None).activated().batch
    assert batch.code.startswith("T")
    path = path_of(batch)
    assert ask(scans, path) == ask(django, path)
    assert ask(scans, path.replace(batch.code, batch.code.lower())) == ask(django, path)


@pytest.mark.parametrize("serial", ["0ABCDEFGHJKMNP", "9ABCDEFGHJKMNP", "tem", "0ABC", "U"])
def test_an_unknown_serial_is_answered_as_django_does(
    scans: Scans, django: Any, batch: StampBatch, serial: str
) -> None:
    path = f"/scan/01/{batch.code}/21/{serial}/"
    assert ask(scans, path) == ask(django, path)
    assert ask(scans, path).status == 404


def test_head_has_the_headers_of_get_and_no_page(scans: Scans, batch: StampBatch) -> None:
    get, head = ask(scans, path_of(batch)), ask(scans, path_of(batch), REQUEST_METHOD="HEAD")
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


@pytest.mark.parametrize(
    "meta",
    [{"HTTP_HOST": "evil.example"}, {"REQUEST_METHOD": "POST"}, {"SCRIPT_NAME": "/txng"}],
    ids=["foreign host", "POST", "under a prefix"],
)
def test_what_is_not_plain_is_left_to_django(scans: Scans, batch: StampBatch, meta: dict[str, Any]) -> None:
    assert ask(scans, path_of(batch), **meta).headers.get("X-Answered-By") == DJANGO


@pytest.mark.parametrize("path", ["/", "/login/", "/scan/01/09520000009991/", "/scan/pictures/x/", "/static/a.css"])
def test_every_other_path_is_left_to_django(scans: Scans, batch: StampBatch, path: str) -> None:
    assert ask(scans, path).headers.get("X-Answered-By") == DJANGO


def test_other_queries_are_left_to_django(scans: Scans, batch: StampBatch) -> None:
    assert ask(scans, path_of(batch) + "?utm=1").headers.get("X-Answered-By") == DJANGO


def test_over_plain_http_a_production_server_redirects(scans: Scans, batch: StampBatch, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    layer, django = Scans(not_django, tables=Tables(every=0)), get_wsgi_application()
    assert ask(layer, path_of(batch)).headers.get("X-Answered-By") == DJANGO
    safe, own = (ask(each, path_of(batch), **{"wsgi.url_scheme": "https"}) for each in (layer, django))
    assert safe == own
    assert safe.headers["Strict-Transport-Security"].startswith("max-age=60")


def test_whoever_is_logged_in_gets_the_same_page_and_no_cookie(scans: Scans, batch: StampBatch) -> None:
    plain = ask(scans, path_of(batch))
    with_cookie = ask(scans, path_of(batch), HTTP_COOKIE="sessionid=abc; csrftoken=def")
    assert with_cookie == plain
    assert "Set-Cookie" not in plain.headers


def test_a_recall_shows_on_a_hot_page_within_two_seconds(line: Chain) -> None:
    batch = line.activated().batch
    scans = Scans(not_django)  # as in production, but that requests look and not a thread
    path = path_of(batch)
    recalled = str(Verdict.RECALLED.label)
    for _scan in range(20):
        assert recalled not in ask(scans, path, **ENGLISH).text

    recall(line.product, reason="Thử", advice="Không dùng", by=line.producer)

    began = time.monotonic()
    while recalled not in ask(scans, path, **ENGLISH).text:
        assert time.monotonic() - began < 2
        time.sleep(0.02)


def test_what_became_of_a_hidden_code_is_of_one_stamp_only(scans: Scans, django: Any, line: Chain) -> None:
    batch = line.activated().batch
    type(batch.order).objects.update(has_pin=True)
    PinTry.objects.create(index=batch.start + 1, failed=5, locked_at=lots.at(20))
    for offset in (0, 1, 2):
        assert ask(scans, path_of(batch, offset)) == ask(django, path_of(batch, offset))
    assert ask(scans, path_of(batch, 0)).body != ask(scans, path_of(batch, 1)).body
