"""Zalo Notification Service: an outbox of registered templates and their parameters.

Zalo sends no free text: every template is approved beforehand and has named parameters. The outbox
is what a client of the service, or a person in its console, sends; no such client is part of this yet.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from notices.backends import Item, Outgoing, Result
from notices.backends.sms import COUNTRY, Console, append_lines


class Outbox(Console):
    """Adds each notice as a line of JSON to NOTICES_ZNS_FILE.

    NOTICES_ZNS_TEMPLATES maps an event to its template: {"step.late": {"template_id": "1234",
    "params": {"ma_ho_so": "project", "han": "due"}}}; the parameters are facts of the event.
    """

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        """Write each message; one whose event has no template is refused for good."""
        return [self._send(message) for message in messages]

    def _send(self, message: Outgoing) -> Result:
        rows = [row for item in message.items if (row := self._row(message, item))]
        if not rows:
            events = ", ".join(item.event for item in message.items)
            return Result(is_sent=False, error=f"no ZNS template for {events}", is_final=True)
        append_lines(Path(settings.NOTICES_ZNS_FILE), rows)
        return Result(is_sent=True, provider_id=message.key)

    def _row(self, message: Outgoing, item: Item) -> dict[str, Any] | None:
        known = settings.NOTICES_ZNS_TEMPLATES.get(item.event)
        if not known:
            return None
        return {
            "phone": COUNTRY + message.address.removeprefix("0"),
            "template_id": known["template_id"],
            "template_data": {name: item.facts.get(fact, "") for name, fact in known["params"].items()},
            "tracking_id": message.key,
        }
