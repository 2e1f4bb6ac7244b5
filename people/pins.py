"""PINs of six digits: which ones are too easy to guess."""

from __future__ import annotations

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from people.errors import Refusal

LENGTH = 6


class WeakPin(Refusal):
    """A PIN that a stranger would try first."""


def check_pin(pin: str, *, phone: str = "") -> None:
    """Raise WeakPin unless the PIN is six digits that are no run, no repetition and no part of the phone number."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise WeakPin(_("A PIN has exactly 6 digits."))
    if pin in (pin[:2] * 3, pin[:3] * 2):
        raise WeakPin(_("This PIN repeats the same digits, so strangers try it first; choose another."))
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({1}, {-1}):
        raise WeakPin(_("This PIN counts up or down, so strangers try it first; choose another."))
    if phone and (pin in phone or pin[::-1] in phone):
        raise WeakPin(_("This PIN is part of your phone number, which others know; choose another."))
