"""`manage.py register_templates`: make the Word templates of the program known; run it after every update."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.builtin_templates import register_builtin_templates


class Command(BaseCommand):
    """Registers what is new; to repeat it does no harm."""

    help = "Register the Word templates in documents/word that are not registered yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each new template, or that there is none."""
        templates = register_builtin_templates()
        for template in templates:
            self.stdout.write(str(template))
        if not templates:
            self.stdout.write("Nothing new.")
