"""manage.py demo: start afresh, run the main job on the seeds' cases, say what it made, and serve."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import messages
from config.demo.progress import Progress
from config.management.commands.serve import listening_error

HOST = "127.0.0.1"
DATABASE = "txng.sqlite3"
ADDRESS_IN_USE = "Cổng {port} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: make demo PORT={other}"


class Command(BaseCommand):
    """The one command to see everything. Asks nothing of the database itself: its second half does.

    That half runs in a process of its own, because this one was started before the messages were
    compiled and would speak English for ever.
    """

    help = "Make the demo afresh, run the main job, print what it made, and serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port, and whether to serve and to keep what is there."""
        parser.add_argument("--port", type=int, default=8000, help="where to listen (default 8000)")
        parser.add_argument("--no-serve", action="store_true", help="end after the main job")
        parser.add_argument("--keep", action="store_true", help="keep the data of an earlier run")
        parser.add_argument("--today", help="the day from which dates count (YYYY-MM-DD; default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, clear, compile, seed, serve."""
        progress = Progress(self._say)
        progress.next("Kiểm tra môi trường" + ("" if options["no_serve"] else f" và cổng {options['port']}"))
        _check_demo(keep=options["keep"])
        if not options["no_serve"]:
            _check_port(options["port"])
        keep = options["keep"]
        progress.next(f"Biên dịch ngôn ngữ, {'giữ' if keep else 'dọn'} dữ liệu của lần chạy trước")
        messages.compile_all()
        if not keep:
            _clear()
        self._seed(progress, options)
        if not options["no_serve"]:
            self._serve(options["port"])

    def _seed(self, progress: Progress, options: dict[str, Any]) -> None:
        command = [sys.executable, sys.argv[0], "seed_demo", "--port", str(options["port"])]
        command += ["--started", str(progress.started), "--step", str(progress.step)]
        command += ["--keep"] if options["keep"] else []
        command += ["--today", options["today"]] if options["today"] else []
        try:
            status = subprocess.run(command, check=False, env=_environment()).returncode  # noqa: S603  our own command
        except KeyboardInterrupt:
            raise CommandError("Đã dừng theo yêu cầu; chạy lại make demo để làm lại từ đầu.") from None
        if status:
            raise CommandError("Không chạy hết được; lý do ở các dòng trên.", returncode=status)

    def _serve(self, port: int) -> None:
        """Become the supervisor of web and worker, so that Ctrl-C goes to it and to nobody else."""
        self._say("  Dừng: Ctrl-C.\n")
        command = [sys.executable, str(Path(sys.argv[0]).resolve()), "serve", "--host", HOST, "--port", str(port)]
        os.execve(sys.executable, command, _environment())  # noqa: S606  our own command

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _environment() -> dict[str, str]:
    """What the other process needs to see the same data from another folder."""
    return {**os.environ, "TXNG_VAR": str(Path(settings.VAR_DIR).resolve())}


def _check_demo(*, keep: bool) -> None:
    """Refuse anywhere but in a trial, and to clear a database that is not the trial's own file."""
    if not settings.DEMO:
        raise CommandError("Bản chạy thử cần TXNG_DEMO=1 (make demo tự đặt); không chạy trên hệ thống thật.")
    database = settings.DATABASES["default"]
    own = Path(settings.VAR_DIR, DATABASE).resolve()
    is_own = database["ENGINE"].endswith("sqlite3") and Path(str(database["NAME"])).resolve() == own
    if not is_own and not keep:
        raise CommandError(
            f"DATABASE_URL không phải tệp SQLite mặc định ({own}); lệnh này xóa dữ liệu để làm lại từ đầu. "
            "Bỏ DATABASE_URL, hoặc thêm --keep để không xóa gì."
        )


def _check_port(port: int) -> None:
    """Refuse before any work when the port cannot be listened on."""
    if not 1024 <= port <= 65535:
        raise CommandError(f"Cổng {port} không dùng được; chọn từ 1024 đến 65535, ví dụ: make demo PORT=8001")
    if error := listening_error(HOST, port):
        other = port + 1 if port < 65535 else 8000
        raise CommandError(ADDRESS_IN_USE.format(port=port, other=other)) from error


def _clear() -> None:
    """Remove the database and the files of an earlier run, and nothing else of the folder."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"):
        Path(settings.VAR_DIR, name).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
