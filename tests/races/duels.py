"""Two people decide on the same paper in the same moment, through the web pages. Runs in a process of its own.

`build` makes an installation with papers that wait for a decision; `fight` lets two people (three
for the quorum) answer each of them at once and tells how every duel ended.
"""

from __future__ import annotations

import html
import re
import threading
from collections import Counter
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from viewflow.workflow.models import Task

from people.models import User
from projects.models import Deliverable, StageKind
from tests.factories import people
from tests.factories.databases import make_tables
from tests.factories.people import Office, Role
from tests.ground import world
from tests.ground.killed import broken
from tests.kill import say
from workflows.models import DeliverableProcess

KINDS = ("approve_approve", "approve_return", "approve_cancel", "quorum")
RETURN = {"decision": "return", "remark_1": "Nêu nguồn số liệu", "section_1": "Mục 3"}


def build(pairs: str) -> None:
    """Make a project with so many papers for each kind of duel, each at the step that is fought over."""
    make_tables()
    office = people.gia_lai()
    second_leader(office)
    world.project_of_many_papers(office, int(pairs) * len(KINDS), code="GL-01")
    for kind, papers in papers_by_kind().items():
        for paper in papers:
            world.draft(paper, office.manager)
            process = world.process_of(paper)
            world.do(process, "prepare", office.manager)
            world.do(process, "check_format", office.clerk, world.CHECKED)
            for reviewer in office.reviewers[: paper.reviewers_needed] if kind != "quorum" else ():
                world.do(process, "review", reviewer, world.APPROVE)


def papers_by_kind() -> dict[str, list[Deliverable]]:
    """Deal the project's papers out to the kinds, in turns."""
    papers = list(Deliverable.objects.filter(stage__kind=StageKind.SURVEY).order_by("pk"))
    return {kind: papers[number :: len(KINDS)] for number, kind in enumerate(KINDS)}


def second_leader(office: Office) -> User:
    """Another person who may approve."""
    return people.member("gl-lanhdao2", Role.LEADER, office.organisation)


def fight() -> None:
    """Fight every duel and tell, per kind, how they ended; a fault is told as text."""
    office = people.gia_lai()
    for kind, papers in papers_by_kind().items():
        ends = Counter(duel(kind, paper, office) for paper in papers)
        say({"kind": kind, "ends": dict(ends)})
    call_command("tick", verbosity=0)
    say({"broken": broken()})


def duel(kind: str, paper: Deliverable, office: Office) -> str:
    """Let the people of the kind act at once; return "won: …" or what went wrong."""
    requests = _requests(kind, paper, office)
    answers = _at_once([_posting(user, path, data) for user, path, data in requests])
    return _judge(kind, paper, [user for user, _path, _data in requests], answers)


def _requests(kind: str, paper: Deliverable, office: Office) -> list[tuple[User, str, dict[str, str]]]:
    process = DeliverableProcess.objects.get(deliverable=paper)
    if kind == "quorum":
        reviews = Task.objects.filter(process=process, finished=None).select_related("owner").order_by("pk")
        return [(task.owner, reverse("task", args=[task.pk]), world.APPROVE) for task in reviews]
    step = reverse("task", args=[Task.objects.get(process=process, finished=None).pk])
    first = (office.leader, step, world.APPROVE)
    if kind == "approve_approve":
        return [first, (second_leader(office), step, world.APPROVE)]
    if kind == "approve_return":
        return [first, (second_leader(office), step, RETURN)]
    cancel = reverse("workflows:cancel_deliverable", args=[paper.stage.project.code, paper.pk])
    return [first, (office.manager, cancel, {"reason": "Lập lại từ đầu"})]


def _posting(user: User, path: str, data: dict[str, str]) -> Any:
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(user)

    def post() -> tuple[int, str]:
        response = client.post(path, data)
        if response.status_code == 302 and "cancel" in path:
            # The answer to a cancel is a message on the page that follows.
            return _of_cancel(client.get(response["Location"]))
        return response.status_code, html.unescape(response.content.decode())

    return post


def _of_cancel(page: Any) -> tuple[int, str]:
    text = html.unescape(page.content.decode())
    refused = (
        "msg-late" in text or re.search(r'class="msg late', text) or "đã kết thúc" in text or "already ended" in text
    )
    return (409 if refused else 302), text


def _at_once(acts: list[Any]) -> list[Any]:
    barrier, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int) -> None:
        try:
            barrier.wait()
            answers[index] = acts[index]()
        except Exception as error:  # told as a fault
            answers[index] = (599, repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _judge(kind: str, paper: Deliverable, users: list[User], answers: list[tuple[int, str]]) -> str:
    statuses = [status for status, _text in answers]
    if any(status not in (302, 409) for status in statuses):
        return f"fault: {statuses} {_first_words(answers)}"
    winners = [user for user, status in zip(users, statuses, strict=True) if status == 302]
    if len(winners) != (2 if kind == "quorum" else 1):
        return f"fault: {len(winners)} won"
    paper.refresh_from_db()
    for user, (status, text) in zip(users, answers, strict=True):
        if status == 409 and not any(str(winner) in text for winner in winners):
            return f"fault: {user} was not told who decided"
        if status == 409 and not re.search(r"\d\d:\d\d", text):
            return f"fault: {user} was not told when"
    return f"won: {paper.status}"


def _first_words(answers: list[tuple[int, str]]) -> str:
    return " | ".join(" ".join(re.sub(r"<[^>]+>", " ", text).split())[:200] for _status, text in answers)
