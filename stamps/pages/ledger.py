"""The ledger as lists: the producers with their balances, and the months of one producer as workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from imports.export import Value
from people.models import User
from registry.models import Producer
from stamps.life import ledger
from stamps.models import Account, StampBatch, StampCount, StampMovement
from stamps.pages.orders import SerialRange, serial_range


@dataclass(frozen=True)
class LedgerRow:
    """A producer's stamps now: how many in each account, and how many lie elsewhere than the ledger says."""

    producer: Producer
    accounts: dict[Account, int]
    differing: int

    @property
    def issued(self) -> int:
        """Stamps ever issued for the producer."""
        return sum(self.accounts.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Title and quantity of each account, in the order of the columns."""
        return [(str(account.label), self.accounts[account]) for account in ledger.SHOWN]


def ledger_rows(user: User) -> list[LedgerRow]:
    """Return the producers with stamps that the user may see; asks the same few questions for many as for one."""
    batches = StampBatch.objects.visible_to(user)
    producers = list(
        Producer.objects.visible_to(user).filter(products__stamp_batches__in=batches).distinct().order_by("name", "pk")
    )
    differing: Counter[int] = Counter()
    for difference in ledger.differences_of(batches.select_related("order", "product").order_by("start")):
        differing[difference.batch.product.producer_id] += difference.quantity
    now = ledger.balances_now([producer.pk for producer in producers])
    return [LedgerRow(producer, now[producer.pk], differing[producer.pk]) for producer in producers]


def list_titles() -> list[str]:
    """The columns of the list of producers."""
    return [_("Producer"), *(str(account.label) for account in ledger.SHOWN), _("Total"), _("Difference")]


def list_cells(rows: Iterable[LedgerRow]) -> list[list[Value]]:
    """The list of producers as rows of a workbook."""
    return [[row.producer.name, *(cell for _title, cell in row.cells), row.issued, row.differing] for row in rows]


@dataclass(frozen=True)
class MoveRow:
    """A movement with the ends of its range."""

    movement: StampMovement
    range: SerialRange


def move_rows(page: ledger.MonthPage) -> list[MoveRow]:
    """Return the month's movements with their ends."""
    return [MoveRow(move, serial_range(move.batch, move.start, move.end)) for move in page.movements]


def month_titles() -> list[str]:
    """The columns of a month's workbook: the sums of the accounts, then every movement."""
    return [
        _("Account or movement"),
        _("Opening"),
        _("In"),
        _("Out"),
        _("Closing"),
        _("Time"),
        _("Order"),
        _("First stamp"),
        _("Last stamp"),
        _("By"),
        _("Cause"),
    ]


def month_cells(page: ledger.MonthPage, moves: Iterable[MoveRow]) -> list[list[Value]]:
    """A month as rows of a workbook."""
    blank: list[Value] = [None] * 6
    rows: list[list[Value]] = [
        [str(line.account.label), line.opening, line.received, line.given, line.closing, *blank] for line in page.lines
    ]
    rows.append([_("Total"), *page.sums, *blank])
    for row in moves:
        move = row.movement
        words = f"{move.get_source_display()} → {move.get_target_display()}"
        facts: list[Value] = [timezone.localtime(move.moved_at), f"#{move.batch.order_id}"]
        facts += [row.range.first, row.range.last, str(move.moved_by), move.cause]
        rows.append([words, None, move.quantity, None, None, *facts])
    return rows


@dataclass(frozen=True)
class CountRow:
    """What was counted last in an account at the end of a month, beside what the ledger says now."""

    count: StampCount
    expected: int

    @property
    def difference(self) -> int:
        """Counted minus expected: negative when stamps are missing."""
        return self.count.counted - self.expected


def count_rows(page: ledger.MonthPage) -> list[CountRow]:
    """Return the counts of the month, newest first; the ledger may have been told more since."""
    closing = {line.account: line.closing for line in page.lines}
    counts = StampCount.objects.filter(producer=page.producer, month=page.month).select_related("counted_by")
    return [CountRow(count, closing[Account(count.account)]) for count in counts.order_by("-pk")]
