"""Narrowing the lists of lots and recalls."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lots.models import LogisticUnit, Lot, Recall
from registry.forms import day_input
from registry.search import matching


class LotFilter(filters.FilterSet):
    """Filters of the lot list."""

    q = filters.CharFilter(label=_("Lot number, product or producer"), method="search")
    produced_after = filters.DateFilter(
        label=_("Produced from"), field_name="produced_from", lookup_expr="gte", widget=day_input()
    )
    produced_before = filters.DateFilter(
        label=_("Produced to"), field_name="produced_to", lookup_expr="lte", widget=day_input()
    )

    class Meta:
        model = Lot
        fields = ("q", "produced_after", "produced_before")

    def search(self, lots: QuerySet[Lot], name: str, value: str) -> QuerySet[Lot]:
        """The number contains the text, or product and producer contain its words."""
        named = matching(value, "product__search_text", "product__producer__search_text")
        return lots.filter(Q(number__icontains=value.strip()) | named)


class UnitFilter(filters.FilterSet):
    """Finding a carton."""

    q = filters.CharFilter(label=_("SSCC, lot, product or producer"), method="search")

    class Meta:
        model = LogisticUnit
        fields = ("q",)

    def search(self, units: QuerySet[LogisticUnit], name: str, value: str) -> QuerySet[LogisticUnit]:
        """The SSCC or a lot's number contains the text, or product and producer contain its words."""
        text = value.strip().removeprefix("(00)").replace("\x00", "")
        named = matching(text, "contents__lot__product__search_text", "producer__search_text")
        found = LogisticUnit.objects.filter(
            Q(sscc__contains=text.replace(" ", "")) | Q(contents__lot__number__icontains=text) | named
        )
        return units.filter(pk__in=found.values("pk"))


class RecallFilter(filters.FilterSet):
    """Filters of the list of recalls."""

    q = filters.CharFilter(label=_("Lot number, product or producer"), method="search")
    state = filters.ChoiceFilter(
        label=_("Status"),
        empty_label=_("All"),
        choices=[("open", pgettext_lazy("recall", "In force")), ("lifted", pgettext_lazy("recall", "Lifted"))],
        method="by_state",
    )

    class Meta:
        model = Recall
        fields = ("q", "state")

    def search(self, recalls: QuerySet[Recall], name: str, value: str) -> QuerySet[Recall]:
        """The lot's number or the decision contains the text, or product and producer contain its words."""
        text = value.strip()
        named = matching(value, "product__search_text", "product__producer__search_text")
        return recalls.filter(Q(lot__number__icontains=text) | Q(document__icontains=text) | named)

    def by_state(self, recalls: QuerySet[Recall], name: str, value: Any) -> QuerySet[Recall]:
        """Those in force, or those that were lifted."""
        return recalls.filter(lifted_at__isnull=value == "open")
