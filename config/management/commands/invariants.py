"""manage.py invariants: look for anything that should be impossible."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.invariants import CHECKS, Check, Skipped


class Command(BaseCommand):
    """Checks every invariant, changes nothing but the links of the audit log, and fails on any violation.

    For a running installation: after a restart, a restore, an upgrade, and every night.
    """

    help = "Check what must always hold: stamps, files, audit log, processes, register, long work, database file."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per check and one per violation; exit with an error when there is a violation."""
        found = sum(self._run(name, check) for name, check in CHECKS.items())
        if found:
            raise CommandError(f"{found} violations; the lines above name each row or file.")

    def _run(self, name: str, check: Check) -> int:
        found = 0
        try:
            for violation in check():
                found += 1
                self.stdout.write(f"  {violation}")
        except Skipped as reason:
            self.stdout.write(f"{name}: skipped, {reason}")
        else:
            self.stdout.write(f"{name}: {found or 'ok'}")
        return found
