"""The fields that a template may print: how each is written, what it is, and what it looks like on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents import docx
from documents.docx.hints import tag_of
from documents.docx.shape import PICTURE, leaves, paths_of
from documents.labels import LETTERHEAD, PAPER, label_of
from documents.letterhead import Letterhead
from documents.samples import SAMPLES

MAX_EXAMPLE = 90  # characters


@dataclass(frozen=True)
class Field:
    """A field: how it is written and inside which loops, what it is, how it is used, and an example."""

    tag: str
    loops: tuple[str, ...]
    label: str
    use: str
    example: str


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    title: str
    fields: tuple[Field, ...]


def catalogue(kind: str, data_class: type) -> list[Group]:
    """Return the fields of a kind of paper by group: those of its own data, and those of every paper's frame.

    Examples come from the kind's sample; a kind without one has none.
    """
    letterhead, paper = SAMPLES.get(kind, (None, None))
    groups = (
        (_("Data of this paper"), {PAPER: data_class}, paper),
        (_("Frame of every paper"), {LETTERHEAD: Letterhead}, letterhead),
    )
    return [
        Group(title, tuple(_fields(paths_of(**roots), docx.plain(sample, "sample")))) for title, roots, sample in groups
    ]


def _fields(paths: Iterable[str], sample: Any) -> Iterable[Field]:
    """Yield what a template may print, fields outside lists first."""
    for path in sorted(leaves(paths), key=lambda path: (path.count("[]"), path)):
        tag, loops = tag_of(path)
        steps = path.replace("[]", "").split(".")[1:]
        value = _example(sample, path.split(".")[1:])
        use = _("picture; stands alone in its paragraph") if steps[-1] == PICTURE else _use(value)
        yield Field(tag, loops, _label(steps), use, _shown(value))


def _label(steps: list[str]) -> str:
    """Return what the field is, from the list or group it stands in downwards: "Products › Name"."""
    parents = ["", *steps]
    return " › ".join(label_of(name, parent) for parent, name in zip(parents, steps, strict=False))


def _example(value: Any, steps: list[str]) -> Any:
    """Return the first value of a path in the sample that says something."""
    if not steps or value is None:
        return value
    name, *rest = steps
    found = value.get(name.removesuffix("[]")) if isinstance(value, dict) else None
    if not name.endswith("[]"):
        return _example(found, rest)
    items = [_example(item, rest) for item in found or []]
    return next((item for item in items if item not in ("", None)), None)


def _use(value: Any) -> str:
    if type(value) is bool:
        return _("yes or no: stands in {% if … %}, it cannot be printed")
    return (
        _("number; with |thousands as 12.345, with |count as 05")
        if isinstance(value, int)
        else _("text, printed as it is")
    )


def _shown(value: Any) -> str:
    if type(value) is bool:
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return text if len(text) <= MAX_EXAMPLE else text[:MAX_EXAMPLE].rsplit(" ", 1)[0] + " …"
