"""Rules of stamps: who may order, how many, when a range may be activated, and the gate of the rollout."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lots.models import Lot
from lots.policies import can_record, minimum_data_gaps
from people.models import Membership, User
from people.scope import scope_of
from projects.models import Enrolment, PilotProject, StageKind
from projects.policies import Rule
from registry.models.producer import producers_of
from registry.policies import acts_for
from stamps.errors import ActivationRefused, NotAllowedForYou, OrderRefused
from stamps.models import Activation, StampBatch, StampOrder

Role = Membership.Role
ORDERING = (Role.MANAGER, Role.STAMP_OFFICER)
PRINTING = (Role.MANAGER, Role.STAMP_OFFICER)


def can_order(user: User, enrolment: Enrolment) -> bool:
    """Whether the user may ask for stamps: the producer's people, managers and stamp officers."""
    province_id = enrolment.project.province_id
    return acts_for(user, enrolment.product.producer) or scope_of(user).has_role(*ORDERING, province_id=province_id)


def orderable_enrolments(user: User) -> QuerySet[Enrolment]:
    """Return the enrolments for which the user may order stamps now: `check_can_order` as a question about many."""
    provinces = scope_of(user).provinces_with(*ORDERING)
    return (
        Enrolment.objects.filter(Q(project__province__in=provinces) | Q(product__producer__in=producers_of(user)))
        .filter(
            withdrawn_at=None,
            project__status=PilotProject.Status.RUNNING,
            project__stages__kind=StageKind.ROLLOUT,
            project__stages__opened_at__isnull=False,
            project__stages__closed_at=None,
        )
        .select_related("project", "product__producer")
        .order_by("product__name", "pk")
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
            % {"limit": settings.STAMPS_MAX_ORDER, "quantity": quantity},
            field="quantity",
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


def can_print(user: User, batch: StampBatch) -> bool:
    """Whether the user may make and fetch the label sheet: whoever holds it can print stamps."""
    province_id = batch.order.enrolment.project.province_id
    return scope_of(user).has_role(*PRINTING, province_id=province_id)


def check_can_print(batch: StampBatch, *, by: User) -> None:
    """Raise when the user may not print, or the batch is larger than one file may be."""
    if not can_print(by, batch):
        raise NotAllowedForYou(_("Label sheets are made by the stamp officer or the project manager."))
    if batch.quantity > settings.STAMPS_MAX_SHEET:
        raise OrderRefused(
            _("A sheet holds at most %(limit)d stamps; order %(order)s has %(quantity)d.")
            % {"limit": settings.STAMPS_MAX_SHEET, "order": batch.order, "quantity": batch.quantity}
        )


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
            % {"lot": lot, "other": lot.product, "product": batch.product},
            field="lot",
        )
    if not batch.start <= start < batch.end:
        raise ActivationRefused(_("The first stamp is not of this batch; take one from its sheet."), field="first")
    if not batch.start < end <= batch.end:
        raise ActivationRefused(_("The last stamp is not of this batch; take one from its sheet."), field="last")
    if start >= end:
        raise ActivationRefused(_("The last stamp comes before the first; swap them."), field="last")
    if taken := Activation.objects.filter(batch=batch, start__lt=end, end__gt=start).first():
        raise ActivationRefused(
            _("%(count)d stamps of the range are already activated for lot %(lot)s; choose a later first stamp.")
            % {"count": min(end, taken.end) - max(start, taken.start), "lot": taken.lot},
            field="first",
        )
    if gaps := minimum_data_gaps(lot):
        raise ActivationRefused(
            _("Lot %(lot)s lacks minimum data of TT 02/2024/TT-BKHCN:") % {"lot": lot} + " " + " ".join(map(str, gaps)),
            field="lot",
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
