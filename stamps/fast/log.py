"""The scan log: entries go to a buffer in memory, and a thread writes them several times a second.

A page never waits for it and never fails with it. What a killed process had in its buffer is lost: scans
of 0.3 seconds, none of which anybody was told was kept.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import deque

from django.utils import timezone

from stamps.fast.network import DayKeys
from stamps.fast.rules import look_for_copies
from stamps.fast.scans import Scan
from stamps.fast.tables import Away, database
from stamps.fast.writing import write

logger = logging.getLogger(__name__)

EVERY = 0.3  # seconds between two writings
AT_ONCE = 5_000  # entries in one transaction
MOST = 100_000  # entries in memory, about 30 MB; beyond it scans are shown but not counted
LONGEST_WAIT = 5.0  # seconds between two tries while the database is away
AT_EXIT = 3.0  # seconds that the end of the process waits for the thread


class ScanLog:
    """The buffer of this process. `start` lets a thread write it; without one, `flush` does."""

    def __init__(self, keys: DayKeys) -> None:
        self._keys = keys
        self._scans: deque[Scan] = deque()
        self._dropped = 0
        self._writing = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, scan: Scan) -> None:
        """Take a scan; never waits."""
        if len(self._scans) < MOST:
            self._scans.append(scan)
        else:
            self._dropped += 1

    def start(self) -> None:
        """Write from a thread of this process from now on, and the rest when the process ends."""
        with self._writing:
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep_writing, name="scan log", daemon=True)
                self._thread.start()
                atexit.register(self.close)

    def flush(self) -> int:
        """Write what is there; return how many. Raises Away, and nothing is lost then."""
        written = 0
        with self._writing:
            self._keys.fetch(timezone.localdate())
            while self._scans:
                written += self._write_some()
        return written

    def close(self) -> None:
        """End the thread and write the rest."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(AT_EXIT)
        try:
            self.flush()
        except Exception as error:
            logger.error("%d scans were not written (%s).", len(self._scans), type(error).__name__)

    def __len__(self) -> int:
        return len(self._scans)

    def _write_some(self) -> int:
        taken = [self._scans.popleft() for _ in range(min(len(self._scans), AT_ONCE))]
        try:
            with database():
                write(taken)
        except Away:
            self._scans.extendleft(reversed(taken))
            raise
        except Exception as error:
            # What the database refuses now it will refuse again; it must not hold up the rest.
            logger.error("%d scans could not be written (%s).", len(taken), type(error).__name__)
            return 0
        look_for_copies(taken)
        return len(taken)

    def _keep_writing(self) -> None:
        failures = 0
        while not self._stop.wait(min(EVERY * 2**failures, LONGEST_WAIT)):
            try:
                self.flush()
                failures = 0
            except Exception as error:
                failures = min(failures + 1, 10)
                if failures == 1 or not isinstance(error, Away):
                    logger.error("Scans wait to be written (%s).", type(error).__name__)
            if self._dropped:
                logger.error("%d scans were shown but not counted: the buffer is full.", self._dropped)
                self._dropped = 0
