"""The charts of reports: which numbers of the case stand in which bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Count, Q

from projects.contexts import FigureRow, PortalStep, ProductRow
from projects.contexts.charts import Bar, Chart
from projects.models import Deliverable, PilotProject
from projects.survey_figures import FigureLine
from workflows.contexts import case

MOST = 24  # bars on a page; the smallest beyond them stand together


def figures_chart(title: str, figures: Sequence[FigureRow]) -> Chart:
    """Return the figures of a survey, each against all that were surveyed."""
    return Chart(title=title, bars=tuple(_part(row.label, row.count, row.total) for row in figures))


def capacity_chart(lines: Iterable[FigureLine]) -> Chart | None:
    """Return the output of each organisation, the largest first; None where nobody told it."""
    known = sorted(((line.capacity, line.name) for line in lines if line.capacity), key=lambda row: (-row[0], row[1]))
    if not known:
        return None
    shown, others = (known, []) if len(known) <= MOST else (known[: MOST - 1], known[MOST - 1 :])
    bars = [_amount(name, capacity) for capacity, name in shown]
    if others:
        rest = sum((capacity for capacity, _name in others), Decimal(0))
        bars.append(_amount(f"{case.counted(len(others))} cơ sở còn lại", rest))
    return Chart(title="Sản lượng của các cơ sở được khảo sát (tấn/năm)", bars=tuple(bars))


def progress_chart(project: PilotProject) -> Chart | None:
    """Return the deliverables issued of those planned, stage by stage; None for a project that owes none."""
    papers = Deliverable.objects.filter(stage__project=project).exclude(status=Deliverable.Status.CANCELLED)
    issued = Count("pk", filter=Q(status=Deliverable.Status.ISSUED))
    stages = papers.values("stage__title").annotate(total=Count("pk"), done=issued).order_by("stage__position")
    bars = tuple(_part(row["stage__title"], row["done"], row["total"]) for row in stages)
    return Chart(title="Sản phẩm giao nộp đã ban hành theo giai đoạn", bars=bars) if bars else None


def stamps_chart(products: Sequence[ProductRow], activated: Mapping[str, int]) -> Chart | None:
    """Return the stamps activated of those issued, by product group; None before the first stamp.

    `activated` counts by trace code.
    """
    issued, used = Counter[str](), Counter[str]()
    for product in products:
        issued[product.group] += product.stamps
        used[product.group] += activated.get(product.code, 0)
    bars = tuple(_part(group, used[group], count) for group, count in sorted(issued.items()) if count)
    return Chart(title="Tem đã kích hoạt trên số tem đã cấp, theo nhóm sản phẩm", bars=bars) if bars else None


def steps_chart(steps: Sequence[PortalStep]) -> Chart:
    """Return how many of the products have each of the seven steps behind them."""
    return Chart(
        title="Số sản phẩm hoàn thành từng bước",
        bars=tuple(_part(f"{step.number}. {step.name}", step.done, step.total) for step in steps),
    )


def _part(label: str, count: int, total: int) -> Bar:
    text = f"{_number(count)}/{_number(total)} ({case.share(count, total)})"
    return Bar(label=label, size=count, whole=total, text=text)


def _amount(label: str, amount: Decimal) -> Bar:
    return Bar(label=label, size=round(amount * 100), whole=0, text=f"{amount.normalize():f}".replace(".", ","))


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
