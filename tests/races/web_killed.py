"""The web process is killed while it completes steps. Runs in a process of its own, which forks the one to kill."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from socketserver import TCPServer
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.util import setup_testing_defaults

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from django.urls import reverse
from viewflow.workflow.models import Task

from people.models import User
from projects.models import Deliverable, StageKind
from tests.factories import people
from tests.factories.databases import make_tables
from tests.ground import world
from tests.ground.killed import broken
from tests.kill import say
from workflows.models import DeliverableProcess

STEPS = ("prepare", "check_format", "review", "review", "approve")
TOKEN = "a" * 32
HANG = 30  # seconds after which a request counts as hanging


def build(papers: str) -> None:
    """Make a project with so many papers, all with their author."""
    make_tables()
    world.project_of_many_papers(people.gia_lai(), int(papers), code="GL-01")


def go(seed: str) -> None:
    """Take every paper through its steps by HTTP, killing the web process once in each; tell what came of it."""
    chance, server = random.Random(seed), Server()  # noqa: S311  no secret
    office = people.gia_lai()
    ends: Counter[str] = Counter()
    faults: list[str] = []
    usual = 0.2
    for paper in Deliverable.objects.filter(stage__kind=StageKind.SURVEY).order_by("pk"):
        world.draft(paper, office.manager)
        for node in STEPS:
            task = open_step(paper, node)
            answer = world.CHECKED if node == "check_format" else ({} if node == "prepare" else world.APPROVE)
            user = task.owner or {"check_format": office.clerk, "approve": office.leader}[node]
            request = Request(user, reverse("task", args=[task.pk]), answer)
            acknowledged = server.killed_during(request, after=chance.uniform(0, usual * 1.3))
            connections.close_all()
            end, problems, seconds = look(task, acknowledged, request, server)
            usual = seconds or usual
            ends[end] += 1
            faults += [f"{paper.code} {node}: {problem}" for problem in problems]
    call_command("tick", verbosity=0)
    say({"ends": dict(ends), "faults": faults, "broken": broken(), "stage": next_of_stage()})


def open_step(paper: Deliverable, node: str) -> Task:
    process = DeliverableProcess.objects.filter(deliverable=paper).latest("pk")
    tasks = Task.objects.filter(process=process, finished=None, flow_task__endswith=f".{node}")
    return tasks.select_related("owner").order_by("pk")[0]


def look(task: Task, acknowledged: bool, request: Request, server: Server) -> tuple[str, list[str], float]:
    """Look at what the kill left, ask again, and look again; seconds are those of a whole request, 0 if it was late."""
    problems = broken()
    task.refresh_from_db()
    done = task.status == "DONE"
    if acknowledged and not done:
        problems.append("was acknowledged and is lost")
    if task.status not in ("DONE", "ASSIGNED", "NEW"):
        problems.append(f"is left as {task.status}")
    started = time.monotonic()
    status = server.answered(request)
    seconds = time.monotonic() - started
    connections.close_all()
    if status != (409 if done else 302):
        problems.append(f"asked again, the answer is {status}")
    task.refresh_from_db()
    if task.status != "DONE":
        problems.append(f"asked again, the step is {task.status}")
    problems += broken()
    end = "acknowledged" if acknowledged else "done" if done else "not done"
    return end, problems, 0 if done else seconds


def next_of_stage() -> list[str]:
    """The steps of the project that are open at the end: the stage went on, once."""
    tasks = Task.objects.filter(flow_task_type="HUMAN", finished=None)
    return sorted(task.flow_task.name for task in tasks)


class Request:
    """A POST of a logged-in person, as a browser sends it."""

    def __init__(self, user: User, path: str, data: dict[str, str]) -> None:
        client = Client()
        client.force_login(user)
        self.path = path
        self.body = urlencode(data | {"csrfmiddlewaretoken": TOKEN})
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}",
        }

    def send(self, port: int) -> int:
        """Send it and return the status of the answer; OSError or HTTPException if the server dies."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG)
        try:
            connection.request("POST", self.path, self.body, self.headers)
            return connection.getresponse().status
        finally:
            connection.close()


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


class Server:
    """The web application in a forked process; the listening socket stays when the process dies."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.application({**_probe(), "SERVER_PORT": str(self.port)}, lambda *args: None)  # loads what is lazy

    def killed_during(self, request: Request, *, after: float) -> bool:
        """Send the request, kill the process so many seconds after, and return whether an answer came."""
        pid, answers = self._fork(), []
        thread = threading.Thread(target=_collect, args=(request, self.port, answers))
        thread.start()
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self._renew()
        thread.join()
        return 302 in answers

    def answered(self, request: Request) -> int:
        """Send the request to a fresh process and return the status."""
        pid = self._fork()
        try:
            return request.send(self.port)
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _renew(self) -> None:
        """A new socket: a request that the killed process never took must not be taken by the next one."""
        self.socket.close()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def _fork(self) -> int:
        connections.close_all()
        pid = os.fork()
        if pid == 0:
            server = WSGIServer(("127.0.0.1", self.port), Quiet, bind_and_activate=False)
            TCPServer.server_close(server)
            server.socket = self.socket
            server.server_name, server.server_port = "127.0.0.1", self.port
            server.setup_environ()
            server.set_app(self.application)
            server.serve_forever(poll_interval=10)
        return pid


def _collect(request: Request, port: int, answers: list[int]) -> None:
    with suppress(OSError, http.client.HTTPException):  # killed before it answered
        answers.append(request.send(port))


def _probe() -> dict[str, Any]:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = "/account/log-in/"
    return environ
