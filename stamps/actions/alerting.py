"""Alerts about stamps: raised by a rule, reported by a buyer, closed by an officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from registry.models import Product
from stamps import policies
from stamps.codes.references import new_reference
from stamps.errors import AlertRefused, NotAllowedForYou
from stamps.life.standing import Standing
from stamps.models import StampAlert

Status = StampAlert.Status


@dataclass(frozen=True)
class Report:
    """What a buyer says: what is suspicious, where it was bought, a picture drawn anew, where an answer may go."""

    concern: str
    message: str = ""
    place: str = ""
    contact: str = ""
    photo: File[bytes] | None = None


@transaction.atomic
def raise_alert(
    kind: str, standing: Standing, *, facts: Mapping[str, Any], now: datetime | None = None
) -> StampAlert | None:
    """Let a rule speak about a stamp, and return the alert; None while one of the kind is open already.

    `facts` are plain values without personal data. The case for an officer is opened by the next tick.
    """
    product = standing.batch.product
    known = StampAlert.objects.open().filter(index=standing.index, kind=kind)
    if known.exists():
        return None
    try:
        with transaction.atomic():
            return _create(
                kind=kind,
                province=product.producer.province,
                product=product,
                index=standing.index,
                facts=dict(facts),
                raised_at=now or timezone.now(),
            )
    except IntegrityError:
        if known.exists():  # another worker raised it in the same moment
            return None
        raise


@transaction.atomic
def raise_harvest(product: Product, *, facts: Mapping[str, Any], now: datetime | None = None) -> StampAlert:
    """Speak about a network that scans stamp after stamp; of no single stamp, since they may all be as they should.

    `product` is that of a stamp it scanned. Whether a case is open already is for the caller to ask.
    """
    return _create(
        kind=StampAlert.Kind.HARVEST,
        province=product.producer.province,
        product=product,
        facts=dict(facts),
        raised_at=now or timezone.now(),
    )


@transaction.atomic
def report_stamp(
    report: Report,
    *,
    province: AdminUnit,
    standing: Standing | None = None,
    product: Product | None = None,
    code_text: str = "",
    now: datetime | None = None,
) -> StampAlert:
    """Keep a buyer's report and return it with its reference; `standing` is None for a stamp that is none of ours."""
    return _create(
        kind=StampAlert.Kind.REPORT,
        province=province,
        product=standing.batch.product if standing else product,
        index=standing.index if standing else None,
        code_text=code_text,
        facts={"concern": report.concern},
        message=report.message,
        place=report.place,
        contact=report.contact,
        photo=report.photo or "",
        raised_at=now or timezone.now(),
    )


@transaction.atomic
def close_alert(
    alert: StampAlert,
    *,
    status: str,
    finding: str,
    by: User,
    answer: str = "",
    acting_for: User | None = None,
    now: datetime | None = None,
) -> StampAlert:
    """Close an alert with what was found; `answer` is for whoever reported it and stands on the public page.

    Raises NotAllowedForYou, and AlertRefused for an alert that is closed, without a finding, or for no such status.
    """
    alert = StampAlert.objects.select_for_update(of=("self",)).select_related("province").get(pk=alert.pk)
    if not policies.can_close_alert(acting_for or by, alert):
        raise NotAllowedForYou(_("Only the stamp officers and inspectors of the province close an alert."))
    if alert.status != Status.OPEN:
        raise AlertRefused(_("Report %(reference)s is closed already.") % {"reference": alert})
    if status not in set(Status) - {Status.OPEN}:
        raise AlertRefused(_("Choose what was found."), field="decision")
    if not finding.strip():
        raise AlertRefused(_("Write down what was found; the record must stand without you."), field="finding")
    alert.status, alert.finding, alert.answer = status, finding.strip(), answer.strip()
    alert.closed_at, alert.closed_by = now or timezone.now(), by
    alert.save(update_fields=["status", "finding", "answer", "closed_at", "closed_by"])
    audit.record(
        "stamps.alert_closed",
        by=by,
        target=alert,
        province=alert.province,
        at=now,
        reference=alert.reference,
        status=status,
    )
    return alert


def _create(**fields: Any) -> StampAlert:
    """Create the alert under a reference that nobody has, and log it."""
    reference = new_reference()
    while StampAlert.objects.filter(reference=reference).exists():
        reference = new_reference()
    alert: StampAlert = StampAlert.objects.create(reference=reference, **fields)
    audit.record(
        "stamps.alert_raised",
        by=None,
        target=alert,
        province=alert.province,
        at=alert.raised_at,
        reference=alert.reference,
        kind=alert.kind,
    )
    return alert
