"""Writing the good lines of a checked list: all of them in one transaction, in bulk."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from imports.actions.checking import check_open, keep_report
from imports.checking import check
from imports.errors import ImportRefused
from imports.models import ImportBatch, ImportChange
from imports.targets import Entry, Plan, Target, targets
from people import audit
from people.models import User

CHUNK = 1000
Report = Callable[[int, int], None]
T = TypeVar("T")


def quiet(done: int, total: int) -> None:
    """Tell nobody about the progress."""


def run_batch(batch: ImportBatch, *, by: User, now: datetime | None = None, report: Report = quiet) -> ImportBatch:
    """Write the good lines of a checked batch; the lines with errors stay out.

    `report` is called with what is written and what is to be written. Raises NotAllowedForYou, and
    ImportRefused when nothing is to be written or the registry has changed since the check: then
    the report is renewed and nothing else is written.
    """
    fresh = _run(batch, by=by, now=now or timezone.now(), report=report)
    if fresh is None:
        raise ImportRefused(
            _("The registry has changed since this list was checked. The report below is new; look at it once more.")
        )
    return fresh


@transaction.atomic
def _run(batch: ImportBatch, *, by: User, now: datetime, report: Report) -> ImportBatch | None:
    """Write the batch, or renew its report and return None."""
    target = targets()[batch.target]
    check_open(batch, by)
    province = target.lock(batch.province, by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("province").get(pk=batch.pk)
    check_open(batch, by)
    if batch.state != ImportBatch.State.PREVIEW:
        raise ImportRefused(_("Check the columns of this list first."))
    if not batch.good:
        raise ImportRefused(_("This list changes nothing; there is nothing to import."))
    checked = check(batch, by=by, today=timezone.localdate(now), for_writing=True)
    if checked.digest() != batch.plan_digest:
        keep_report(batch, checked)
        return None
    write(batch, checked.plan, target, by=by, now=now, report=report)
    event = audit.record(
        "import.list_imported", by=by, target=batch, province=province, at=now,
        new=batch.new, changed=batch.changed, same=batch.same, wrong=batch.wrong,
    )  # fmt: skip
    batch.state, batch.done_at, batch.done_by, batch.last_event = ImportBatch.State.DONE, now, by, event.pk
    batch.save(update_fields=["state", "done_at", "done_by", "last_event"])
    return batch


def write(batch: ImportBatch, plan: Plan, target: Target, *, by: User, now: datetime, report: Report) -> None:
    """Write all things of a plan, their log lines, and what it takes to undo them."""
    total = sum(len(entries) for entries in plan.entries.values())
    done = 0
    report(done, total)
    for model, entries in plan.entries.items():
        for part in chunks([entry for entry in entries if entry.old is None]):
            model._base_manager.bulk_create([entry.instance for entry in part])
            report(done := done + len(part), total)
        for part, fields in _by_fields([entry for entry in entries if entry.old is not None], target.derived(model)):
            # An upsert by primary key: many times faster than bulk_update, and the columns' own code runs.
            model._base_manager.bulk_create(
                [entry.instance for entry in part], update_conflicts=True, unique_fields=["pk"], update_fields=fields
            )
            report(done := done + len(part), total)
    target.after_write(plan)
    entries = [entry for group in plan.entries.values() for entry in group]
    acts = [audit.Act(entry.verb, entry.about or entry.instance, entry.facts) for entry in entries if entry.verb]
    audit.record_many(acts, by=by, province=batch.province, at=now)
    ImportChange.objects.bulk_create(
        [_change(batch, position, entry) for position, entry in enumerate(entries)], batch_size=2000
    )


def chunks(entries: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a list into parts of CHUNK."""
    for start in range(0, len(entries), CHUNK):
        yield entries[start : start + CHUNK]


def _by_fields(entries: list[Entry], derived: list[str]) -> Iterator[tuple[Sequence[Entry], list[str]]]:
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[tuple(sorted(entry.old or {}))].append(entry)
    for fields, group in groups.items():
        for part in chunks(group):
            yield part, [*fields, *derived]


def _change(batch: ImportBatch, position: int, entry: Entry) -> ImportChange:
    instance = entry.instance
    old = entry.old or {}
    fields = {name: instance._meta.get_field(name) for name in old}
    return ImportChange(
        batch=batch,
        position=position,
        model=instance._meta.label,
        thing=instance.pk,
        label=str(instance)[:250],
        row=entry.row,
        is_new=entry.old is None,
        old={fields[name].attname: value for name, value in old.items()},  # type: ignore[union-attr]
        new=values_of(instance, [field.attname for field in fields.values()])  # type: ignore[union-attr]
        if old
        else {"seal": seal_of(instance)},
    )


def values_of(instance: models.Model, names: list[str]) -> dict[str, Any]:
    """Return some columns of a row."""
    return {name: getattr(instance, name) for name in names}


def seal_of(instance: models.Model) -> str:
    """Return a hash of all columns of a row, to see later whether somebody changed it."""
    said = [str(getattr(instance, field.attname)) for field in instance._meta.concrete_fields]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()
