"""The lists of papers that producers hold: what they show, and what they are narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit
from registry.filters import ALL, ProvinceFilterSet
from registry.models import BarcodeRegistration, Certificate
from registry.search import matching
from registry.tables import UNBROKEN
from registry.validity import Validity, chip, holds, validity


class CertificateTable(tables.Table):
    """Certificates with their state today."""

    paper = tables.Column(_("Certificate"), accessor="number", order_by=("number",))
    producer = tables.Column(
        _("Producer"),
        linkify=("registry:producer", {"pk": tables.A("producer_id")}),
        order_by=("producer__search_text",),
    )
    issued_on = tables.Column(attrs=UNBROKEN)
    valid_until = tables.Column(attrs=UNBROKEN)
    state = tables.Column(_("State"), empty_values=(), order_by=("valid_until",), attrs=UNBROKEN)

    caption = _("Certificates")
    row_header = "paper"
    empty_title = _("No certificates here")

    class Meta:
        empty_text = _(
            "No certificate meets the conditions, or none has been recorded. They are added at the producer."
        )
        model = Certificate
        fields = ("paper", "kind", "producer", "issuer", "issued_on", "valid_until", "state")
        order_by = ("state",)

    def render_state(self, record: Certificate) -> str:
        """Whether it holds today, in a word and a shape."""
        return render_to_string("_status.html", chip(record.valid_until, timezone.localdate()))

    def value_state(self, record: Certificate) -> str:
        """The bare word."""
        return str(validity(record.valid_until, timezone.localdate()).label)


class BarcodeTable(tables.Table):
    """GS1 registrations with what is due next."""

    prefix = tables.Column(linkify=True, attrs=UNBROKEN)
    producer = tables.Column(
        _("Producer"),
        linkify=("registry:producer", {"pk": tables.A("producer_id")}),
        order_by=("producer__search_text",),
    )
    expires_on = tables.Column(attrs=UNBROKEN)
    fee_due_on = tables.Column(_("Next fee due on"), order_by=("fee_paid_for",), attrs=UNBROKEN)
    state = tables.Column(_("State"), empty_values=(), order_by=("expires_on",), attrs=UNBROKEN)

    caption = _("GS1 registrations")
    row_header = "prefix"
    empty_title = _("No GS1 registrations here")

    class Meta:
        empty_text = _(
            "No registration meets the conditions, or none has been recorded. They are added at the producer."
        )
        model = BarcodeRegistration
        fields = ("prefix", "certificate_number", "producer", "issued_on", "expires_on", "fee_due_on", "state")
        order_by = ("state",)

    def render_state(self, record: BarcodeRegistration) -> str:
        """Whether the right holds today, in a word and a shape."""
        return render_to_string("_status.html", chip(record.expires_on, timezone.localdate()))

    def value_state(self, record: BarcodeRegistration) -> str:
        """The bare word."""
        return str(validity(record.expires_on, timezone.localdate()).label)


class HeldFilter(ProvinceFilterSet):
    """What both lists are narrowed by."""

    q = filters.CharFilter(label=_("Number, issuer or producer"), method="search")
    province = filters.ModelChoiceFilter(
        empty_label=ALL, label=_("Province"), field_name="producer__province", queryset=AdminUnit.objects.none()
    )

    last_day = "valid_until"

    def provinces(self) -> QuerySet[AdminUnit]:
        """The provinces of the papers."""
        return AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("producer__province"))

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word somewhere in the paper's or the producer's folded text."""
        return rows.filter(matching(value, "search_text", "producer__search_text"))

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the state today."""
        return rows.filter(holds(value, timezone.localdate(), column=self.last_day))


class CertificateFilter(HeldFilter):
    """Certificates by text, province, kind and state."""

    kind = filters.ChoiceFilter(empty_label=ALL, label=_("Kind"), choices=Certificate.Kind)
    state = filters.ChoiceFilter(empty_label=ALL, label=_("State"), method="by_state", choices=Validity)

    class Meta:
        model = Certificate
        fields = ("q", "province", "kind", "state")


class BarcodeFilter(HeldFilter):
    """Registrations by text, province and state."""

    last_day = "expires_on"
    state = filters.ChoiceFilter(
        empty_label=ALL,
        label=_("State"),
        method="by_state",
        choices=[choice for choice in Validity.choices if choice[0] != Validity.ENDLESS],
    )

    class Meta:
        model = BarcodeRegistration
        fields = ("q", "province", "state")
