"""Running the parser of workbooks in a process of its own, which hostile files may take down."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from imports import parsers
from imports.errors import WorkbookRefused

READER_SECONDS = 30  # of waiting; the child's own limit on CPU is stricter
_ROOT = Path(__file__).resolve().parent.parent


def parsed(data: bytes, *arguments: str, module: str = "imports.reader") -> Any:
    """Return what `python -m imports.reader`, or another reader, answers about a file. Raises WorkbookRefused."""
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  our own module, and words of ours
            [sys.executable, "-m", module, *arguments],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env=environment,
            timeout=READER_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise WorkbookRefused(_("The workbook could not be read. Copy the table into a new workbook.")) from error
    return json.loads(done.stdout)


def cell(value: Any) -> parsers.Cell:
    """Return a cell of the answer as our parsers take it."""
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["date"])
    plain: parsers.Cell = value
    return plain
