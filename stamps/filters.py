"""Narrowing the list of stamp orders."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from projects.models import PilotProject
from registry.search import matching
from stamps.models import StampOrder
from stamps.pages.waiting import Work, orders_waiting


class OrderFilter(filters.FilterSet):
    """Filters of the order list."""

    q = filters.CharFilter(label=_("Product or producer"), method="search")
    project = filters.ModelChoiceFilter(
        label=_("Project"),
        empty_label=_("All"),
        field_name="enrolment__project",
        queryset=lambda request: PilotProject.objects.visible_to(request.user),
    )
    status = filters.ChoiceFilter(label=_("Status"), empty_label=_("All"), choices=StampOrder.Status.choices)

    waits = filters.ChoiceFilter(label=_("Waits for"), empty_label=_("All"), choices=Work.choices, method="waiting")

    class Meta:
        model = StampOrder
        fields = ("q", "project", "status", "waits")

    def search(self, orders: QuerySet[StampOrder], name: str, value: str) -> QuerySet[StampOrder]:
        """Product and producer contain the words."""
        product = "enrolment__product"
        return orders.filter(matching(value, f"{product}__search_text", f"{product}__producer__search_text"))

    def waiting(self, orders: QuerySet[StampOrder], name: str, value: str) -> QuerySet[StampOrder]:
        """The order waits for this work."""
        return orders_waiting(orders, value)
