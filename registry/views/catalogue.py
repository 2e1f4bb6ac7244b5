"""What all provinces share: product groups with their process, and standards."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2.views import SingleTableView

from imports.export import Value
from people.frame import PersonRequest
from registry.models import ProcessStep, ProductGroup, Standard
from registry.tables import StandardTable
from registry.views.frame import tabs
from registry.views.lists import answer_with, workbook_of


@login_required
@require_safe
def product_groups(request: PersonRequest) -> HttpResponse:
    """Each group with the steps of its process and its standards."""
    groups = ProductGroup.objects.select_related("ocop_set").prefetch_related("steps", "standards")
    if request.GET.get("export") == "xlsx":
        columns = [_("Product group"), _("OCOP set"), _("Step"), _("Name"), _("Required"), _("Standards")]
        rows = (_step_row(group, step) for group in groups for step in group.steps.all())
        return answer_with(_("Product groups"), columns, rows)
    return render(request, "registry/product_groups.html", {"groups": groups, "tabs": tabs(request.path)})


def _step_row(group: ProductGroup, step: ProcessStep) -> list[Value]:
    required = _("yes") if step.is_required else _("no")
    standards = ", ".join(standard.code for standard in group.standards.all())
    return [group.name, str(group.ocop_set), step.position, step.name, required, standards]


class StandardList(LoginRequiredMixin, SingleTableView):
    """All standards on one page: few, and a replaced one links to its successor's row."""

    table_class = StandardTable
    table_pagination = False
    template_name = "registry/standards.html"

    def get_queryset(self) -> QuerySet[Standard]:
        """Every standard with its successor."""
        return Standard.objects.select_related("superseded_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tabs."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        export = {"label": _("Download as Excel"), "url": "?export=xlsx", "icon": "download"}
        return {**context, "tabs": tabs(self.request.path), "actions": [export]}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with `?export=xlsx` the workbook of all its rows."""
        if self.request.GET.get("export") == "xlsx":
            return workbook_of(context["table"], _("Standards"))
        page: HttpResponse = super().render_to_response(context, **kwargs)
        return page
