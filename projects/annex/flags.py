"""What does not fit together in a printed annex, in words that stay with the line."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS = {
    "number_again": gettext_noop("The printed number %(number)s stands on several lines: rows %(rows)s of the table."),
    "number_missing": gettext_noop("The printed numbers jump from %(before)s to %(after)s."),
    "number_empty": gettext_noop("The line has no printed number."),
    "period_unknown": gettext_noop("The period “%(text)s” was not understood; it has no dates."),
    "period_empty": gettext_noop("No period is printed."),
    "lead_empty": gettext_noop("No lead unit is printed."),
    "partners_empty": gettext_noop("No partner unit is printed."),
    "funding_empty": gettext_noop("No funding is printed."),
    "target_conflict": gettext_noop("The body of the plan says %(body)s, the annex says %(annex)s."),
    "joined": gettext_noop("The line was broken over two rows of the table and is joined here."),
}
# Those that somebody should look at before the lines are made; the others only say that a cell is empty.
SERIOUS = frozenset({"number_again", "number_missing", "number_empty", "period_unknown", "target_conflict", "joined"})


@dataclass(frozen=True)
class Flag:
    """One remark: its code and the facts of its sentence."""

    code: str
    facts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(WORDS[self.code]) % self.facts

    @property
    def is_serious(self) -> bool:
        """Whether somebody should look at it first."""
        return self.code in SERIOUS
