"""manage.py messages: collect the interface's messages, or compile them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import messages


class Command(BaseCommand):
    """Updates locale/vi from code and templates and compiles it, without system gettext."""

    help = "Collect and compile the interface's messages."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to compile only."""
        parser.add_argument("--compile", action="store_true", help="only compile")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update unless told to compile only; list what is not translated."""
        missing = [] if options["compile"] else messages.update()
        for message in missing:
            self.stdout.write(f"not translated: {message.id!r}")
        self.stdout.write(f"compiled {messages.compile_all().name}: {len(missing)} messages without translation")
