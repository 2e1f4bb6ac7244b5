"""`manage.py tick`: heal waiting parents and do what is due; from cron, every five minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.tick import tick


class Command(BaseCommand):
    """Runs the periodic jobs once; to repeat or overlap it does no harm."""

    help = "Heal waiting parents and do what is due. Run it every five minutes; overlapping runs are safe."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what each job did; end with an error if one failed."""
        done = tick()
        for name, count in done.items():
            self.stdout.write(f"{name}: {'failed' if count is None else count}")
        failed = [name for name, count in done.items() if count is None]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log has the reason; the next tick tries again.")
