"""Child processes that end when this one does, whatever ended it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import Any

from django.conf import settings

# Waits for the end of its standard input, which comes when the parent closes it or dies; then kills its group.
GUARD = "trap '' HUP INT TERM; read _; kill -KILL 0"
# Seconds before a child is started again, by how often it ended young; the last for ever.
PAUSES = (0, 1, 5, 15, 60)
GROWN_UP = 60  # seconds after which an end is no sign of an error at its start


class Group:
    """A process group of children, with a shell as its guard.

    Nothing tells a process that its parent was killed with -9 but the end of a pipe (Linux alone has
    PR_SET_PDEATHSIG). The web server reads no pipe, and starts a process of its own, which it leaves
    behind when it is killed itself. So the first of the group is a shell that reads the pipe and kills
    the whole group, on Linux as on macOS. As it lives as long as the group, the group's number is never
    given to others. Being no part of the terminal's group the children do not get its Ctrl-C: whoever
    has the Group passes it on.
    """

    def __init__(self) -> None:
        self._guard = subprocess.Popen(  # noqa: S603  our own command
            ["/bin/sh", "-c", GUARD], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, process_group=0
        )

    def start(self, command: list[str], **how: Any) -> subprocess.Popen[Any]:
        """Start a child from the folder of manage.py; `how` as for Popen."""
        how = {"stdin": subprocess.DEVNULL, "cwd": settings.BASE_DIR, "env": _environment(), **how}
        return subprocess.Popen(command, process_group=self._guard.pid, **how)  # noqa: S603  our own commands

    @property
    def is_guarded(self) -> bool:
        """Whether the guard lives."""
        return self._guard.poll() is None

    def end(self) -> None:
        """Kill whoever is left."""
        if self._guard.stdin:
            self._guard.stdin.close()
        self._guard.wait()


class Lasting:
    """A child that is started again when it ends, after pauses that grow while it keeps ending young."""

    def __init__(self, group: Group, command: list[str]) -> None:
        self._group, self._command = group, command
        self._ends = 0
        self._pause_until: float | None = None
        self._start()

    def _start(self) -> None:
        self._pause_until = None
        self._started = time.monotonic()
        self.process = self._group.start(self._command)

    def look(self) -> str:
        """Start it again if it ended and its pause is over; return what happened, in words, or nothing."""
        now = time.monotonic()
        if self.process.poll() is None:
            return ""
        if self._pause_until is None:
            self._ends = 0 if now - self._started > GROWN_UP else self._ends
            pause = PAUSES[min(self._ends, len(PAUSES) - 1)]
            self._ends, self._pause_until = self._ends + 1, now + pause
            return f"ended ({self.process.returncode}); it is started again" + (f" in {pause} s" if pause else "")
        if now >= self._pause_until:
            self._start()
        return ""


def stop(*children: subprocess.Popen[Any], patience: float) -> None:
    """Ask children to end, and kill those that have not after `patience` seconds."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(child.poll() is None for child in children):
        time.sleep(0.05)
    for child in children:
        child.kill()
        child.wait()


def _environment() -> dict[str, str]:
    """What a child needs to see the same data from another folder."""
    return {**os.environ, "TXNG_VAR": str(Path(settings.VAR_DIR).resolve())}
