"""Why an act on the calendar is refused."""

from __future__ import annotations

from people.errors import Refusal


class CalendarRefused(Refusal):
    """A day that cannot be entered or taken out, with the reason and the way out."""
