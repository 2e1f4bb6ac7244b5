"""The one kind of error that a person is meant to read, and what every room derives alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """An act refused by a rule: the message names the thing, the rule and the way out, translated.

    Each room derives its own errors from it; a view shows the message and nothing has changed.
    """


class ChangedMeanwhile(Refusal):
    """Somebody else saved another entry after the form was opened; the person compares both and decides.

    `saved` is what is there by now, `wanted` what was sent, `person` who saved.
    """

    def __init__(self, message: str, *, saved: Mapping[str, Any], wanted: Mapping[str, Any], person: object) -> None:
        super().__init__(message)
        self.saved, self.wanted, self.person = saved, wanted, person
