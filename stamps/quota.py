"""What of an enrolment's quota is used, and what an order costs whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from projects.models import Enrolment
from stamps.models import StampOrder


@dataclass(frozen=True)
class Quota:
    """Stamps granted in all, and how many of them are ordered; refused and cancelled orders do not count."""

    granted: int
    ordered: int

    @property
    def left(self) -> int:
        """Stamps that can still be ordered."""
        return max(self.granted - self.ordered, 0)


@dataclass(frozen=True)
class Cost:
    """What an order costs in đồng, and who pays which part; the producer's part is rounded down."""

    total: int
    state: int
    producer: int


def ordered_by_enrolment(orders: QuerySet[StampOrder]) -> dict[int, int]:
    """Return for each enrolment with orders the stamps that take from its quota."""
    counting = StampOrder.objects.counting().filter(pk__in=orders.order_by().values("pk"))
    return dict(counting.order_by().values_list("enrolment").annotate(n=Sum("quantity")).values_list("enrolment", "n"))


def quota_of(enrolment: Enrolment) -> Quota:
    """Return the quota of one enrolment and what is used of it."""
    ordered = ordered_by_enrolment(StampOrder.objects.filter(enrolment=enrolment))
    return Quota(enrolment.stamp_quota, ordered.get(enrolment.pk, 0))


def cost_of(order: StampOrder) -> Cost | None:
    """Return what the order costs; None while no price is known."""
    if order.unit_price is None:
        return None
    total = order.unit_price * order.quantity
    producer = total * order.producer_share // 100
    return Cost(total, total - producer, producer)
