"""Taking goods back from the market, and saying that it is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lots import policies
from lots.errors import NotAllowedForYou, NotAllowedNow
from lots.models import Lot, Recall
from notices.actions import tell
from people import audit
from people.models import User
from registry.models import Product


@transaction.atomic
def recall(
    product: Product,
    *,
    reason: str,
    advice: str,
    by: User,
    lot: Lot | None = None,
    document: str = "",
    now: datetime | None = None,
) -> Recall:
    """Take a lot back, or without one every lot of the product; scans say so within two seconds.

    `advice` is what buyers should do, in the words of the scan page. Raises NotAllowedNow when it is
    recalled already or the lot is another product's, NotAllowedForYou.
    """
    product = Product.objects.select_for_update(of=("self",)).select_related("producer__province").get(pk=product.pk)
    if not policies.can_recall(by, product.producer):
        raise NotAllowedForYou(
            _("Only the producer and the offices of its province recall “%(product)s”.") % {"product": product}
        )
    if lot is not None and lot.product_id != product.pk:
        raise NotAllowedNow(_("Lot %(lot)s is of another product.") % {"lot": lot}, field="lot")
    for name, text in (("reason", reason), ("advice", advice)):
        if not text.strip():
            raise NotAllowedNow(_("Say why the goods are recalled, and what buyers should do."), field=name)
    if Recall.objects.in_force().filter(product=product, lot=lot).exists():
        raise NotAllowedNow(_("%(what)s is recalled already.") % {"what": lot or product})
    made = Recall.objects.create(
        product=product,
        lot=lot,
        reason=reason.strip(),
        advice=advice.strip(),
        document=document.strip(),
        recalled_at=now or timezone.now(),
        recalled_by=by,
    )
    _log("lot.recalled", made, by=by, at=now, reason=made.reason)
    _tell("lot.recalled", made, by=by, reason=made.reason, now=now)
    return made


@transaction.atomic
def lift_recall(made: Recall, *, reason: str, by: User, now: datetime | None = None) -> Recall:
    """Say that a recall is over; lifting twice changes nothing. Only an office lifts, also what a producer began."""
    rows = Recall.objects.select_for_update(of=("self",)).select_related("product__producer__province", "lot")
    made = rows.get(pk=made.pk)
    if not policies.can_lift_recall(by, made.product.producer):
        raise NotAllowedForYou(_("A recall is lifted by the office that follows it, not by the producer."))
    if not reason.strip():
        raise NotAllowedNow(_("Say why the goods may be sold again."), field="reason")
    if made.lifted_at is None:
        made.lifted_at, made.lifted_by, made.lift_reason = now or timezone.now(), by, reason.strip()
        made.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        _log("lot.recall_lifted", made, by=by, at=now, reason=made.lift_reason)
        _tell("lot.recall_lifted", made, by=by, reason=made.lift_reason, now=now)
    return made


def _log(verb: str, made: Recall, *, by: User, at: datetime | None, reason: str) -> None:
    product = made.product
    facts = {"product": product.name, "number": made.lot.number if made.lot else "", "reason": reason}
    audit.record(verb, by=by, target=made, case=product, province=product.producer.province, at=at, **facts)


def _tell(event: str, made: Recall, *, by: User, reason: str, now: datetime | None) -> None:
    """Tell the producer's people and the offices that follow its goods, but for whoever did it."""
    producer = made.product.producer
    tell(
        event,
        [person for person in policies.told_of_recalls(producer) if person.pk != by.pk],
        key=f"recall:{made.pk}:{event}",
        facts={
            "product": made.product.name,
            "producer": producer.name,
            "goods": _("lot %(number)s") % {"number": made.lot.number} if made.lot else _("all lots"),
            "person": str(by),
            "reason": reason,
        },
        url=made.get_absolute_url(),
        case=made.product,
        province=producer.province,
        now=now,
    )
