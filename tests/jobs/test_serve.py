"""`manage.py serve` says why it cannot serve; children that keep ending are started ever later."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config import processes
from config.processes import Group, Lasting, stop


@pytest.fixture
def group() -> Iterator[Group]:
    found = Group()
    yield found
    found.end()


def test_a_port_that_another_program_has_is_told_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Another program listens on port {port} already"):
            call_command("serve", port=port)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"port": 70000}, "There is no port 70000"),
        ({"host": "203.0.113.1", "port": 18999}, "Nothing can listen on 203.0.113.1, port 18999"),
    ],
)
def test_an_address_that_cannot_be_is_told(address: dict[str, Any], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("serve", **address)


def test_a_child_that_keeps_ending_is_started_again_after_ever_longer_pauses(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(processes.time, "monotonic", lambda: now)
    child, seconds = Lasting(group, [sys.executable, "-c", ""]), []
    for _end in range(6):
        ended = child.process
        ended.wait()
        begun = now
        child.look()
        while child.look() or child.process is ended:
            now += 0.5
        seconds.append(now - begun)
    assert seconds == [0, 1, 5, 15, 60, 60]
    now += processes.GROWN_UP + 1
    child.process.wait()
    assert child.look() == "ended (0); it is started again"


def test_a_child_that_does_not_end_when_asked_is_killed(group: Group) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    child = group.start([sys.executable, "-c", deaf], stdout=-1)
    child.stdout.readline()  # type: ignore[union-attr]
    stop(child, patience=0.1)
    assert child.returncode == -9
    child.stdout.close()  # type: ignore[union-attr]


def test_the_end_of_a_group_leaves_nobody_not_even_children_of_children() -> None:
    group = Group()
    child = group.start(["/bin/sh", "-c", "sleep 60 & echo there; wait"], stdout=-1)
    child.stdout.readline()  # type: ignore[union-attr]
    group.end()
    assert child.wait() == -9
    assert child.stdout.read() == b""  # type: ignore[union-attr]  # its end is reached when nobody holds the pipe
    child.stdout.close()  # type: ignore[union-attr]
