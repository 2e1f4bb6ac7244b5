"""Erasing a natural person on request, and handing out what is held about a producer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from privacy import held, policies
from privacy.errors import NotAllowedForYou, NotAllowedNow
from privacy.models import Consent
from registry.actions import anonymise_producer
from registry.actions.erasing import ERASED
from registry.models import Place, Producer
from registry.search import folded_fields


@transaction.atomic
def erase_producer(producer: Producer, *, reason: str, by: User, now: datetime | None = None) -> Producer:
    """Blank everything that names the person behind an individual producer; what traces the goods stays.

    `reason` is why no lot, stamp or legal ground stands against it; it is kept in the log, so it must name nobody.
    Consents end. Raises NotAllowedForYou, NotAllowedNow without a reason.
    """
    if not policies.can_handle(by, producer.province_id):
        raise NotAllowedForYou(_("Data are erased by the managers and leaders of the office; ask one of them."))
    if not reason.strip():
        raise NotAllowedNow(_("Write why nothing stands against erasing: lots, stamps still sold, legal grounds."))
    now = now or timezone.now()
    # Locked before its rows are looked for: what somebody adds meanwhile waits, and is refused or comes after.
    producer = Producer.objects.select_for_update(of=("self",)).get(pk=producer.pk)
    tables = held.tables_of(producer)
    producer = anonymise_producer(producer, by=by, now=now)
    for model, keys in tables.items():
        if model not in (Producer, Place, User):
            _blank(model, keys)
    given = Consent.objects.filter(producer=producer)
    given.filter(withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)
    given.update(given_by_name=ERASED)
    audit.record(
        "privacy.producer_erased",
        by=by,
        target=producer,
        province=producer.province,
        at=now,
        reason=reason.strip(),
    )
    return producer


def _blank(model: type[models.Model], keys: list[Any]) -> None:
    """Blank the fields of the rows that name a person, and what is made from them.

    A model whose rows name people otherwise says how by `erase_persons(rows)`, a class method.
    """
    named = [field for field in model._meta.concrete_fields if field.name in held.PERSON_FIELDS]
    erase = getattr(model, "erase_persons", None)
    for start in range(0, len(keys) if named or erase else 0, held.AT_ONCE):
        rows: Any = model._default_manager.filter(pk__in=keys[start : start + held.AT_ONCE])
        if erase:
            erase(rows)
        for row in rows if named else ():
            for field in named:
                setattr(row, field.name, _nothing(field))
            row.save(update_fields=[*(field.name for field in named), *folded_fields(row)])


def _nothing(field: Any) -> str | None:
    """What stands in a field that named a person: nothing, or the words where the field must be filled in."""
    if field.null:
        return None
    return "" if field.blank else ERASED[: field.max_length]


@transaction.atomic
def hand_out(producer: Producer, *, by: User, now: datetime | None = None) -> list[held.Held]:
    """Return everything that is held about the producer and log that it was handed out. Raises NotAllowedForYou."""
    if not policies.may_read_all(by, producer):
        raise NotAllowedForYou(_("Only the producer's own people and those who handle requests may read all of it."))
    tables = held.collect(producer)
    audit.record("privacy.data_handed_out", by=by, target=producer, province=producer.province, at=now)
    return tables
