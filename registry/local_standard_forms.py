"""Forms, list and filter of the register of company standards and local regulations."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from people.fields import WholeNumberField
from people.models import AdminUnit, Organisation, User
from people.scope import scope_of
from registry.filters import ALL, ProvinceFilterSet
from registry.forms import CleanTextMixin, RegistryForm, UploadField, day_input
from registry.holding_forms import not_in_the_future
from registry.models import LocalStandard, Producer, ProductGroup
from registry.policies import KEEPERS
from registry.search import matching
from registry.tables import NUMERALS, UNBROKEN
from registry.uploads import PAPERS

Kind = LocalStandard.Kind


class LocalStandardForm(RegistryForm):
    """What stands on the paper's first page, and the guide for its group."""

    guide = UploadField(PAPERS, label=_("Guide for the product group"), required=False)

    class Meta:
        model = LocalStandard
        fields = ("kind", "number", "version", "title", "group", "producer", "organisation")
        field_classes = {"version": WholeNumberField}
        help_texts = {
            "number": _("As printed, for example TCCS 01:2026/HTXIT or QCĐP 01:2026/GL."),
            "producer": _("The owner of a company standard, unless an agency is."),
            "organisation": _("The agency that owns the standard or proposes the regulation."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = scope_of(user).provinces_with(*KEEPERS)
        fields: Any = self.fields
        fields["producer"].queryset = Producer.objects.current().filter(province__in=provinces)
        fields["organisation"].queryset = Organisation.objects.filter(province__in=provinces, valid_to=None)

    def clean(self) -> dict[str, Any]:
        """One owner, and an agency for a regulation."""
        cleaned = super().clean()
        producer, organisation = cleaned.get("producer"), cleaned.get("organisation")
        if (producer is None) == (organisation is None):
            self.add_error("producer", _("Name one owner: a producer or an agency."))
        elif producer and cleaned.get("kind") == Kind.REGULATION:
            self.add_error("producer", _("A local regulation belongs to an agency, not to a producer."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The plain values that an action writes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def validate_constraints(self) -> None:
        """The action checks the constraints, once the province is known."""


class GuideForm(forms.Form):
    """The guide alone: it may come after the paper was issued."""

    guide = UploadField(PAPERS, label=_("Guide for the product group"))


class IssueForm(CleanTextMixin):
    """The day of issue; for a local regulation the committee's decision too."""

    issued_on = forms.DateField(label=_("Issued on"), widget=day_input())
    decision_number = forms.CharField(label=_("Decision of the committee"), max_length=40)

    def __init__(self, *args: Any, paper: LocalStandard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if paper.kind != Kind.REGULATION:
            del self.fields["decision_number"]

    def clean_issued_on(self) -> Any:
        """Not in the future."""
        return not_in_the_future(self.cleaned_data["issued_on"])


class LocalStandardTable(tables.Table):
    """The register; what does not count yet says why."""

    number = tables.Column(linkify=True, attrs=UNBROKEN)
    version = tables.Column(attrs=NUMERALS)
    owner = tables.Column(
        _("Owner of the paper"), empty_values=(), order_by=("producer__search_text", "organisation__name")
    )
    group = tables.Column(_("Product group"), accessor="group__name")
    issued_on = tables.Column(attrs=UNBROKEN)
    state = tables.Column(_("State"), empty_values=(), orderable=False, attrs=UNBROKEN)

    caption = _("Company standards and local regulations")
    row_header = "number"
    empty_title = _("The register is empty")

    class Meta:
        empty_text = _("No paper meets the conditions, or none has been entered yet.")
        model = LocalStandard
        fields = ("number", "version", "kind", "title", "owner", "group", "issued_on", "state")
        order_by = ("number",)

    def render_owner(self, record: LocalStandard) -> str:
        """The producer or the agency."""
        return str(record.producer or record.organisation)

    def render_state(self, record: LocalStandard) -> str:
        """Whether it counts, in a word and a shape."""
        return render_to_string("_status.html", state_of(record))

    def value_state(self, record: LocalStandard) -> str:
        """The bare word."""
        return str(state_of(record)["label"])


def state_of(paper: LocalStandard) -> dict[str, Any]:
    """Return tone and label: issued and counted, issued without the guide that it needs, or not issued."""
    if paper.issued_on is None:
        return {"tone": "go", "label": _("Draft")}
    if not paper.is_counted:
        return {"tone": "wait", "label": _("Without a guide, not counted")}
    return {"tone": "ok", "label": _("In force")}


class LocalStandardFilter(ProvinceFilterSet):
    """The register by text, province, kind, group and whether it counts."""

    q = filters.CharFilter(label=_("Number, title or owner"), method="search")
    province = filters.ModelChoiceFilter(empty_label=ALL, label=_("Province"), queryset=AdminUnit.objects.none())
    kind = filters.ChoiceFilter(empty_label=ALL, label=_("Kind"), choices=Kind)
    group = filters.ModelChoiceFilter(empty_label=ALL, label=_("Product group"), queryset=ProductGroup.objects.all())
    counted = filters.ChoiceFilter(
        empty_label=ALL,
        label=_("Counted"),
        method="by_counted",
        choices=[("yes", _("Counted")), ("no", _("Not counted yet"))],
    )

    class Meta:
        model = LocalStandard
        fields = ("q", "province", "kind", "group", "counted")

    def provinces(self) -> QuerySet[AdminUnit]:
        """The provinces of the papers."""
        return AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("province"))

    def search(self, rows: QuerySet[LocalStandard], name: str, value: str) -> QuerySet[LocalStandard]:
        """Every word in the paper's or the producer's folded text, or the agency's name as typed."""
        by_agency = Q(organisation__name__icontains=value)
        return rows.filter(matching(value, "search_text", "producer__search_text") | by_agency)

    def by_counted(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[LocalStandard]:
        """Whether they count towards a target."""
        counted = LocalStandard.objects.counted().values("pk")
        return rows.filter(pk__in=counted) if value == "yes" else rows.exclude(pk__in=counted)
