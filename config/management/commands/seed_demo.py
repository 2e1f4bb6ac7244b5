"""manage.py seed_demo: load the demo into an empty database and run the main job through the real flows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.demo import load, main_job, other_cases, registry, steering, summary
from config.demo.progress import Progress
from config.invariants import CHECKS, Check, Skipped
from projects.models import Programme
from workflows.builtin_templates import register_builtin_templates


class Command(BaseCommand):
    """The second half of `manage.py demo`: everything that needs the database."""

    help = "Load the demo into an empty database and run the main job."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day from which the running cases count, and what `manage.py demo` hands on."""
        parser.add_argument("--today", type=date.fromisoformat, help="the day from which dates count (YYYY-MM-DD)")
        parser.add_argument("--port", type=int, default=8000, help="port of the addresses in the summary")
        parser.add_argument("--keep", action="store_true", help="leave a database that has data as it is")
        parser.add_argument("--started", type=float, help="time.time() at which the run began")
        parser.add_argument("--step", type=int, default=2, help="steps that were done before")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, seed, run, check, and print what there is now."""
        if not settings.DEMO:
            raise CommandError("Chỉ nạp dữ liệu chạy thử khi TXNG_DEMO=1 (make demo tự đặt).")
        progress = Progress(self._say, started=options["started"], step=options["step"])
        progress.next("Tạo bảng dữ liệu")
        call_command("migrate", verbosity=0)
        if not Programme.objects.exists():
            self._seed(progress, options["today"] or timezone.localdate())
        elif not options["keep"]:
            raise CommandError(
                "Cơ sở dữ liệu đã có dữ liệu; thêm --keep để giữ, hoặc chạy make demo để làm lại từ đầu."
            )
        for line in summary.lines(options["port"]):
            self._say(line)

    def _seed(self, progress: Progress, today: date) -> None:
        progress.next("Nạp dữ liệu nền: đơn vị, người dùng, tiêu chuẩn, năm chương trình")
        load.load_reference()
        steering.before_all(today)
        progress.next("Đăng ký mẫu văn bản Word")
        progress.detail(f"{len(register_builtin_templates())} mẫu")
        progress.next("Chạy GL-02 qua quy trình thật: 17 sản phẩm, 6 sản phẩm giao nộp")
        main_job.run(today, progress.detail)
        progress.next("Tạo các mô hình khác ở các giai đoạn khác nhau")
        other_cases.run(today, progress.detail)
        registry.run(today, progress.detail)
        progress.next("Kiểm tra dữ liệu")
        if found := [violation for check in CHECKS.values() for violation in _violations(check)]:
            raise CommandError("Dữ liệu sai:\n" + "\n".join(found))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _violations(check: Check) -> list[str]:
    """Return what an invariant finds; one that cannot be looked at here finds nothing."""
    try:
        return [str(violation) for violation in check()]
    except Skipped:
        return []
