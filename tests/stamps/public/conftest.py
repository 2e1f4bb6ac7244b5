"""A stamp on a lot, and its pages as a phone without login opens them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from stamps import actions
from stamps.life.scan import look_up
from stamps.life.standing import Standing
from stamps.models import StampBatch, StampOrder
from stamps.public.paths import scan_path
from tests.factories import stamps
from tests.factories.people import Office


@dataclass
class Phone:
    """A buyer's phone: English, so that tests quote message ids; no cookie is kept."""

    language: str = "en"

    def open(self, path: str, **data: Any) -> Any:
        """Open a page."""
        return Client(headers={"accept-language": self.language}).get(path, data)

    def send(self, path: str, **data: Any) -> Any:
        """Send a form; as strict about CSRF as a real server."""
        client = Client(headers={"accept-language": self.language}, enforce_csrf_checks=True)
        return client.post(path, data)


def words(answer: Any) -> str:
    """The page as it is read."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def serial_of(batch: StampBatch, place: int = 0) -> str:
    """The serial of a batch's stamp."""
    return actions.serial_at(batch, batch.start + place)


def path_of(batch: StampBatch, place: int = 0) -> str:
    """The page of a batch's stamp."""
    return scan_path(batch.code, serial_of(batch, place))


def standing_of(batch: StampBatch, place: int = 0) -> Standing:
    """What the stamp is now."""
    found = look_up(batch.code, serial_of(batch, place))
    assert found is not None
    return found


def with_pin(batch: StampBatch) -> StampBatch:
    """The batch, as if it had been ordered with hidden codes."""
    StampOrder.objects.filter(pk=batch.order_id).update(has_pin=True)
    batch.order.has_pin = True
    return batch


@pytest.fixture
def phone() -> Phone:
    """A buyer's phone."""
    return Phone()


@pytest.fixture
def chain(gia_lai: Office) -> stamps.Chain:
    """A product with the people around it."""
    return stamps.chain(gia_lai)


@pytest.fixture
def batch(chain: stamps.Chain) -> StampBatch:
    """Ten stamps on a lot that may still be eaten."""
    batch = chain.activated().batch
    chain.product.lots.update(expires_on=None)
    return batch
