"""Narrowing the lists of the imports room."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from imports.models import ImportBatch, ImportLine

ALL = _("All")


class BatchFilter(filters.FilterSet):
    """Batches by file name and state."""

    q = filters.CharFilter(label=_("File"), field_name="file_name", lookup_expr="icontains")
    state = filters.ChoiceFilter(label=_("State"), choices=ImportBatch.State, empty_label=ALL)

    class Meta:
        model = ImportBatch
        fields = ("q", "state")


class LineFilter(filters.FilterSet):
    """Lines by result, text and row."""

    state = filters.ChoiceFilter(label=_("Result"), choices=ImportLine.State, empty_label=ALL)
    q = filters.CharFilter(label=_("Entry"), field_name="label", lookup_expr="icontains")
    row = filters.NumberFilter(label=_("Row"))

    class Meta:
        model = ImportLine
        fields = ("state", "q", "row")
