"""Rolls with a hidden code under a scratch layer: printed beside its stamp, and read back from the file."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.models import Job
from stamps import actions
from stamps.models import Roll
from stamps.printing import roll_content
from stamps.printing.layouts import A4_24
from stamps.printing.sheets import Stamps
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain
from tests.stamps.printing import content, made, newest_job
from tests.stamps.samples import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def officer(line: Chain) -> Any:
    return line.office.stamp_officer


def test_an_order_with_hidden_codes_prints_them_beside_each_stamp(line: Chain, officer: Any) -> None:
    order = actions.order_stamps(line.enrolment, quantity=3, by=line.producer, has_pin=True)
    batch = actions.issue_stamps(order, by=line.office.leader)

    (only,) = made(batch, layout=A4_24, by=officer)

    words = text_of(content(only))
    stamps = roll_content.stamps_of(only, 0, 3)
    assert stamps.pins is not None
    assert all(bytes(pin).decode() in words for pin in stamps.pins)


def test_a_roll_whose_hidden_codes_are_others_is_kept_back(
    line: Chain, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = actions.order_stamps(line.enrolment, quantity=3, by=line.producer, has_pin=True)
    batch = actions.issue_stamps(order, by=line.office.leader)
    right = roll_content.stamps_of

    def turned(wanted: Roll, done: int, count: int) -> Stamps:
        found = right(wanted, done, count)
        assert found.pins is not None
        return Stamps(found.serials, found.pins[::-1])

    monkeypatch.setattr(roll_content, "stamps_of", turned)
    (only,) = made(batch, layout=A4_24, by=officer)

    assert (only.released_at, newest_job().state) == (None, Job.State.FAILED)
    assert newest_job().error
