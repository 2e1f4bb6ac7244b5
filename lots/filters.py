"""Narrowing the list of lots."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lots.models import Lot
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
