"""Narrowing the list of alerts."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.models import Product
from registry.search import matching
from stamps.codes.references import read_reference
from stamps.models import StampAlert


class AlertFilter(filters.FilterSet):
    """Filters of the list."""

    q = filters.CharFilter(label=_("Number, product or producer"), method="search")
    kind = filters.ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=StampAlert.Kind.choices)
    status = filters.ChoiceFilter(label=_("Status"), empty_label=_("All"), choices=StampAlert.Status.choices)
    product = filters.ModelChoiceFilter(
        label=_("Product"),
        empty_label=_("All"),
        queryset=lambda request: Product.objects.visible_to(request.user).filter(stamp_alerts__isnull=False).distinct(),
    )

    class Meta:
        model = StampAlert
        fields = ("q", "kind", "status", "product")

    def search(self, alerts: QuerySet[StampAlert], name: str, value: str) -> QuerySet[StampAlert]:
        """The reference, or words of product, producer, or of the code that was typed."""
        if reference := read_reference(value):
            return alerts.filter(reference=reference)
        words = alerts.filter(matching(value, "product__search_text", "product__producer__search_text"))
        return alerts.filter(Q(pk__in=words.values("pk")) | Q(code_text__icontains=value))
