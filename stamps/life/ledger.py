"""The stamp ledger: movements between accounts, balances of a producer's month, and the proof against the ranges.

Every stamp lies in exactly one account from its issue on. An act that moves stamps is done inside `booked`,
which compares where the stamps lay before with where they lie after, and writes what moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from people.models import User
from registry.models import Producer
from stamps.life.ranges import crossed, joined, painted
from stamps.life.spans import accounts_of, accounts_of_each
from stamps.models import Account, StampBatch, StampMovement

Stretch = tuple[int, int, Account]
AT_ONCE = 100  # batches whose ranges are held in memory together
# The accounts that a page shows, in the order of a stamp's life.
SHOWN = tuple(account for account in Account if account != Account.ISSUE)


@contextmanager
def booked(batch: StampBatch, *, by: User, at: datetime, cause: str = "") -> Iterator[None]:
    """Write down which stamps of the batch the enclosed act moves. The batch is locked, the transaction open."""
    before = accounts_of(batch)
    yield
    write_movements(batch, before, accounts_of(batch), by=by, at=at, cause=cause)


def book_issue(batch: StampBatch, *, by: User, at: datetime) -> None:
    """Write down that the stamps of a new batch came into the store."""
    write_movements(batch, [(batch.start, batch.end, Account.ISSUE)], accounts_of(batch), by=by, at=at, cause="")


def write_movements(
    batch: StampBatch, before: list[Stretch], after: list[Stretch], *, by: User, at: datetime, cause: str
) -> None:
    """Write a movement for every stretch whose account differs."""
    StampMovement.objects.bulk_create(
        StampMovement(
            batch=batch, start=start, end=end, source=source, target=target, moved_at=at, moved_by=by, cause=cause
        )
        for start, end, source, target in differences(before, after)
    )


def differences(before: list[Stretch], after: list[Stretch]) -> list[tuple[int, int, Account, Account]]:
    """Return (start, end, before, after) of every stretch whose account differs; both cover the same stamps."""
    pairs = joined((start, end, (source, target)) for start, end, source, target in crossed(before, after))
    return [(start, end, *pair) for start, end, pair in pairs if pair[0] != pair[1]]


@dataclass
class AccountLine:
    """One account of a producer in a month: stamps at its beginning, what came in and went out, stamps at its end."""

    account: Account
    opening: int = 0
    received: int = 0
    given: int = 0

    @property
    def closing(self) -> int:
        """Stamps at the end of the month."""
        return self.opening + self.received - self.given


@dataclass(frozen=True)
class Difference:
    """Stamps that the ledger has in one account and the ranges in another: something was changed beside the acts."""

    batch: StampBatch
    start: int
    end: int
    booked: Account
    found: Account

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start


@dataclass(frozen=True)
class MonthPage:
    """The ledger of a producer in one month."""

    producer: Producer
    month: date
    lines: list[AccountLine]
    movements: list[StampMovement]
    differences: list[Difference] = field(default_factory=list)

    @property
    def issued(self) -> int:
        """Stamps ever issued by the end of the month: what all accounts together must hold."""
        return sum(line.closing for line in self.lines)

    @property
    def sums(self) -> tuple[int, int, int, int]:
        """Opening, in, out and closing of all accounts together; opening and in less out make closing."""
        lines = self.lines
        return (
            sum(line.opening for line in lines),
            sum(line.received for line in lines),
            sum(line.given for line in lines),
            self.issued,
        )


def month_page(producer: Producer, month: date) -> MonthPage:
    """Return the ledger of the producer for the month that holds the day `month`."""
    first = month.replace(day=1)
    start, end = midnight(first), midnight(next_month(first))
    movements = StampMovement.objects.filter(batch__product__producer=producer)
    batches = StampBatch.objects.filter(product__producer=producer)
    return MonthPage(
        producer=producer,
        month=first,
        lines=balances(movements, start, end),
        movements=list(
            movements.filter(moved_at__gte=start, moved_at__lt=end).select_related(
                "batch__product", "batch__order", "moved_by"
            )
        ),
        differences=list(differences_of(batches.select_related("order", "product"))),
    )


def balances(movements: QuerySet[StampMovement], start: datetime, end: datetime) -> list[AccountLine]:
    """Return a line per account for the instants start ≤ t < end, from the movements given."""
    lines: dict[Account, AccountLine] = {account: AccountLine(account) for account in SHOWN}
    quantity = F("end") - F("start")
    sums = movements.filter(moved_at__lt=end).values("source", "target")
    for row in sums.annotate(earlier=Sum(quantity, filter=Q(moved_at__lt=start), default=0), total=Sum(quantity)):
        during = row["total"] - row["earlier"]
        if line := lines.get(Account(row["target"])):
            line.opening += row["earlier"]
            line.received += during
        if line := lines.get(Account(row["source"])):
            line.opening -= row["earlier"]
            line.given += during
    return list(lines.values())


def closing_of(producer: Producer, month: date) -> dict[Account, int]:
    """Return how many stamps the ledger has in each account at the end of the month."""
    movements = StampMovement.objects.filter(batch__product__producer=producer)
    first = month.replace(day=1)
    return {line.account: line.closing for line in balances(movements, midnight(first), midnight(next_month(first)))}


def balances_now(producers: Collection[int]) -> dict[int, dict[Account, int]]:
    """Return for each producer (id) how many stamps lie in each account now, in one question."""
    found: dict[int, dict[Account, int]] = {pk: dict.fromkeys(SHOWN, 0) for pk in producers}
    sums = StampMovement.objects.filter(batch__product__producer__in=producers).order_by()
    rows = sums.values("batch__product__producer", "source", "target").annotate(total=Sum(F("end") - F("start")))
    for row in rows:
        lines = found[row["batch__product__producer"]]
        for account, change in ((Account(row["target"]), row["total"]), (Account(row["source"]), -row["total"])):
            if account in lines:
                lines[account] += change
    return found


def differences_of(batches: Iterable[StampBatch]) -> Iterator[Difference]:
    """Yield every stretch of the batches whose account in the ledger is not where the ranges say it lies.

    Asks three questions for every hundred batches.
    """
    rest = iter(batches)
    while some := list(islice(rest, AT_ONCE)):
        moves = defaultdict(list)
        for move in StampMovement.objects.filter(batch__in=some).order_by("moved_at", "pk"):
            moves[move.batch_id].append((move.start, move.end, Account(move.target)))
        for batch, lying in accounts_of_each(some):
            booked_in = painted(batch.start, batch.end, moves[batch.pk], Account.ISSUE)
            for start, end, in_ledger, found in differences(booked_in, lying):
                yield Difference(batch, start, end, in_ledger, found)


def next_month(first: date) -> date:
    """Return the first day of the following month."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def midnight(day: date) -> datetime:
    """Return the instant at which the day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
