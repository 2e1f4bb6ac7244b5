"""What of stamps waits for officials: one row for each kind of work, with the list that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import User
from stamps.models import Roll, StampAlert, StampOrder

Status = StampOrder.Status


class Work(TextChoices):
    """What an order waits for, in the order of its way."""

    APPROVE = "approve", gettext_lazy("To approve")
    PLAN = "plan", gettext_lazy("Stamps on no roll yet")
    MAKE = "make", gettext_lazy("Files to make")
    COUNT = "count", gettext_lazy("Rolls to count")
    HAND_OVER = "hand_over", gettext_lazy("To hand over")


@dataclass(frozen=True)
class Waiting:
    """So many orders, or alerts, wait for this work."""

    label: str
    count: int
    url: str


def orders_waiting(orders: QuerySet[StampOrder], work: str) -> QuerySet[StampOrder]:
    """Return the orders among these that wait for the work; one order may wait for several."""
    return _with_rolls(orders).filter(_CONDITIONS[Work(work)])


def waiting_for_officials(user: User) -> list[Waiting]:
    """Return each kind of work on stamps that waits in the user's provinces, without those of which none does."""
    orders = _with_rolls(StampOrder.objects.visible_to(user)).order_by()
    counts: dict[str, int] = orders.aggregate(
        **{work.value: Count("pk", filter=condition, distinct=True) for work, condition in _CONDITIONS.items()}
    )
    rows = [Waiting(str(work.label), counts[work], _url("stamps:orders", waits=work.value)) for work in Work]
    alerts = StampAlert.objects.visible_to(user).open().count()
    rows.append(Waiting(_("Alerts to look into"), alerts, _url("stamps:alerts", status=StampAlert.Status.OPEN)))
    return [row for row in rows if row.count]


def _url(name: str, **query: str) -> str:
    return reverse(name, query=query)


def _with_rolls(orders: QuerySet[StampOrder]) -> QuerySet[Any]:
    rolls = Roll.objects.in_force().filter(batch__order=OuterRef("pk")).order_by()
    on_rolls = rolls.values("batch").annotate(n=Sum(F("end") - F("start"))).values("n")
    return orders.annotate(
        on_rolls=Coalesce(Subquery(on_rolls), 0),
        has_unmade=Exists(rolls.filter(released_at=None)),
        has_uncounted=Exists(rolls.filter(released_at__isnull=False, reconciled_at=None)),
    )


_ISSUED = Q(status=Status.ISSUED)
_CONDITIONS: dict[Work, Q] = {
    Work.APPROVE: Q(status=Status.REQUESTED),
    Work.PLAN: _ISSUED & Q(on_rolls__lt=F("quantity")),
    Work.MAKE: _ISSUED & Q(has_unmade=True),
    Work.COUNT: _ISSUED & Q(has_uncounted=True),
    Work.HAND_OVER: _ISSUED & Q(on_rolls=F("quantity"), has_unmade=False, has_uncounted=False),
}
