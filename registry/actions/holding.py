"""Papers that producers hold: certificates of their products and the right to use GS1 barcodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from registry.actions.keeping import keep, keep_current
from registry.errors import PaperRefused
from registry.models import BarcodeRegistration, Certificate, Producer, Product
from registry.search import folded_fields
from registry.uploads import Upload


@transaction.atomic
def record_certificate(
    producer: Producer,
    *,
    values: Mapping[str, Any],
    products: Iterable[Product] = (),
    file: Upload | None = None,
    by: User,
    now: datetime | None = None,
) -> Certificate:
    """Record a certificate of the producer for some of its products, with the paper if it is at hand.

    `values` are checked values of kind, number, issuer, issued_on and valid_until. Raises PaperRefused
    for a product of another producer, and a certificate that is there already.
    """
    certificate = Certificate(producer=producer)
    return _write_certificate(certificate, values, products, file, verb="registry.certificate_recorded", by=by, now=now)


@transaction.atomic
def edit_certificate(
    certificate: Certificate,
    *,
    values: Mapping[str, Any],
    products: Iterable[Product],
    file: Upload | None = None,
    by: User,
) -> Certificate:
    """Correct a certificate, its products and its file; raises as `record_certificate` does."""
    keep(certificate.producer.province, by)
    certificate = Certificate.objects.select_for_update(of=("self",)).select_related("producer").get(pk=certificate.pk)
    return _write_certificate(certificate, values, products, file, verb="registry.certificate_edited", by=by, now=None)


def _write_certificate(
    row: Certificate,
    values: Mapping[str, Any],
    products: Iterable[Product],
    file: Upload | None,
    *,
    verb: str,
    by: User,
    now: datetime | None,
) -> Certificate:
    province = keep_current(row.producer, by)
    chosen = list(products)
    if strangers := [product for product in chosen if product.producer_id != row.producer_id]:
        raise PaperRefused(
            _("“%(product)s” is not a product of %(producer)s; choose among its own products.")
            % {"product": strangers[0], "producer": row.producer}
        )
    write(row, values)
    attach(row, "file", file)
    row.products.set(chosen)
    facts = {"kind": row.kind, "number": row.number}
    audit.record(verb, by=by, target=row, case=row.producer, province=province, at=now, **facts)
    return row


@transaction.atomic
def record_barcodes(
    producer: Producer,
    *,
    values: Mapping[str, Any],
    file: Upload | None = None,
    by: User,
    now: datetime | None = None,
) -> BarcodeRegistration:
    """Record the producer's right to use a GS1 prefix. Numbers are never made from it here.

    `values` are checked values of prefix, certificate_number, issued_on, expires_on; the fee of the
    year of issue is paid with the certificate. Raises PaperRefused.
    """
    row = BarcodeRegistration(producer=producer, fee_paid_for=values["issued_on"].year)
    return _write_barcodes(row, values, file, verb="registry.barcodes_recorded", by=by, now=now)


@transaction.atomic
def edit_barcodes(
    row: BarcodeRegistration, *, values: Mapping[str, Any], file: Upload | None = None, by: User
) -> BarcodeRegistration:
    """Correct a registration and its file. Raises PaperRefused."""
    keep(row.producer.province, by)
    rows = BarcodeRegistration.objects.select_for_update(of=("self",)).select_related("producer")
    return _write_barcodes(rows.get(pk=row.pk), values, file, verb="registry.barcodes_edited", by=by, now=None)


def _write_barcodes(
    row: BarcodeRegistration,
    values: Mapping[str, Any],
    file: Upload | None,
    *,
    verb: str,
    by: User,
    now: datetime | None,
) -> BarcodeRegistration:
    province = keep_current(row.producer, by)
    owner = BarcodeRegistration.objects.filter(prefix=values["prefix"]).exclude(producer=row.producer).first()
    if owner:
        raise PaperRefused(
            _("Prefix %(prefix)s is registered for %(producer)s; a prefix belongs to one producer. Check the paper.")
            % {"prefix": owner.prefix, "producer": owner.producer}
        )
    write(row, values)
    attach(row, "file", file)
    audit.record(verb, by=by, target=row, case=row.producer, province=province, at=now, prefix=row.prefix)
    return row


@transaction.atomic
def record_fee(row: BarcodeRegistration, *, by: User, now: datetime | None = None) -> BarcodeRegistration:
    """Note that the next annual fee was paid: the one that is due by 30 June of `fee_paid_for` + 1."""
    province = keep_current(row.producer, by)
    row = BarcodeRegistration.objects.select_for_update(of=("self",)).select_related("producer").get(pk=row.pk)
    if row.fee_due_on > row.expires_on:
        raise PaperRefused(
            _("The right to prefix %(prefix)s ends before the next fee is due; record the new certificate instead.")
            % {"prefix": row.prefix}
        )
    row.fee_paid_for += 1
    row.save(update_fields=["fee_paid_for"])
    facts = {"prefix": row.prefix, "year": row.fee_paid_for}
    audit.record("registry.barcode_fee_paid", by=by, target=row, case=row.producer, province=province, at=now, **facts)
    return row


def write(row: Any, values: Mapping[str, Any]) -> None:
    """Save checked values to a new or a locked row. Raises PaperRefused when the row cannot be as they say."""
    for field, value in values.items():
        setattr(row, field, value)
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise PaperRefused(" ".join(error.messages)) from error
    row.save() if row._state.adding else row.save(update_fields=[*values, *folded_fields(row)])


def attach(row: Any, field: str, paper: Upload | None) -> None:
    """Keep the paper by its content and name it in the row; none changes nothing."""
    if paper is None:
        return
    setattr(row, field, paper.keep())
    setattr(row, f"{field}_sha256", paper.sha256)
    row.save(update_fields=[field, f"{field}_sha256"])
