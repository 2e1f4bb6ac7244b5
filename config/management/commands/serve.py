"""manage.py serve: the web and one worker under one supervisor, for a machine without any other service."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import time
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.processes import Group, Lasting, stop

# Requests wait for the disk more than they compute; more threads than this granian itself advises against.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
LOOK = 0.2  # seconds between two looks at the children
# Seconds that requests and the chunk in hand have to end. Granian gives up first, so that it can tidy up.
PATIENCE, WEB_PATIENCE = 10, 5


class Command(BaseCommand):
    """Starts both, starts the worker again when it ends, and ends with the web server or a signal.

    A signal lets requests and the chunk in hand end; a second one ends at once. However this process
    dies, both children end with it (config.processes.Group).
    """

    help = "Serve the web and do the long work, in one command."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("--port", type=int, default=8000, help="where to listen (default 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="on which address (default 127.0.0.1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run both until one is told to end."""
        _check_address(options["host"], options["port"])
        self.is_ending = False
        self._take_signals()
        group = Group()
        try:
            self._watch(group, [*_granian(), "--host", options["host"], "--port", str(options["port"])])
        finally:
            group.end()

    def _take_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        if self.is_ending:
            raise SystemExit(128 + number)
        self.is_ending = True

    def _watch(self, group: Group, web_command: list[str]) -> None:
        web = group.start(web_command)
        worker = Lasting(group, [sys.executable, str(Path(settings.BASE_DIR, "manage.py")), "worker"])
        while not self.is_ending and web.poll() is None and group.is_guarded:
            time.sleep(LOOK)
            if not self.is_ending and (news := worker.look()):
                self.stderr.write(f"The worker {news}.")
        stop(web, worker.process, patience=PATIENCE)
        if not self.is_ending:
            reason = _("The web server ended (%(code)s).") % {"code": web.returncode}
            raise CommandError(reason, returncode=web.returncode or 1)


def listening_error(host: str, port: int) -> OSError | None:
    """Return why nobody could listen there now; None when it is free."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def _check_address(host: str, port: int) -> None:
    """Refuse in words what granian would refuse with a traceback."""
    if not 1 <= port <= 65535:
        raise CommandError(_("There is no port %(port)s; choose one from 1024 to 65535.") % {"port": port})
    error = listening_error(host, port)
    if error is None:
        return
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        text = _("Another program listens on port %(port)s already. Choose another one, for example %(other)s.")
        raise CommandError(text % {"port": port, "other": other})
    text = _("Nothing can listen on %(host)s, port %(port)s: %(reason)s.")
    raise CommandError(text % {"host": host, "port": port, "reason": error.strerror})


def _granian() -> list[str]:
    program = str(Path(sys.executable).with_name("granian"))
    options = ["--blocking-threads", str(THREADS), "--workers-kill-timeout", str(WEB_PATIENCE)]
    return [program, "--interface", "wsgi", "--log-level", "warning", *options, "config.wsgi:application"]
