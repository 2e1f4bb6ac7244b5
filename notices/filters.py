"""Narrowing the lists of notices and deliveries; GET forms, so that an address can be kept and sent."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from notices.events import EVENTS
from notices.models import Channel, Delivery, Message

ALL = _("All")


def _events() -> list[tuple[str, Any]]:
    return [(name, event.title) for name, event in EVENTS.items()]


class MessageFilter(filters.FilterSet):
    """My notices: only the unread, only of one kind."""

    show = filters.ChoiceFilter(
        label=_("Show"), choices=[("unread", _("Unread")), ("read", _("Read"))], method="shown", empty_label=ALL
    )
    event = filters.ChoiceFilter(label=_("Kind"), choices=_events, empty_label=ALL)

    class Meta:
        model = Message
        fields = ("show", "event")

    def shown(self, messages: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """Read or unread."""
        return messages.filter(read_at__isnull=value == "unread")


class DeliveryFilter(filters.FilterSet):
    """The delivery log: by person or subject, channel, state and kind."""

    q = filters.CharFilter(label=_("Person or subject"), method="search")
    channel = filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=ALL)
    state = filters.ChoiceFilter(label=_("State"), choices=Delivery.State.choices, empty_label=ALL)
    event = filters.ChoiceFilter(label=_("Kind"), field_name="message__event", choices=_events, empty_label=ALL)

    class Meta:
        model = Delivery
        fields = ("q", "channel", "state", "event")

    def search(self, deliveries: QuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        """The text stands in the person's name or in the subject.

        By regular expression, because SQLite's LIKE ignores case in ASCII only.
        """
        pattern = re.escape(unicodedata.normalize("NFC", value.strip()))
        return deliveries.filter(Q(message__recipient__full_name__iregex=pattern) | Q(message__subject__iregex=pattern))
