"""Pages of recalls: the list, one recall, taking a lot or a whole product back, and lifting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from imports.export import write_xlsx
from lots import actions, policies
from lots.filters import RecallFilter
from lots.layout import layout_for, way_home
from lots.models import Lot, Recall
from lots.recall_forms import LiftForm, RecallForm
from lots.tables import RECALL_COLUMNS, RecallTable, goods_of, recall_row, state_of
from people.errors import Refusal
from people.frame import PersonRequest, accepted
from projects.views.sheets import sheet, wants_sheet
from registry.models import Product

require_form = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def recalls(request: PersonRequest) -> HttpResponse:
    """All recalls that the user may see, filtered; `?export=xlsx` gives the same rows as a workbook."""
    found = RecallFilter(request.GET, queryset=Recall.objects.visible_to(request.user).for_page())
    if wants_sheet(request):
        titles = [str(name) for name in RECALL_COLUMNS]
        return sheet("thu-hoi", write_xlsx(_("Recalls"), titles, map(recall_row, found.qs)))
    table = RecallTable(found.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    query = request.GET.copy()
    query["export"] = "xlsx"
    context = {
        "table": table,
        "filter": found,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Lots"), "url": reverse("lots:lots")}],
        "actions": [{"label": _("Excel"), "url": f"?{query.urlencode()}", "icon": "download"}],
    }
    return render(request, "lots/recalls.html", context)


@login_required
@require_form
def recall(request: PersonRequest, pk: int) -> HttpResponse:
    """One recall; an office that follows it lifts it here."""
    found: Recall = get_object_or_404(Recall.objects.visible_to(request.user).for_page(), pk=pk)
    may_lift = policies.can_lift_recall(request.user, found.product.producer)
    if request.method == "POST" and not may_lift:
        raise PermissionDenied
    form = LiftForm(request.POST or None)
    if accepted(form, lambda: actions.lift_recall(found, by=request.user, **form.cleaned_data), field=_field_of):
        messages.success(request, _("The recall is lifted; scans show the goods as before."))
        return redirect(found)
    tone, state = state_of(found)
    context = {
        "recall": found,
        "goods": goods_of(found),
        "tone": tone,
        "state": state,
        "facts": _facts(found),
        "form": form if may_lift and found.is_in_force else None,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Recalls"), "url": reverse("lots:recalls")}],
    }
    return render(request, "lots/recall.html", context)


@login_required
@require_form
def recall_lot(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one lot back."""
    lot: Lot = get_object_or_404(Lot.objects.visible_to(request.user).for_page(), pk=pk)
    title = _("Recall lot %(number)s?") % {"number": lot.number}
    return _ask(request, lot.product, lot, title=title, back_url=lot.get_absolute_url())


@login_required
@require_form
def recall_product(request: PersonRequest, pk: int) -> HttpResponse:
    """Take all lots of a product back."""
    rows = Product.objects.visible_to(request.user).select_related("producer__province")
    product: Product = get_object_or_404(rows, pk=pk)
    title = _("Recall all lots of “%(product)s”?") % {"product": product}
    return _ask(request, product, None, title=title, back_url=reverse("product_recalls", args=[product.pk]))


@login_required
@require_safe
def product_recalls(request: PersonRequest, pk: int) -> HttpResponse:
    """The recalls of one product and of its lots; from here the whole product is recalled."""
    rows = Product.objects.visible_to(request.user).select_related("producer__province")
    product: Product = get_object_or_404(rows, pk=pk)
    table = RecallTable(Recall.objects.filter(product=product).for_page())
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    may = policies.can_recall(request.user, product.producer)
    is_whole = product.recalls.in_force().filter(lot=None).exists()
    recall_it = {"label": _("Recall all lots"), "url": reverse("lots:recall_product", args=[pk])}
    context = {
        "product": product,
        "table": table,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": str(product), "url": product.get_absolute_url()}],
        "actions": [recall_it] if may and not is_whole else [],
    }
    return render(request, "lots/product_recalls.html", context)


def _ask(request: PersonRequest, product: Product, lot: Lot | None, *, title: str, back_url: str) -> HttpResponse:
    if not policies.can_recall(request.user, product.producer):
        raise PermissionDenied
    form = RecallForm(request.POST or None)

    def act() -> Recall:
        return actions.recall(product, lot=lot, by=request.user, **form.cleaned_data)

    if made := accepted(form, act, field=_field_of):
        messages.success(request, _("Recalled. Every scan says so from now on; the producer and the office are told."))
        return redirect(made)
    context = {
        "form": form,
        "title": title,
        "caption": f"{product} · {product.producer}",
        "hint": _("Every stamp on these goods says at once that they are recalled, and why. Nothing is deleted."),
        "back_url": back_url,
        "submit_label": _("Recall"),
        "submit_kind": "danger",
        "layout": layout_for(request.user),
    }
    return render(request, "lots/form.html", context)


def _field_of(refusal: Refusal) -> str | None:
    named: Any = getattr(refusal, "field", None)
    return named if isinstance(named, str) else None


def _facts(found: Recall) -> list[dict[str, Any]]:
    lot, product = found.lot, found.product
    rows: list[dict[str, Any]] = [
        {"label": _("Product"), "value": product, "url": product.get_absolute_url()},
        {"label": _("Lot"), "value": goods_of(found), "url": lot.get_absolute_url() if lot else ""},
        {"label": _("Producer"), "value": product.producer, "url": product.producer.get_absolute_url()},
        {"label": _("Reason"), "value": found.reason},
        {"label": _("What buyers should do"), "value": found.advice},
        {"label": _("Number of the decision"), "value": found.document},
        {"label": _("Recalled by"), "value": _signed(found.recalled_by, found.recalled_at)},
    ]
    if not found.is_in_force:
        rows += [
            {"label": _("Lifted by"), "value": _signed(found.lifted_by, found.lifted_at)},
            {"label": _("Reason for lifting"), "value": found.lift_reason},
        ]
    return rows


def _signed(person: Any, time: Any) -> str:
    return f"{person}, {date_format(localtime(time), 'SHORT_DATETIME_FORMAT')}"
