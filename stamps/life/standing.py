"""What a stamp is at this moment, for everybody who scans it: one word, and the rows it follows from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from lots.models import Recall
from stamps.models import Activation, StampBatch, StampChange

State = StampChange.State


class Verdict(models.TextChoices):
    """The word that a scan begins with."""

    VALID = "valid", pgettext_lazy("scanned stamp", "Valid stamp, activated")
    EXPIRED = "expired", pgettext_lazy("scanned stamp", "Past its best-before date")
    INACTIVE = "inactive", pgettext_lazy("scanned stamp", "Not activated yet")
    SUSPENDED = "suspended", pgettext_lazy("scanned stamp", "Suspended")
    REPLACED = "replaced", pgettext_lazy("scanned stamp", "Replaced by another stamp")
    DAMAGED = "damaged", pgettext_lazy("scanned stamp", "Damaged, must not be used")
    LOST = "lost", pgettext_lazy("scanned stamp", "Reported lost")
    VOID = "void", pgettext_lazy("scanned stamp", "Void")
    RECALLED = "recalled", pgettext_lazy("scanned stamp", "Goods recalled")


# A stamp that ended answers "gone", so that no machine takes it for a valid one (stamps.md §1.2, design note).
GONE = frozenset({Verdict.VOID, Verdict.LOST, Verdict.DAMAGED, Verdict.REPLACED})


@dataclass(frozen=True)
class Standing:
    """A genuine stamp: its number and serial, and the rows that say what it is."""

    index: int
    serial: str
    batch: StampBatch
    activation: Activation | None = None
    change: StampChange | None = None
    recall: Recall | None = None

    def verdict(self, today: date) -> Verdict:
        """Return the strictest of what is said: recall, then the newest change, then lot and best-before date."""
        if self.recall is not None:
            return Verdict.RECALLED
        if self.change is not None:
            return Verdict(self.change.state)
        if self.activation is None:
            return Verdict.INACTIVE
        expires_on = self.activation.lot.expires_on
        return Verdict.EXPIRED if expires_on and expires_on < today else Verdict.VALID


def status_of(verdict: Verdict) -> HTTPStatus:
    """Return the HTTP status of a scan page: 410 for a stamp that ended, else 200."""
    return HTTPStatus.GONE if verdict in GONE else HTTPStatus.OK


def standing_at(batch: StampBatch, index: int, serial: str) -> Standing:
    """Return what the database says of one stamp of the batch."""
    covers = Q(start__lte=index, end__gt=index)
    activation = batch.activations.filter(covers).select_related("lot__product", "lot__created_by").first()
    change = batch.changes.filter(covers).order_by("-pk").first()
    if change is not None and change.state == State.RESTORED:
        change = None
    of_lot = Q(lot=activation.lot) if activation else Q(pk=None)
    recalls = Recall.objects.in_force().filter(Q(product=batch.product_id, lot=None) | of_lot)
    # The product's recall comes first: it says more.
    recall = recalls.select_related("lot").order_by(models.F("lot").asc(nulls_first=True)).first()
    return Standing(index, serial, batch, activation, change, recall)
