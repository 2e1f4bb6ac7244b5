"""Loading the five seeds as programmes: plans and lines as printed, what does not fit together kept in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.demo.source import day, read
from people.models import AdminUnit, Organisation
from projects.models import ExpectedDeliverable, Plan, PlanLine, Programme
from projects.periods import parse
from reports.models import IndicatorTarget

BASIS = "Căn cứ "  # how a legal basis begins on paper (NĐ 30/2020, annex I)
PLAIN = ("printed_number", "title", "objective", "recipients", "lead", "partners", "period_text", "funding_text")


def load(units: Mapping[str, AdminUnit], offices: Mapping[str, Organisation]) -> None:
    """Load every programme of the data."""
    for row in read("programmes"):
        programme = Programme.objects.create(
            province=units[row["province"]],
            code=row["code"],
            title=row["title"],
            # Plans have no place for remarks on the whole print; lines have theirs.
            summary="\n".join([*(flag for plan in row["plans"] for flag in plan["flags"]), *_context(row)]),
            starts_on=day(row["starts_on"]),
            ends_on=day(row["ends_on"]),
        )
        for plan in row["plans"]:
            _load_plan(programme, plan, offices)
    _load_targets()


def _load_targets() -> None:
    """Load what the programmes promise of the indicators, in the words of their papers."""
    programmes = {programme.code: programme for programme in Programme.objects.all()}
    for row in read("targets"):
        plain = {key: row[key] for key in ("indicator", "minimum", "maximum", "is_percent", "source")}
        IndicatorTarget.objects.create(programme=programmes[row["programme"]], due_on=day(row["due_on"]), **plain)


def _context(row: Mapping[str, Any]) -> list[str]:
    """Figures that the source tells around its plan: shown as its words, never counted."""
    return [row["context"]] if "context" in row else []


def _load_plan(programme: Programme, row: dict[str, Any], offices: Mapping[str, Organisation]) -> None:
    parent = row["parent"] and Plan.objects.create(programme=programme, **_head(row["parent"], offices))
    plan = Plan.objects.create(
        programme=programme,
        parent=parent,
        annex_title=row["annex_title"],
        legal_bases=[text if text.startswith(BASIS) else BASIS + text for text in row["legal_bases"]],
        **_head(row, offices),
    )
    for position, (section, line) in enumerate(_lines(row), start=1):
        _load_line(plan, position, section, line)


def _head(row: dict[str, Any], offices: Mapping[str, Organisation]) -> dict[str, Any]:
    plain = {key: row[key] for key in ("kind", "number", "title")}
    return plain | {"issuer": offices[row["issuer"]], "issued_on": day(row["issued_on"])}


def _lines(plan: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in plan["sections"]:
        for line in section["lines"]:
            yield section["title"], line


def _load_line(plan: Plan, position: int, section: str, row: dict[str, Any]) -> None:
    period = parse(row["period_text"])
    plain = {key: row[key] for key in (*PLAIN, "note", "target_min", "target_max", "flags")}
    line = PlanLine.objects.create(plan=plan, section=section, position=position, **plain, **period._asdict())
    for place, title in enumerate(row["products"], start=1):
        ExpectedDeliverable.objects.create(line=line, position=place, title=title)
