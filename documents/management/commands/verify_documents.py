"""`manage.py verify_documents`: prove that files are the ones issued, and that what is stored is what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.errors import DocumentError
from documents.models import DocumentVersion
from documents.provenance import Outcome, Verdict, flaws, verify_file, with_number

SAID = {
    Outcome.SAME_FILE: "đúng là tệp đã lập, không thay đổi",
    Outcome.SAME_TEXT: "đúng từng chữ, nhưng tệp đã được lưu lại nên không còn là tệp gốc",
    Outcome.CHANGED: "ĐÃ BỊ SỬA: mang số của văn bản này nhưng nội dung khác",
    Outcome.UNKNOWN: "KHÔNG do hệ thống này lập",
}


class Command(BaseCommand):
    """Checks Word files or numbers that somebody quotes; `--all` checks everything stored. Fails on any doubt."""

    help = "Verify Word files or numbers against the register; --all: every stored version, its template and its text."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to verify."""
        parser.add_argument("what", nargs="*", metavar="FILE|NUMBER", help="a .docx, or a number such as 05/BC-ABC")
        parser.add_argument("--all", action="store_true", help="every stored version")

    def handle(self, *args: Any, what: list[str], **options: Any) -> None:
        """Print one line for each; exit with an error when one is not what it should be."""
        if not what and not options["all"]:
            raise CommandError("Name a file or a number, or say --all.")
        doubtful = sum(not self._one(each) for each in what)
        doubtful += self._everything() if options["all"] else 0
        if doubtful:
            raise CommandError(f"{doubtful} not as they should be; the lines above say which.")

    def _one(self, what: str) -> bool:
        path = Path(what)
        return self._file(path) if path.suffix == ".docx" or path.is_file() else self._number(what)

    def _file(self, path: Path) -> bool:
        try:
            verdict = verify_file(path.read_bytes(), DocumentVersion.objects.all())
        except (OSError, DocumentError) as error:
            self.stdout.write(f"{path}: {error}")
            return False
        self.stdout.write(f"{path}: {_said(verdict)}")
        for change in verdict.changes:
            self.stdout.write(f"  {change.where or '–'}: «{change.pair.before or ''}» → «{change.pair.after or ''}»")
        return verdict.outcome == Outcome.SAME_FILE

    def _number(self, number: str) -> bool:
        found = with_number(number, DocumentVersion.objects.all())
        if not found:
            self.stdout.write(f"{number}: không có trong sổ văn bản")
        for version in found:
            self.stdout.write(f"{_named(version)}")
        return bool(found) and not any(self._flaws(version) for version in found)

    def _everything(self) -> int:
        versions = DocumentVersion.objects.select_related("template", "document").order_by("pk")
        wrong = sum(bool(self._flaws(version)) for version in versions.iterator(chunk_size=50))
        self.stdout.write(f"{versions.count()} phiên bản đã kiểm tra, {wrong} có vấn đề.")
        return wrong

    def _flaws(self, version: DocumentVersion) -> int:
        found = list(flaws(version))
        for flaw in found:
            self.stdout.write(f"  {flaw}")
        return len(found)


def _said(verdict: Verdict) -> str:
    said = SAID[verdict.outcome]
    return f"{said} – {_named(verdict.version)}" if verdict.version else said


def _named(version: DocumentVersion) -> str:
    """The paper with its number, its date and its state."""
    entry = getattr(version, "register_entry", None)
    number = f"số {entry.full_number} ngày {entry.issued_on:%d/%m/%Y}, " if entry else ""
    return f"“{version.document.title}”: {number}phiên bản {version.number}, {version.get_state_display()}"
