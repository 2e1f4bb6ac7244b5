"""How long the stamps of products last: as a list, and in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import User
from registry.models import Product
from stamps.life.outlook import Outlook, outlooks


@dataclass(frozen=True)
class OutlookRow:
    """A product with its stamps on no lot, and the day on which they end at the present pace."""

    product: Product
    outlook: Outlook
    ends_on: date | None


def outlook_rows(user: User) -> list[OutlookRow]:
    """Return the products with stamps that the user may see: first those whose stamps end first, the unused last."""
    today = timezone.localdate()
    products = Product.objects.visible_to(user).filter(stamp_batches__isnull=False).distinct()
    found = outlooks(products.values("pk"), today=today)
    rows = [
        OutlookRow(product, outlook, outlook.ends_on(today))
        for product in products.select_related("producer").order_by("name", "pk")
        if (outlook := found.get(product.pk)) is not None
    ]
    return sorted(rows, key=lambda row: row.ends_on or date.max)


def outlook_of(product: Product) -> str:
    """Return the outlook of the product in words; "" before its first stamps."""
    outlook = outlooks([product.pk]).get(product.pk)
    return in_words(outlook) if outlook else ""


def in_words(outlook: Outlook) -> str:
    """Return how many stamps are on no lot, and how long they last."""
    left = _("%(left)s on no lot") % {"left": intcomma(outlook.left)}
    end = outlook.ends_on(timezone.localdate())
    if end is None or not outlook.left:
        return left
    words = _("%(left)s; at the present pace enough until about %(day)s")
    return words % {"left": left, "day": date_format(end, "SHORT_DATE_FORMAT")}
