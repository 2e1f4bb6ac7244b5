"""The latest recognition of every product, by how soon it ends: the work list of renewals."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, User
from registry.filters import ALL, ProvinceFilterSet
from registry.models import OcopCriteria, OcopRecognition, Product, RecognitionRenewal
from registry.recognition import BAND_TONES, Band, band_on, in_band
from registry.search import matching
from registry.tables import NUMERALS, UNBROKEN

NOT_STARTED, STARTED, SENT = "none", "started", "sent"
RENEWALS = [(NOT_STARTED, _("Not started")), (STARTED, _("Being assembled")), (SENT, _("Dossier sent"))]


def latest_recognitions(user: User) -> QuerySet[Any]:
    """Return the last recognition of each product that the user may see, with its open renewal, if any."""
    later = OcopRecognition.objects.filter(product=OuterRef("product"), valid_until__gt=OuterRef("valid_until"))
    opened = RecognitionRenewal.objects.open().filter(product=OuterRef("product"))
    products = Product.objects.visible_to(user).current()
    rows = OcopRecognition.objects.filter(~Exists(later), product__in=products)
    rows = rows.select_related("product__producer__province", "criteria")
    return rows.annotate(
        renewal_id=Subquery(opened.values("pk")[:1]), renewal_sent_on=Subquery(opened.values("sent_on")[:1])
    )


class RecognitionTable(tables.Table):
    """Recognitions with their decision, criteria and days left."""

    product = tables.Column(
        _("Product"), linkify=("registry:product", {"pk": tables.A("product_id")}), order_by=("product__search_text",)
    )
    producer = tables.Column(
        _("Producer"),
        accessor="product__producer",
        linkify=("registry:producer", {"pk": tables.A("product__producer_id")}),
        order_by=("product__producer__search_text",),
    )
    stars = tables.Column(attrs=NUMERALS)
    decision_number = tables.Column(_("Decision"))
    criteria = tables.Column(_("Criteria"), order_by=("criteria__effective_from",))
    valid_until = tables.Column(attrs=UNBROKEN)
    days_left = tables.Column(_("Days left"), accessor="valid_until", attrs=NUMERALS)
    band = tables.Column(_("State"), accessor="valid_until", attrs=UNBROKEN)
    renewal = tables.Column(_("Renewal"), empty_values=(), order_by=("renewal_sent_on", "renewal_id"))

    caption = _("OCOP recognition")
    row_header = "product"
    empty_title = _("No recognition meets the conditions")

    class Meta:
        empty_text = _("Choose another state, or record decisions on the pages of the products.")
        model = OcopRecognition
        fields = ("product", "producer", "stars", "decision_number", "decided_on", "criteria", "valid_until")
        sequence = (*fields, "days_left", "band", "renewal")
        order_by = ("valid_until",)

    def render_stars(self, value: int) -> str:
        """The number and what it counts."""
        return f"{value} ★"

    def value_stars(self, value: int) -> int:
        """The bare number."""
        return value

    def render_days_left(self, value: date) -> int | str:
        """Days until it no longer holds; nothing to count afterwards."""
        return max(0, (value - timezone.localdate()).days) or "–"

    def value_days_left(self, value: date) -> int:
        """The bare number, negative after the end."""
        return (value - timezone.localdate()).days

    def render_band(self, value: date) -> str:
        """How near the end is, in a word and a shape."""
        band = band_on(value, timezone.localdate())
        tone, label = (BAND_TONES[band], band.label) if band else ("ok", _("Valid"))
        return render_to_string("_status.html", {"tone": tone, "label": label})

    def value_band(self, value: date) -> str:
        """The bare word."""
        band = band_on(value, timezone.localdate())
        return str(band.label if band else _("Valid"))

    def render_renewal(self, record: Any) -> SafeString | str:
        """Where the renewal stands, as a link to it."""
        if record.renewal_id is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("registry:renewal", args=[record.renewal_id]), _stage(record))

    def value_renewal(self, record: Any) -> str:
        """The bare word."""
        return _stage(record)


def _stage(record: Any) -> str:
    if record.renewal_id is None:
        return ""
    return str(dict(RENEWALS)[SENT if record.renewal_sent_on else STARTED])


class RecognitionFilter(ProvinceFilterSet):
    """Recognitions by text, province, nearness of the end, criteria and renewal."""

    q = filters.CharFilter(label=_("Product, producer or decision"), method="search")
    province = filters.ModelChoiceFilter(
        empty_label=ALL,
        label=_("Province"),
        field_name="product__producer__province",
        queryset=AdminUnit.objects.none(),
    )
    band = filters.ChoiceFilter(empty_label=ALL, label=_("State"), method="by_band", choices=Band)
    criteria = filters.ModelChoiceFilter(empty_label=ALL, label=_("Criteria"), queryset=OcopCriteria.objects.all())
    renewal = filters.ChoiceFilter(empty_label=ALL, label=_("Renewal"), method="by_renewal", choices=RENEWALS)

    class Meta:
        model = OcopRecognition
        fields = ("q", "province", "band", "criteria", "renewal")

    def provinces(self) -> QuerySet[AdminUnit]:
        """The provinces of the products."""
        return AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("product__producer__province"))

    def search(self, rows: QuerySet[OcopRecognition], name: str, value: str) -> QuerySet[OcopRecognition]:
        """Every word somewhere in the product, its producer or the decision."""
        found = matching(value, "product__search_text", "product__producer__search_text", "decision_number")
        return rows.filter(found)

    def by_band(self, rows: QuerySet[OcopRecognition], name: str, value: str) -> QuerySet[OcopRecognition]:
        """By the days left today."""
        return rows.filter(in_band(value, timezone.localdate()))

    def by_renewal(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[OcopRecognition]:
        """By where the renewal stands."""
        if value == NOT_STARTED:
            return rows.filter(renewal_id=None)
        return rows.filter(renewal_id__isnull=False, renewal_sent_on__isnull=value == STARTED)
