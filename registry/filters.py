"""What the lists of the registry are narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit
from registry.models import OcopSet, Producer, Product, ProductGroup
from registry.recognition import RecognitionState, in_state
from registry.succession import producers_matching

ALL = _("All")


class ProvinceFilterSet(filters.FilterSet):
    """Offers the provinces in the list, and only when there is more than one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = self.provinces()
        if len(provinces) < 2:
            del self.filters["province"]
        else:
            self.filters["province"].queryset = provinces

    def provinces(self) -> QuerySet[AdminUnit]:
        """The provinces of the rows before any filter."""
        raise NotImplementedError


class ProducerFilter(ProvinceFilterSet):
    """Producers by text, province, kind and commune."""

    q = filters.CharFilter(label=_("Name, tax code or phone number"), method="search")
    province = filters.ModelChoiceFilter(empty_label=ALL, label=_("Province"), queryset=AdminUnit.objects.none())
    kind = filters.ChoiceFilter(empty_label=ALL, label=_("Kind"), choices=Producer.Kind)
    commune = filters.ModelChoiceFilter(empty_label=ALL, label=_("Commune"), queryset=AdminUnit.objects.none())

    class Meta:
        model = Producer
        fields = ("q", "province", "kind", "commune")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("commune"))
        self.filters["commune"].queryset = communes

    def provinces(self) -> QuerySet[AdminUnit]:
        """The provinces of the producers."""
        return AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("province"))

    def search(self, rows: QuerySet[Producer], name: str, value: str) -> QuerySet[Producer]:
        """Every word somewhere in the producer's folded text or in an old or new name of its commune."""
        return rows.filter(producers_matching(value, rows))


class ProductFilter(ProvinceFilterSet):
    """Products by text, stars, set, group, GTIN and recognition."""

    q = filters.CharFilter(label=_("Product, code or producer"), method="search")
    province = filters.ModelChoiceFilter(
        empty_label=ALL, label=_("Province"), field_name="producer__province", queryset=AdminUnit.objects.none()
    )
    stars = filters.ChoiceFilter(
        empty_label=ALL, label=_("Stars"), field_name="current_stars", choices=[(3, "3 ★"), (4, "4 ★"), (5, "5 ★")]
    )
    ocop_set = filters.ModelChoiceFilter(empty_label=ALL, label=_("OCOP set"), queryset=OcopSet.objects.all())
    group = filters.ModelChoiceFilter(empty_label=ALL, label=_("Group"), queryset=ProductGroup.objects.all())
    gtin = filters.ChoiceFilter(
        empty_label=ALL,
        label=_("GTIN"),
        method="by_gtin",
        choices=[("with", _("With GTIN")), ("without", _("Without GTIN"))],
    )
    recognition = filters.ChoiceFilter(
        empty_label=ALL, label=_("OCOP recognition"), method="by_recognition", choices=RecognitionState.choices
    )

    class Meta:
        model = Product
        fields = ("q", "province", "stars", "ocop_set", "group", "gtin", "recognition")

    def provinces(self) -> QuerySet[AdminUnit]:
        """The provinces of the products."""
        return AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("producer__province"))

    def search(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """Every word somewhere in the folded text of the product or its producer, or in a name of the commune."""
        producers = Producer.objects.filter(products__in=rows.order_by().values("pk"))
        return rows.filter(producers_matching(value, producers, "search_text", prefix="producer__"))

    def by_gtin(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """With or without a GTIN."""
        return rows.filter(gtin__isnull=value == "without")

    def by_recognition(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """By the state of the latest recognition today."""
        return rows.filter(in_state(value, timezone.localdate()))
