"""What the page behind a stamp says about its hidden code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stamps.codes.pins import DIGITS
from stamps.life.wrong_pins import Answer, Outcome
from stamps.models import PinTry

HTTP_STATUS = {Outcome.RIGHT: 200, Outcome.WRONG: 422, Outcome.MISTYPED: 422, Outcome.LOCKED: 403}


@dataclass(frozen=True)
class PinState:
    """The field or why there is none, the answer to what was typed, and when the code was confirmed first."""

    is_locked: bool
    confirmed_at: datetime | None
    confirmations: int
    message: str = ""
    tone: str = ""
    typed: str = ""
    digits: int = DIGITS

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed is refused, beside the field."""
        return self.tone == "late"


def pin_state(tried: PinTry | None, answer: Answer | None, typed: str = "") -> PinState:
    """Return what to show; both are None for a code that nobody tried. A refused code is shown as it was typed."""
    is_locked = tried is not None and tried.locked_at is not None
    confirmed_at = tried.confirmed_at if tried else None
    times = tried.confirmations if tried else 0
    if answer is None or answer.outcome == Outcome.LOCKED:
        return PinState(is_locked, confirmed_at, times)
    if answer.outcome == Outcome.RIGHT:
        return PinState(is_locked, confirmed_at, times, _right(times), "ok" if times == 1 else "wait")
    return PinState(is_locked, confirmed_at, times, _wrong(answer), "late", typed)


def _right(times: int) -> str:
    if times == 1:
        return _("The hidden code is right. Nobody had confirmed it before.")
    return _(
        "The hidden code is right, but it was confirmed before. If that was not you, somebody else has uncovered the "
        "code: look closely at the scratch layer, and report the stamp."
    )


def _wrong(answer: Answer) -> str:
    if answer.outcome == Outcome.MISTYPED:
        return _("The hidden code has %(digits)d digits; type all of them. This did not count as a try.") % {
            "digits": DIGITS
        }
    left = ngettext("%(n)d try is left", "%(n)d tries are left", answer.left) % {"n": answer.left}
    return _("This is not the hidden code of the stamp. Compare every digit; %(left)s.") % {"left": left}
