"""`manage.py load_catalogues`: add the questionnaires, topics, channels and legal texts that come with the program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from projects.actions.catalogues import load_catalogues


class Command(BaseCommand):
    """Adds what is missing; to repeat it does no harm."""

    help = "Add the questionnaires, training topics, channels and legal texts of the program that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many rows of each catalogue were new."""
        for name, count in load_catalogues().items():
            self.stdout.write(f"{name}: {count} new")
