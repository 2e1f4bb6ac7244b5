"""A flow as a drawing, with the steps that are open in one case marked, and the same in words."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from viewflow.workflow import chart
from viewflow.workflow.models import Process, Task


class Drawing(NamedTuple):
    """The drawing, and the titles of the open steps for those who do not see it."""

    svg: SafeString
    open_steps: list[str]


def draw(flow: type[Any], process: Process | None) -> Drawing:
    """Draw the flow; without a process no step is marked. One query."""
    grid = chart.calc_layout_data(flow)
    if process is None:
        return Drawing(chart.grid_to_svg(grid), [])
    chart.calc_cell_status(flow, grid, process.pk)
    open_tasks = Task._default_manager.filter(process=process.pk, finished=None).order_by("pk")
    # A case may stand at a step that this version of the flow no longer has.
    nodes = dict.fromkeys(task.flow_task for task in open_tasks)
    for cell in grid.cells:
        if cell.node in nodes:
            cell.status = "OPEN"
    titles = [str(node.task_title) for node in nodes if getattr(node, "task_title", None)]
    return Drawing(chart.grid_to_svg(grid), titles)
