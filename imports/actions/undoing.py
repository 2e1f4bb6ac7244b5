"""Taking a batch back: what it made goes, what it changed returns, what others use or changed stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from imports.actions.running import chunks, seal_of
from imports.errors import ImportRefused, NotAllowedForYou
from imports.models import ImportBatch, ImportChange
from imports.policies import can_undo, may_undo
from imports.targets import targets
from people import audit
from people.models import AuditEvent, User

Rows = dict[int, models.Model]


@transaction.atomic
def undo_batch(batch: ImportBatch, *, by: User, now: datetime | None = None) -> list[ImportChange]:
    """Put everything back that a batch made or changed, and return what had to stay, with the reason.

    A thing stays when somebody changed it since or when something else uses it; what it belongs to
    and the rest of its line stay with it. Raises NotAllowedForYou and ImportRefused.
    """
    now = now or timezone.now()
    if not may_undo(by, batch):
        raise NotAllowedForYou(
            _("This import is not yours to take back; ask %(person)s, who made it.") % {"person": batch.done_by}
        )
    targets()[batch.target].lock(batch.province, by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("province").get(pk=batch.pk)
    if not can_undo(batch, now=now):
        raise ImportRefused(_("An import can be undone for 7 days; this one is undone already or too old."))
    changes = list(batch.changes.order_by("position"))
    work = _Undoing(batch, changes)
    kept = work.find_kept()
    work.put_back(by=by, now=now)
    batch.state, batch.undone_at, batch.undone_by = ImportBatch.State.UNDONE, now, by
    batch.save(update_fields=["state", "undone_at", "undone_by"])
    ImportChange.objects.bulk_update(kept, ["kept_because"], batch_size=500)
    audit.record(
        "import.list_undone", by=by, target=batch, province=batch.province, at=now,
        taken_back=len(changes) - len(kept), kept=len(kept),
    )  # fmt: skip
    return kept


class _Undoing:
    """The things of one batch as they are now."""

    def __init__(self, batch: ImportBatch, changes: Sequence[ImportChange]) -> None:
        self.batch, self.changes = batch, changes
        self.by_model: dict[type[models.Model], list[ImportChange]] = defaultdict(list)
        for change in changes:
            self.by_model[apps.get_model(change.model)].append(change)
        self.rows: dict[type[models.Model], Rows] = {
            model: _locked(model, [change.thing for change in group]) for model, group in self.by_model.items()
        }

    # --- what stays ------------------------------------------------------------------------------
    def find_kept(self) -> list[ImportChange]:
        """Mark and return the changes that must stay."""
        self._mark_changed_since()
        self._mark_used()
        while self._spread():
            pass
        return [change for change in self.changes if change.kept_because]

    def _mark_changed_since(self) -> None:
        touched = self._touched_since()
        for model, group in self.by_model.items():
            for change in group:
                row = self.rows[model].get(change.thing)
                if row is None:
                    change.kept_because = _("it is no longer there")
                elif audit.label(row) in touched or not _is_as_written(change, row):
                    change.kept_because = _("somebody changed it since the import")

    def _touched_since(self) -> set[str]:
        """The names in the log of the things that acts after the import were done to."""
        labels = [audit.label(row) for rows in self.rows.values() for row in rows.values()]
        found: set[str] = set()
        for part in chunks(labels):
            events = AuditEvent.objects.filter(pk__gt=self.batch.last_event, target__in=part)
            found.update(events.values_list("target", flat=True))
        return found

    def _mark_used(self) -> None:
        for model, group in self.by_model.items():
            made = {change.thing: change for change in group if change.is_new and not change.kept_because}
            for other, field in _users_of(model):
                own = {change.thing for change in self.by_model.get(other, []) if change.is_new}
                for part in chunks(list(made)):
                    rows = other._base_manager.filter(**{f"{field}__in": part}).values_list("pk", field)
                    for pk, thing in rows:
                        if pk not in own:
                            made[thing].kept_because = _("it is used by “%(what)s”") % {
                                "what": other._meta.verbose_name
                            }

    def _spread(self) -> bool:
        """Keep what a kept thing belongs to, and what belongs to it; say whether that kept anything more.

        Only the first kind of thing, which many lines share, lets go of what belongs to it: a product
        of a producer that stays may go, the stars of a product that stays may not.
        """
        made = {(change.model, change.thing): change for change in self.changes if change.is_new}
        shared = next(iter(self.by_model))
        found: list[ImportChange] = []
        for model, group in self.by_model.items():
            for change in group:
                for owner in self._owners(model, change, made):
                    if change.kept_because and not owner.kept_because:
                        found.append(owner)
                    elif owner.kept_because and not change.kept_because and apps.get_model(owner.model) is not shared:
                        found.append(change)
        for change in found:
            change.kept_because = _("it belongs to an entry that stays")
        return bool(found)

    def _owners(
        self, model: type[models.Model], change: ImportChange, made: dict[tuple[str, int], ImportChange]
    ) -> Iterable[ImportChange]:
        """What a thing that the batch made belongs to, as far as the batch made that too."""
        row = self.rows[model].get(change.thing) if change.is_new else None
        for field in model._meta.concrete_fields if row is not None else ():
            if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type):
                owner = made.get((field.related_model._meta.label, getattr(row, field.attname)))
                if owner is not None:
                    yield owner

    # --- putting back ----------------------------------------------------------------------------
    def put_back(self, *, by: User, now: datetime) -> None:
        """Delete what was made, in the reverse order of making, and restore what was changed."""
        restored = []
        for model in reversed(list(self.by_model)):
            free = [change for change in self.by_model[model] if not change.kept_because]
            for part in chunks([change.thing for change in free if change.is_new]):
                model._base_manager.filter(pk__in=part).delete()
            restored += self._restore(model, [change for change in free if not change.is_new])
        acts = [audit.Act("import.change_undone", row, {"fields": names}) for row, names in restored]
        audit.record_many(acts, by=by, province=self.batch.province, at=now)

    def _restore(self, model: type[models.Model], changes: list[ImportChange]) -> list[tuple[models.Model, list[str]]]:
        derived = targets()[self.batch.target].derived(model)
        restored = []
        for change in changes:
            row = self.rows[model][change.thing]
            for name, value in change.old.items():
                setattr(row, name, value)
            fields = [field.name for field in model._meta.concrete_fields if field.attname in change.old]
            row.save(update_fields=[*fields, *derived])
            restored.append((row, sorted(fields)))
        return restored


def _locked(model: type[models.Model], pks: Sequence[int]) -> Rows:
    rows: Rows = {}
    for part in chunks(pks):
        rows |= {row.pk: row for row in model._base_manager.select_for_update(of=("self",)).filter(pk__in=part)}
    return rows


def _is_as_written(change: ImportChange, row: models.Model) -> bool:
    if change.is_new:
        return bool(seal_of(row) == change.new["seal"])
    return all(_plain(getattr(row, name)) == value for name, value in change.new.items())


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | None) else DjangoJSONEncoder().default(value)


def _users_of(model: type[models.Model]) -> Iterable[tuple[type[models.Model], str]]:
    """The models and fields that point to a model, but for its own many-to-many tables."""
    own = {field.remote_field.through for field in model._meta.many_to_many}
    for relation in model._meta.get_fields(include_hidden=True):
        is_pointed_at = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if is_pointed_at and relation.related_model not in own:
            yield relation.related_model, relation.field.name  # type: ignore[misc, union-attr]
