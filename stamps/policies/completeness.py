"""The minimum data of TT 02/2024/TT-BKHCN that a product has to have before stamps are ordered for it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lots.policies import Gap, gaps_of
from registry.models import Product
from stamps.errors import OrderRefused


def product_gaps(product: Product) -> list[Gap]:
    """Return what the product itself lacks of the minimum data of TT 02/2024; its lots are asked at activation."""
    steps = product.group.steps.values_list("pk", flat=True) if product.group else ()
    return gaps_of(product, set(steps))


def check_product_is_complete(product: Product) -> None:
    """Raise OrderRefused listing what is missing: a stamp would lead to a page that the law does not allow."""
    if gaps := product_gaps(product):
        raise OrderRefused(
            _("“%(product)s” lacks minimum data of TT 02/2024/TT-BKHCN:") % {"product": product.name}
            + " "
            + " ".join(str(gap.message) for gap in gaps),
            field="enrolment",
        )
