"""Kinds of lists that can be imported. A room above plugs its own in by IMPORT_TARGETS in the settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from imports.models import ImportBatch
from imports.resources import ListResource, Words
from people.models import AdminUnit, User


@dataclass
class Record:
    """One line of a list: where it stands, its clean values by column key, and what is wrong with its cells."""

    row: int
    part: int
    values: dict[str, Any]
    problems: list[tuple[str, Words]] = field(default_factory=list)


class Difference(NamedTuple):
    """One field that would change: the kind of thing, the field, and both texts."""

    thing: str
    field: str
    old: str
    new: str


@dataclass
class Outcome:
    """What one line comes to: `state` is one of ImportLine.State."""

    record: Record
    label: str
    state: str
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Entry:
    """One thing to write: an unsaved instance, or a saved one with new values and its old ones by field name.

    `verb`, `about` (the instance itself if left out) and `facts` are for the audit log; without a verb the
    act of the whole list speaks for the thing.
    """

    instance: models.Model
    row: int
    verb: str
    old: dict[str, Any] | None = None
    about: models.Model | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Plan:
    """What a list comes to: an outcome for every line, and what is to be written, models in the order of writing."""

    outcomes: list[Outcome] = field(default_factory=list)
    entries: dict[type[models.Model], list[Entry]] = field(default_factory=dict)


class Target(ABC):
    """A kind of list: its columns, who may import it, and what its lines mean."""

    key: ClassVar[str]
    label: ClassVar[Words]
    resource: ClassVar[type[ListResource]]
    constant_keys: ClassVar[tuple[str, ...]] = ()  # columns that may hold one value for the whole list

    @abstractmethod
    def can_import(self, user: User, province_id: int) -> bool:
        """Whether the user may import such lists of the province."""

    def may_undo(self, user: User, batch: ImportBatch) -> bool:
        """Whether the user may take an import back; as a rule whoever may import such lists."""
        return self.can_import(user, batch.province_id)

    @abstractmethod
    def lock(self, province: AdminUnit, user: User) -> AdminUnit:
        """Lock what numbers are given out from, and return the province. Raises a Refusal for strangers."""

    @abstractmethod
    def plan(
        self, records: Sequence[Record], province: AdminUnit, *, by: User, today: date, for_writing: bool = False
    ) -> Plan:
        """Compare all lines with what is known, in a number of queries that does not grow with the lines.

        Every rule is tried, what `by` may not do among them, so that all problems are named at once.
        `for_writing` locks what is changed.
        """

    @abstractmethod
    def after_write(self, plan: Plan) -> None:
        """Write what hangs on the new things, such as rows of many-to-many tables."""

    def constants_in(self, titles: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
        """Return what the lines above the table say for all rows, by column key; columns found in it are left out."""
        return {}

    def derived(self, model: type[models.Model]) -> list[str]:
        """Return the columns of a model that are made from others, to be written with every change."""
        return []

    @abstractmethod
    def home(self) -> tuple[str, str]:
        """Return the name and the address of the list that such imports fill."""


@lru_cache(maxsize=1)
def targets() -> dict[str, Target]:
    """Return the kinds of lists by their key."""
    found = [import_string(path)() for path in settings.IMPORT_TARGETS]
    return {target.key: target for target in found}
