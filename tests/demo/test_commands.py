"""The command before any work: it refuses plainly, and clears nothing but its own."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.management.commands import demo


@pytest.fixture
def home(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A trial's folder with a database of its own."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    database(monkeypatch, "sqlite3", tmp_path / "txng.sqlite3")
    return tmp_path


def database(monkeypatch: pytest.MonkeyPatch, engine: str, name: object) -> None:
    """Name a database that the command looks at and never opens."""
    monkeypatch.setattr(
        "django.conf.settings.DATABASES", {"default": {"ENGINE": f"django.db.backends.{engine}", "NAME": str(name)}}
    )


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_named_with_the_way_to_choose_another(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Cổng {port} .* make demo PORT={port + 1}"):
            call_command("demo", port=port)


@pytest.mark.parametrize("port", [0, 80, 65536])
def test_a_port_that_nobody_can_listen_on_is_refused(home: Path, port: int) -> None:
    with pytest.raises(CommandError, match=f"Cổng {port} không dùng được"):
        call_command("demo", port=port)


@pytest.mark.parametrize(("engine", "name"), [("postgresql", "txng"), ("sqlite3", "/srv/txng.sqlite3")])
def test_a_database_of_ones_own_is_not_cleared(
    home: Path, monkeypatch: pytest.MonkeyPatch, engine: str, name: str
) -> None:
    database(monkeypatch, engine, name)
    with pytest.raises(CommandError, match="--keep"):
        call_command("demo", no_serve=True)


@pytest.mark.parametrize("command", ["demo", "seed_demo"])
def test_a_real_installation_is_left_alone(home: Path, settings: Any, command: str) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="TXNG_DEMO=1"):
        call_command(command)


def test_clearing_removes_the_database_and_the_files_and_nothing_else(home: Path) -> None:
    for name in ("txng.sqlite3", "txng.sqlite3-wal", "media/documents/a.docx", "static/keep.css", "other.sqlite3"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x")
    demo._clear()
    left = sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    assert left == ["other.sqlite3", "static/keep.css"]
