"""Recording what told the public, the plan of it, the channels, and the log of legal texts made known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from projects import policies
from projects.actions.recording import log, recordable
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Channel, CommunicationEvent, LegalText, PilotProject, PlannedEvent, Publication
from registry.models import Standard
from registry.uploads import Upload


@transaction.atomic
def record_communication(
    project: PilotProject, *, by: User, file: Upload | None = None, now: datetime | None = None, **event: Any
) -> CommunicationEvent:
    """Record a communication event with its evidence. `event` are fields of CommunicationEvent."""
    project = recordable(project, by)
    told = CommunicationEvent.objects.create(project=project, **event, **_kept(file))
    log(project, "fieldwork.communication_recorded", by=by, target=told, at=now, title=told.title)
    return told


@transaction.atomic
def change_communication(
    event: CommunicationEvent, *, by: User, file: Upload | None = None, now: datetime | None = None, **values: Any
) -> CommunicationEvent:
    """Change an event, or add its evidence; a file that is there stays unless another takes its place."""
    project = recordable(event.project, by)
    values |= _kept(file)
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=list(values))
    log(project, "fieldwork.communication_changed", by=by, target=event, at=now, title=event.title)
    return event


@transaction.atomic
def plan_communication(
    project: PilotProject, *, kind: str, title: str, due_on: date, by: User, now: datetime | None = None
) -> PlannedEvent:
    """Add a line to the communication plan (TH-T1: at least one event in each year)."""
    project = recordable(project, by)
    planned = PlannedEvent.objects.create(project=project, kind=kind, title=title, due_on=due_on)
    log(project, "fieldwork.communication_planned", by=by, target=planned, at=now, title=title)
    return planned


@transaction.atomic
def add_channel(province: AdminUnit, *, kind: str, name: str, address: str, by: User) -> Channel:
    """Add a channel to the province's catalogue; the same name is the same channel."""
    _check_keeper(by, province)
    defaults = {"kind": kind, "address": address}
    channel, made = Channel.objects.get_or_create(province=province, name=name, defaults=defaults)
    if made:
        audit.record("fieldwork.channel_added", by=by, target=channel, province=province, name=name)
    return channel


@transaction.atomic
def add_text(province: AdminUnit, *, code: str, by: User, **facts: Any) -> LegalText:
    """Add a legal text to the register, which all provinces share; the same number is the same text.

    `facts` are fields of LegalText.
    """
    _check_keeper(by, province)
    defaults = facts | {"standard": Standard.objects.filter(code=code).first()}
    text, made = LegalText.objects.get_or_create(code=code, defaults=defaults)
    if made:
        audit.record("fieldwork.legal_text_added", by=by, target=text, province=province, text=code)
    return text


@transaction.atomic
def change_text(text: LegalText, province: AdminUnit, *, by: User, **facts: Any) -> LegalText:
    """Correct what the register says of a legal text: its days, its successor, whether that was checked."""
    _check_keeper(by, province)
    text = LegalText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    changed = {name: value for name, value in facts.items() if getattr(text, name) != value}
    for name, value in changed.items():
        setattr(text, name, value)
    if changed:
        text.save(update_fields=list(changed))
        fields = sorted(changed)
        audit.record(
            "fieldwork.legal_text_changed", by=by, target=text, province=province, text=text.code, fields=fields
        )
    return text


@transaction.atomic
def publish_text(
    province: AdminUnit,
    *,
    text: LegalText,
    channel: Channel,
    published_on: date,
    evidence: str,
    by: User,
    now: datetime | None = None,
) -> Publication:
    """Write a line of the publication log; the same line twice is one.

    Raises NotAllowedNow for a text that was superseded on that day.
    """
    _check_keeper(by, province)
    if text.is_superseded_on(published_on):
        raise NotAllowedNow(
            _("“%(text)s” is superseded by %(successor)s; make that one known.")
            % {"text": text.code, "successor": text.successor or "…"}
        )
    line, made = Publication.objects.get_or_create(
        province=province,
        text=text,
        channel=channel,
        published_on=published_on,
        defaults={"evidence": evidence, "by": by},
    )
    if made:
        audit.record("fieldwork.text_published", by=by, target=line, province=province, at=now, text=text.code)
    return line


def _kept(file: Upload | None) -> dict[str, str]:
    return {"file": file.keep(), "file_sha256": file.sha256} if file else {}


def _check_keeper(by: User, province: AdminUnit) -> None:
    if not policies.can_keep_catalogues(by, province.pk):
        raise NotAllowedForYou(_("Only the managers and administrators of the province can record this."))
