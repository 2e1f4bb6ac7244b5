"""Administrative units and agencies after mergers: what a place was called before, and what it is called now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import AdminUnit, Organisation
from registry.models import Producer
from registry.search import fold


def local_name(unit: AdminUnit) -> str:
    """Return a commune with its district, without the province: "xã Ia Tô, huyện Ia Grai"."""
    names = [unit.name]
    while unit.parent is not None and unit.parent.level != AdminUnit.Level.PROVINCE:
        unit = unit.parent
        names.append(unit.name)
    return ", ".join(names)


def then_and_now(unit: AdminUnit) -> str:
    """Return a commune's name with the one before or after it, and the day of the change; "" if it never changed.

    "xã Ia Krái (before 01/07/2025: xã Ia Tô, huyện Ia Grai)" · "xã Ia Tô, huyện Ia Grai (from 01/07/2025: xã Ia Krái)".
    """
    if unit.valid_to and (after := list(unit.successors.select_related("parent__parent"))):
        day = date_format(unit.valid_to + timedelta(days=1))
        facts = {"name": local_name(unit), "day": day, "others": ", ".join(each.name for each in after)}
        return _("%(name)s (from %(day)s: %(others)s)") % facts
    before = list(unit.predecessors.select_related("parent__parent"))
    if before and unit.valid_from:
        others = "; ".join(local_name(each) for each in before)
        return _("%(name)s (before %(day)s: %(others)s)") % {
            "name": unit.name,
            "day": date_format(unit.valid_from),
            "others": others,
        }
    return ""


def organisation_then_and_now(organisation: Organisation | None) -> str:
    """Return an agency's name, with its successor's if it ended and its predecessor's if it follows one."""
    if organisation is None:
        return ""
    if organisation.successor:
        return _("%(name)s (now: %(other)s)") % {"name": organisation.name, "other": organisation.successor.name}
    if before := organisation.predecessors.first():
        return _("%(name)s (formerly: %(other)s)") % {"name": organisation.name, "other": before.name}
    return organisation.name


def after(province: AdminUnit) -> set[int]:
    """Return the ids of the province and of those that it became part of: a producer's commune may lie in any."""
    known, new = {province.pk}, {province.pk}
    while new:
        found = AdminUnit.objects.filter(predecessors__in=new).exclude(pk__in=known).values_list("pk", flat=True)
        new = set(found)
        known |= new
    return known


def home_of(commune: AdminUnit, kept: Iterable[int]) -> AdminUnit:
    """Return the province that keeps the producers of a commune, for an office with these provinces (ids).

    The commune's own one; where the office has only a province that became part of it, that one.
    """
    kept = set(kept)
    if commune.province.pk in kept:
        return commune.province
    earlier = AdminUnit.objects.filter(pk__in=kept).order_by("pk")
    return next((province for province in earlier if commune.province.pk in after(province)), commune.province)


def communes_by_word(words: Iterable[str], producers: QuerySet[Producer]) -> dict[str, set[int]]:
    """Return for each folded word the communes of the producers that have it in a name, old or new.

    Names are the commune's and its district's, and those before and after it; two queries, and one more
    where a commune was merged.
    """
    used = set(producers.order_by().values_list("commune", flat=True).distinct())
    near = Q(pk__in=used) | Q(successors__in=used) | Q(predecessors__in=used)
    units = {unit.pk: unit for unit in AdminUnit.objects.filter(near).select_related("parent__parent").distinct()}
    names: defaultdict[int, list[str]] = defaultdict(list)
    for pk, unit in units.items():
        names[pk].append(local_name(unit))
    merged = [pk for pk, unit in units.items() if unit.valid_to]
    changes = AdminUnit.successors.through.objects.filter(from_adminunit__in=merged, to_adminunit__in=units)
    for old, new in changes.values_list("from_adminunit", "to_adminunit"):
        names[old].append(local_name(units[new]))
        names[new].append(local_name(units[old]))
    folded = {pk: fold(" ".join(names[pk])) for pk in used}
    return {word: {pk for pk, text in folded.items() if word in text} for word in words}


def producers_matching(text: str, producers: QuerySet[Producer], *columns: str, prefix: str = "") -> Q:
    """Return the condition that every word stands in the producer's folded text or in a name of its commune.

    `prefix` leads from the rows that are narrowed to the producer, for example "producer__"; `columns`
    are folded columns of these rows in which a word may stand as well.
    """
    words = fold(text).split()
    communes = communes_by_word(words, producers)
    condition = Q()
    for word in words:
        places = Q(**{f"{prefix}search_text__contains": word}) | Q(**{f"{prefix}commune__in": communes[word]})
        for column in columns:
            places |= Q(**{f"{column}__contains": word})
        condition &= places
    return condition
