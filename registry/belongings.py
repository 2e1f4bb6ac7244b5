"""What hangs on a row, whichever room holds it: found in the models, so that no room is forgotten.

Mergers must move attendances, consents, dossiers and what rooms above add later, and `registry`
must not know these rooms. Django knows every foreign key: the list is computed, not written down,
and tests/registry/test_merging.py fails when a relation neither moves nor is named as staying.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.text import capfirst

HERE = "registry"


class Moved(NamedTuple):
    """How many rows of one relation now point at the other row, and how many had to stay."""

    moved: int
    left: int


def pointing_at(model: type[models.Model]) -> list[Any]:
    """Return every foreign key of the house to the model: hidden ones and those of join tables too."""
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    return [r.field for r in relations if r.auto_created and not r.concrete and (r.one_to_many or r.one_to_one)]


def name_of(field: Any) -> str:
    """Return "room.model.field"."""
    return f"{field.model._meta.label_lower}.{field.name}"


def hanging_above(row: models.Model) -> int:
    """Return how many rows of the rooms above point at the row: enrolments, lots, stamps and the like."""
    above = [field for field in pointing_at(type(row)) if field.model._meta.app_label != HERE]
    return sum(_rows(field, row).count() for field in above)


def counted(row: models.Model, *, but: Collection[str] = ()) -> dict[str, int]:
    """Return how many rows of each kind (room.model) point at the row; `but` names relations as `name_of` does."""
    found: Counter[str] = Counter()
    for field in pointing_at(type(row)):
        if name_of(field) not in but:
            found[field.model._meta.label_lower] += _rows(field, row).count()
    return {kind: count for kind, count in sorted(found.items()) if count}


def in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return kinds of rows (room.model) by the name that people know, with their number."""
    kinds = ((apps.get_model(kind)._meta.verbose_name, count) for kind, count in counts.items())
    return [(capfirst(str(name)), count) for name, count in kinds]


def move(field: Any, old: models.Model, new: models.Model) -> Moved:
    """Point the rows at `new` that point at `old`.

    A row that `new` has already in all that must be unique (the same person, the same consent, the
    same decision) stays with `old`: nothing is deleted, and nothing is said twice.
    """
    rows = _rows(field, old)
    try:
        with transaction.atomic():
            return Moved(rows.update(**{field.name: new}), 0)
    except IntegrityError:
        moved = [_move_one(field, pk, new) for pk in rows.order_by("pk").values_list("pk", flat=True)]
        return Moved(moved.count(True), moved.count(False))


def _move_one(field: Any, pk: Any, new: models.Model) -> bool:
    try:
        with transaction.atomic():
            field.model._base_manager.filter(pk=pk).update(**{field.name: new})
    except IntegrityError:
        return False
    return True


def _rows(field: Any, row: models.Model) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = field.model._base_manager.filter(**{field.name: row})
    return rows
