"""Lines that say how far a demo run is, and how long it has taken."""

from __future__ import annotations

import time
from collections.abc import Callable

STEPS = 8


class Progress:
    """Prints "[3/8]  12,3 s  …"; `started` is a time.time(), so that a child process goes on counting."""

    def __init__(self, write: Callable[[str], object], *, started: float | None = None, step: int = 0) -> None:
        self.write, self.step = write, step
        self.started = time.time() if started is None else started

    def next(self, text: str) -> None:
        """Begin the next of the steps."""
        self.step += 1
        self._line(f"[{self.step}/{STEPS}]", text)

    def detail(self, text: str) -> None:
        """Say what goes on inside a step."""
        self._line(" " * len(f"[{STEPS}/{STEPS}]"), f"· {text}")

    def _line(self, head: str, text: str) -> None:
        elapsed = f"{time.time() - self.started:5.1f} s".replace(".", ",")
        self.write(f"{head} {elapsed}  {text}")
