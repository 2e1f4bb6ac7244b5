"""Telling people: an event becomes one message per recipient, and the deliveries that the rule asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.events import EVENTS
from notices.models import Message
from people import audit
from people.models import AdminUnit, User


@transaction.atomic
def tell(
    event: str,
    to: Iterable[User],
    *,
    key: str,
    facts: Mapping[str, str],
    url: str = "",
    case: models.Model | None = None,
    province: AdminUnit | None = None,
    now: datetime | None = None,
) -> list[Message]:
    """Tell an event to people, inside the transaction of the act; return the messages that are new.

    `key` names the occasion ("step:17:late+1"): the same one is told to a person once, however
    often this is called. Raises KeyError for an unknown event or a fact that its text lacks.
    """
    words = EVENTS[event]
    now = now or timezone.now()
    shown = {name: str(facts[name]) for name in words.facts}
    messages = [
        Message(
            event=event,
            recipient=person,
            subject=(_(words.subject) % shown)[:200],
            text=_(words.text) % shown,
            short_text="",
            url=url,
            case=audit.label(case) if case else "",
            province=province,
            key=f"{key}:{person.pk}",
            made_at=now,
        )
        for person in {person.pk: person for person in to if person.is_active}.values()
    ]
    known = set(Message.objects.filter(key__in=[message.key for message in messages]).values_list("key", flat=True))
    new = [message for message in messages if message.key not in known]
    Message.objects.bulk_create(new, ignore_conflicts=True)
    return list(Message.objects.filter(key__in=[message.key for message in new]))
