"""Why papers are sent back: the remarks of a period, counted by standard remark and by stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from imports.export import Value
from projects.models import Deliverable, Remark, StageKind

TOP = 10


@dataclass
class Reason:
    """A standard remark (or the remarks in people's own words), how often it was made, by stage."""

    text: str
    by_stage: dict[str, int] = field(default_factory=dict)
    of: int = 0

    @property
    def count(self) -> int:
        """How often it was made."""
        return sum(self.by_stage.values())

    @property
    def share(self) -> int:
        """Percent of all remarks."""
        return round(100 * self.count / self.of) if self.of else 0

    @property
    def by_stages(self) -> list[tuple[str, int]]:
        """How often in each stage, in the order of the stages."""
        return [(str(kind.label), self.by_stage.get(kind, 0)) for kind in StageKind]


def reasons_of(remarks: QuerySet[Remark]) -> list[Reason]:
    """Return the ten standard remarks made most often, then what was written in people's own words; one query."""
    rows = remarks.order_by().values_list("phrase__text", "deliverable__stage__kind").annotate(Count("pk"))
    found: dict[str | None, Reason] = {}
    for text, kind, count in rows:
        reason = found.setdefault(text, Reason(text or _("In their own words")))
        reason.by_stage[kind] = reason.by_stage.get(kind, 0) + count
    total = sum(reason.count for reason in found.values())
    own = found.pop(None, None)
    top = sorted(found.values(), key=lambda reason: (-reason.count, reason.text))[:TOP]
    reasons = [*top, own] if own else top
    for reason in reasons:
        reason.of = total
    return reasons


def visible_remarks(deliverables: QuerySet[Deliverable]) -> QuerySet[Remark]:
    """Return the remarks on these deliverables."""
    return Remark.objects.filter(deliverable__in=deliverables)


def columns() -> list[str]:
    """Return the headings of the table."""
    return [_("Reason"), _("Times"), _("Share (%)"), *(str(kind.label) for kind in StageKind)]


def rows_of(reasons: Iterable[Reason]) -> list[Sequence[Value]]:
    """Return the same as rows of a workbook."""
    return [
        [reason.text, reason.count, reason.share, *(count for _stage, count in reason.by_stages)] for reason in reasons
    ]
