"""Files of rolls are asked for by those who print, and only where one is missing."""

from __future__ import annotations

from typing import Any

import pytest

from stamps import actions
from stamps.errors import NotAllowedForYou, PictureRefused, RollRefused
from stamps.printing.layouts import A4_65
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain, printed
from tests.stamps.printing import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.mark.parametrize("who", ["producer", "leader", "inspector"])
def test_others_neither_ask_for_files_nor_print(line: Chain, who: str) -> None:
    batch = line.issued(10)
    (roll,) = planned(batch, by=line.office.stamp_officer)
    person = line.producer if who == "producer" else getattr(line.office, who)

    for act in (actions.request_files, actions.printed_here, actions.print_a4):
        with pytest.raises(NotAllowedForYou):
            act(batch, by=person)
    with pytest.raises(NotAllowedForYou):
        actions.request_file(roll, by=person)


def test_files_are_asked_for_where_one_is_missing_and_the_roll_is_in_force(line: Chain) -> None:
    batch, officer = line.issued(10), line.office.stamp_officer
    first, second = planned(batch, 5, by=officer)
    actions.cancel_roll(first, reason="Nhầm khổ giấy", by=officer)

    assert [job.arguments for job in actions.request_files(batch, by=officer)] == [{"roll": second.pk}]


def test_what_is_printed_gets_no_second_file_and_is_not_counted_twice(line: Chain) -> None:
    batch, officer = line.issued(10), line.office.stamp_officer
    printed(batch, by=officer)

    assert actions.print_a4(batch, by=officer) == []
    with pytest.raises(RollRefused, match="no roll left to count"):
        actions.printed_here(batch, by=officer)


def test_a_sheet_holds_no_more_than_one_file_may(line: Chain, settings: Any) -> None:
    settings.STAMPS_MAX_SHEET = 6

    assert len(actions.print_a4(line.issued(10), by=line.office.stamp_officer)) == 2


def test_a_logo_that_is_no_picture_is_refused_before_anything_is_planned(line: Chain) -> None:
    batch = line.issued(10)

    with pytest.raises(PictureRefused):
        actions.plan_rolls(batch, layout=A4_65, per_roll=10, logo=b"no picture", by=line.office.stamp_officer)
    assert not batch.rolls.exists()
