"""What every change of the registry starts and ends with: the right to write, the lock, the log line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from registry import policies
from registry.errors import DuplicateEntry, MergedAway, NotAllowedForYou
from registry.models import Producer
from registry.search import folded_fields


def keep_current(producer: Producer, user: User) -> AdminUnit:
    """Return the producer's province as `keep` does, unless the producer was merged away. Raises MergedAway too."""
    province = keep(producer.province, user)
    check_current(producer)
    return province


def check_current(producer: Producer) -> None:
    """Raise MergedAway for an entry that was merged into another one.

    Mergers hold the lock of the province: whoever has it reads here how they left the entry, not how
    the page that is being sent knew it.
    """
    if other := Producer.objects.filter(merged_from=producer.pk).first():
        raise MergedAway(_("%(name)s was merged into %(other)s; go on there.") % {"name": producer, "other": other})


def keep(province: AdminUnit, user: User, *, producer: Producer | None = None) -> AdminUnit:
    """Return the province, locked so that its numbers are given out one by one, if the user may write there.

    With `producer`, the producer's own people may write too. Raises NotAllowedForYou, MergedAway. The
    province is locked before any row in it, so that two acts never wait for each other.
    """
    allowed = policies.can_keep_registry(user, province.pk) or (producer and policies.acts_for(user, producer))
    if not allowed:
        raise NotAllowedForYou(
            _("You do not keep the registry of %(province)s; ask an office there.") % {"province": province}
        )
    locked: AdminUnit = AdminUnit.objects.select_for_update().get(pk=province.pk)
    if producer:
        check_current(producer)
    return locked


def save_changes(row: models.Model, changes: Mapping[str, Any], verb: str, *, by: User, province: AdminUnit) -> None:
    """Write plain edits to a locked row and name the changed fields in the log; no changes write nothing.

    The values stay out of the log: they may be personal data. Raises DuplicateEntry when another
    row took a unique value since the form was checked.
    """
    if not changes:
        return
    for field, value in changes.items():
        setattr(row, field, value)
    try:
        row.validate_constraints()
        row.validate_unique()
    except ValidationError as error:
        raise DuplicateEntry(" ".join(error.messages)) from error
    row.save(update_fields=[*changes, *folded_fields(row)])
    audit.record(verb, by=by, target=row, province=province, fields=sorted(changes))
