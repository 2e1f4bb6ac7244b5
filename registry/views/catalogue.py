"""What all provinces share: product groups with their process, and standards."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2.views import SingleTableView

from registry.models import ProductGroup, Standard
from registry.tables import StandardTable
from registry.views.frame import UserRequest, tabs


@login_required
@require_safe
def product_groups(request: UserRequest) -> HttpResponse:
    """Each group with the steps of its process and its standards."""
    groups = ProductGroup.objects.select_related("ocop_set").prefetch_related("steps", "standards")
    return render(request, "registry/product_groups.html", {"groups": groups, "tabs": tabs(request.path)})


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
        return {**context, "tabs": tabs(self.request.path)}
