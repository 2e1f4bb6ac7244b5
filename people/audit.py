"""Writing and proving the audit log.

An act is recorded in its own transaction by `record`. The hash chain is laid over committed
events by `seal`, after the commit and by `manage.py tick`: chaining inside the business
transaction would make every writer of a province wait for every other, and wait in an order
that can deadlock with the register's counter. Triggers refuse UPDATE and DELETE on both tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from people.audit_models import AuditEvent, AuditLink
from people.models import AdminUnit, User

GENESIS = "0" * 64
NATION = "-"
# Events that may be numbered before the newest linked one and be committed after it; older ones wait for a full look.
RECENT = 1_000
# Every act of a step that a substitute does carries the absent person, whichever room records it.
_absent: ContextVar[int | None] = ContextVar("absent", default=None)


@contextmanager
def on_behalf_of(absent: User | None) -> Iterator[None]:
    """Let the acts recorded inside say that they were done for `absent` (fact "acting_for"); None changes nothing."""
    token = _absent.set(absent.pk if absent else _absent.get())
    try:
        yield
    finally:
        _absent.reset(token)


def label(thing: models.Model) -> str:
    """Return the stable name of a row in the log: "projects.pilotproject:12"."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(
    verb: str,
    *,
    by: User | None,
    target: models.Model,
    case: models.Model | None = None,
    province: AdminUnit | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> AuditEvent:
    """Write one act in the current transaction and return it.

    `verb` is dotted and past tense ("project.deliverable_returned") and is never renamed.
    `case` is the row whose history shows the act (the target itself if left out). `facts` are
    plain values for the sentence in the history; keep personal data out of them.
    """
    if by is not None and (absent := _absent.get()) is not None:
        facts["acting_for"] = absent
    event = AuditEvent.objects.create(
        at=at or timezone.now(),
        by=by,
        verb=verb,
        target=label(target),
        case=label(case or target),
        province=province,
        facts=facts,
    )
    transaction.on_commit(partial(seal, chain_of(event), only_recent=True), robust=True)
    return event


@dataclass(frozen=True)
class Act:
    """One of many acts that `record_many` writes: as the arguments of `record`."""

    verb: str
    target: models.Model
    facts: dict[str, Any] = field(default_factory=dict)


def record_many(
    acts: Iterable[Act], *, by: User | None, province: AdminUnit, at: datetime | None = None
) -> list[AuditEvent]:
    """Write the acts of one work on a whole list in few statements; each is the same as by `record`.

    They are linked with the act that records the work itself, which is to follow, and by `manage.py tick`.
    """
    moment, absent = at or timezone.now(), _absent.get() if by is not None else None
    events = [
        AuditEvent(
            at=moment,
            by=by,
            verb=act.verb,
            target=label(act.target),
            case=label(act.target),
            province=province,
            facts=act.facts | ({"acting_for": absent} if absent is not None else {}),
        )
        for act in acts
    ]
    return AuditEvent.objects.bulk_create(events, batch_size=2000)


def history(case: models.Model) -> models.QuerySet[AuditEvent]:
    """Return the acts of one case, newest first, with their authors."""
    return AuditEvent.objects.filter(case=label(case)).select_related("by")


def last_author(**acts: Any) -> User | None:
    """Return who did the newest of the acts that have these columns and facts; None when there is none."""
    newest = AuditEvent.objects.filter(**acts).select_related("by").order_by("-pk").first()
    return newest.by if newest else None


def chain_of(event: AuditEvent) -> str:
    """Return the chain of an event: its province's code, so that writers do not queue nationally."""
    return event.province.code if event.province else NATION


def canonical(event: AuditEvent) -> bytes:
    """Return the bytes that are hashed: every column, in a fixed order and form."""
    columns = [
        event.pk,
        event.at.astimezone(UTC).isoformat(),
        event.by_id,
        event.verb,
        event.case,
        event.target,
        event.province_id,
        event.facts,
    ]
    return json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(previous: str, event: AuditEvent) -> str:
    """Return SHA-256(previous digest ‖ canonical event) as hexadecimal."""
    return hashlib.sha256(previous.encode() + canonical(event)).hexdigest()


def seal(chain: str | None = None, *, only_recent: bool = False) -> int:
    """Link the committed events that have no link yet; return how many.

    Safe to run at any time and side by side: one sealer works at a time, another leaves at once
    (the next commit or tick finishes the work). `chain` limits it to one province, `only_recent` to what
    may have been committed since the newest link: an act must not take longer as the log grows.
    """
    pending = AuditEvent.objects.filter(link__isnull=True).select_related("province").order_by("pk")
    if chain is not None:
        pending = pending.filter(province__code=chain) if chain != NATION else pending.filter(province=None)
    if only_recent:
        pending = pending.filter(pk__gt=_newest_linked() - RECENT)
    if not pending.exists():
        return 0
    with transaction.atomic():
        if not _only_sealer():
            return 0
        heads: dict[str, tuple[int, str]] = {}
        links = []
        for event in pending[:5000]:
            name = chain_of(event)
            position, previous = heads.get(name) or _head(name)
            hashed = digest(previous, event)
            heads[name] = (position + 1, hashed)
            links.append(AuditLink(event=event, chain=name, position=position + 1, previous=previous, digest=hashed))
        AuditLink.objects.bulk_create(links)
    return len(links)


def _newest_linked() -> int:
    return AuditLink.objects.order_by("-pk").values_list("event_id", flat=True).first() or 0


def _only_sealer() -> bool:
    """Take the sealers' lock until the transaction ends, or say that another has it."""
    if connection.vendor != "postgresql":
        return True  # SQLite has one writer at a time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [0x7478_6E67])
        return bool(cursor.fetchone()[0])


def _head(chain: str) -> tuple[int, str]:
    last = AuditLink.objects.filter(chain=chain).order_by("-position").values_list("position", "digest").first()
    return last or (0, GENESIS)


@dataclass(frozen=True)
class AuditFault:
    """A place where the log is not what was written: chain, position and what is wrong."""

    chain: str
    position: int
    reason: str

    def __str__(self) -> str:
        return f"{self.chain} #{self.position}: {self.reason}"


def verify() -> Iterator[AuditFault]:
    """Yield every fault found in the log: changed rows, gaps, broken links, missing links."""
    chain, position, previous = "", 0, GENESIS
    links = AuditLink.objects.select_related("event", "event__province").order_by("chain", "position")
    for link in links.iterator(chunk_size=2000):
        if link.chain != chain:
            chain, position, previous = link.chain, 0, GENESIS
        if link.position != position + 1:
            yield AuditFault(chain, link.position, f"positions {position + 1} to {link.position - 1} are missing")
        if link.previous != previous:
            yield AuditFault(chain, link.position, "does not follow from the link before it")
        if link.digest != digest(link.previous, link.event):
            yield AuditFault(chain, link.position, f"event {link.event_id} was changed after it was written")
        position, previous = link.position, link.digest
    for event in AuditEvent.objects.filter(link__isnull=True).select_related("province"):
        yield AuditFault(chain_of(event), 0, f"event {event.pk} is not linked yet; run manage.py tick")
