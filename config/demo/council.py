"""The acceptance council of the main job: seven made-up officials judge GL-02 before the leader accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.demo.acts import Case
from config.demo.source import read
from people.models import User
from projects.actions import council as councils
from projects.actions import council_naming
from projects.actions.council import judged
from projects.actions.council_naming import Call
from projects.models import Council, CouncilRules
from workflows.actions import close_council

LENGTH = timedelta(hours=2)  # of the meeting, which ends as the demo runs
NOTICE = timedelta(days=7)  # from the decision to the meeting


def load_rules() -> None:
    """Load the built-in rules where the migration's row is not there (a database emptied by hand)."""
    row = read("council")["rules"]
    CouncilRules.objects.get_or_create(code=row["code"], defaults=row)


def hold(case: Case) -> Council:
    """Name the council, let every member declare, come and fill in a sheet, and close it with its minutes."""
    data = read("council")
    people = {row["username"]: User.objects.get(username=row["username"]) for row in data["members"]}
    council = _called(case, data, people)
    secretary = next(people[row["username"]] for row in data["members"] if row["seat"] == "secretary")
    for row in data["members"]:
        councils.declare(council, by=people[row["username"]])
    councils.mark_present(council, set(council.members.values_list("pk", flat=True)), by=secretary)
    papers = {paper.code: paper.pk for paper in judged(case.project)}
    for row in data["members"]:
        councils.hand_in_sheet(
            council,
            by=people[row["username"]],
            grade=row["grade"],
            comment=row["comment"],
            lines={_line(papers, key): grade for key, grade in row["lines"].items()},
        )
    close_council(council, by=secretary, opinions="\n".join(data["opinions"]))
    council.refresh_from_db()
    return council


def _called(case: Case, data: Mapping[str, Any], people: Mapping[str, User]) -> Council:
    meets_at = (timezone.localtime() - LENGTH).replace(minute=0, second=0, microsecond=0)
    call = Call(
        rules=CouncilRules.objects.get(code=data["rules"]["code"]),
        decision_number=data["decision_number"],
        decision_date=(meets_at - NOTICE).date(),
        meets_at=meets_at,
        place=data["place"],
        dossier_on=case.project.due_on,  # the dossier keeps its date of the data, as the surveys do
    )
    named = [(people[row["username"]], row["seat"]) for row in data["members"]]
    return council_naming.call_council(case.project, call, named, by=case.cast.manager)


def _line(papers: Mapping[str, int], key: str) -> tuple[int, str]:
    """Return the line of a sheet that "D2.quality" names."""
    code, criterion = key.split(".")
    return papers[code], criterion
