"""Everything that is held about one producer, in whichever room: found by following the keys that point to it.

No room registers anything: a table that some later version hangs on a producer, its products or
their lots is found too. Names of officials stay out, because they are other people's data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from registry.models import Producer

# Steps of the desk are about work, not about people; the lists of the engine hold no answer of theirs.
OUTSIDE = frozenset({"workflows", "workflow", "viewflow"})
# Made from the others, so that lists can be searched.
UNSAID = frozenset({"search_text", "name_key"})
# What names a person in whatever table: blanked when a person asks to be erased.
PERSON_FIELDS = frozenset({"full_name", "person_name", "phone", "email", "representative", "respondent"})
# Parts of names of fields that hold the means to get in: handed to nobody.
SECRET = ("hash", "token", "secret", "password")
AT_ONCE = 500

Keys = dict[type[models.Model], list[Any]]


@dataclass(frozen=True)
class Held:
    """One table's rows about the producer; the values of each row in the order of `columns`."""

    name: str
    columns: list[str]
    rows: list[list[Any]]


def tables_of(producer: Producer) -> Keys:
    """Return the keys of every row that hangs on the producer, by model; the producer itself first."""
    found: Keys = {Producer: [producer.pk]}
    fresh: list[tuple[type[models.Model], list[Any]]] = [(Producer, [producer.pk])]
    while fresh:
        model, keys = fresh.pop(0)
        for child, field in _children(model):
            known = set(found.get(child, ()))
            more = [key for key in _pointing(child, field, keys) if key not in known]
            if more:
                found.setdefault(child, []).extend(more)
                fresh.append((child, more))
    return found


def _children(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    for relation in model._meta.related_objects:
        child: Any = relation.related_model
        if relation.many_to_many or child._meta.app_label in OUTSIDE:
            continue
        yield child, relation.field.name


def _pointing(child: type[models.Model], field: str, keys: list[Any]) -> Iterator[Any]:
    rows = child._default_manager.order_by("pk")
    for start in range(0, len(keys), AT_ONCE):
        yield from rows.filter(**{f"{field}__in": keys[start : start + AT_ONCE]}).values_list("pk", flat=True)


def collect(producer: Producer) -> list[Held]:
    """Return what is held about the producer and the people who act for it, table by table."""
    own = set(producer.members.values_list("user", flat=True))
    tables = [_table(model, keys, own) for model, keys in tables_of(producer).items()]
    return [*tables, _accounts(own)]


def _table(model: type[models.Model], keys: list[Any], own: set[int]) -> Held:
    fields = [field for field in model._meta.concrete_fields if _is_said(field)]
    foreign = [field.name for field in fields if field.is_relation]
    rows: Any = model._default_manager.order_by("pk").select_related(*foreign)
    found = (row for start in range(0, len(keys), AT_ONCE) for row in rows.filter(pk__in=keys[start : start + AT_ONCE]))
    return Held(
        name=str(model._meta.verbose_name),
        columns=_titles(fields),
        rows=[[_value(row, field, own) for field in fields] for row in found],
    )


def _is_said(field: Any) -> bool:
    is_secret = any(part in field.name for part in SECRET)
    return not (field.primary_key or is_secret or field.name in UNSAID)


def _titles(fields: list[Any]) -> list[str]:
    """The words of the columns; where two have the same, the later one says its own name too."""
    titles: list[str] = []
    for field in fields:
        words = str(field.verbose_name)
        titles.append(f"{words} ({field.name})" if words in titles else words)
    return titles


def _value(row: models.Model, field: Any, own: set[int]) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, User):
        return str(value) if value.pk in own else _("somebody else")
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, models.Model | models.fields.files.FieldFile):
        return str(value)
    return value


def _accounts(own: set[int]) -> Held:
    users = User.objects.filter(pk__in=own).order_by("pk")
    rows = [
        [user.full_name, user.username, user.phone, user.email, user.date_joined, user.last_login] for user in users
    ]
    columns = [_("Full name"), _("User name"), _("Phone number"), _("E-mail"), _("Joined at"), _("Last signed in")]
    return Held(_("Accounts of the people who act for the producer"), columns, rows)


def as_data(tables: list[Held]) -> list[dict[str, Any]]:
    """Return the tables as JSON can say them."""
    return [
        {"table": table.name, "rows": [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]}
        for table in tables
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
