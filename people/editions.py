"""Two people at one form: the second one is told that the first one saved, and sees both entries.

A form carries the version that it was made from (`_edition.html`). The act compares it with what is saved
by then and raises ChangedMeanwhile; the page shows both entries, and the next sending is made from the saved one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.translation import gettext as _

from people.errors import ChangedMeanwhile

# What is saved: plain values, dates and numbers by name. How people read it: (name, value) in a fixed order.
Content = Mapping[str, Any]
Reading = Iterable[tuple[str, str]]


def version_of(content: Content | None) -> str:
    """Return what tells one saving from another: equal for equal content; "" where nothing is saved."""
    if content is None:
        return ""
    said = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def check_edition(made_from: str | None, saved: Content | None, wanted: Content, *, by: Callable[[], object]) -> None:
    """Raise ChangedMeanwhile when another content than `wanted` was saved since the sender's form was opened.

    `made_from` is the version that the sender knew; None asks no question. `by` finds who saved, None if nobody knows.
    """
    if made_from is None or saved is None or version_of(saved) in (made_from, version_of(wanted)):
        return
    person = by() or _("Somebody else")
    text = _(
        "%(person)s saved this after you opened the form, and nothing of yours is kept yet. Compare "
        "the two entries, then save yours or keep the saved one."
    )
    raise ChangedMeanwhile(text % {"person": person}, saved=saved, wanted=wanted, person=person)


class Edition:
    """The version that a form is made from, and where two entries differ once somebody else saved another one."""

    def __init__(self, request: HttpRequest, saved: Content | None, reading: Callable[[Content], Reading]) -> None:
        self.reading = reading
        self.made_from = request.POST.get("made_from", "") if request.method == "POST" else version_of(saved)
        self.saved_by: object = None
        self.differences: list[tuple[str, str, str]] = []

    def meet(self, other: ChangedMeanwhile) -> None:
        """Keep where the saved entry differs from the sender's; what is sent next was made from the saved one."""
        self.made_from, self.saved_by = version_of(other.saved), other.person
        entries = zip(self.reading(other.saved), self.reading(other.wanted), strict=True)
        self.differences = [(name, saved, typed) for (name, saved), (_name, typed) in entries if saved != typed]

    def context(self) -> dict[str, Any]:
        """Return what `_edition.html` shows."""
        return {"made_from": self.made_from, "saved_by": self.saved_by, "differences": self.differences}


def reading_of(fields: Mapping[str, forms.Field]) -> Callable[[Content], Reading]:
    """Return how contents are read whose names are those of form fields: in the fields' words and order."""
    return lambda content: [(str(field.label), _shown(field, content.get(name))) for name, field in fields.items()]


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, "" if value is None else localize(value)))
