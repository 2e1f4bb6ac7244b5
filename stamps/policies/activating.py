"""Rules of activation: who puts stamps on a lot, and when a range may be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lots.models import Lot, Recall
from lots.policies import can_record, minimum_data_gaps
from people.models import User
from registry.models import Product
from stamps.errors import ActivationRefused, NotAllowedForYou
from stamps.life.spans import spans_of
from stamps.models import StampBatch


def can_activate(user: User, batch: StampBatch) -> bool:
    """Whether the user may put stamps of the batch on a lot."""
    return can_record(user, batch.product.producer)


def check_can_activate(batch: StampBatch, start: int, end: int, lot: Lot, *, by: User) -> None:
    """Raise ActivationRefused naming the rule.

    The product still takes part, the lot is its own, the range is free and the minimum data are there.
    """
    if not can_activate(by, batch):
        raise NotAllowedForYou(_("You may not activate stamps of “%(product)s”.") % {"product": batch.product})
    check_takes_part(batch.product)
    if lot.product_id != batch.product_id:
        raise ActivationRefused(
            _("Lot %(lot)s is of “%(other)s”, the stamps are of “%(product)s”.")
            % {"lot": lot, "other": lot.product, "product": batch.product},
            field="lot",
        )
    if not batch.start <= start < batch.end:
        raise ActivationRefused(_("The first stamp is not of this batch; take one from its sheet."), field="first")
    if not batch.start < end <= batch.end:
        raise ActivationRefused(_("The last stamp is not of this batch; take one from its sheet."), field="last")
    if start >= end:
        raise ActivationRefused(_("The last stamp comes before the first; swap them."), field="last")
    check_free(batch, start, end)
    if made := Recall.objects.in_force().of_lot(lot).first():
        raise ActivationRefused(
            _("Lot %(lot)s is recalled: %(reason)s. Its goods get no stamps until the recall is lifted.")
            % {"lot": lot, "reason": made.reason},
            field="lot",
        )
    if gaps := minimum_data_gaps(lot):
        raise ActivationRefused(
            _("Lot %(lot)s lacks minimum data of TT 02/2024/TT-BKHCN:") % {"lot": lot} + " " + " ".join(map(str, gaps)),
            field="lot",
        )


def check_takes_part(product: Product) -> None:
    """Raise ActivationRefused when the product left the last project that it took part in."""
    if not product.enrolments.filter(withdrawn_at=None).exists():  # enrolled anew is a new enrolment
        raise ActivationRefused(
            _(
                "“%(product)s” takes part in no project any more, so its stamps go on no further lot. Ask the office "
                "to enrol it again, or report the stamps that are left as void."
            )
            % {"product": product.name}
        )


def check_free(batch: StampBatch, start: int, end: int) -> None:
    """Raise ActivationRefused when a stamp of the range is on a lot already, or something was said against it."""
    for span in spans_of(batch, start, end):
        if span.change is not None:
            raise ActivationRefused(
                _("%(count)d stamps of the range are %(state)s: %(reason)s. Choose stamps that are free.")
                % {
                    "count": span.quantity,
                    "state": span.change.get_state_display().lower(),
                    "reason": span.change.reason,
                },
                field="first",
            )
        if span.activation is not None:
            raise ActivationRefused(
                _("%(count)d stamps of the range are already activated for lot %(lot)s; choose a later first stamp.")
                % {"count": span.quantity, "lot": span.activation.lot},
                field="first",
            )
