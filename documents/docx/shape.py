"""The shape of a template's data: the paths into its dataclasses, and stand-in values."""

import dataclasses
import types
import typing
from collections.abc import Iterable
from typing import Any

from projects.contexts.charts import Bar, Chart

# What a template may print of a chart: its title, and the picture that is drawn from it.
PICTURE = "picture"
CHART_FIELDS = {field.name for field in dataclasses.fields(Chart)}


def paths_of(**roots: type) -> frozenset[str]:
    """Return the paths into dataclasses by root name: `paper`, `paper.rows`, `paper.rows[]`, `paper.rows[].name`."""
    return frozenset().union(*(_paths(name, kind) for name, kind in roots.items()))


def leaves(paths: Iterable[str]) -> set[str]:
    """Return the paths that nothing in `paths` goes further into."""
    known = set(paths)
    groups = {prefix for path in known for prefix in _prefixes(path)}
    return known - groups


def is_chart(value: object) -> bool:
    """Whether a value of a context is a chart: a stored context no longer knows its classes."""
    return isinstance(value, dict) and value.keys() == CHART_FIELDS


def sample(kind: Any, *, full: bool) -> Any:
    """Return a stand-in for a value of type `kind`: every list with two items, or with none and all text empty."""
    if kind is Chart:  # it is not drawn without bars; a builder that has none leaves the chart out
        return Chart(title="x" if full else "", bars=(Bar(label="x", size=1, whole=2, text="1/2"),))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: sample(part, full=full) for name, part in _fields(kind).items()})
    if typing.get_origin(kind) in (tuple, list):
        return (sample(typing.get_args(kind)[0], full=full),) * (2 if full else 0)
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return sample(_present(kind)[0], full=full)
    return {str: "x" if full else "", int: int(full), bool: full}[kind]


def _paths(path: str, kind: Any) -> set[str]:
    below: list[set[str]] = []
    if kind is Chart:
        return {path, f"{path}.title", f"{path}.{PICTURE}"}
    if dataclasses.is_dataclass(kind):
        below = [_paths(f"{path}.{name}", part) for name, part in _fields(kind).items()]
    elif typing.get_origin(kind) in (tuple, list):
        below = [_paths(path + "[]", typing.get_args(kind)[0])]
    elif typing.get_origin(kind) in (types.UnionType, typing.Union):
        below = [_paths(path, part) for part in _present(kind)]
    return {path}.union(*below)


def _fields(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _present(kind: Any) -> list[Any]:
    return [part for part in typing.get_args(kind) if part is not type(None)]


def _prefixes(path: str) -> list[str]:
    return [path[:place] for place, mark in enumerate(path) if mark in ".["]
