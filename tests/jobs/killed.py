"""Workers are killed over a long work. Runs in its own process (`tests.kill.run`), with real `manage.py worker`s."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from django_tasks_db.models import DBTaskResult

from config.invariants import open_jobs, running_tasks
from config.processes import Group
from jobs.actions import cancel, start_job
from jobs.liveness import living
from jobs.models import Job
from people.models import Throttle, User
from tests.factories import people
from tests.factories.databases import make_tables
from tests.jobs import toy
from tests.kill import ROOT, say

SECONDS = 0.05  # of a chunk
PIECES, SPARE = 150, 40  # chunks of a job, and how many it must still have when it is killed
PATIENCE = 180  # seconds


GROUP = Group()  # so that no worker outlives the test, whatever becomes of it


class Running:
    """One `manage.py worker` process."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "manage.py", "worker", *options]
        environment = os.environ | {"LOG_LEVEL": "CRITICAL"}
        self.process = GROUP.start(command, env=environment, stdout=subprocess.PIPE, text=True)
        self._name = ""

    @property
    def name(self) -> str:
        """Its name, said when it starts."""
        if not self._name:
            self._name = self.process.stdout.readline().split()[1]
        return self._name

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def build() -> Any:
    """An empty installation with one office."""
    make_tables()
    return people.gia_lai()


def ask(office: Any, **how: Any) -> Job:
    return start_job(
        toy.Toy, office.organisation, by=office.manager, province=office.province,
        total=how["pieces"], arguments=how, url="/",
    )  # fmt: skip


def wait(until: Callable[[], Any], what: str) -> float:
    """Wait until something is so; return the seconds it took."""
    begun = time.monotonic()
    while not until():
        assert time.monotonic() - begun < PATIENCE, f"waited in vain: {what}"
        time.sleep(0.01)
    return time.monotonic() - begun


def kill_at_random(kills: str, seed: str) -> None:
    """Kill whoever does a job at random instants, with another worker standing by; a job that is done is followed."""
    office, chance = build(), random.Random(seed)  # noqa: S311  no secret
    jobs = [ask(office, pieces=PIECES, seconds=SECONDS)]
    crew = {worker.name: worker for worker in (Running(), Running())}
    gaps, broken = [], []
    for _kill in range(int(kills)):
        if done(jobs[-1]) > PIECES - SPARE:
            wait_for_its_end(jobs[-1])
            jobs.append(ask(office, pieces=PIECES, seconds=SECONDS))
        job = jobs[-1]
        wait(lambda: living(crew) == set(crew), "two workers")
        time.sleep(chance.uniform(0, 0.6))
        crew.pop(the_holder(job)).kill()
        at_kill = done(job)
        gaps.append(wait(lambda: done(job) > at_kill, "the other worker goes on"))  # noqa: B023  called at once
        broken += [str(violation) for violation in (*running_tasks(), *open_jobs())]
        replacement = Running()
        wait(lambda: replacement.name, "a new worker")  # noqa: B023  called at once
        crew[replacement.name] = replacement
    wait_for_its_end(jobs[-1])
    for worker in crew.values():
        worker.kill()
    say(told(jobs, gaps, broken))


def wait_for_its_end(job: Job) -> None:
    wait(lambda: Job.objects.get(pk=job.pk).state == "done", "the job's end")
    wait(lambda: not DBTaskResult.objects.running().exists(), "the task's end")


def the_holder(job: Job) -> str:
    """The worker that does the job now."""
    wait(lambda: DBTaskResult.objects.running().filter(pk=job.task).exists(), "somebody at work")
    return str(DBTaskResult.objects.get(pk=job.task).worker_ids[-1])


def done(job: Job) -> int:
    return int(Job.objects.values_list("done", flat=True).get(pk=job.pk))


def told(jobs: list[Job], gaps: list[float], broken: list[str]) -> dict[str, Any]:
    times = Counter(toy.diary())
    everything = [f"{job.pk}.{number}" for job in jobs for number in range(PIECES)]
    return {
        "database": connection.vendor,
        "kills": len(gaps),
        "different": [job.pk for job in jobs if not is_whole(job)],
        "without a row": [word for word in everything if not Throttle.objects.filter(key=f"toy {word}").exists()],
        "lost": [word for word in everything if not times[word]],
        "chunks": len(everything),
        "repeated": sum(times.values()) - len(everything),
        "longest": round(max(gaps), 2),
        "middle": round(sorted(gaps)[len(gaps) // 2], 2),
        "broken": broken,
        "failed": DBTaskResult.objects.failed().count(),
        "parts": len(list(Path(os.environ["TXNG_VAR"], "jobs").iterdir())),
    }


def is_whole(job: Job) -> bool:
    """Whether its file is byte for byte what an undisturbed worker makes."""
    job.refresh_from_db()
    with job.file.open("rb") as stored:
        found = hashlib.file_digest(stored, "sha256").hexdigest()
    return found == job.sha256 == hashlib.sha256(toy.whole(PIECES)).hexdigest()


def share(tasks: str) -> None:
    """Three workers empty one queue of small tasks side by side."""
    build()
    for number in range(int(tasks)):
        toy.jot.enqueue(str(number))
    crew = [Running("--batch") for _number in range(3)]
    for worker in crew:
        worker.process.communicate(timeout=PATIENCE)
    words = Counter(toy.diary())
    say({"twice": [word for word, times in words.items() if times > 1], "done": len(words)})


def stop_gently(seed: str) -> None:
    """SIGTERM in the middle: the chunk is ended and kept, and the task is free."""
    office = build()
    job, worker = ask(office, pieces=200, seconds=SECONDS), Running()
    wait(lambda: done(job) >= 3, "a start")
    worker.process.send_signal(signal.SIGTERM)
    code = worker.process.wait(PATIENCE)
    task = DBTaskResult.objects.get(pk=job.task)
    ended = {"code": code, "diary": len(toy.diary()), "done": done(job), "task": task.status, "tries": task.worker_ids}
    again = Running()
    wait(lambda: done(job) > ended["done"], "going on")
    cancel(job, by=User.objects.get(pk=job.owner_id))
    wait(lambda: not DBTaskResult.objects.running().exists(), "the end of a stopped job")
    ended["parts"] = len(list(Path(os.environ["TXNG_VAR"], "jobs").iterdir()))
    again.kill()
    say(ended)


class Served:
    """One `manage.py serve` process, with the page that answers and the processes that it started."""

    def __init__(self) -> None:
        self.port = free_port()
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.worker = self.next_worker()
        wait(self.answers, "the web server")

    def next_worker(self) -> int:
        """Wait until a worker says that it is there; return its process."""
        for line in self.process.stdout or ():
            if line.startswith("worker "):
                return int(line.rpartition(" ")[2].strip(")\n"))
        raise AssertionError("serve ended before a worker came")

    def answers(self) -> bool:
        """Whether somebody listens."""
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def family(self) -> set[int]:
        """The children and theirs."""
        return {younger for child in children(self.process.pid) for younger in (child, *children(child))}

    def left(self, family: set[int]) -> list[int]:
        """Who of the family outlives it by more than five seconds."""
        self.process.wait(PATIENCE)
        deadline = time.monotonic() + 5
        while (alive := [pid for pid in family if is_there(pid)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        return alive


def end_with_its_supervisor(*names: str) -> None:
    """Signal one supervisor after the other; worker, web server and the web server's own process end with it."""
    build()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored where the tests run under nohup, and that is inherited
    for name in names:
        served = Served()
        family = served.family()
        with socket.create_connection(("127.0.0.1", served.port)) as browser:  # it keeps its connection open
            browser.sendall(b"GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            browser.recv(1)
            begun = time.monotonic()
            served.process.send_signal(getattr(signal, name))
            left = served.left(family)
        print(name, round(time.monotonic() - begun, 1), "s")
        say({"family": len(family), "left": left, "code": served.process.returncode, "answers": served.answers()})


def start_a_dead_worker_again() -> None:
    """Kill the worker of a supervisor, twice."""
    build()
    served = Served()
    seen = [served.worker]
    for _time in range(2):
        os.kill(seen[-1], signal.SIGKILL)
        seen.append(served.next_worker())
    family = served.family()
    served.process.terminate()
    say({"workers": len(set(seen)), "left": served.left(family)})


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> set[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    return {int(child) for child, parent in map(str.split, listed.splitlines()) if int(parent) == pid}


def is_there(pid: int) -> bool:
    """Whether a process runs; one that ended and was not asked after does not."""
    state = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], check=False, capture_output=True, text=True).stdout
    return state.strip()[:1] not in ("", "Z")
