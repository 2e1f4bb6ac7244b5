"""Clerks order, approve and issue stamps side by side and are killed. Runs in a process of its own, which forks them.

What a clerk was told is written to its own journal, on the disk, before it goes on. A killed clerk is followed by
another one, who goes on where the journal ends; so of each kill one act at most has no answer.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from config.invariants import stamp_quotas, violations
from people.models import AuditEvent
from projects.actions.stamp_quota import grant_stamps
from projects.models import Enrolment
from stamps import actions
from stamps.errors import OrderRefused
from stamps.models import StampBatch, StampOrder
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain
from tests.ground import world
from tests.jobs.killed import build
from tests.kill import say
from tests.stamps.test_constant_writes import WRITES
from workflows import actions as desk
from workflows.errors import AlreadyHandled
from workflows.models import StampOrderProcess

CLERKS, PRODUCTS = 6, 1  # so many work at once, on so many products
ORDERS_EACH = 1_000  # after which they go on to the next product: nobody orders 10,000 times for one
QUOTA = 20  # of each product to begin with, and what a grant adds: four orders, so that all meet at its end
AT_THE_DESK = int(os.environ.get("DESK", "8"))  # every so many orders goes through its flow and its form
Note = dict[str, Any]


def storm(orders: str, folder: str, seed: str, pause: str) -> None:
    """Let the clerks place so many orders, killing one of them about every `pause` seconds; tell what is left."""
    line, journals = (
        make(PRODUCTS + int(orders) // ORDERS_EACH),
        [Journal(Path(folder, f"{number}.jsonl")) for number in range(CLERKS)],
    )
    chance, begun = random.Random(seed), time.monotonic()  # noqa: S311  no secret
    share, crew = int(orders) // CLERKS, {}
    quota_broken: list[str] = []
    kills = 0
    connections.close_all()
    for number in range(CLERKS):
        crew[forked(number, share, journals[number], line)] = number
    while crew:
        time.sleep(chance.uniform(0, 2 * float(pause)))
        done = ended(crew)
        if crew and not done:
            victim = chance.choice(list(crew))
            os.kill(victim, signal.SIGKILL)
            kills += was_killed(victim)
            number = crew.pop(victim)
            quota_broken += [str(found) for found in stamp_quotas()]
            connections.close_all()
            crew[forked(number, share, journals[number], line)] = number
    seconds = time.monotonic() - begun
    call_command("tick", verbosity=0)
    notes = [note for journal in journals for note in journal.notes()]
    say(told(notes, line, kills, seconds) | {"exceeded": quota_broken})


def make(products: int) -> list[Chain]:
    """An installation with so many products in one rollout, each with a small quota."""
    office: Office = build()
    first = chain(office)
    line = [first, *(chain(office, project=first.project) for _more in range(products - 1))]
    for each in line:
        grant_stamps(each.enrolment, quota=QUOTA, by=office.manager)
    return line


def ended(crew: dict[int, int]) -> bool:
    """Take those whose work is done out of the crew, and say whether there was one."""
    done = [pid for pid in list(crew) if os.waitpid(pid, os.WNOHANG)[0]]
    for pid in done:
        crew.pop(pid)
    return bool(done)


def was_killed(pid: int) -> bool:
    """Whether the signal ended it, and not its last order a moment before."""
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


# --- a clerk ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Journal:
    """What one clerk was told, in a file that outlives it."""

    path: Path

    def write(self, what: str, **facts: Any) -> None:
        """Add a note; it is on the disk when this returns."""
        data = json.dumps({"what": what, **facts}).encode() + b"\n"
        with self.path.open("ab", buffering=0) as file:
            file.write(data)
            os.fsync(file.fileno())

    def notes(self) -> list[Note]:
        """All notes in their order; the last one may be torn."""
        found = []
        with suppress(FileNotFoundError):
            for text in self.path.read_text().splitlines():
                with suppress(json.JSONDecodeError):
                    found.append(json.loads(text))
        return found


def forked(number: int, share: int, journal: Journal, line: list[Chain]) -> int:
    """Start a clerk in a process of its own and return its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        Clerk(journal, line, random.Random(f"{number} {time.monotonic_ns()}")).work(share)  # noqa: S311  no secret
    except BaseException:  # told as a fault: nobody else sees what ends a forked process
        journal.write("fault", text=traceback.format_exc(limit=-4))
    finally:
        os._exit(0)


@dataclass(frozen=True)
class Clerk:
    """Places orders, and after each decides on one that waits, whoever placed it; so clerks meet all the time."""

    journal: Journal
    line: list[Chain]
    chance: random.Random

    def work(self, share: int) -> None:
        """Place the orders of the share that the journal does not know yet."""
        placed = sum(note["what"] == "ordered" for note in self.journal.notes())
        while placed < share:
            first = placed * CLERKS // ORDERS_EACH
            if order := self.order(self.chance.choice(self.line[first : first + PRODUCTS])):
                placed += 1
                while self.decide(order) == "late":
                    pass

    def order(self, each: Chain) -> int:
        """Order a few stamps and return the order; 0 beyond the quota, of which a manager then grants more."""
        quantity = self.chance.randint(1, 9)
        act = desk.order_stamps if self.chance.randrange(AT_THE_DESK) == 0 else actions.order_stamps
        try:
            order = act(each.enrolment, quantity=quantity, by=each.producer)
        except OrderRefused as refusal:
            self.journal.write("full", text=str(refusal))
            self.grant(each)
            return 0
        self.journal.write("ordered", order=order.pk, enrolment=each.enrolment.pk, quantity=quantity)
        return int(order.pk)

    def grant(self, each: Chain) -> None:
        """Add to the quota as it is now, unless orders have room in it again."""
        with transaction.atomic():
            now = Enrolment.objects.select_for_update().get(pk=each.enrolment.pk)
            if now.stamp_quota - taken(now) < 9:
                grant_stamps(now, quota=now.stamp_quota + QUOTA, by=each.office.manager)

    def decide(self, last: int) -> str:
        """Issue or refuse one of the orders that have waited longest before `last`; "late" if another was faster."""
        waiting = StampOrder.objects.filter(status=StampOrder.Status.REQUESTED, pk__gt=last - 100).order_by("pk")
        if not (orders := list(waiting[:CLERKS])):
            return "nothing"
        order, refuses = self.chance.choice(orders), self.chance.randrange(6) == 0
        run = StampOrderProcess.objects.filter(order=order).first()
        leader = self.line[0].office.leader
        try:
            if run:
                answer = {"decision": "refuse", "reason": "Thử"} if refuses else {"decision": "issue"}
                world.do(run, "approve", leader, answer)
            elif refuses:
                actions.refuse_order(order, by=leader, reason="Thử")
            else:
                actions.issue_stamps(order, by=leader)
        except (OrderRefused, AlreadyHandled, Task.DoesNotExist) as late:
            self.journal.write("late", text=str(late))
            return "late"
        if refuses:
            self.journal.write("refused", order=order.pk)
            return "refused"
        batch = StampBatch.objects.get(order=order)
        self.journal.write("issued", order=order.pk, batch=batch.pk, start=batch.start, end=batch.end)
        return "issued"


def taken(enrolment: Enrolment) -> int:
    """Stamps that orders take from the quota; asked without the product's own words for it."""
    gone = (StampOrder.Status.REFUSED, StampOrder.Status.CANCELLED)
    orders = StampOrder.objects.filter(enrolment=enrolment).exclude(status__in=gone)
    return sum(orders.values_list("quantity", flat=True))


# --- what is left ----------------------------------------------------------------------------
def told(notes: list[Note], line: list[Chain], kills: int, seconds: float) -> dict[str, Any]:
    """Hold the journals against the database."""
    times = Counter(note["what"] for note in notes)
    orders, batches = StampOrder.objects.count(), StampBatch.objects.count()
    refused = StampOrder.objects.filter(status=StampOrder.Status.REFUSED).count()
    told = {what: times[what] for what in ("ordered", "issued", "refused", "full", "late")}
    return told | {
        "database": connection.vendor,
        "kills": kills,
        "seconds": round(seconds, 1),
        "faults": [note["text"] for note in notes if note["what"] == "fault"],
        "lost": list(lost(notes)),
        "overlaps": overlaps(),
        "unanswered": orders + batches + refused - times["ordered"] - times["issued"] - times["refused"],
        "broken": [str(found) for found in violations()],
        "writes": [writes_for(line[0], quantity) for quantity in (3, 50_000)],
        "events": AuditEvent.objects.count(),
    }


def lost(notes: list[Note]) -> Iterator[str]:
    """Yield what a clerk was told and the database does not know, or knows otherwise."""
    orders = {order.pk: order for order in StampOrder.objects.all()}
    batches = {batch.order_id: batch for batch in StampBatch.objects.all()}
    answers: Counter[int] = Counter(note["order"] for note in notes if note["what"] in ("issued", "refused"))
    yield from (f"order {pk} was decided {times} times" for pk, times in answers.items() if times > 1)
    for note in notes:
        order, batch = orders.get(note.get("order", 0)), batches.get(note.get("order", 0))
        match note["what"]:
            case "ordered":
                is_kept = order and (order.enrolment_id, order.quantity) == (note["enrolment"], note["quantity"])
            case "issued":
                is_kept = batch and (batch.pk, batch.start, batch.end) == (note["batch"], note["start"], note["end"])
            case "refused":
                is_kept = order and order.status == StampOrder.Status.REFUSED and not batch
            case _:
                continue
        if not is_kept:
            yield str(note)


def overlaps() -> list[str]:
    """Ranges that share a number, or leave a number out."""
    ranges = list(StampBatch.objects.order_by("start").values_list("start", "end"))
    return [f"{left} {right}" for left, right in pairwise([(0, 0), *ranges]) if left[1] != right[0]]


def writes_for(each: Chain, quantity: int) -> int:
    """Writes that it takes to order and issue so many stamps."""
    grant_stamps(each.enrolment, quota=10_000_000, by=each.office.manager)
    with CaptureQueriesContext(connection) as seen:
        actions.issue_stamps(each.order(quantity), by=each.office.leader)
    return sum(query["sql"].startswith(WRITES) for query in seen)
