"""How long the stamps of a product last at the pace at which they went on lots."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Min, Q, QuerySet, Sum
from django.utils import timezone

from stamps.life.ledger import midnight
from stamps.models import Account, StampMovement, StampOrder

WINDOW = 90  # days that are looked back on: a season counts, last year's does not
SHORTEST = 14  # days; from fewer no pace can be told
NOTICE = 30  # days; so long an order takes from the question to the hand-over
MONTH = 30  # days
FREE = (Account.STORE, Account.PRODUCER)


@dataclass(frozen=True)
class Outlook:
    """Stamps of a product on no lot, those asked for, and how many went on lots in so many days."""

    in_store: int = 0
    with_producer: int = 0
    asked: int = 0  # in orders that nobody has decided on yet
    used: int = 0
    days: int = SHORTEST

    @property
    def left(self) -> int:
        """Stamps that can still go on lots."""
        return self.in_store + self.with_producer

    @property
    def per_month(self) -> int:
        """Stamps that go on lots in thirty days."""
        return round(self.used * MONTH / self.days)

    def ends_on(self, today: date) -> date | None:
        """The day on which the last stamp on no lot is used at this pace; None where there is no pace.

        A day that the calendar does not reach is no day to plan with: None too.
        """
        if not self.used:
            return None
        lasts = self.left * self.days // self.used
        return today + timedelta(days=lasts) if lasts <= (date.max - today).days else None

    @property
    def is_short(self) -> bool:
        """Whether an order made today might come too late, and none is made yet that would do."""
        return bool(self.used) and (self.left + self.asked) * self.days <= NOTICE * self.used


def outlooks(products: Collection[int] | QuerySet[Any, Any], *, today: date | None = None) -> dict[int, Outlook]:
    """Return the outlook of each product (id) that ever got stamps, in two questions."""
    today = today or timezone.localdate()
    since = midnight(today - timedelta(days=WINDOW))
    to_lots = Q(source__in=FREE, target=Account.ACTIVATED)
    size = F("end") - F("start")
    sums = {f"into_{account}": Sum(size, filter=Q(target=account), default=0) for account in FREE}
    sums |= {f"out_of_{account}": Sum(size, filter=Q(source=account), default=0) for account in FREE}
    requested = StampOrder.objects.filter(status=StampOrder.Status.REQUESTED, enrolment__product__in=products)
    asked = dict(requested.order_by().values_list("enrolment__product").annotate(n=Sum("quantity")))
    rows: Any = StampMovement.objects.filter(batch__product__in=products).order_by().values("batch__product")
    return {
        row["batch__product"]: Outlook(
            in_store=row["into_store"] - row["out_of_store"],
            with_producer=row["into_producer"] - row["out_of_producer"],
            asked=asked.get(row["batch__product"], 0),
            used=row["used"],
            days=_days(row["first"] and timezone.localdate(row["first"]), today),
        )
        for row in rows.annotate(
            used=Sum(size, filter=to_lots & Q(moved_at__gte=since), default=0),
            first=Min("moved_at", filter=to_lots),
            **sums,
        )
    }


def _days(first: date | None, today: date) -> int:
    """Return the days over which the use is spread: since the first stamp went on a lot, within the window."""
    return min(max((today - first).days, SHORTEST), WINDOW) if first else SHORTEST
