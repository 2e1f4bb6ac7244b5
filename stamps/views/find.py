"""One stamp for staff: type or scan it, and see what it is, where it lies and what happened to it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lots.layout import layout_for, way_home
from people.frame import PersonRequest
from stamps import policies
from stamps.actions import serial_at
from stamps.codes.serials import grouped
from stamps.life.finding import find_stamp
from stamps.life.standing import GONE, Standing, Verdict
from stamps.models import ScanEntry, StampChange, StampSeen
from stamps.pages.orders import change_row

MOST_SCANS = 20
TONES = {Verdict.VALID: "ok", Verdict.INACTIVE: "no", Verdict.SUSPENDED: "wait", Verdict.EXPIRED: "wait"}


@login_required
@require_safe
def find(request: PersonRequest) -> HttpResponse:
    """Find a stamp by `?q=`, a serial or a whole address; 404 for one that the reader may not see, as for none."""
    text = request.GET.get("q", "").strip()[:300]
    found = find_stamp(text, request.user) if text else None
    context = {
        "q": text,
        "stamp": found,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Stamp orders"), "url": reverse("stamps:orders")}],
        **(_about(request, found) if found else {}),
    }
    return render(request, "stamps/find.html", context, status=404 if text and found is None else 200)


def _about(request: PersonRequest, found: Standing) -> dict[str, Any]:
    batch, index = found.batch, found.index
    verdict = found.verdict(timezone.localdate())
    covers = Q(start__lte=index, end__gt=index)
    changes = batch.changes.filter(covers).select_related("changed_by").order_by("-pk")
    return {
        "serial": grouped(found.serial),
        "verdict": verdict.label,
        "tone": "late" if verdict in GONE or verdict == Verdict.RECALLED else TONES.get(verdict, "no"),
        "facts": _facts(found),
        "changes": [change_row(batch, change) for change in changes],
        "movements": batch.movements.filter(covers).select_related("moved_by").order_by("-moved_at", "-pk"),
        "seen": StampSeen.objects.filter(pk=index).first(),
        "scans": ScanEntry.objects.filter(index=index).order_by("-scanned_at")[:MOST_SCANS],
        "may_change": bool(policies.changes_of(request.user, batch)),
    }


def _facts(found: Standing) -> list[dict[str, Any]]:
    batch, lot = found.batch, found.activation.lot if found.activation else None
    roll = batch.rolls.in_force().filter(start__lte=found.index, end__gt=found.index).first()
    rows: list[dict[str, Any]] = [
        {"label": _("Product"), "value": batch.product, "url": batch.product.get_absolute_url()},
        {"label": _("Producer"), "value": batch.product.producer, "url": batch.product.producer.get_absolute_url()},
        {"label": _("Stamp order"), "value": f"#{batch.order_id}", "url": batch.order.get_absolute_url()},
        {"label": _("Place in the batch"), "value": f"{found.index - batch.start + 1} / {batch.quantity}"},
        {"label": _("Roll"), "value": roll.number if roll else ""},
        {"label": _("Lot"), "value": lot or _("on no lot"), "url": lot.get_absolute_url() if lot else ""},
    ]
    if found.recall is not None:
        recall = found.recall
        rows.append({"label": _("Recall"), "value": recall.reason, "url": recall.get_absolute_url()})
    if old := _replaced_by(found):
        rows.append({"label": _("Takes the place of"), "value": old})
    return rows


def _replaced_by(found: Standing) -> str:
    """The serial of the stamp whose place this one took, if it did."""
    mine = StampChange.objects.filter(state=StampChange.State.REPLACED, replaced_by__lte=found.index)
    # A replacement is of the same product, so its batches are the only ones to look at.
    for change in mine.filter(batch__code=found.batch.code).select_related("batch"):
        old = change.start + found.index - (change.replaced_by or 0)
        if change.start <= old < change.end:
            return grouped(serial_at(change.batch, old))
    return ""
