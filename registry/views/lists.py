"""The lists of producers and products: filtered, sorted, and exported exactly so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.views import FilterView
from django_tables2.views import SingleTableMixin

from imports.export import Value, write_xlsx
from people.frame import layout_for
from registry import policies
from registry.filters import ProducerFilter, ProductFilter
from registry.models import Producer, Product
from registry.search import fold
from registry.tables import ProducerTable, ProductTable
from registry.views.frame import tabs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RegistryList(LoginRequiredMixin, SingleTableMixin, FilterView):
    """A filtered, sortable list that is also a workbook."""

    template_name = "registry/list.html"
    table_pagination: ClassVar[dict[str, int]] = {"per_page": 25}
    title: ClassVar[Any]

    def actions(self) -> list[dict[str, str]]:
        """The buttons of the page: the workbook of what the list shows."""
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        url = f"?{query.urlencode()}"
        return [{"label": _("Download as Excel"), "url": url, "icon": "download", "kind": "outline-primary"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the frame's words."""
        layout = layout_for(self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        frame = {"title": self.title, "layout": layout, "actions": self.actions(), "tabs": tabs(self.request.path)}
        return {**context, **frame}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with `?export=xlsx` the workbook of all its rows."""
        if self.request.GET.get("export") == "xlsx":
            return workbook_of(context["table"], str(self.title))
        page: HttpResponse = super().render_to_response(context, **kwargs)
        return page


def workbook_of(table: tables.Table, title: str) -> HttpResponse:
    """Return the table's rows, all pages of them, as a workbook named after the title and the day."""
    columns, *rows = table.as_values()
    return answer_with(title, [str(name) for name in columns], rows)


def answer_with(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """Return rows as a workbook named after the title and the day."""
    today = timezone.localdate()
    above = (title, _("As of %(day)s") % {"day": date_format(today)})
    response = HttpResponse(write_xlsx(title, columns, rows, above=above), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(fold(title))}-{today:%Y-%m-%d}.xlsx"'
    return response


class ProducerList(RegistryList):
    """The producers that the user may see."""

    table_class = ProducerTable
    filterset_class = ProducerFilter
    title = gettext_lazy("Producers")

    def get_queryset(self) -> QuerySet[Producer]:
        """Visible producers with the number of their products."""
        rows: QuerySet[Producer] = Producer.objects.visible_to(self.request.user).for_table()
        return rows

    def actions(self) -> list[dict[str, str]]:
        """Those who keep a registry may add a producer."""
        actions = super().actions()
        if policies.keeps_a_registry(self.request.user):
            actions.append({"label": _("Possible duplicates"), "url": reverse("registry:duplicates")})
            actions.append({"label": _("Successors"), "url": reverse("registry:successors")})
            take_in = {"label": _("Import from Excel"), "url": reverse("imports:new"), "icon": "file"}
            actions.append({**take_in, "kind": "outline-primary"})
            add = {"label": _("Add a producer"), "url": reverse("registry:producer_new"), "icon": "plus"}
            actions.append({**add, "kind": "primary"})
        return actions


class ProductList(RegistryList):
    """The products that the user may see."""

    table_class = ProductTable
    filterset_class = ProductFilter
    title = gettext_lazy("Products")

    def get_queryset(self) -> QuerySet[Product]:
        """Visible products with their recognition today."""
        visible = Product.objects.visible_to(self.request.user)
        rows: QuerySet[Product] = visible.for_table().with_recognition(timezone.localdate())
        return rows
