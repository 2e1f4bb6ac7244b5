"""How long a paper still holds, in the words of the lists; and what is odd about the papers of a product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import BarcodeRegistration, Product

SOON_DAYS = 60  # as long as the National Barcode Centre needs, with room for a second try
GTIN8_ZEROS = "000000"


class Validity(models.TextChoices):
    """Where a paper stands today."""

    VALID = "valid", gettext_lazy("Valid")
    SOON = "soon", gettext_lazy("Ends within 60 days")
    OVER = "over", gettext_lazy("No longer valid")
    ENDLESS = "endless", gettext_lazy("Without an end")


TONES = {Validity.VALID: "ok", Validity.SOON: "wait", Validity.OVER: "late", Validity.ENDLESS: "ok"}


def validity(last_day: date | None, today: date) -> Validity:
    """Return the state of a paper whose last day of use is `last_day`."""
    if last_day is None:
        return Validity.ENDLESS
    if last_day < today:
        return Validity.OVER
    return Validity.SOON if (last_day - today).days <= SOON_DAYS else Validity.VALID


def holds(state: str, today: date, *, column: str) -> Q:
    """Return the same as a condition on rows whose last day stands in `column`."""
    soon = today + timedelta(days=SOON_DAYS)
    return {
        Validity.VALID: Q(**{f"{column}__gt": soon}),
        Validity.SOON: Q(**{f"{column}__gte": today, f"{column}__lte": soon}),
        Validity.OVER: Q(**{f"{column}__lt": today}),
        Validity.ENDLESS: Q(**{f"{column}__isnull": True}),
    }[Validity(state)]


def chip(last_day: date | None, today: date) -> dict[str, Any]:
    """Return tone and label for the status chip."""
    state = validity(last_day, today)
    return {"tone": TONES[state], "label": state.label}


def gtins_outside(products: Iterable[Product], registrations: Iterable[BarcodeRegistration]) -> Iterator[Product]:
    """Yield the products whose GTIN was made from none of the producer's prefixes.

    GTIN-8 are given out one by one and come from no company's prefix.
    """
    held = list(registrations)
    for product in products:
        gtin = product.gtin or ""
        if gtin and not gtin.startswith(GTIN8_ZEROS) and not any(each.covers(gtin) for each in held):
            yield product


def barcode_warnings(product: Product, registrations: list[BarcodeRegistration], today: date) -> Iterator[str]:
    """Yield what is odd about a product's GTIN: no right to it, or a right that has ended."""
    if not product.gtin:
        return
    if not registrations:
        yield _("The product has a GTIN, but no GS1 registration of its producer is recorded.")
    elif list(gtins_outside([product], registrations)):
        yield _("GTIN %(gtin)s does not start with the producer's prefix (%(prefixes)s); check the certificate.") % {
            "gtin": product.gtin,
            "prefixes": ", ".join(sorted({each.prefix for each in registrations})),
        }
    elif not any(each.covers(product.gtin) and each.expires_on >= today for each in registrations):
        yield _("The right to the prefix of GTIN %(gtin)s has ended; renew it at the National Barcode Centre.") % {
            "gtin": product.gtin
        }
