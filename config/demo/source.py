"""Reading the demo's data: JSON and workbooks beside the code, quoted from the seeds or marked as made up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


def read(name: str) -> Any:
    """Return the content of data/<name>.json; a file of one list gives the list."""
    content = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    if isinstance(content, dict) and len(content) == 1:
        return next(iter(content.values()))
    return content


def workbook(name: str) -> bytes:
    """Return a workbook as the province sent it."""
    return (DATA / name).read_bytes()


def day(text: str | None) -> date | None:
    """Return the date of an ISO text, None for none."""
    return date.fromisoformat(text) if text else None
