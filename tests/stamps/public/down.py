"""What the tests of the pages for when nothing answers share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lots.actions import recalling
from stamps.models import StampBatch
from tests.factories import stamps


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def of(batch: StampBatch) -> set[str]:
    return {f"01/{batch.code}.vi.html", f"01/{batch.code}.en.html"}


GENERAL = {"general.vi.html", "general.en.html"}


def recall(chain: stamps.Chain) -> Any:
    words = {"reason": "Dư lượng vượt mức", "advice": "Không ăn, trả lại nơi bán"}
    return recalling.recall(chain.product, by=chain.office.leader, **words)
