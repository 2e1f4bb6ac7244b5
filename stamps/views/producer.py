"""The producer's own page: products, lots, stamps, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lots.models import Lot
from lots.policies import minimum_data_gaps
from onboarding.dossiers import Standing, standings_of
from onboarding.models import Dossier
from onboarding.views.dossier import task_list
from onboarding.views.frame import Actor, keepable
from people.models import User
from projects.views.case import PersonRequest
from registry.models import Product
from registry.models.producer import producers_of
from stamps import policies
from stamps.life.outlook import outlooks
from stamps.life.spans import waiting
from stamps.models import StampBatch
from stamps.pages.outlook import in_words

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
    """My dossiers, my products, my newest lots, stamps that wait for a lot, and what comes next."""
    dossiers = list(Dossier.objects.of_person(request.user).for_page().order_by("pk").distinct())
    products = list(Product.objects.filter(producer__in=producers_of(request.user)).select_related("producer"))
    lots = list(Lot.objects.filter(product__in=products).for_page().order_by("-produced_from", "-pk")[:RECENT_LOTS])
    batches = waiting(StampBatch.objects.handed_over().filter(product__in=products).select_related("product", "order"))
    gaps = {lot.pk: len(minimum_data_gaps(lot)) for lot in lots}
    context = {
        "producers": sorted({product.producer.name for product in products}),
        **_onboarding(dossiers),
        "next": next_thing(request.user, products, lots, [batch for batch, _free in batches], gaps),
        "short": _running_out(request.user, products),
        "products": [
            _task(product.name, product.get_absolute_url(), "plain", "" if product.image else _("no picture yet"))
            for product in products
        ],
        "lots": [_lot_task(lot, gaps[lot.pk]) for lot in lots],
        "batches": [_batch_task(batch, free) for batch, free in batches],
    }
    return keepable(render(request, "stamps/mine.html", context), request)


def _onboarding(dossiers: list[Dossier]) -> dict[str, Any]:
    """The task list of the one dossier, or a row for each of several; those accepted are shown with several only."""
    if [dossier.status for dossier in dossiers] in ([], [Dossier.Status.ACCEPTED]):
        return {}
    if len(dossiers) == 1:
        return task_list(dossiers[0], Actor(is_own=True))
    rows = [_dossier_row(standing) for standing in standings_of(dossiers)]
    first = next((row for row in rows if row["state"] in ("fix", "doing", "todo")), None)
    frame = task_list(dossiers[0], Actor(is_own=True))
    return {
        "dossiers": rows,
        "next_dossier": first,
        "helper_name": frame["helper_name"],
        "helper_phone": frame["helper_phone"],
    }


def _dossier_row(standing: Standing) -> dict[str, Any]:
    dossier = standing.dossier
    states = {Dossier.Status.RETURNED: "fix", Dossier.Status.OPEN: "doing" if standing.done else "todo"}
    if standing.is_editable:
        progress = {"done": standing.done, "total": len(standing.tasks)}
        note = _("NOT SENT YET") + " · " + _("%(done)d of %(total)d tasks completed") % progress
    else:
        note = dossier.get_status_display()
    row = _task(
        dossier.product.name, dossier.get_absolute_url(), states.get(Dossier.Status(dossier.status), "done"), note
    )
    return row | {"minutes": standing.next.task.minutes if standing.next else 2}


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


def _batch_task(batch: StampBatch, free: int) -> dict[str, Any]:
    note = ngettext("%(n)d stamp on no lot yet", "%(n)d stamps on no lot yet", free) % {"n": free}
    return _task(batch.product.name, reverse("stamps:activate", args=[batch.pk]), "todo", note)


def _running_out(user: User, products: list[Product]) -> list[dict[str, Any]]:
    """Products whose stamps end before an order made today would arrive, where the quota allows an order."""
    stocks = outlooks([product.pk for product in products])
    ending = [pk for pk, stock in stocks.items() if stock.is_short]
    enrolments: Any = policies.orderable_enrolments(user)
    enrolments = enrolments.filter(product__in=ending, ordered__lt=F("stamp_quota"))
    return [
        _task(
            enrolment.product.name,
            reverse("order_stamps", query={"enrolment": enrolment.pk}),
            "todo",
            in_words(stocks[enrolment.product_id]),
        )
        for enrolment in (enrolments if ending else ())
    ]


def _task(label: str, url: str, state: str, note: str = "") -> dict[str, Any]:
    return {"label": label, "url": url, "state": state, "note": note}
