"""Entering and taking out special days: what the rules let through, and what the log keeps."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from people.models import AuditEvent, Membership
from tests.factories.people import Office, member
from worktime import actions
from worktime.errors import CalendarRefused
from worktime.models import SpecialDay
from worktime.proposal import propose_year
from worktime.working_days import Calendar

OFF, WORKED = SpecialDay.Kind.OFF, SpecialDay.Kind.WORKED
NATIONAL_DAY = date(2026, 9, 2)  # a Wednesday
SATURDAY = date(2026, 8, 22)


def test_a_day_off_is_entered_with_its_line_in_the_log(gia_lai: Office) -> None:
    actions.enter_special_day(NATIONAL_DAY, kind=OFF, name=" Quốc khánh ", by=gia_lai.leader)

    assert not Calendar().is_working(NATIONAL_DAY)
    act = AuditEvent.objects.get(verb="worktime.day_entered")
    assert (act.by, act.facts) == (gia_lai.leader, {"day": "2026-09-02", "kind": "off", "name": "Quốc khánh"})


def test_an_administrator_may_enter_days_too(gia_lai: Office) -> None:
    keeper = member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation)

    actions.enter_special_day(NATIONAL_DAY, kind=OFF, name="Quốc khánh", by=keeper)

    assert SpecialDay.objects.count() == 1


def test_others_may_not(gia_lai: Office) -> None:
    special = SpecialDay.objects.create(day=NATIONAL_DAY, name="Quốc khánh")
    for act in (
        lambda: actions.enter_special_day(date(2026, 9, 1), kind=OFF, name="x", by=gia_lai.manager),
        lambda: actions.enter_proposed(propose_year(2026), by=gia_lai.clerk),
        lambda: actions.remove_special_day(special, by=gia_lai.inspector),
    ):
        with pytest.raises(CalendarRefused, match="Only administrators and leaders"):
            act()
    assert list(SpecialDay.objects.all()) == [special]


@pytest.mark.parametrize(
    ("day", "kind", "why"),
    [
        (SATURDAY, OFF, "off anyway"),
        (NATIONAL_DAY, WORKED, "worked anyway"),
        (date(1999, 12, 31), OFF, "2000 to 2100"),
        (date(9999, 12, 31), OFF, "2000 to 2100"),
    ],
)
def test_a_day_that_would_change_nothing_is_refused(gia_lai: Office, day: date, kind: str, why: str) -> None:
    with pytest.raises(CalendarRefused, match=why):
        actions.enter_special_day(day, kind=kind, name="x", by=gia_lai.leader)


def test_a_day_is_entered_once(gia_lai: Office) -> None:
    SpecialDay.objects.create(day=NATIONAL_DAY, name="Quốc khánh")

    with pytest.raises(CalendarRefused, match="Quốc khánh"):
        actions.enter_special_day(NATIONAL_DAY, kind=OFF, name="x", by=gia_lai.leader)


def test_a_swap_enters_both_days_or_neither(gia_lai: Office) -> None:
    monday = date(2026, 8, 31)
    with pytest.raises(CalendarRefused):
        actions.swap_days(monday, NATIONAL_DAY, name="Hoán đổi", by=gia_lai.leader)
    assert not SpecialDay.objects.exists()

    actions.swap_days(monday, SATURDAY, name="Hoán đổi", by=gia_lai.leader)

    assert Calendar().is_working(SATURDAY)
    assert not Calendar().is_working(monday)


def test_a_day_is_taken_out_once_and_the_log_says_so(gia_lai: Office) -> None:
    special = SpecialDay.objects.create(day=NATIONAL_DAY, name="Quốc khánh")

    actions.remove_special_day(special, by=gia_lai.leader)
    actions.remove_special_day(special, by=gia_lai.leader)

    assert Calendar().is_working(NATIONAL_DAY)
    assert AuditEvent.objects.get(verb="worktime.day_removed").facts["name"] == "Quốc khánh"


# --- the proposal --------------------------------------------------------------------------------
def test_the_proposal_has_the_public_holidays_of_the_labour_code(db: None) -> None:
    """Bộ luật Lao động 2019, Article 112, for 2026: Giỗ Tổ on a Sunday has its day in lieu."""
    off = {one.day for one in propose_year(2026) if one.kind == OFF}

    assert {date(2026, 1, 1), date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1), NATIONAL_DAY} <= off
    assert {date(2026, 2, day) for day in range(16, 21)} <= off  # Tết
    assert date(2026, 4, 26) not in off
    assert all(day.weekday() < 5 for day in off)


def test_the_proposal_has_the_days_worked_in_exchange(db: None) -> None:
    worked = [one.day for one in propose_year(2026) if one.kind == WORKED]

    assert all(day.weekday() >= 5 for day in worked)
    assert SATURDAY in worked


def test_the_proposal_leaves_out_what_is_entered(gia_lai: Office) -> None:
    SpecialDay.objects.create(day=NATIONAL_DAY, name="Lễ")

    proposed = propose_year(2026)
    actions.enter_proposed(proposed, by=gia_lai.leader)

    assert NATIONAL_DAY not in {one.day for one in proposed}
    assert SpecialDay.objects.get(day=NATIONAL_DAY).name == "Lễ"
    assert propose_year(2026) == []


@pytest.mark.parametrize("year", [2000, 2012, 2027, 2050, 2100])
def test_every_year_of_the_calendar_has_a_proposal_that_can_be_entered(gia_lai: Office, year: int) -> None:
    proposed = propose_year(year)

    assert len(actions.enter_proposed(proposed, by=gia_lai.leader)) == len(proposed) >= 3


# --- the command -----------------------------------------------------------------------------------
def test_the_command_shows_the_proposal_and_enters_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("propose_holidays", "2026")

    assert "02/09/2026" in capsys.readouterr().out
    assert not SpecialDay.objects.exists()


def test_the_command_enters_the_days_for_somebody_who_may(gia_lai: Office, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("propose_holidays", "2026", "--as", "gl-lanhdao")
    call_command("propose_holidays", "2026", "--as", "gl-lanhdao")

    assert SpecialDay.objects.filter(day=NATIONAL_DAY).exists()
    assert "Nothing to propose" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["1999"], "2000 to 2100"),
        (["2026", "--as", "khong-co"], "no active user"),
        (["2026", "--as", "gl-quanly"], "Only administrators and leaders"),
    ],
)
def test_the_command_says_why_it_does_not(gia_lai: Office, arguments: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("propose_holidays", *arguments)
    assert not SpecialDay.objects.exists()
