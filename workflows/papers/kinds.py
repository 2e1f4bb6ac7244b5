"""What a kind of paper is: its name, symbol, data, the builder of the data, and the form of what is typed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.db import models

from people.models import Organisation
from workflows.contexts.wanted import Wanted


class Signer(StrEnum):
    """Who signs: the agency (the paper gets a number), or producer or host on the printed sheet (it gets none)."""

    AGENCY = "agency"
    PRODUCER = "producer"


@dataclass(frozen=True)
class Occasion:
    """One of the papers of a kind that a subject may have: its key, which is stored, and its words."""

    key: str
    label: str
    is_past: bool = False  # so long over that lists fold it away while there is no paper


ONCE = (Occasion("", ""),)


def once(subject: Any) -> Sequence[Occasion]:
    """Return the one occasion of a paper that a subject has once."""
    return ONCE


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper. `symbol` is the type's abbreviation (NĐ 30/2020, annex III); empty when it gets no number.

    `form` is a Django form of what no record holds; its initial values are `initial(subject, occasion)`. Its raw
    values are kept with the document and cleaned anew for every draft.
    `build` reads the case and returns the frozen dataclass; it raises NotReady with everything that is missing.
    """

    name: Any
    symbol: str
    data_class: type
    build: Callable[[Wanted], object]
    subject: type[models.Model]
    code: str = ""  # of the requirements' list: "D07"
    form: type[forms.Form] | None = None
    initial: Callable[[Any, str], Mapping[str, Any]] = lambda subject, occasion: {}
    occasions: Callable[[Any], Sequence[Occasion]] = once
    # What the paper is called in the register; "" when it is called after its subject.
    title: Callable[[Any, str], str] = lambda subject, occasion: ""
    signed_by: Signer = Signer.AGENCY
    # Whether this subject has such a paper: a notice has another one than a decision.
    applies: Callable[[Any], bool] = lambda subject: True
    # Who issues it, by subject and occasion; None where the subject or its author says so.
    issuer: Callable[[Any, str], Organisation | None] = lambda subject, occasion: None
    # Whether the agency's head decides in person: such a paper of a people's committee bears no "TM.".
    by_head: bool = False
    # Its legal bases and recipients where they are other than the usual ones; () for the usual recipients.
    bases: Callable[[Wanted], Sequence[str]] | None = None
    recipients: Callable[[Wanted], Sequence[str]] = lambda wanted: ()
    # The number and day of a paper that was issued before it was entered here; it is printed with them.
    recorded: Callable[[Any], tuple[str, date] | None] = lambda subject: None

    def name_of(self, occasion: Occasion) -> str:
        """Return what the paper of one occasion is called in a list of papers."""
        return f"{self.name}: {occasion.label}" if occasion.label else str(self.name)

    def occasion_of(self, subject: Any, key: str) -> Occasion | None:
        """Return the occasion of a key, None where the subject has none of it (any more)."""
        return next((known for known in self.occasions(subject) if known.key == key), None)


def of_subject(build: Callable[[Any, date], object]) -> Callable[[Wanted], object]:
    """Return a builder that needs nothing but the subject and the day."""
    return lambda wanted: build(wanted.subject, wanted.day)
