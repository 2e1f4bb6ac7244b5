"""The lists of the registry."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit
from registry.duplicates import Suspicion
from registry.models import Producer, Product, Standard
from registry.recognition import TONES, state_on

# `empty_text` stands in Meta: django-tables2 sets the attribute of each table from there.
NUMERALS = {"th": {"class": "n"}, "td": {"class": "n"}}
UNBROKEN = {"td": {"class": "nowrap"}}


class ProducerTable(tables.Table):
    """Producers; sorted by the folded name, which is the order of the alphabet."""

    name = tables.Column(linkify=True, order_by=("search_text",))
    commune = tables.Column(_("Commune"), accessor="commune__name")
    province = tables.Column(_("Province"), accessor="province__name")
    phone = tables.Column(attrs=UNBROKEN)
    product_count = tables.Column(_("Products"), attrs=NUMERALS)

    caption = _("Producers")
    row_header = "name"
    empty_title = _("No producers here")

    class Meta:
        empty_text = _("No producer meets the conditions, or none has been added yet.")
        model = Producer
        fields = ("name", "kind", "tax_code", "commune", "province", "representative", "phone", "product_count")
        order_by = ("name",)


class PairTable(tables.Table):
    """Pairs of producers that may be one; made from `duplicates.suspicions`."""

    first = tables.Column(_("Producer"), linkify=lambda record: record.first.get_absolute_url(), orderable=False)
    second = tables.Column(_("May be the same as"), linkify=lambda record: record.second.get_absolute_url())
    commune = tables.Column(_("Commune"), accessor="first__commune__name")
    reasons = tables.Column(_("Why"), accessor="words")
    compare = tables.Column(_("Compare"), empty_values=(), exclude_from_export=True, attrs=UNBROKEN)

    caption = _("Possible duplicates")
    row_header = "first"
    empty_title = _("No producer seems to be entered twice")

    class Meta:
        empty_text = _("Pairs with one phone number, one tax code, or one name in one commune would stand here.")
        orderable = False

    def render_compare(self, record: Suspicion) -> SafeString:
        """The way to the page that compares the two; the older entry stays unless one chooses otherwise."""
        url = reverse("registry:merge", args=[record.first.pk, record.second.pk])
        return format_html('<a class="btn btn-sm btn-outline-primary" href="{}">{}</a>', url, _("Compare"))


class EndedUnitTable(tables.Table):
    """Communes that ended while producers still stand in them."""

    name = tables.Column(_("Commune"), accessor="full_name", order_by=("name",))
    valid_to = tables.Column(_("Until"), attrs=UNBROKEN)
    after = tables.Column(_("Now"), empty_values=(), orderable=False)
    producer_count = tables.Column(_("Producers"), attrs=NUMERALS)
    move = tables.Column(_("Move"), empty_values=(), orderable=False, exclude_from_export=True)

    caption = _("Communes that ended")
    row_header = "name"
    empty_title = _("Every producer stands in a commune of today")

    class Meta:
        empty_text = _("Nothing is to be moved.")
        model = AdminUnit
        fields = ("name", "valid_to", "after", "producer_count", "move")

    def render_after(self, record: AdminUnit) -> str:
        """The communes that it became part of."""
        return ", ".join(unit.name for unit in record.successors.all()) or str(_("no successor on record"))

    def value_after(self, record: AdminUnit) -> str:
        """The same words."""
        return self.render_after(record)

    def render_move(self, record: AdminUnit) -> SafeString | str:
        """The way to the preview, if there is a successor."""
        if not record.successors.all():
            return "–"
        url = reverse("registry:move", args=[record.pk])
        return format_html('<a class="btn btn-sm btn-outline-primary" href="{}">{}</a>', url, _("Move"))


class ProductTable(tables.Table):
    """Products with their recognition today; made from `ProductQuerySet.for_table`."""

    name = tables.Column(linkify=True, order_by=("search_text",))
    producer = tables.Column(
        _("Producer"),
        linkify=("registry:producer", {"pk": tables.A("producer_id")}),
        order_by=("producer__search_text",),
    )
    group = tables.Column(_("Group"), accessor="group__name")
    ocop_set = tables.Column(_("OCOP set"), accessor="ocop_set__name", order_by=("ocop_set__number",))
    code = tables.Column(_("Code"), accessor="trace_code", orderable=False, exclude_from_export=True, attrs=UNBROKEN)
    gtin = tables.Column(_("GTIN"), visible=False)
    own_code = tables.Column(_("Own trace code"), visible=False)
    current_stars = tables.Column(_("Stars"), attrs=NUMERALS)
    last_valid_until = tables.Column(_("Recognised until"), empty_values=(), attrs=UNBROKEN)

    caption = _("Products")
    row_header = "name"
    empty_title = _("No products here")

    class Meta:
        empty_text = _(
            "No product meets the conditions, or none has been added yet. Products are added at their producer."
        )
        model = Product
        fields = ("name", "producer", "group", "ocop_set", "code", "current_stars", "last_valid_until")
        order_by = ("name",)

    def render_code(self, record: Product) -> SafeString | str:
        """The GTIN, or our own code and the word that there is no GTIN."""
        if record.gtin:
            return record.gtin
        return format_html('{}<span class="sub">{}</span>', record.own_code, _("no GTIN yet"))

    def render_current_stars(self, value: int) -> str:
        """The number and what it counts."""
        return f"{value} ★"

    def value_current_stars(self, value: int) -> int:
        """The bare number, for calculating."""
        return value

    def render_last_valid_until(self, value: date | None) -> SafeString:
        """The day with its state in words."""
        state = state_on(value, timezone.localdate())
        chip = render_to_string("_status.html", {"tone": TONES[state], "label": state.label})
        return format_html('{}<span class="sub">{}</span>', chip, date_format(value) if value else "")

    def value_last_valid_until(self, value: date | None) -> date | None:
        """The bare day."""
        return value


class StandardTable(tables.Table):
    """Standards with the time in which they hold, and what replaced those that no longer do."""

    code = tables.Column(attrs={"td": {"class": "nowrap"}})
    effective_from = tables.Column(attrs=UNBROKEN)
    effective_to = tables.Column(attrs=UNBROKEN)
    superseded_by = tables.Column(_("Replaced by"), attrs=UNBROKEN)
    state = tables.Column(_("State"), empty_values=(), orderable=False, attrs=UNBROKEN)

    caption = _("Standards")
    row_header = "code"
    empty_title = _("No standards yet")

    class Meta:
        empty_text = _("Standards come with the installation's data; none has been loaded.")
        model = Standard
        fields = ("code", "title", "kind", "effective_from", "effective_to", "superseded_by", "state")
        order_by = ("code",)
        row_attrs = {"id": lambda record: f"standard-{record.pk}"}

    def render_superseded_by(self, value: Standard) -> SafeString:
        """The successor, as a link to its row."""
        return format_html('<a href="#standard-{}">{}</a>', value.pk, value.code)

    def value_superseded_by(self, value: Standard) -> str:
        """The successor's code."""
        return value.code

    def render_state(self, record: Standard) -> str:
        """Whether it may be cited today."""
        return render_to_string("_status.html", standard_state(record, timezone.localdate()))

    def value_state(self, record: Standard) -> str:
        """The bare word."""
        return str(standard_state(record, timezone.localdate())["label"])


def standard_state(standard: Standard, day: date) -> dict[str, Any]:
    """Return the tone and label of a standard on `day`, for the status chip."""
    if standard.effective_from > day:
        return {"tone": "wait", "label": _("Not yet in force")}
    if standard.effective_to is None or standard.effective_to >= day:
        return {"tone": "ok", "label": _("In force")}
    return {"tone": "late", "label": _("Replaced") if standard.superseded_by_id else _("No longer in force")}
