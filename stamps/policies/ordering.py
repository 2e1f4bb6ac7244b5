"""Rules of orders: who may ask for stamps, how many, who decides, and who pays which part."""

from __future__ import annotations

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from people.models import Membership, User
from people.scope import scope_of
from projects.models import Enrolment, PilotProject, StageKind
from registry.models.producer import producers_of
from registry.policies import acts_for
from stamps.errors import NotAllowedForYou, OrderRefused
from stamps.models import StampOrder
from stamps.policies.completeness import check_product_is_complete

Role = Membership.Role
ORDERING = (Role.MANAGER, Role.STAMP_OFFICER)
# In the training people activate their first stamps (SL-S6); the rollout stamps everything.
ORDERING_STAGES = (StageKind.TRAINING, StageKind.ROLLOUT)


def can_order(user: User, enrolment: Enrolment) -> bool:
    """Whether the user may ask for stamps: the producer's people, managers and stamp officers."""
    province_id = enrolment.project.province_id
    return acts_for(user, enrolment.product.producer) or scope_of(user).has_role(*ORDERING, province_id=province_id)


def orderable_enrolments(user: User) -> QuerySet[Enrolment]:
    """Return the enrolments for which the user may order stamps now: `check_can_order` as a question about many.

    `ordered` is what of each one's quota is taken.
    """
    provinces = scope_of(user).provinces_with(*ORDERING)
    counting = StampOrder.objects.counting().filter(enrolment=OuterRef("pk")).order_by()
    counted = counting.values("enrolment").annotate(n=Sum("quantity")).values("n")
    return (
        Enrolment.objects.filter(Q(project__province__in=provinces) | Q(product__producer__in=producers_of(user)))
        .filter(
            withdrawn_at=None,
            project__status=PilotProject.Status.RUNNING,
            project__stages__kind__in=ORDERING_STAGES,
            project__stages__opened_at__isnull=False,
            project__stages__closed_at=None,
        )
        .distinct()
        .annotate(ordered=Coalesce(Subquery(counted), 0))
        .select_related("project", "product__producer")
        .order_by("product__name", "pk")
    )


def check_can_order(enrolment: Enrolment, quantity: int, *, by: User) -> None:
    """Raise when stamps may not be ordered: who may ask, and whether the order holds."""
    if not can_order(by, enrolment):
        raise NotAllowedForYou(_("You may not order stamps for “%(product)s”.") % {"product": enrolment.product.name})
    check_order_holds(enrolment, quantity, taken=ordered(enrolment))


def ordered(enrolment: Enrolment) -> int:
    """Stamps ordered under the enrolment so far, without those refused or cancelled."""
    total: int = StampOrder.objects.counting().filter(enrolment=enrolment).aggregate(n=Sum("quantity"))["n"] or 0
    return total


def check_order_holds(enrolment: Enrolment, quantity: int, *, taken: int) -> None:
    """Raise OrderRefused unless the product is enrolled where training or rollout is open, within limit and quota.

    `taken` is what other orders take from the quota. Asked when the order is made and again when it is
    issued: in between the product may have left the project.
    """
    names = {"product": enrolment.product.name, "project": enrolment.project.code}
    if enrolment.withdrawn_at is not None:
        raise OrderRefused(
            _("“%(product)s” no longer takes part in project %(project)s; enrol it again first.") % names
        )
    if enrolment.project.status != PilotProject.Status.RUNNING:
        raise OrderRefused(_("Project %(project)s is not running, so no stamps are issued for it.") % names)
    if not any(stage.kind in ORDERING_STAGES and stage.is_open for stage in enrolment.project.stages.all()):
        raise OrderRefused(
            _("Stamps are ordered in the training and the rollout stage; project %(project)s is in neither.") % names
        )
    check_product_is_complete(enrolment.product)
    if not 1 <= quantity <= settings.STAMPS_MAX_ORDER:
        raise OrderRefused(
            _("Order between 1 and %(limit)s stamps at a time, not %(quantity)s.")
            % {"limit": intcomma(settings.STAMPS_MAX_ORDER), "quantity": intcomma(quantity)},
            field="quantity",
        )
    quota = enrolment.stamp_quota
    if taken + quantity > quota:
        raise OrderRefused(
            _(
                "The quota of “%(product)s” in project %(project)s is %(quota)s stamps, %(taken)s are ordered; "
                "order at most %(left)s, or ask the project's manager for a larger quota."
            )
            % (names | {"quota": intcomma(quota), "taken": intcomma(taken), "left": intcomma(max(quota - taken, 0))}),
            field="quantity",
        )


def check_can_issue(order: StampOrder, *, by: User) -> None:
    """Raise when the order may not be approved by this person, or does not hold any more."""
    check_can_decide(order, by=by)
    check_order_holds(order.enrolment, order.quantity, taken=ordered(order.enrolment) - order.quantity)


def check_can_decide(order: StampOrder, *, by: User) -> None:
    """Raise when the order is not waiting, or above the limit for one person and the user asked for it."""
    if order.status != StampOrder.Status.REQUESTED:
        raise OrderRefused(
            _("Order %(order)s is no longer waiting for approval: %(status)s.")
            % {"order": order, "status": order.get_status_display().lower()}
        )
    if order.requested_by_id == by.pk and order.quantity > settings.STAMPS_SECOND_PERSON_ABOVE:
        raise NotAllowedForYou(_("You asked for these stamps yourself; another person must approve them."))


def check_shares(state_share: int, unit_price: int | None) -> None:
    """Raise OrderRefused for a share that is no part of 100 %, or a price below zero."""
    if not 0 <= state_share <= 100:
        raise OrderRefused(_("The share of the budget is between 0 and 100 %."), field="state_share")
    if unit_price is not None and unit_price < 0:
        raise OrderRefused(_("The price of a stamp is not below zero."), field="unit_price")
