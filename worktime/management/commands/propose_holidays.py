"""`manage.py propose_holidays 2027`: the public holidays of a year that the calendar lacks; `--as NAME` enters them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.errors import Refusal
from people.models import User
from worktime.actions import FIRST_YEAR, LAST_YEAR, enter_proposed
from worktime.models import SpecialDay
from worktime.proposal import propose_year


class Command(BaseCommand):
    """Prints the proposal, to be compared with the announcement of the year; repeated it does no harm."""

    help = "Propose the public holidays of a year for the office's calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the year, and who enters the days."""
        parser.add_argument("year", type=int, help=f"{FIRST_YEAR} to {LAST_YEAR}")
        parser.add_argument(
            "--as", dest="name", default="", help="enter the days as this user (administrator or leader)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one day a line; enter them if somebody is named."""
        year: int = options["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(f"The calendar holds the years {FIRST_YEAR} to {LAST_YEAR}.")
        proposed = propose_year(year)
        for one in proposed:
            self.stdout.write(f"{one.day:%d/%m/%Y} {SpecialDay.Kind(one.kind).label}: {one.name}")
        if not proposed:
            self.stdout.write("Nothing to propose.")
        elif options["name"]:
            self._enter(proposed, options["name"])
        else:
            self.stdout.write("Nothing is entered yet; add --as NAME to enter these days.")

    def _enter(self, proposed: list[Any], name: str) -> None:
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user “{name}”.")
        try:
            made = enter_proposed(proposed, by=user)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{len(made)} days entered.")
