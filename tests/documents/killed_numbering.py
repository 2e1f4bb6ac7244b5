"""Processes that number the same papers side by side, and are killed over it. Each runs by `tests.kill.run`."""

from __future__ import annotations

import random
import time

from django.db import OperationalError

from config.invariants import files_of_rows, issued_papers, register_numbers
from documents import actions
from documents.errors import NotReady
from documents.models import Document, DocumentVersion, NumberSeries, RegisterEntry
from people.models import User
from tests.factories import documents as make
from tests.factories.projects import make_project
from tests.jobs.killed import build
from tests.kill import READY, here, say


def prepare(papers: str) -> None:
    """An empty installation with so many drafts about one project."""
    office = build()
    project = make_project(office)
    make.template()
    for number in range(int(papers)):
        paper = actions.Paper(
            kind=make.KIND, symbol="BC", data=make.Finding(finding=f"Báo cáo {number}"), occasion=str(number)
        )
        actions.prepare_draft(paper, project, by=office.manager)


def issue_for_ever(seed: str) -> None:
    """Number any paper that has no number yet, again and again, until killed."""
    here(READY)
    while True:
        issue_one(random.Random(f"{seed} {time.time_ns()}"))  # noqa: S311  no secret


def issue_the_rest() -> None:
    """Number what is left, and tell what came of it all."""
    while unnumbered().exists():
        issue_one(random.Random(1))  # noqa: S311  no secret
    entries = RegisterEntry.objects.order_by("number")
    say(
        {
            "numbers": list(entries.values_list("number", flat=True)),
            "papers": Document.objects.count(),
            "counter": NumberSeries.objects.get().last_number,
            "twice": DocumentVersion.objects.filter(state="issued").count() - Document.objects.count(),
            "broken": [str(found) for found in (*register_numbers(), *issued_papers(), *files_of_rows())],
        }
    )


def issue_one(chance: random.Random) -> None:
    papers = list(unnumbered())
    if not papers:
        time.sleep(0.05)
        return
    leader = User.objects.get(username="gl-lanhdao")
    try:
        actions.issue(chance.choice(papers), signer=leader, on=make.DAY, by=leader)
    except (NotReady, OperationalError):  # another process was faster, or has the database for long
        return


def unnumbered():
    return Document.objects.filter(versions__state="draft").exclude(versions__state="issued").distinct()
