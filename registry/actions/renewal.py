"""Renewing an OCOP recognition: a dossier prefilled from the last one and from the registry, then sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from registry.actions.keeping import keep
from registry.errors import NotNow
from registry.models import Certificate, Evidence, OcopRecognition, Producer, Product, RecognitionRenewal, RenewalItem
from registry.recognition import EXPIRING_DAYS

Kind, State = Certificate.Kind, RenewalItem.State
# Which certificates of the registry prove which paper of the dossier.
PROVED_BY = {
    Evidence.FOOD_SAFETY: (Kind.FOOD_SAFETY, Kind.HACCP),
    Evidence.DECLARATION: (Kind.SELF_DECLARATION,),
    Evidence.TEST_REPORT: (Kind.TEST_REPORT,),
    Evidence.CERTIFICATES: (Kind.VIETGAP, Kind.GLOBALGAP, Kind.ORGANIC, Kind.ISO, Kind.HACCP),
}
Facts = dict[str, Any]


@transaction.atomic
def start_renewal(product: Product, *, by: User, now: datetime | None = None) -> RecognitionRenewal:
    """Open the renewal of the product's latest recognition, with everything filled in that is known.

    Each paper comes from the registry, else from the last dossier. The window opens 180 days before
    the end (QĐ 26/2026/QĐ-TTg, article 8). Raises NotNow.
    """
    now = now or timezone.now()
    province = keep(product.producer.province, by, producer=product.producer)
    product = Product.objects.select_for_update(of=("self",)).select_related("producer").get(pk=product.pk)
    latest: OcopRecognition | None = product.recognitions.order_by("-valid_until").first()
    if latest is None:
        raise NotNow(_("“%(product)s” was never recognised; there is nothing to renew.") % {"product": product})
    _check_window(product, latest, timezone.localdate(now))
    last = product.renewals.order_by("-started_at").prefetch_related("items").first()
    renewal = RecognitionRenewal.objects.create(product=product, recognition=latest, started_at=now, started_by=by)
    before = {item.evidence: item for item in last.items.all()} if last else {}
    known = _known(product)
    RenewalItem.objects.bulk_create(
        [
            RenewalItem(renewal=renewal, evidence=evidence, **(known.get(evidence) or _from_last(before.get(evidence))))
            for evidence in Evidence.values
        ]
    )
    facts = {"decision": latest.decision_number}
    audit.record("registry.renewal_started", by=by, target=renewal, case=product, province=province, at=now, **facts)
    return renewal


def _check_window(product: Product, latest: OcopRecognition, today: date) -> None:
    opens_on = latest.valid_until - timedelta(days=EXPIRING_DAYS)
    if today < opens_on:
        raise NotNow(
            _("The recognition of “%(product)s” can be renewed from %(day)s on, 180 days before it ends.")
            % {"product": product, "day": opens_on.strftime("%d/%m/%Y")}
        )
    if product.renewals.open().exists():
        raise NotNow(_("The renewal of “%(product)s” has been started already; go on there.") % {"product": product})


def _known(product: Product) -> dict[str, Facts]:
    """What the registry itself can put into the dossier."""
    known: dict[str, Facts] = {}
    certificates = list(product.certificates.order_by("-issued_on"))
    for evidence, kinds in PROVED_BY.items():
        if found := next((each for each in certificates if each.kind in kinds), None):
            known[evidence] = {"state": State.THERE, "note": f"{found} · {found.issuer}"[:200], "certificate": found}
    right = next(
        (each for each in product.producer.barcode_registrations.all() if each.covers(product.gtin or "")), None
    )
    if right:
        note = f"GS1 {right.prefix} · {right.certificate_number}"
        known[Evidence.TRACEABILITY] = {"state": State.THERE, "note": note, "valid_until": right.expires_on}
    if product.producer.tax_code:
        known[Evidence.LICENCE] = {"state": State.THERE, "note": product.producer.tax_code}
    return known


def _from_last(item: RenewalItem | None) -> Facts:
    """The paper of the last dossier; forms about the product itself are written anew each time."""
    if item is None or item.evidence in (Evidence.REGISTRATION, Evidence.ASSESSMENT):
        return {}
    return {name: getattr(item, name) for name in ("state", "note", "valid_until", "certificate")}


@transaction.atomic
def note_papers(
    renewal: RecognitionRenewal, papers: Mapping[int, Facts], *, by: User, now: datetime | None = None
) -> RecognitionRenewal:
    """Write what is known of the dossier's papers: id of the item → state, note, valid_until. Raises NotNow."""
    renewal, province = _opened(renewal, by)
    for item in renewal.items.select_for_update():
        facts = papers.get(item.pk, {})
        if changed := [name for name, value in facts.items() if getattr(item, name) != value]:
            for name in changed:
                setattr(item, name, facts[name])
            if item.certificate and {"note", "valid_until"} & set(changed):
                item.certificate = None  # another paper than the registry's
                changed.append("certificate")
            item.save(update_fields=changed)
    items = list(renewal.items.all())
    count = {"there": sum(item.state == State.THERE for item in items), "count": len(items)}
    audit.record(
        "registry.renewal_paper_noted", by=by, target=renewal, case=renewal.product, province=province, at=now, **count
    )
    return renewal


@transaction.atomic
def send_renewal(
    renewal: RecognitionRenewal, *, sent_on: date, by: User, now: datetime | None = None
) -> RecognitionRenewal:
    """Note the day on which the dossier went to the commune. Raises NotNow while papers are missing or expired."""
    renewal, province = _opened(renewal, by)
    lacking = [item for item in renewal.items.all() if item.state == State.MISSING or item.is_expired(sent_on)]
    if lacking:
        raise NotNow(
            _("Not everything is there: %(papers)s. Add it, renew what has expired, or mark it as not needed.")
            % {"papers": "; ".join(str(item) for item in lacking)}
        )
    renewal.sent_on = sent_on
    renewal.save(update_fields=["sent_on"])
    facts = {"day": sent_on.isoformat()}
    audit.record(
        "registry.renewal_sent", by=by, target=renewal, case=renewal.product, province=province, at=now, **facts
    )
    return renewal


def end_renewal(recognition: OcopRecognition, *, by: User, now: datetime | None = None) -> None:
    """Let a new recognition end the open renewal of its product; an older decision typed in late does not."""
    opened = RecognitionRenewal.objects.select_for_update(of=("self",)).select_related("recognition")
    renewal = opened.filter(product=recognition.product_id, renewed_by=None).first()
    if renewal is None or recognition.decided_on <= renewal.recognition.decided_on:
        return
    renewal.renewed_by = recognition
    renewal.save(update_fields=["renewed_by"])
    product = recognition.product
    province, facts = product.producer.province, {"decision": recognition.decision_number}
    audit.record("registry.renewal_ended", by=by, target=renewal, case=product, province=province, at=now, **facts)


def _opened(renewal: RecognitionRenewal, by: User) -> tuple[RecognitionRenewal, Any]:
    """The renewal, locked after its province, while its papers may still change. Raises NotNow."""
    producer = Producer.objects.select_related("province").get(products__renewals=renewal.pk)
    province = keep(producer.province, by, producer=producer)
    rows = RecognitionRenewal.objects.select_for_update(of=("self",)).select_related("product")
    fresh: RecognitionRenewal = rows.get(pk=renewal.pk)
    if fresh.renewed_by_id or fresh.sent_on:
        raise NotNow(_("The dossier of “%(product)s” was sent already; reload the page.") % {"product": fresh.product})
    return fresh, province
