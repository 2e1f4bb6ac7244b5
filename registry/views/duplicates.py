"""Producers that may be entered twice: the list of pairs, and the page that compares, merges or keeps them apart."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from people.frame import PersonRequest, accepted, layout_for, refusals_said
from people.scope import scope_of
from registry import actions, policies
from registry.actions.merging import obstacles, to_be_moved, twins
from registry.belongings import in_words
from registry.duplicates import Suspicion, suspicions
from registry.merge_forms import MergeForm, PairFilter
from registry.models import Producer
from registry.search import fold
from registry.tables import PairTable
from registry.views.frame import may_keep, refuse_unless, tabs
from registry.views.lists import workbook_of

PAIRS_ON_A_PAGE = 25


@login_required
@require_safe
def duplicates(request: PersonRequest) -> HttpResponse:
    """Every pair in the provinces whose registry the user keeps, with the reasons; the surest first."""
    refuse_unless(policies.keeps_a_registry(request.user))
    provinces = scope_of(request.user).provinces_with(*policies.KEEPERS)
    pairs = suspicions(Producer.objects.filter(province__in=provinces))
    form = PairFilter(request.GET)
    table = PairTable([pair for pair in pairs if _meets(pair, form)])
    RequestConfig(request, paginate={"per_page": PAIRS_ON_A_PAGE}).configure(table)
    if request.GET.get("export") == "xlsx":
        return workbook_of(table, _("Possible duplicates"))
    context = {
        "title": _("Possible duplicates"),
        "layout": layout_for(request.user),
        "filter": {"form": form},
        "table": table,
        "tabs": tabs(reverse("registry:producers")),
        "parent_label": _("Producers"),
        "parent_url": reverse("registry:producers"),
        "actions": [],
    }
    return render(request, "registry/duplicates.html", context)


def _meets(pair: Suspicion, form: PairFilter) -> bool:
    """Whether the pair has the reason, and either producer every word that is asked for."""
    asked = form.cleaned_data if form.is_valid() else {}
    if (reason := asked.get("reason")) and reason not in pair.reasons:
        return False
    words = fold(asked.get("q") or "").split()
    return any(all(word in row.search_text for word in words) for row in (pair.first, pair.second))


def _pair(request: PersonRequest, pk: int, other: int) -> tuple[Producer, Producer]:
    visible = Producer.objects.visible_to(request.user).for_page()
    kept, merged = get_object_or_404(visible, pk=pk), get_object_or_404(visible, pk=other)
    if kept.pk == merged.pk:
        raise Http404
    refuse_unless(may_keep(request.user, kept.province_id) and may_keep(request.user, merged.province_id))
    return kept, merged


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Compare two entries, choose what stays field by field, and merge them."""
    kept, merged = _pair(request, pk, other)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, merged=merged)
    done = accepted(
        form,
        lambda: actions.merge_producers(kept, merged, take=form.taken, by=request.user),
    )
    if done is None:
        return render(
            request, "registry/merge.html", _comparison(form, kept, merged), status=422 if form.errors else 200
        )
    messages.success(request, _("%(merged)s is now part of %(kept)s.") % {"merged": merged, "kept": done})
    return redirect(done)


def _comparison(form: MergeForm, kept: Producer, merged: Producer) -> dict[str, Any]:
    return {
        "form": form,
        "kept": kept,
        "merged": merged,
        "obstacles": list(obstacles(kept, merged)),
        "sides": [
            {"producer": row, "products": row.products.all(), "places": row.places.count()} for row in (kept, merged)
        ],
        "moves": in_words(to_be_moved(kept, merged)),
        "doubled": [theirs for _ours, theirs in twins(kept, merged)],
        "parent_label": _("Possible duplicates"),
        "parent_url": reverse("registry:duplicates"),
    }


@login_required
@require_POST
def distinct(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Remember that the two are two."""
    kept, merged = _pair(request, pk, other)
    with refusals_said(request):
        actions.mark_distinct(kept, merged, by=request.user)
        messages.success(request, _("Noted that these are two producers; the pair is not offered again."))
    return redirect("registry:duplicates")
