"""The producer's own page: products, lots, stamps, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lots.models import Lot
from lots.policies import minimum_data_gaps
from people.models import User
from projects.views.case import PersonRequest
from registry.models import Product
from registry.models.producer import producers_of
from stamps import policies
from stamps.models import StampBatch

RECENT_LOTS = 5


@dataclass(frozen=True)
class NextThing:
    """The one thing to do now, and about how many minutes it takes."""

    title: str
    url: str
    minutes: int


@login_required
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """My products, my newest lots, stamps that wait for a lot, and what comes next."""
    products = list(Product.objects.filter(producer__in=producers_of(request.user)).select_related("producer"))
    lots = list(Lot.objects.filter(product__in=products).for_page().order_by("-produced_from", "-pk")[:RECENT_LOTS])
    batches = list(StampBatch.objects.waiting().filter(product__in=products).select_related("product", "order"))
    gaps = {lot.pk: len(minimum_data_gaps(lot)) for lot in lots}
    context = {
        "producers": sorted({product.producer.name for product in products}),
        "next": next_thing(request.user, products, lots, batches, gaps),
        "products": [
            _task(product.name, product.get_absolute_url(), "done" if product.image else "todo") for product in products
        ],
        "lots": [_lot_task(lot, gaps[lot.pk]) for lot in lots],
        "batches": [_batch_task(batch) for batch in batches],
    }
    return render(request, "stamps/mine.html", context)


def next_thing(
    user: User, products: list[Product], lots: list[Lot], batches: list[StampBatch], gaps: dict[int, int]
) -> NextThing | None:
    """Return the first thing that keeps stamps from going on goods: a lot, its missing items, activation, an order."""
    if products and not lots:
        return NextThing(_("Open your first lot"), reverse("lots:choose_product"), 3)
    for lot in lots:
        if gaps[lot.pk]:
            title = _("Complete lot %(lot)s of %(product)s") % {"lot": lot, "product": lot.product}
            return NextThing(title, lot.get_absolute_url(), 2)
    if batches:
        title = _("Activate the stamps of %(product)s") % {"product": batches[0].product}
        return NextThing(title, reverse("stamps:activate", args=[batches[0].pk]), 2)
    if policies.orderable_enrolments(user).filter(stamp_orders=None).exists():
        return NextThing(_("Order stamps"), reverse("order_stamps"), 2)
    return None


def _lot_task(lot: Lot, gap_count: int) -> dict[str, Any]:
    note = _("%(product)s, produced %(day)s") % {"product": lot.product, "day": date_format(lot.produced_to)}
    if gap_count:
        note += " · " + ngettext("%(n)d item missing", "%(n)d items missing", gap_count) % {"n": gap_count}
    return _task(lot.number, lot.get_absolute_url(), "doing" if gap_count else "done", note)


def _batch_task(batch: Any) -> dict[str, Any]:
    left = batch.quantity - batch.activated
    note = ngettext("%(n)d stamp on no lot yet", "%(n)d stamps on no lot yet", left) % {"n": left}
    return _task(batch.product.name, reverse("stamps:activate", args=[batch.pk]), "todo", note)


def _task(label: str, url: str, state: str, note: str = "") -> dict[str, Any]:
    return {"label": label, "url": url, "state": state, "note": note}
