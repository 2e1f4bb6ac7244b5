"""Who may import which lists."""

from __future__ import annotations

from datetime import datetime

from imports.models import ImportBatch
from imports.targets import Target, targets
from people.models import AdminUnit, User
from people.scope import scope_of


def may_import(user: User, batch: ImportBatch) -> bool:
    """Whether the user may go on with a batch."""
    target = targets().get(batch.target)
    return bool(target and target.can_import(user, batch.province_id))


def may_undo(user: User, batch: ImportBatch) -> bool:
    """Whether the user may take a batch back, if it is not too late."""
    target = targets().get(batch.target)
    return bool(target and target.may_undo(user, batch))


def provinces_for(user: User, target: Target) -> list[AdminUnit]:
    """Return the provinces whose lists the user may import."""
    mine = AdminUnit.objects.filter(pk__in=scope_of(user).province_ids)
    return [province for province in mine if target.can_import(user, province.pk)]


def targets_for(user: User) -> list[Target]:
    """Return the kinds of lists that the user may import somewhere."""
    return [target for target in targets().values() if provinces_for(user, target)]


def can_undo(batch: ImportBatch, *, now: datetime) -> bool:
    """Whether a batch is imported and its days for undoing are not over."""
    until = batch.undo_until
    return batch.state == ImportBatch.State.DONE and until is not None and now < until
