"""manage.py worker: do the long work."""

from __future__ import annotations

import logging
import os
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs import runner
from jobs.worker import Worker


class Command(BaseCommand):
    """Takes tasks from the queue until SIGTERM, which lets the chunk in hand end; a second one ends at once.

    Any number may run side by side: on one host with SQLite, on any with PostgreSQL (session pooling).
    """

    help = "Do the long work of the queue. Any number of workers may run; a killed one's work goes on in another."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the queues and when to end."""
        parser.add_argument("--queue", action="append", default=[], help="only this queue (may be repeated)")
        parser.add_argument("--batch", action="store_true", help="end when nothing is ready")
        parser.add_argument("--once", action="store_true", help="end after one task")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        known = settings.TASKS["default"]["QUEUES"]
        if unknown := set(options["queue"]) - set(known):
            raise CommandError(f"There is no queue {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
        runner.forget_stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        worker = Worker(options["queue"])
        self.stdout.write(f"worker {worker.name} (process {os.getpid()})")
        self.stdout.flush()
        worker.run(until_empty=options["batch"], once=options["once"])
        if not (options["batch"] or options["once"]):
            _leave(0)


def _leave(code: int) -> NoReturn:
    """End without taking the interpreter apart.

    That would cut off a scheduled command in its thread while it holds SQLite's write lock, and then wait
    for whoever waits for the lock: seconds. What was not committed is rolled back either way.
    """
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


def _stop(number: int, frame: FrameType | None) -> None:
    if runner.is_to_stop():
        _leave(128 + number)
    runner.ask_to_stop()
