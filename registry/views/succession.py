"""Communes and agencies after mergers: what became of them, and moving producers to the successor with a preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from people.frame import PersonRequest, accepted, layout_for
from people.models import AdminUnit, Organisation
from people.scope import scope_of
from registry import actions, policies
from registry.models import Place, Producer
from registry.succession import local_name
from registry.tables import EndedUnitTable
from registry.views.frame import refuse_unless
from registry.views.lists import workbook_of


class MoveForm(forms.Form):
    """Which of the producers move, and where to."""

    new = forms.ModelChoiceField(label=gettext_lazy("New commune"), queryset=AdminUnit.objects.none(), empty_label=None)
    producers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Producers that move"),
        queryset=Producer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one producer.")},
    )

    def __init__(self, *args: Any, unit: AdminUnit, producers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["new"].queryset = unit.successors.all()
        fields["producers"].queryset = producers
        fields["producers"].label_from_instance = lambda row: f"{row.name} – {row.address or '…'}"
        # With one successor the answer is plain; with several every producer has to be looked at.
        self.initial["producers"] = producers if unit.successors.count() == 1 else []


@login_required
@require_safe
def successors(request: PersonRequest) -> HttpResponse:
    """Communes that ended while producers still stand in them, and agencies with what they became."""
    scope = scope_of(request.user)
    refuse_unless(bool(scope.memberships) or scope.is_keeper)
    ours = Producer.objects.visible_to(request.user).current()
    units = (
        AdminUnit.objects.filter(valid_to__isnull=False, commune_producers__in=ours)
        .annotate(producer_count=Count("commune_producers", filter=Q(commune_producers__in=ours), distinct=True))
        .select_related("parent__parent")
        .prefetch_related("successors")
    )
    table = EndedUnitTable(units)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    if request.GET.get("export") == "xlsx":
        return workbook_of(table, _("Communes that ended"))
    agencies = Organisation.objects.filter(successor__isnull=False).select_related("successor")
    if not scope.is_keeper:
        agencies = agencies.filter(province__in=scope.province_ids)
    context = {
        "title": _("Successors"),
        "layout": layout_for(request.user),
        "table": table,
        "agencies": agencies,
        "parent_label": _("Producers"),
        "parent_url": reverse("registry:producers"),
    }
    return render(request, "registry/successors.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Show who would move to the successor, and move those that are ticked."""
    provinces = scope_of(request.user).provinces_with(*policies.KEEPERS)
    ended = AdminUnit.objects.filter(valid_to__isnull=False, successors__isnull=False).distinct()
    unit: AdminUnit = get_object_or_404(ended.select_related("parent__parent"), pk=pk)
    visible = Producer.objects.visible_to(request.user).current().filter(commune=unit)
    refuse_unless(bool(provinces))
    producers = visible.filter(province__in=provinces)
    form = MoveForm(request.POST if request.method == "POST" else None, unit=unit, producers=producers)

    def act() -> int:
        chosen = form.cleaned_data
        return actions.move_to_successor(list(chosen["producers"]), old=unit, new=chosen["new"], by=request.user)

    count = accepted(form, act, field=lambda _refusal: "new")
    if count is None:
        context = {
            "unit": unit,
            "name": local_name(unit),
            "form": form,
            "places": Place.objects.filter(producer__in=producers, commune=unit).count(),
            "has_producers": producers.exists(),
            "parent_label": _("Successors"),
            "parent_url": reverse("registry:successors"),
        }
        return render(request, "registry/move.html", context, status=422 if form.errors else 200)
    messages.success(
        request, _("%(count)s producers now stand in %(name)s.") % {"count": count, "name": form.cleaned_data["new"]}
    )
    return redirect("registry:successors")
