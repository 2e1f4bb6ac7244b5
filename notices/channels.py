"""The backends of the channels, named by dotted path in the settings; an empty path means: not set up."""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from notices.backends import Outgoing, Result
from notices.models import Channel
from people.models import User

SETTINGS = {
    Channel.EMAIL: "NOTICES_EMAIL_BACKEND",
    Channel.SMS: "NOTICES_SMS_BACKEND",
    Channel.ZNS: "NOTICES_ZNS_BACKEND",
}


class Backend(Protocol):
    """What a channel needs, in the shape of `django.core.mail`: one result per message, in their order."""

    def open(self) -> Any:
        """Connect, if there is something to connect to; `send_messages` may do it by itself."""

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        """Send, and say of each message what became of it; a fault of one never stops the others."""

    def close(self) -> None:
        """End the connection."""


def is_configured(channel: str) -> bool:
    """Whether the channel has a backend."""
    return bool(getattr(settings, SETTINGS[Channel(channel)], ""))


def backend_of(channel: str) -> Backend:
    """Return a new backend of the channel. Raises ImportError or ImproperlyConfigured if the settings are wrong."""
    backend: Backend = import_string(getattr(settings, SETTINGS[Channel(channel)]))()
    return backend


def address_of(person: User, channel: str) -> str:
    """Return where the channel reaches a person; empty when it does not."""
    return person.email if channel == Channel.EMAIL else person.phone or ""
