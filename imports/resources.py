"""The one door to django-import-export: what a row of a list means, declared as a resource.

A list is a `ListResource` with one `ListField` per column. The library gives fields, widgets and
their cleaning; the engine (imports.checking, imports.actions) reads sheets and writes rows in bulk,
because the library's own row-by-row import is the slow part (docs/adr/0018).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from import_export import fields, resources, widgets

from imports import parsers

Words = str | Promise


class CellWidget(widgets.Widget):  # type: ignore[misc]
    """Reads a cell with one of our parsers; `rule` is said to the person who has to correct it."""

    def __init__(self, parse: Callable[[parsers.Cell], object], rule: Words) -> None:
        self.parse, self.rule = parse, rule
        super().__init__()

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        """Return the value of a cell, None for an empty one. Raises ValueError with the rule."""
        if value is None or parsers.is_blank(value):
            return None
        try:
            return self.parse(value)
        except ValueError as error:
            raise ValueError(self.rule) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return a value as the list prints it."""
        if value is None:
            return ""
        return date_format(value) if isinstance(value, dt.date) else str(value)


class ListField(fields.Field):  # type: ignore[misc]
    """A column: its titles (the first is ours), its parser and rule, and whether a row needs it.

    `needed` columns must be in the sheet and filled in every row. `fills_in` columns may carry one
    value for the whole list instead, such as the decision that the list belongs to.
    """

    def __init__(
        self,
        titles: Sequence[str],
        parse: Callable[[parsers.Cell], object],
        rule: Words,
        *,
        needed: bool = False,
        splits: bool = False,
    ) -> None:
        self.titles, self.needed, self.splits = tuple(titles), needed, splits
        super().__init__(widget=CellWidget(parse, rule))

    @property
    def title(self) -> str:
        """The title as we spell it."""
        return self.titles[0]


class ListResource(resources.Resource):  # type: ignore[misc]
    """A kind of list: its columns, declared as `ListField`s.

    `splits` of a field says that a cell may hold several values, one product each, in several lines.
    """

    key_column: ClassVar[str] = ""  # the column whose cell is split into rows

    @classmethod
    def columns(cls) -> dict[str, ListField]:
        """Return the columns by key, in their order."""
        declared: dict[str, ListField] = cls.fields
        return declared

    def clean(self, cells: Mapping[str, parsers.Cell]) -> tuple[dict[str, Any], list[tuple[str, Words]]]:
        """Return the values of one row and its problems, each the column's key and the rule it breaks."""
        values: dict[str, Any] = {}
        problems: list[tuple[str, Words]] = []
        for key, column in self.columns().items():
            try:
                values[key] = column.widget.clean(cells.get(key))
            except ValueError as error:
                values[key] = None
                problems.append((key, error.args[0]))
        return values, problems
