"""manage.py remove_orphans: take away stored files that no row names."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.invariants import GRACE, names_in_rows
from registry.files import remove_orphans


class Command(BaseCommand):
    """Takes away what transactions left behind that were rolled back or killed; for every night, before a backup."""

    help = "Delete stored files that no row names and that are older than an hour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the name of each file that is taken away, and how many they were."""
        # The names are read after the time is taken: a row that comes later has a file that is younger.
        old = timezone.now() - GRACE
        gone = 0
        for name in remove_orphans(names_in_rows(), older_than=old):
            self.stdout.write(f"  {name}")
            gone += 1
        self.stdout.write(f"orphan files removed: {gone}")
