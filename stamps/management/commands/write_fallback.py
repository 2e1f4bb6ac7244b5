"""`manage.py write_fallback`: write the pages that the front proxy serves while nothing here answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stamps.errors import FallbackIncomplete
from stamps.fallback.writing import write_all


class Command(BaseCommand):
    """Writes all pages now; `tick` does it once an hour, and after a recall at once."""

    help = "Write the pages that the front proxy serves while the application is down (STAMPS_FALLBACK_DIR)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done; end with an error if a page could not be made."""
        try:
            done = write_all()
        except (FallbackIncomplete, OSError) as error:
            raise CommandError(str(error)) from error
        counts = f"{done.written} written, {done.unchanged} unchanged, {done.removed} removed"
        self.stdout.write(f"{settings.STAMPS_FALLBACK_DIR}: {counts}")
