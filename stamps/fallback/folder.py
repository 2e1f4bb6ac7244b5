"""The folder that the proxy reads: files appear whole or not at all, and one process at a time writes."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from stamps.fallback.names import FOLDERS, code_of

# As templates/public/down.html has it.
_READ_AT = re.compile(r'<meta name="read-at" content="([^"]+)">')
_PART = ".part"
FOR_EVERYBODY, FOLDER_MODE = 0o644, 0o755  # the proxy runs under an account of its own
# Pages whose data did not change are dated anew this often, so that no date looks as if nobody had looked since.
REDATED_AFTER = timedelta(days=1)


class Folder:
    """The pages under one root."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[bool]:
        """Hold the folder, so that no older page can replace a newer one; False if another process holds it.

        The kernel gives it back when the process dies.
        """
        self._make()
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True

    def _make(self) -> None:
        for path in (self.root, *(self.root / folder for folder in FOLDERS)):
            for made in (path.parent, path):
                if not made.is_dir():
                    made.mkdir(parents=True, exist_ok=True)
                    made.chmod(FOLDER_MODE)  # whatever the umask is

    def keep(self, name: str, page_at: Callable[[datetime], str], now: datetime) -> bool:
        """Write the page of `now` unless it would say what stands there already; return whether it was written.

        `page_at` makes the page dated to a moment.
        """
        path = self.root / name
        kept = _text_of(path)
        dated = _date_of(kept)
        if dated and now - dated < REDATED_AFTER and kept == page_at(dated):
            return False
        self._write(path, page_at(now).encode())
        return True

    def _write(self, path: Path, data: bytes) -> None:
        """Put the whole file in place at once: until the rename the old one stays, and a kill leaves only a part."""
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=_PART)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(part, FOR_EVERYBODY)
            os.replace(part, path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def remove(self, name: str) -> bool:
        """Take a file away; return whether there was one."""
        try:
            (self.root / name).unlink()
        except FileNotFoundError:
            return False
        return True

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield name and code of each product's file, and take away what killed writers left; while `alone`."""
        for folder in FOLDERS:
            with os.scandir(self.root / folder) as entries:
                for entry in entries:
                    name = f"{folder}/{entry.name}"
                    if entry.name.endswith(_PART):
                        self.remove(name)
                    elif code := code_of(name):
                        yield name, code

    @property
    def walked_at(self) -> datetime | None:
        """When the last walk through all products began that came to its end."""
        try:
            text = (self.root / ".walked").read_text(encoding="ascii")
            return datetime.fromisoformat(text)
        except (FileNotFoundError, ValueError):
            return None

    @walked_at.setter
    def walked_at(self, began: datetime) -> None:
        self._write(self.root / ".walked", began.isoformat().encode())


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _date_of(page: str) -> datetime | None:
    """Return of when the page's data are, None for what is no whole page of ours."""
    match = _READ_AT.search(page)
    try:
        return datetime.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
