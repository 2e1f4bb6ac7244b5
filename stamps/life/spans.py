"""How a batch divides into stretches of one state: the question behind activation, the ledger and the order's page.

Activations and changes are ranges; for each stamp the newest change that covers it holds, and a restored
stamp is what its activation says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stamps.life.ranges import crossed, joined, painted
from stamps.models import Account, Activation, StampBatch, StampChange, StampOrder

State = StampChange.State
_ENDS = {
    State.VOID: Account.VOID,
    State.LOST: Account.LOST,
    State.DAMAGED: Account.DAMAGED,
    State.REPLACED: Account.REPLACED,
}


@dataclass(frozen=True)
class Span:
    """Stamps start ≤ n < end of a batch that share activation and newest change; both may be None."""

    start: int
    end: int
    activation: Activation | None = None
    change: StampChange | None = None

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start

    @property
    def is_free(self) -> bool:
        """Whether the stamps are on no lot and nothing was said against them."""
        return self.activation is None and self.change is None

    def account(self, *, is_handed_over: bool) -> Account:
        """Where the stamps lie: what ended them, else the lot, else the producer's drawer or our store."""
        if self.change is not None and (end := _ENDS.get(State(self.change.state))):
            return end
        if self.activation is not None:
            return Account.ACTIVATED
        return Account.PRODUCER if is_handed_over else Account.STORE


def spans_of(batch: StampBatch, start: int | None = None, end: int | None = None) -> list[Span]:
    """Return the stretches of the batch in order, without gaps; of the part start ≤ n < end if given.

    Asks two questions whatever the size; a change RESTORED counts as no change.
    """
    start, end = batch.start if start is None else start, batch.end if end is None else end
    overlapping = {"start__lt": end, "end__gt": start}
    activations = batch.activations.filter(**overlapping).select_related("lot").order_by("start")
    changes = batch.changes.filter(**overlapping).order_by("pk")
    return _divided(start, end, activations, changes)


def _divided(start: int, end: int, activations: Iterable[Activation], changes: Iterable[StampChange]) -> list[Span]:
    on_lots = painted(start, end, [(row.start, row.end, row) for row in activations], None)
    said = [(row.start, row.end, None if row.state == State.RESTORED else row) for row in changes]
    return [Span(*stretch) for stretch in crossed(on_lots, painted(start, end, said, None))]


def free_spans(batch: StampBatch) -> list[tuple[int, int]]:
    """Return the ranges (start, end) of the batch that can be put on a lot, in order."""
    return [(span.start, span.end) for span in spans_of(batch) if span.is_free]


def waiting(batches: Iterable[StampBatch]) -> list[tuple[StampBatch, int]]:
    """Return the batches with stamps that can still be put on a lot, each with their number, in the same order.

    Stamps that are void, lost, damaged, replaced or suspended wait for nothing. Asks as `accounts_of_each`.
    """
    counted = [(batch, sum(span.quantity for span in spans if span.is_free)) for batch, spans in _each(list(batches))]
    return [(batch, free) for batch, free in counted if free]


def accounts_of(batch: StampBatch) -> list[tuple[int, int, Account]]:
    """Return (start, end, account) for all stamps of the batch, in order: where the ranges say that they lie."""
    return _accounts(batch, spans_of(batch))


def accounts_of_each(batches: Sequence[StampBatch]) -> Iterator[tuple[StampBatch, list[tuple[int, int, Account]]]]:
    """Yield each batch with its `accounts_of`; asks two questions however many batches there are.

    The order of each batch should be fetched with it.
    """
    for batch, spans in _each(batches):
        yield batch, _accounts(batch, spans)


def _each(batches: Sequence[StampBatch]) -> Iterator[tuple[StampBatch, list[Span]]]:
    activations, changes = defaultdict(list), defaultdict(list)
    for activation in Activation.objects.filter(batch__in=batches).order_by("start"):
        activations[activation.batch_id].append(activation)
    for change in StampChange.objects.filter(batch__in=batches).order_by("pk"):
        changes[change.batch_id].append(change)
    for batch in batches:
        yield batch, _divided(batch.start, batch.end, activations[batch.pk], changes[batch.pk])


def _accounts(batch: StampBatch, spans: Iterable[Span]) -> list[tuple[int, int, Account]]:
    is_handed_over = batch.order.status == StampOrder.Status.HANDED_OVER
    return joined((span.start, span.end, span.account(is_handed_over=is_handed_over)) for span in spans)
