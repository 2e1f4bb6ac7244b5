"""Slowing down who asks for codes that are none of ours: 30 in ten minutes per network, in this process.

Only unknown codes are counted and only they are refused: a stamp of ours is shown to everybody all the
time, so a whole quarter behind one address is never locked out by one guesser in it. Each process counts
for itself: with n processes a network has n × 30 guesses, of which one in 2**30 could be a serial at all.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

FREE = 30
WINDOW = 600  # seconds
NETWORKS = 10_000  # remembered at once; the ones that began longest ago are forgotten first


class Guesses:
    """How many unknown codes each network asked for since its first one; networks are keyed hashes."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._guard = threading.Lock()

    def take(self, network: str) -> int:
        """Count one unknown code; return 0, or for how many seconds the network gets no more answers to such."""
        now = time.monotonic()
        with self._guard:
            began, count = self._counts.get(network, (now, 0))
            if now - began >= WINDOW:
                began, count = now, 0
                self._counts.pop(network, None)
            if count >= FREE:
                return max(1, round(WINDOW - (now - began)))
            self._counts[network] = (began, count + 1)
            while len(self._counts) > NETWORKS:
                self._counts.popitem(last=False)
        return 0

    def __len__(self) -> int:
        return len(self._counts)
