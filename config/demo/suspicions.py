"""Two stamps that look suspicious: one that a rule finds copied, one that a buyer reports; both wait for an officer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from config.demo.source import read
from projects.models import PilotProject
from stamps import actions as stamps
from stamps.fast.rules import look_for_copies
from stamps.fast.scans import Scan
from stamps.fast.writing import write
from stamps.life.standing import Standing, standing_at
from stamps.models import StampBatch
from workflows import stamp_alerts


def run(project: PilotProject) -> None:
    """Write the scans of a copied stamp as the scan page does, report another one, and open both cases."""
    data = read("suspicions")
    scan_everywhere(_stamp(project, data["copied"]), data["copied"]["scans"])
    found = data["reported"]
    report = stamps.Report(found["concern"], found["message"], found["place"], found["contact"])
    reported = _stamp(project, found)
    stamp_alerts.report_stamp(report, province=project.province, standing=reported)
    stamp_alerts.open_missing_cases()


def scan_everywhere(standing: Standing, rows: list[dict[str, Any]]) -> None:
    """Let the stamp be scanned far apart between its activation and now, at parts of that time; apply the rules."""
    activation = standing.activation
    if activation is None:
        raise ValueError("only an activated stamp is on goods that somebody scans")
    began = activation.activated_at
    took = timezone.now() - began
    scans = [
        Scan(
            standing.index,
            activation.lot_id,
            (began + took * row["part"]).timestamp(),
            row["network"],
            row["province"],
        )
        for row in rows
    ]
    write(scans)
    look_for_copies(scans)


def _stamp(project: PilotProject, row: dict[str, Any]) -> Standing:
    """Return an activated stamp: the numbers of its product and of itself count from 1."""
    batches = StampBatch.objects.filter(order__enrolment__project=project).order_by("start")
    batch = batches[row["product"] - 1]
    index = batch.start + row["stamp"] - 1
    return standing_at(batch, index, stamps.serial_at(batch, index))
