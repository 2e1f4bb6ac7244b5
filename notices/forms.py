"""Forms of the notices room: how I am told, and a text for a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import channels
from notices.events import EVENTS
from notices.models import Channel, Preference
from notices.rules import Way, built_in, ways
from people.models import User

MAX_TEXT = 5000  # characters; a chat message of Zalo takes fewer


class PreferencesForm(forms.Form):
    """One choice per event and channel, for what may be chosen; left open, the office's rule counts."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = ways()
        self.offered = [
            channel
            for channel in Channel
            if channel == Channel.EMAIL or channels.is_configured(channel) or person.phone
        ]
        self.offered = [c for c in self.offered if c != Channel.ZNS or channels.is_configured(c)]
        known = {(row.event, row.channel): row.wish for row in Preference.objects.filter(user=person)}
        self.pairs: dict[str, tuple[str, str]] = {}
        for event in self.optional():
            for channel in self.offered:
                name = f"{event.replace('.', '-')}-{channel}"
                self.pairs[name] = (event, str(channel))
                self.fields[name] = self._choice(event, channel, known.get((event, str(channel)), ""))

    def optional(self) -> list[str]:
        """Events that one may have otherwise."""
        return [event for event, way in self.ways.items() if not way.is_mandatory]

    def mandatory(self) -> list[Any]:
        """Titles of the events that everybody is told."""
        return [EVENTS[event].title for event, way in self.ways.items() if way.is_mandatory]

    def rows(self) -> list[dict[str, Any]]:
        """The table: an event, and its choice on each channel."""
        return [
            {
                "title": EVENTS[event].title,
                "cells": [(c.label, self[f"{event.replace('.', '-')}-{c}"]) for c in self.offered],
            }
            for event in self.optional()
        ]

    def wishes(self) -> dict[tuple[str, str], str]:
        """What was chosen, for `actions.set_wishes`."""
        return {pair: self.cleaned_data[name] for name, pair in self.pairs.items()}

    def _choice(self, event: str, channel: Channel, initial: str) -> forms.ChoiceField:
        way, wishes = self.ways[event], Preference.Wish
        by_rule = wishes.DIGEST if way.is_digest else wishes.DIRECT
        usual = by_rule if channel in way.channels else wishes.OFF
        offered = [wish for wish in wishes if wish != wishes.DIGEST or wish == usual or channel == Channel.EMAIL]
        # The usual way has an empty value: whoever leaves it follows the office when it changes its rule.
        choices = [("" if wish == usual else str(wish), _label(wish, is_usual=wish == usual)) for wish in offered]
        label = f"{EVENTS[event].title} – {channel.label}"
        return forms.ChoiceField(
            label=label,
            required=False,
            initial="" if initial == usual else initial,
            choices=choices,
            widget=forms.Select(attrs={"class": "form-select form-select-sm", "aria-label": label}),
        )


class RulesForm(forms.Form):
    """How every event is told: its channels, the digest, and whether one may switch it off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = ways()
        for event, way in self.ways.items():
            name, title = event.replace(".", "-"), EVENTS[event].title
            for channel in Channel:
                self._box(f"{name}-{channel}", f"{title} – {channel.label}", initial=channel in way.channels)
            self._box(f"{name}-digest", _("%(event)s – in the digest") % {"event": title}, initial=way.is_digest)
            self._box(
                f"{name}-mandatory",
                _("%(event)s – nobody switches it off") % {"event": title},
                initial=way.is_mandatory,
            )

    def _box(self, name: str, label: str, *, initial: bool) -> None:
        widget = forms.CheckboxInput(attrs={"class": "form-check-input", "aria-label": label})
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=initial, widget=widget)

    def rows(self) -> list[dict[str, Any]]:
        """The table: an event with its boxes, and whether the office changed it."""
        columns = [*((str(channel), channel.label) for channel in Channel), ("digest", _("In the digest")),
                   ("mandatory", _("Cannot be switched off"))]  # fmt: skip
        return [
            {
                "title": EVENTS[event].title,
                "is_own": way != built_in(event),
                "cells": [(label, self[f"{event.replace('.', '-')}-{key}"]) for key, label in columns],
            }
            for event, way in self.ways.items()
        ]

    def wanted(self) -> dict[str, Way]:
        """What was ticked, for `actions.set_rules`; what goes out at night stays as it is."""
        return {
            event: Way(
                tuple(str(channel) for channel in Channel if self._is_ticked(event, str(channel))),
                self._is_ticked(event, "digest"),
                self._is_ticked(event, "mandatory"),
                way.is_urgent,
            )
            for event, way in self.ways.items()
        }

    @staticmethod
    def reading(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each event and what is ticked for it, in words, of the ways as they are compared."""
        for event, way in content.items():
            ticked = [str(channel.label) for channel in Channel if channel in way["channels"]]
            ticked += [_("In the digest")] * way["is_digest"] + [_("Cannot be switched off")] * way["is_mandatory"]
            yield str(EVENTS[event].title), ", ".join(ticked)

    def _is_ticked(self, event: str, key: str) -> bool:
        return bool(self.cleaned_data[f"{event.replace('.', '-')}-{key}"])


def _label(wish: Preference.Wish, *, is_usual: bool) -> str:
    return _("%(wish)s (usual)") % {"wish": wish.label} if is_usual else str(wish.label)


class HandedTextForm(forms.Form):
    """A text as it was copied, and the group that it went to."""

    text = forms.CharField(
        label=gettext_lazy("Text for the group"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("You may change it before you copy it; it is kept as it stands here."),
    )
    group = forms.CharField(
        label=gettext_lazy("Group"),
        max_length=120,
        help_text=gettext_lazy("The name of the chat group that you pasted it into."),
        widget=forms.TextInput(attrs={"list": "known-groups", "autocomplete": "off"}),
    )
