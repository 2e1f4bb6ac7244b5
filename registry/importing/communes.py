"""Finding a commune by what a list prints: with or without its kind, by its name of today or of before."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from people.models import AdminUnit
from registry.search import fold

_KIND = re.compile(r"(?:xa|phuong|thi tran|dac khu|tt|x|p|huyen|quan|thi xa|thanh pho|tp|tx|h)\b[. ]*(?=\S)")
GENERATIONS = 5  # units were merged again and again


class UnknownCommune(ValueError):
    """No commune, or several, go by that name; the message is the rule said to the reader."""


def bare(name: str) -> str:
    """Return the name of a unit without its kind and without tone marks: "xã Ia Tô" is "ia to"."""
    return _KIND.sub("", fold(name), count=1)


class Communes:
    """The communes of a province on one day, and those that went into them."""

    def __init__(self, province: AdminUnit, day: date) -> None:
        self.province = province
        if province.valid_to and province.valid_to < day:
            day = province.valid_to  # a province that was merged keeps its list of the last day
        inside = Q(parent=province) | Q(parent__parent=province)
        today = list(AdminUnit.objects.valid_on(day).filter(inside, level=AdminUnit.Level.COMMUNE))
        self._today: dict[str, list[AdminUnit]] = defaultdict(list)
        for unit in today:
            self._today[bare(unit.name)].append(unit)
        # What went into today's communes, by name: (bare name of its district, what it became).
        self._before: dict[str, list[tuple[str, AdminUnit, AdminUnit]]] = defaultdict(list)
        self._trace(today)
        self._known: dict[str, AdminUnit | UnknownCommune] = {}

    def _trace(self, today: list[AdminUnit]) -> None:
        became: dict[int, set[AdminUnit]] = {unit.pk: {unit} for unit in today}
        for _generation in range(GENERATIONS):
            links = AdminUnit.successors.through.objects.filter(to_adminunit__in=list(became))
            older: dict[int, set[AdminUnit]] = defaultdict(set)
            for old, new in links.values_list("from_adminunit", "to_adminunit"):
                older[old] |= became[new]
            for unit in AdminUnit.objects.filter(pk__in=list(older)).select_related("parent"):
                for end in older[unit.pk]:
                    self._before[bare(unit.name)].append((bare(unit.parent.name) if unit.parent else "", unit, end))
            if not older:
                return
            became = older

    def find(self, text: str) -> AdminUnit:
        """Return today's commune of "Ia Tô" or "xã Ia Tô, huyện Ia Grai". Raises UnknownCommune."""
        if text not in self._known:
            try:
                self._known[text] = self._find(text)
            except UnknownCommune as error:
                self._known[text] = error
        found = self._known[text]
        if isinstance(found, UnknownCommune):
            raise found
        return found

    def _find(self, text: str) -> AdminUnit:
        name, _comma, above = text.partition(",")
        key, district = bare(name.strip()), bare(above.split(",")[0].strip())
        before = self._before.get(key, [])
        of_district = {end for parent, _old, end in before if district and parent == district}
        for ends in (of_district, self._named(key, name), {end for _parent, _old, end in before}):
            if len(ends) == 1:
                return next(iter(ends))
            if ends:
                raise UnknownCommune(self._several(ends))
        raise UnknownCommune(_("no such commune in %(province)s") % {"province": self.province})

    def _named(self, key: str, name: str) -> set[AdminUnit]:
        units = self._today.get(key, [])
        exact = [unit for unit in units if unit.name.casefold() == name.strip().casefold()]
        return set(exact or units)

    def _several(self, units: set[AdminUnit]) -> str:
        names = ", ".join(sorted(unit.name for unit in units))
        return _("this may be %(names)s; write the commune of today with its kind, or the district too") % {
            "names": names
        }
