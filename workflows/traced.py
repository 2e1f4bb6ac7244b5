"""What step 6 of onboarding asks of the rooms above: a declared lot and activated stamps (SL-S6)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lots.models import Lot
from onboarding.models import Onboarding
from onboarding.policies import Requirement
from stamps.models import Activation


def lot_is_declared(onboarding: Onboarding) -> str:
    """At least one lot of the product is declared."""
    product = onboarding.enrolment.product
    if Lot.objects.filter(product=product).exists():
        return ""
    return _("No lot of “%(product)s” is declared; the producer opens one, or a helper with them.") % {
        "product": product.name
    }


def stamps_are_activated(onboarding: Onboarding) -> str:
    """At least one range of the stamps that were ordered for this enrolment is activated."""
    if Activation.objects.filter(batch__order__enrolment=onboarding.enrolment_id).exists():
        return ""
    return _("No stamps of “%(product)s” are activated on a lot.") % {"product": onboarding.enrolment.product.name}


REQUIREMENTS: tuple[Requirement, ...] = (lot_is_declared, stamps_are_activated)
