"""The ways between the states of a stamp: what may follow on what."""

from __future__ import annotations

from stamps.models import StampChange

State = StampChange.State

# None is "nothing was said against it". A damaged or replaced stamp has no way back: another has its place.
FROM: dict[State, frozenset[State | None]] = {
    State.SUSPENDED: frozenset({None}),
    State.VOID: frozenset({None, State.SUSPENDED, State.LOST}),
    State.LOST: frozenset({None, State.SUSPENDED}),
    State.DAMAGED: frozenset({None, State.SUSPENDED}),
    State.REPLACED: frozenset({None, State.SUSPENDED, State.LOST, State.DAMAGED}),
    State.RESTORED: frozenset({State.SUSPENDED, State.VOID, State.LOST}),
}
