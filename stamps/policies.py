"""Rules of stamps: who may order, how many, when a range may be activated, and the gate of the rollout."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from lots.models import Lot
from lots.policies import can_record, minimum_data_gaps
from people.models import Membership, User
from people.scope import scope_of
from projects.models import Enrolment, PilotProject, StageKind
from projects.policies import Rule
from registry.policies import acts_for
from stamps.errors import ActivationRefused, NotAllowedForYou, OrderRefused
from stamps.models import Activation, StampBatch, StampOrder

Role = Membership.Role


def can_order(user: User, enrolment: Enrolment) -> bool:
    """Whether the user may ask for stamps: the producer's people, managers and stamp officers."""
    project = enrolment.project
    offices = (Role.MANAGER, Role.STAMP_OFFICER)
    return acts_for(user, enrolment.product.producer) or scope_of(user).has_role(
        *offices, province_id=project.province_id
    )


def check_can_order(enrolment: Enrolment, quantity: int, *, by: User) -> None:
    """Raise when stamps may not be ordered: only for products enrolled in a running rollout, within the limit."""
    names = {"product": enrolment.product.name, "project": enrolment.project.code}
    if not can_order(by, enrolment):
        raise NotAllowedForYou(_("You may not order stamps for “%(product)s”.") % names)
    if enrolment.withdrawn_at is not None:
        raise OrderRefused(
            _("“%(product)s” no longer takes part in project %(project)s; enrol it again first.") % names
        )
    if enrolment.project.status != PilotProject.Status.RUNNING:
        raise OrderRefused(_("Project %(project)s is not running, so no stamps are issued for it.") % names)
    if not enrolment.project.stage(StageKind.ROLLOUT).is_open:
        raise OrderRefused(_("Stamps are ordered in the rollout stage; project %(project)s is not in it.") % names)
    if not 1 <= quantity <= settings.STAMPS_MAX_ORDER:
        raise OrderRefused(
            _("Order between 1 and %(limit)d stamps at a time, not %(quantity)d.")
            % {"limit": settings.STAMPS_MAX_ORDER, "quantity": quantity}
        )


def check_can_decide(order: StampOrder, *, by: User) -> None:
    """Raise when the order is not waiting, or the user asked for it (two people, always)."""
    if order.status != StampOrder.Status.REQUESTED:
        raise OrderRefused(
            _("Order %(order)s is no longer waiting for approval: %(status)s.")
            % {"order": order, "status": order.get_status_display().lower()}
        )
    if order.requested_by_id == by.pk:
        raise NotAllowedForYou(_("You asked for these stamps yourself; another person must approve them."))


def can_activate(user: User, batch: StampBatch) -> bool:
    """Whether the user may put stamps of the batch on a lot."""
    return can_record(user, batch.product.producer)


def check_can_activate(batch: StampBatch, start: int, end: int, lot: Lot, *, by: User) -> None:
    """Raise ActivationRefused naming the rule: the product's own lot, a free range, no missing minimum data."""
    if not can_activate(by, batch):
        raise NotAllowedForYou(_("You may not activate stamps of “%(product)s”.") % {"product": batch.product})
    if lot.product_id != batch.product_id:
        raise ActivationRefused(
            _("Lot %(lot)s is of “%(other)s”, the stamps are of “%(product)s”.")
            % {"lot": lot, "other": lot.product, "product": batch.product}
        )
    if not batch.start <= start < end <= batch.end:
        raise ActivationRefused(
            _("The range is not inside the batch: first and last stamp must be of the same batch, in order.")
        )
    if taken := Activation.objects.filter(batch=batch, start__lt=end, end__gt=start).first():
        raise ActivationRefused(
            _("%(count)d stamps of the range are already activated for lot %(lot)s; choose a later first stamp.")
            % {"count": min(end, taken.end) - max(start, taken.start), "lot": taken.lot}
        )
    if gaps := minimum_data_gaps(lot):
        raise ActivationRefused(
            _("Lot %(lot)s lacks minimum data of TT 02/2024/TT-BKHCN:") % {"lot": lot} + " " + " ".join(map(str, gaps))
        )


def stamps_activated_products_at_least(project: PilotProject, minimum: int) -> str:
    """Enrolled products with activated stamps (GL-2.D3)."""
    activated = Activation.objects.filter(
        batch__order__enrolment__project=project, batch__order__enrolment__withdrawn_at=None
    )
    count = activated.values("batch__product").distinct().count()
    if count >= minimum:
        return ""
    return _("%(count)d of at least %(minimum)d products have activated stamps; activate the missing ones.") % {
        "count": count,
        "minimum": minimum,
    }


RULES: dict[str, Rule] = {"stamps_activated_products_at_least": stamps_activated_products_at_least}
