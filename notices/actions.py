"""Telling people: an event becomes one message per recipient, and the deliveries that the rule asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import channels, policies, quiet
from notices.errors import NoticeRefused
from notices.events import EVENTS
from notices.folding import short
from notices.models import Delivery, HandedText, Message, Preference, Rule
from notices.routing import deliveries_of
from notices.rules import Way, built_in, content_of, ways
from people import audit
from people.editions import check_edition
from people.models import AdminUnit, User
from worktime.working_days import Calendar

MAX_SUBJECT = 200
MAX_FACT = 2000  # a fact is shown in a mail: not a whole paper


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
    calendar: Calendar | None = None,
) -> list[Message]:
    """Tell an event to people, inside the transaction of the act; return the messages that are new.

    `key` names the occasion ("step:17:late+1"): the same one is told to a person once, however
    often and by however many at once this is called. Inactive people are left out. `url` is the
    page that it is about, as a path. A job that tells much hands in its `calendar`; eight queries
    otherwise, however many people there are. Raises KeyError for an unknown event or a fact that
    its text lacks.
    """
    now = now or timezone.now()
    made = _messages(event, to, key=key, facts=facts, url=url, case=case, province=province, now=now)
    known = set(Message.objects.filter(key__in=[message.key for message in made]).values_list("key", flat=True))
    new = {message.key: message for message in made if message.key not in known}
    if not new:
        return []
    # Sorted: two who tell the same people at once wait for each other in one order, and nobody for ever.
    Message.objects.bulk_create([new[key] for key in sorted(new)], ignore_conflicts=True)
    # A message that somebody else wrote in the same moment carries their time, and they deliver it.
    written = list(Message.objects.filter(key__in=new, made_at=now).order_by("pk"))
    for message in written:
        message.recipient = new[message.key].recipient
    deliveries = deliveries_of(written, ways(), now=now, calendar=calendar)
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return written


def _messages(
    event: str,
    to: Iterable[User],
    *,
    key: str,
    facts: Mapping[str, str],
    url: str,
    case: models.Model | None,
    province: AdminUnit | None,
    now: datetime,
) -> list[Message]:
    words = EVENTS[event]
    shown = {name: str(facts[name])[:MAX_FACT] for name in words.facts}
    texts = {
        "subject": _line(_(words.subject) % shown)[:MAX_SUBJECT],
        "text": _(words.text) % shown,
        "short_text": short(_(words.short) % shown if words.short else f"TXNG: {words.title}"),
        "facts": shown,
    }
    place = {
        "url": url,
        "case": audit.label(case) if case else "",
        "province_id": province.pk if province else getattr(case, "province_id", None),
    }
    people = {person.pk: person for person in to if person.is_active}.values()
    return [
        Message(event=event, recipient=person, key=f"{key}:{person.pk}", made_at=now, **texts, **place)
        for person in people
    ]


def _line(text: str) -> str:
    """One line: a subject with a line break would be another header of the mail."""
    return " ".join(text.split())


# --- reading ---------------------------------------------------------------------------------
def read(message: Message, *, by: User, now: datetime | None = None) -> Message:
    """Mark a message as read by its recipient; reading it again changes nothing."""
    Message.objects.filter(pk=message.pk, recipient=by, read_at=None).update(read_at=now or timezone.now())
    message.refresh_from_db()
    return message


def read_all(*, by: User, until: int, now: datetime | None = None) -> int:
    """Mark the person's messages up to number `until` as read, not those that came since; return how many."""
    unread = Message.objects.visible_to(by).unread().filter(pk__lte=until)
    done: int = unread.update(read_at=now or timezone.now())
    return done


@transaction.atomic
def set_wishes(wishes: Mapping[tuple[str, str], str], *, by: User) -> None:
    """Set how the person wants to be told: (event, channel) → wish; an empty wish leaves it to the office's rule.

    Events that nobody may switch off are left out.
    """
    optional = {event for event, way in ways().items() if not way.is_mandatory}
    asked = {pair: value for pair, value in wishes.items() if pair[0] in optional}
    given = [
        Preference(user=by, event=event, channel=channel, wish=wish) for (event, channel), wish in asked.items() if wish
    ]
    for event, channel in (pair for pair, value in asked.items() if not value):
        Preference.objects.filter(user=by, event=event, channel=channel).delete()
    Preference.objects.bulk_create(
        given, update_conflicts=True, unique_fields=["user", "event", "channel"], update_fields=["wish"]
    )


@transaction.atomic
def set_rules(wanted: Mapping[str, Way], *, by: User, made_from: str | None = None) -> int:
    """Set how events are told (event → way) and return how many were changed.

    An event that is told as built in keeps no row, so that it follows a new version of the house.
    `made_from` is the version (people.editions.version_of) of all ways that the sender knew. Raises NoticeRefused
    for whoever may not set rules, ChangedMeanwhile when somebody set others since, KeyError for an unknown event.
    """
    if not policies.may_set_rules(by):
        raise NoticeRefused(_("Only an administrator decides how events are told."))
    now = ways()
    changed = {event: way for event, way in wanted.items() if way != now[event]}
    last = partial(audit.last_author, verb="notices.rule_set", facts__event__in=list(changed))
    check_edition(made_from, content_of(now), content_of({**now, **wanted}), by=last)
    for event, way in sorted(changed.items()):
        if way == built_in(event):
            Rule.objects.filter(event=event).delete()
        else:
            Rule.objects.update_or_create(
                event=event,
                defaults={
                    "channels": list(way.channels),
                    "is_digest": way.is_digest,
                    "is_mandatory": way.is_mandatory,
                    "is_urgent": way.is_urgent,
                    "is_active": True,
                },
            )
        audit.record("notices.rule_set", by=by, target=by, event=event)
    return len(changed)


# --- what did not arrive ---------------------------------------------------------------------
@transaction.atomic
def retry(delivery: Delivery, *, by: User, now: datetime | None = None) -> Delivery:
    """Queue a delivery again, to the address that the person has today.

    Raises NoticeRefused if it is not one that was given up, if the channel is not set up, and if
    the person has no address on it.
    """
    now = now or timezone.now()
    delivery = _locked(delivery)
    person = delivery.message.recipient
    address = channels.address_of(person, delivery.channel)
    if not channels.is_configured(delivery.channel):
        raise NoticeRefused(
            _("%(channel)s is not set up, so nothing can be sent on it; use the call list.")
            % {"channel": delivery.get_channel_display()}
        )
    if not address:
        raise NoticeRefused(
            _("%(person)s has no address for %(channel)s; add it to the account, or use the call list.")
            % {"person": person, "channel": delivery.get_channel_display()}
        )
    delivery.state, delivery.address, delivery.attempts = Delivery.State.QUEUED, address, 0
    delivery.last_error, delivery.not_before = "", quiet.next_open(now, Calendar())
    delivery.save(update_fields=["state", "address", "attempts", "last_error", "not_before"])
    _record("notices.delivery_retried", delivery, by=by, now=now)
    return delivery


@transaction.atomic
def told_by_hand(delivery: Delivery, *, by: User, now: datetime | None = None) -> Delivery:
    """Note that somebody told the person by phone or in person what a delivery could not bring.

    Raises NoticeRefused if it was sent meanwhile, or told by somebody else.
    """
    delivery = _locked(delivery)
    delivery.state, delivery.sent_at = Delivery.State.HANDED_OVER, now or timezone.now()
    delivery.save(update_fields=["state", "sent_at"])
    _record("notices.told_by_hand", delivery, by=by, now=now)
    return delivery


def _locked(delivery: Delivery) -> Delivery:
    """Return the fresh row of a delivery that was given up, locked. Raises NoticeRefused for any other."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("message__recipient", "message__province")
    fresh: Delivery = rows.get(pk=delivery.pk)
    if fresh.state not in Delivery.STRANDED:
        raise NoticeRefused(
            _("“%(notice)s” to %(person)s is no longer open (%(state)s); reload the list.")
            % {
                "notice": fresh.message.subject,
                "person": fresh.message.recipient,
                "state": fresh.get_state_display().lower(),
            }
        )
    return fresh


def _record(verb: str, delivery: Delivery, *, by: User, now: datetime | None) -> None:
    message = delivery.message
    facts: dict[str, Any] = {"channel": delivery.channel, "to": message.recipient_id}
    audit.record(verb, by=by, target=delivery, case=row_of(message.case), province=message.province, at=now, **facts)


def row_of(label: str) -> models.Model | None:
    """Return the row that a label of the audit log names ("projects.pilotproject:12"), without reading it."""
    model, _colon, pk = label.partition(":")
    return apps.get_model(model)(pk=int(pk)) if label else None


@transaction.atomic
def hand_over_text(
    text: str,
    *,
    group: str,
    case: models.Model,
    by: User,
    province: AdminUnit | None = None,
    now: datetime | None = None,
) -> HandedText:
    """Keep the text that an officer copied into a chat group; nothing else proves that the group was told."""
    now = now or timezone.now()
    handed = HandedText.objects.create(group=group, text=text, case=audit.label(case), by=by, at=now)
    audit.record("notices.text_handed_over", by=by, target=handed, case=case, province=province, at=now)
    return handed
