"""Producers that may be entered twice: the same phone number, tax code but for the branch, or name and commune."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import AdminUnit
from registry.models import DistinctPair, Producer

Pair = tuple[int, int]  # ids, the lower one first
TAX, PHONE, NAME = "tax", "phone", "name"
REASONS = {
    TAX: gettext_lazy("tax code"),
    PHONE: gettext_lazy("phone number"),
    NAME: gettext_lazy("name and commune"),
}
TAX_DIGITS = 10  # the enterprise's own; what follows counts its branches
# More producers than this behind one number share a helper's or a cooperative's phone: that tells nothing.
MAX_SHARING = 12
COLUMNS = ("pk", "province_id", "tax_code", "phone", "name_key", "commune_id")


@dataclass(frozen=True)
class Suspicion:
    """Two producers and why they may be one."""

    first: Producer
    second: Producer
    reasons: tuple[str, ...]  # keys of REASONS

    def words(self) -> str:
        """Return the reasons as a sentence, with the values that are the same."""
        said = {
            TAX: _("tax codes %(first)s and %(second)s are of one enterprise"),
            PHONE: _("the same phone number %(phone)s"),
            NAME: _("the same name but for the kind of producer, in the same commune"),
        }
        facts = {"first": self.first.tax_code, "second": self.second.tax_code, "phone": self.first.phone}
        return "; ".join(said[reason] % facts for reason in self.reasons)


def suspicions(producers: QuerySet[Producer]) -> list[Suspicion]:
    """Return every pair among the producers that is not known to be two; four queries, whatever their number."""
    rows = list(producers.filter(merged_into=None).order_by().values_list(*COLUMNS))
    if len(rows) < 2:
        return []
    pairs = _pairs(rows, _today_of())
    for pair in DistinctPair.objects.values_list("first", "second"):
        pairs.pop(pair, None)
    wanted = {pk for pair in pairs for pk in pair}
    known = Producer.objects.select_related("commune", "province").in_bulk(wanted)
    found = [Suspicion(known[a], known[b], tuple(reasons)) for (a, b), reasons in pairs.items()]
    return sorted(found, key=lambda each: (-len(each.reasons), each.first.search_text, each.first.pk, each.second.pk))


def alike(producer: Producer) -> list[Suspicion]:
    """Return the pairs of one producer with others of its province."""
    alike = Q(name_key=producer.name_key)
    if producer.phone:
        alike |= Q(phone=producer.phone)
    if producer.tax_code:
        alike |= Q(tax_code__startswith=producer.tax_code[:TAX_DIGITS])
    near = Producer.objects.filter(Q(pk=producer.pk) | alike, province=producer.province_id)
    return [each for each in suspicions(near) if producer.pk in (each.first.pk, each.second.pk)]


def _pairs(rows: Iterable[tuple[Any, ...]], today_of: Mapping[int, int]) -> dict[Pair, list[str]]:
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for pk, province, tax_code, phone, name_key, commune in rows:
        for key in _keys(tax_code, phone, name_key, today_of.get(commune, commune)):
            groups[(province, *key)].append(pk)
    pairs: defaultdict[Pair, list[str]] = defaultdict(list)
    for (_province, reason, *_value), members in groups.items():
        if 1 < len(members) <= MAX_SHARING:
            for pair in combinations(sorted(members), 2):
                pairs[pair].append(reason)
    return pairs


def _keys(tax_code: str, phone: str, name_key: str, commune: int) -> Iterator[tuple[Any, ...]]:
    if tax_code:
        yield TAX, tax_code[:TAX_DIGITS] if "-" in tax_code or len(tax_code) == TAX_DIGITS else tax_code
    if digits := "".join(filter(str.isdigit, phone)):
        yield PHONE, digits.removeprefix("84").lstrip("0")
    if name_key:
        yield NAME, name_key, commune


def _today_of() -> dict[int, int]:
    """Communes that became part of exactly one other: id → id of today's, through as many mergers as there were."""
    after: defaultdict[int, list[int]] = defaultdict(list)
    for old, new in AdminUnit.successors.through.objects.values_list("from_adminunit", "to_adminunit"):
        after[old].append(new)
    return {old: _last(old, after) for old in list(after)}


def _last(unit: int, after: Mapping[int, list[int]]) -> int:
    seen = {unit}
    while len(after.get(unit, [])) == 1 and after[unit][0] not in seen:
        unit = after[unit][0]
        seen.add(unit)
    return unit
