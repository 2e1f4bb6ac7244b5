"""How many of something a line promises: "(2-5 mô hình)", "(02 lớp; 1 lớp 50 người)"."""

from __future__ import annotations

import re
from typing import NamedTuple

NOUNS = ("mô hình", "lớp", "hội thảo", "hội nghị", "phóng sự", "bài viết", "chuyên mục")
_COUNT = re.compile(rf"(?<![\d/.,])(\d{{1,3}})(?:\s*[-–]\s*(\d{{1,3}}))?\s+({'|'.join(NOUNS)})\b", re.IGNORECASE)


class Target(NamedTuple):
    """From, to, and of what, with the words as printed."""

    least: int
    most: int
    noun: str
    printed: str


def targets(text: str) -> list[Target]:
    """Return the counts that a text names, in its order; a range that runs backward is none."""
    found = []
    for match in _COUNT.finditer(text):
        least, most = int(match[1]), int(match[2] or match[1])
        if least <= most:
            found.append(Target(least, most, match[3].lower(), match[0]))
    return found


def conflict(target: Target, body: str) -> Target | None:
    """Return what the body of the plan says of the same things, when that is another number."""
    same = [other for other in targets(body) if other.noun == target.noun]
    if not same or any((other.least, other.most) == (target.least, target.most) for other in same):
        return None
    return same[0]
