"""Reading a plan's text and its table: headings by their printed numbers, rows by the sections they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from documents.contexts.plans import Passage
from projects.models import Plan, PlanLine

DOTS = "……"  # what the records do not know is left to be written by hand
PLAIN = "Phụ lục"
OBJECTIVES = "mục tiêu"
# "II. NHIỆM VỤ", "1. Mục đích", "2.1. Giai đoạn 2020 - 2025".
_HEADING = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*)\. ")
# "PHỤ LỤC 01", "Phụ lục: Nội dung, tiến độ", "Phụ lục II. Nhiệm vụ": number and title of an annex.
_ANNEX = re.compile(r"(phụ lục(?: (?:số )?(?:\d+|[ivx]+)(?![^\W\d_]))?)\s*[:.–-]?\s*(.*)", re.IGNORECASE | re.DOTALL)


def typed_lines(entries: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return what was typed into a field, line by line, without empty lines; () when nothing was."""
    return tuple(line.strip() for line in str(entries.get(name) or "").splitlines() if line.strip())


def typed(entries: Mapping[str, Any], name: str, otherwise: str = DOTS) -> str:
    """Return what was typed into a field, or what is printed without it."""
    return str(entries.get(name) or "").strip() or otherwise


def or_dots(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines, or one that is left to be written by hand."""
    return lines or (DOTS,)


def passages_of(text: str) -> tuple[Passage, ...]:
    """Return a plan's text as passages: a line that begins with the number of a part is a heading."""
    found: list[tuple[str, list[str]]] = []
    for line in (raw.strip() for raw in text.splitlines()):
        is_heading = _HEADING.match(line) is not None
        if is_heading or not found:
            found.append((line if is_heading else "", []))
        if line and not is_heading:
            found[-1][1].append(line)
    return tuple(Passage(heading=heading, lines=tuple(lines)) for heading, lines in found)


def body_of(entries: Mapping[str, Any], missing: list[str]) -> tuple[tuple[Passage, ...], str]:
    """Return the typed text and its last paragraph, which bears the end mark; adds to `missing` what it lacks."""
    *before, last = passages_of(str(entries.get("body") or "").strip()) or (Passage(heading="", lines=()),)
    if not last.lines:
        missing.append(_("The text of the plan is empty or ends with a heading: write its last paragraph."))
        return (*before, last), ""
    rest = Passage(heading=last.heading, lines=last.lines[:-1])
    return (*before, rest), last.lines[-1].removesuffix("./.")


def annex_name(title: str) -> tuple[str, str]:
    """Return number and title of an annex from its printed line: "Phụ lục: Nội dung" gives ("Phụ lục", "Nội dung")."""
    found = _ANNEX.fullmatch(title.strip())
    return (PLAIN + found[1][len(PLAIN) :], found[2].strip()) if found else (PLAIN, title.strip())


def sections_of(plan: Plan) -> Iterator[tuple[str, list[PlanLine]]]:
    """Yield the headings of a plan's table with their lines, in printed order."""
    lines = plan.lines.order_by("position")
    return ((heading, list(group)) for heading, group in groupby(lines, key=lambda line: line.section))


def content_of(line: PlanLine) -> tuple[str, ...]:
    """Return the cell that says what is to be done: the title, and below it how, where the plan says so."""
    details = (text.strip() for text in line.objective.splitlines())
    return (line.title, *(text for text in details if text))


# --- a first text from the records -----------------------------------------------------------
def drafted_body(plan: Plan, *, what: str) -> str:
    """Return a text to go on from, made of what the plan's lines say; `what` is "Kế hoạch" with its article.

    Enter once, reuse: contents, funding and units stand in the lines already.
    """
    sections = list(sections_of(plan))
    lines = [line for _heading, group in sections for line in group]
    aims = [line for heading, group in sections for line in group if heading.casefold().startswith(OBJECTIVES)]
    tasks = [text for heading, group in sections if group[0] not in aims for text in _tasks(heading, group)]
    parts = [
        f"{plan.issuer} xây dựng {what}, cụ thể như sau:",
        "I. MỤC TIÊU",
        *(_tasks("", aims) or [DOTS]),
        "II. NHIỆM VỤ",
        *tasks,
        "III. KINH PHÍ THỰC HIỆN",
        _funding(lines),
        "IV. TỔ CHỨC THỰC HIỆN",
        *(f"- {unit}: chủ trì {count} nội dung nêu tại Phụ lục." for unit, count in _leads(lines).items()),
        f"Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị báo cáo {plan.issuer} "
        "để kịp thời chỉ đạo, giải quyết.",
    ]
    return "\n".join(parts)


def _tasks(heading: str, lines: list[PlanLine]) -> list[str]:
    bare = re.sub(r"^[IVX]+\. ", "", heading)
    named = [f"{bare}:"] if bare else []
    return [*named, *(f"- {line.title.rstrip(' .;')}." for line in lines)]


def _funding(lines: list[PlanLine]) -> str:
    sources = "; ".join(dict.fromkeys(line.funding_text for line in lines if line.funding_text)) or DOTS
    return f"Kinh phí thực hiện được bảo đảm từ các nguồn: {sources}. Nội dung, tiến độ thực hiện tại Phụ lục kèm theo."


def _leads(lines: list[PlanLine]) -> dict[str, str]:
    counts: dict[str, int] = {}
    for line in lines:
        if line.lead:
            counts[line.lead] = counts.get(line.lead, 0) + 1
    return {unit: f"{count:02d}" for unit, count in counts.items()}
