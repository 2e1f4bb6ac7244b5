"""Write the Word templates of all kinds of paper from their blueprints."""

from typing import Any

from django.core.management.base import BaseCommand

from documents.blueprints import BLUEPRINTS, build, template_path


class Command(BaseCommand):
    """`manage.py build_templates`: run it after a blueprint changes and commit the files."""

    help = "Write documents/word/*.docx from the blueprints."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every template that changed and say which."""
        for kind in BLUEPRINTS:
            path, template = template_path(kind), build(kind)
            if path.exists() and path.read_bytes() == template:
                continue
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(template)
            self.stdout.write(f"{path.name}: {len(template):,} B")
