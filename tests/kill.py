"""Kill a Python process with SIGKILL at a chosen place, or at some moment, and see what is left.

    run = kill.run("tests.workflows.engine.killed:end_the_child", database_url=url, at="child committed")
    run = kill.run("tests.stamps.killed:issue_for_ever", database_url=url, after=0.25)

The function runs in its own process with the settings under test. `here("name")` in it marks a
place: the process stops there for ever if that is where the kill is to happen, so that nothing
after it is ever done. A delay counts from `here(READY)`, so start-up time does not matter.
`say(value)` sends a value back.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
READY = "ready"
PLACE, VALUE = "@place ", "@value "


@dataclass
class Run:
    """What a process did before it ended: the places it passed, the values it sent, whether it was killed."""

    places: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    returncode: int = 0

    @property
    def killed(self) -> bool:
        """Whether SIGKILL ended the process, and not the process itself."""
        return self.returncode == -signal.SIGKILL

    def take(self, line: str) -> None:
        """Sort one line of output."""
        if line.startswith(PLACE):
            self.places.append(line.removeprefix(PLACE))
        elif line.startswith(VALUE):
            self.values.append(json.loads(line.removeprefix(VALUE)))
        else:
            self.output.append(line)


def here(place: str) -> None:
    """Called in the process: it has come to `place`, and goes no further if it is to be killed there."""
    print(PLACE + place, flush=True)
    while os.environ.get("KILL_AT") == place:
        signal.pause()


def say(value: Any) -> None:
    """Called in the process: send a value (as JSON) to the test."""
    print(VALUE + json.dumps(value), flush=True)


def run(
    function: str, *arguments: str, database_url: str, at: str = "", after: float | None = None, timeout: float = 60
) -> Run:
    """Run `module:function` in a process of its own on the database, and kill it if asked to.

    `at`: kill at the place of this name. `after`: kill so many seconds after it said READY.
    Raises AssertionError with the output if the process fails, never comes to the place, ends
    before the kill, or hangs for `timeout` seconds.
    """
    result = Run()
    with _start(function, arguments, database_url, at) as process, _at_the_latest(timeout, process.kill) as timers:
        for line in process.stdout or ():
            result.take(line.rstrip("\n"))
            if at and result.places[-1:] == [at]:
                process.kill()
            if after is not None and line == f"{PLACE}{READY}\n":
                timers.append(_timer(after, process.kill))
        result.returncode = process.wait()
    told = "\n".join([f"exit {result.returncode}", *result.output])
    assert result.killed == (bool(at) or after is not None), told
    assert result.killed or result.returncode == 0, told
    assert not at or at in result.places, told
    return result


def _start(function: str, arguments: tuple[str, ...], database_url: str, at: str) -> "subprocess.Popen[str]":
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "tests.settings"),
        "KILL_AT": at,
        "TXNG_DEMO": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kill", function, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _timer(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


@contextlib.contextmanager
def _at_the_latest(seconds: float, act: Callable[[], None]) -> Iterator[list[threading.Timer]]:
    """Act after so many seconds unless the block ends before; the block may add timers of its own."""
    timers = [_timer(seconds, act)]
    try:
        yield timers
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()


def main() -> None:
    """Run the function named on the command line inside Django."""
    import django

    django.setup()
    module, _, name = sys.argv[1].partition(":")
    getattr(importlib.import_module(module), name)(*sys.argv[2:])


if __name__ == "__main__":
    main()
