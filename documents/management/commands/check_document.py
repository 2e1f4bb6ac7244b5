"""`manage.py check_document FILE…`: check Word files against the format of administrative papers (NĐ 30/2020)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.errors import DocumentError
from documents.format import Finding, Form, check_format

COLUMNS = 3
WIDTHS = (36, 64, 64)


class Command(BaseCommand):
    """Prints what is wrong with each file as a table; ends with 1 when anything is."""

    help = "Check Word files against the format of administrative papers; exit 1 with findings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, and what the first paper in each is."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--form", choices=[form.value for form in Form], help="what the paper is; else read from it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every file, then say how many have findings."""
        form = Form(options["form"]) if options["form"] else None
        bad = [path for path in options["files"] if not self._is_sound(path, form)]
        if bad:
            sys.exit(1)

    def _is_sound(self, path: Path, form: Form | None) -> bool:
        try:
            findings = check_format(path.read_bytes(), form=form)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except DocumentError as error:
            self.stdout.write(f"{path}: {error}")
            return False
        if not findings:
            self.stdout.write(_("%(file)s: the format is as the decree wants it") % {"file": path})
            return True
        self.stdout.write(_("%(file)s: %(count)d findings") % {"file": path, "count": len(findings)})
        for line in table(findings):
            self.stdout.write(line)
        return False


def table(findings: list[Finding]) -> list[str]:
    """Return the findings as the lines of a table: element, found, expected."""
    rows = [(_("Element"), _("Found"), _("Expected"))]
    rows += [(finding.element, finding.found, finding.expected) for finding in findings]
    widths = [min(max(len(row[column]) for row in rows), WIDTHS[column]) for column in range(COLUMNS)]
    return ["  " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
