"""Money of plans and projects by year and source, in đồng: sums that equal their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from projects.models import Funding, PilotProject, Plan

Source = Funding.Source


@dataclass
class Amount:
    """Planned and disbursed, in đồng."""

    planned: int = 0
    disbursed: int = 0

    def add(self, row: Funding | Amount) -> None:
        """Take a row into the sum."""
        self.planned += row.planned
        self.disbursed += row.disbursed

    def __bool__(self) -> bool:
        return bool(self.planned or self.disbursed)

    @property
    def planned_text(self) -> str:
        """As printed: 1.234.000."""
        return dong(self.planned)

    @property
    def disbursed_text(self) -> str:
        """As printed: 1.234.000."""
        return dong(self.disbursed)


@dataclass
class Sums:
    """Sums of rows by year and source, by source, and of all."""

    years: dict[int, dict[str, Amount]] = field(default_factory=dict)
    sources: dict[str, Amount] = field(default_factory=lambda: {source: Amount() for source in Source.values})
    total: Amount = field(default_factory=Amount)

    @property
    def columns(self) -> list[tuple[str, Amount]]:
        """The sources in words with their sums."""
        return [(str(Source(source).label), amount) for source, amount in self.sources.items()]

    @property
    def lines(self) -> list[tuple[int, list[tuple[str, Amount]], Amount]]:
        """Each year with its amount by source (in words) and its sum."""
        rows = []
        for year, by_source in sorted(self.years.items()):
            total = Amount()
            for amount in by_source.values():
                total.add(amount)
            rows.append((year, [(str(Source(source).label), amount) for source, amount in by_source.items()], total))
        return rows


def dong(number: int) -> str:
    """Return an amount as offices print it: 1.234.000."""
    return f"{number:,}".replace(",", ".")


def sums(rows: Iterable[Funding]) -> Sums:
    """Add rows up by year and source."""
    found = Sums()
    for row in rows:
        year = found.years.setdefault(row.year, {source: Amount() for source in Source.values})
        for amount in (year[row.source], found.sources[row.source], found.total):
            amount.add(row)
    return found


def of_plan(plan: Plan) -> QuerySet[Funding]:
    """Return the money of a plan: of its lines, and of the projects that carry them out."""
    return Funding.objects.filter(Q(line__plan=plan) | Q(project__line__plan=plan)).select_related("line", "project")


def with_money(
    projects: QuerySet[PilotProject], *, source: str = "", year: int | None = None
) -> QuerySet[PilotProject]:
    """Annotate each project with `planned` and `disbursed`, of one source and one year if given."""
    rows = Funding.objects.filter(project=OuterRef("pk")).order_by()
    if source:
        rows = rows.filter(source=source)
    if year:
        rows = rows.filter(year=year)
    zero = Value(0, BigIntegerField())
    return projects.annotate(
        **{
            column: Coalesce(
                Subquery(rows.values("project").annotate(sum=Sum(column)).values("sum"), BigIntegerField()), zero
            )
            for column in ("planned", "disbursed")
        }
    )
