"""What must hold in every installation at any moment, whatever was killed, restored or edited by hand.

The numbers are those of the test plan. I1 (acknowledged ids) and I7 (outbox) join with the rooms that
they are about.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from django.utils import timezone

from documents.models import DocumentVersion, NumberSeries
from jobs.queue import jobs_without_task, orphans
from onboarding.models import Onboarding
from people import audit
from people.models import AuditEvent
from projects.models import Deliverable, Enrolment, PilotProject
from registry.files import stored_names
from stamps.life.ledger import differences_of
from stamps.models import Activation, Roll, SerialCounter, StampBatch, StampChange, StampOrder
from workflows import engine
from workflows.models import DeliverableProcess, OnboardingProcess, PilotModelProcess, StampOrderProcess
from workflows.nodes import CLOSED

# Work that a moment ago was cut off, or goes on now, is not a violation yet.
GRACE = timedelta(hours=1)
# Pictures have no column for their hash: their name begins with it (registry/pictures.py).
_HASH_IN_NAME = re.compile(r"/([0-9a-f]{24})[^/]*$")

DONE, _CANCELLED = CLOSED
IN_FORCE = DocumentVersion.State.ISSUED
Paper = Deliverable.Status
TAKEN_OUT = Q(enrolment__withdrawn_at__isnull=False)


@dataclass(frozen=True)
class Violation:
    """One thing that should be impossible: which invariant, which row or file, and what is wrong."""

    invariant: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.invariant} {self.subject}: {self.message}"


class Skipped(Exception):
    """The invariant cannot be looked at here; the message says what to use instead."""


Check = Callable[[], Iterator[Violation]]


# --- I2: stamps ------------------------------------------------------------------------------
def stamp_ranges() -> Iterator[Violation]:
    """Batches are disjoint, lie inside the counter, and together make up exactly what it has given out."""
    counter = SerialCounter.objects.aggregate(last=Max("next_index"))["last"] or 0
    end = issued = 0
    for batch in StampBatch.objects.order_by("start").iterator():
        if batch.start < end:
            yield Violation("I2", audit.label(batch), f"starts at {batch.start}, inside the batch that ends at {end}")
        if batch.end > counter:
            yield Violation("I2", audit.label(batch), f"ends at {batch.end}, beyond the counter {counter}")
        if batch.quantity != batch.order.quantity:
            yield Violation("I2", audit.label(batch), f"has {batch.quantity} stamps, its order {batch.order.quantity}")
        end, issued = max(end, batch.end), issued + batch.quantity
    if issued != counter:
        yield Violation("I2", "stamps.serialcounter:1", f"has given out {counter} numbers, batches hold {issued}")


def activations() -> Iterator[Violation]:
    """Activated ranges are disjoint and lie inside their batch."""
    batch, end = None, 0
    for activation in Activation.objects.select_related("batch").order_by("batch", "start").iterator():
        if activation.batch != batch:
            batch, end = activation.batch, 0
        if activation.start < batch.start or activation.end > batch.end:
            yield Violation("I2", audit.label(activation), f"leaves its batch [{batch.start}, {batch.end})")
        if activation.start < end:
            yield Violation("I2", audit.label(activation), f"starts inside the activation that ends at {end}")
        end = max(end, activation.end)


def rolls() -> Iterator[Violation]:
    """Rolls in force are disjoint and lie inside their batch."""
    batch, end = None, 0
    for roll in Roll.objects.in_force().select_related("batch").order_by("batch", "start").iterator():
        if roll.batch != batch:
            batch, end = roll.batch, 0
        if roll.start < batch.start or roll.end > batch.end:
            yield Violation("I2", audit.label(roll), f"leaves its batch [{batch.start}, {batch.end})")
        if roll.start < end:
            yield Violation("I2", audit.label(roll), f"starts inside the roll that ends at {end}")
        end = max(end, roll.end)


def stamp_changes() -> Iterator[Violation]:
    """Changes lie inside their batch, and replacements are stamps of the same product."""
    outside = Q(start__lt=F("batch__start")) | Q(end__gt=F("batch__end"))
    for change in StampChange.objects.filter(outside).select_related("batch").order_by("pk"):
        batch = change.batch
        yield Violation("I2", audit.label(change), f"leaves its batch [{batch.start}, {batch.end})")
    for change in StampChange.objects.exclude(replaced_by=None).select_related("batch").order_by("pk").iterator():
        first, last = change.replaced_by, (change.replaced_by or 0) + change.quantity
        if not StampBatch.objects.filter(product=change.batch.product_id, start__lte=first, end__gte=last).exists():
            yield Violation(
                "I2", audit.label(change), f"is replaced by [{first}, {last}), which are no stamps of its product"
            )


def stamp_ledger() -> Iterator[Violation]:
    """The ledger says of every stamp what the ranges say."""
    batches = StampBatch.objects.select_related("order", "product").order_by("start")
    for found in differences_of(batches.iterator(chunk_size=200)):
        where = f"[{found.start}, {found.end}) lie in {found.found.value}, the ledger says {found.booked.value}"
        yield Violation("I2", audit.label(found.batch), where)


def stamp_quotas() -> Iterator[Violation]:
    """No order went beyond the quota of its time, and what budget and producer pay makes a whole.

    A quota may be made smaller than what is ordered already; it only keeps more from being ordered.
    """
    counting = ~Q(stamp_orders__status__in=(StampOrder.Status.REFUSED, StampOrder.Status.CANCELLED))
    ordered = Sum("stamp_orders__quantity", filter=counting, default=0)
    for enrolment in Enrolment.objects.annotate(ordered=ordered).filter(ordered__gt=F("stamp_quota")).order_by("pk"):
        if _ordered_since_the_last_grant(enrolment):
            message = f"has {enrolment.ordered} stamps ordered, its quota is {enrolment.stamp_quota}"
            yield Violation("I2", audit.label(enrolment), message)
    for order in StampOrder.objects.exclude(state_share=100 - F("producer_share")).order_by("pk"):
        message = f"is paid {order.state_share} % by the budget and {order.producer_share} % by the producer"
        yield Violation("I2", audit.label(order), message)


def _ordered_since_the_last_grant(enrolment: Enrolment) -> bool:
    """Whether an order that counts is younger than the quota; both acts are logged under the enrolment's lock."""
    granted = AuditEvent.objects.filter(verb="project.stamps_granted", target=audit.label(enrolment))
    last = granted.aggregate(last=Max("pk"))["last"] or 0
    since = AuditEvent.objects.filter(verb="stamps.ordered", pk__gt=last).values_list("target", flat=True)
    counting = StampOrder.objects.counting().filter(enrolment=enrolment)
    return not {audit.label(order) for order in counting}.isdisjoint(since)


# --- I3: files -------------------------------------------------------------------------------
def files_of_rows() -> Iterator[Violation]:
    """Every file that a row names is there, with the content that its hash says; one that several name counts once."""
    for name, digests in _named_files().items():
        found = _digest_in_storage(name)
        if not found:
            yield Violation("I3", ", ".join(row for rows in digests.values() for row in rows), f"{name} is missing")
            continue
        for digest, rows in digests.items():
            if not found.startswith(digest):
                yield Violation("I3", ", ".join(rows), f"{name} has SHA-256 {found}, not {digest}")


def _named_files() -> dict[str, dict[str, list[str]]]:
    """Return for each file that is named the hashes that it should have, each with the rows that say so.

    A roll names the file of the work that made it: one file, two rows.
    """
    named: dict[str, dict[str, list[str]]] = {}
    for field in file_fields():
        for row in field.model._default_manager.exclude(**{field.name: ""}).iterator():
            digests = named.setdefault(getattr(row, field.name).name, {})
            digests.setdefault(_digest_of(row, field), []).append(f"{audit.label(row)}.{field.name}")
    return named


def rows_of_files() -> Iterator[Violation]:
    """Every stored file belongs to a row; one that a rolled-back transaction just left behind may wait an hour."""
    known, old = names_in_rows(), timezone.now() - GRACE
    for name in stored_names():
        if name not in known and default_storage.get_modified_time(name) < old:
            yield Violation("I3", name, "is stored, but no row names it")


def names_in_rows() -> set[str]:
    """Return the names of all files that any row has."""
    known: set[str] = set()
    for field in file_fields():
        known.update(field.model._default_manager.values_list(field.name, flat=True))
    return known


def file_fields() -> list[models.FileField]:
    """Every column of the house that names a stored file; a new one is looked at without being registered."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]


def _digest_of(row: models.Model, field: models.FileField) -> str:
    """The hash in the column beside the file, else the beginning of it in the file's name, else nothing."""
    for column in (f"{field.name}_sha256", "sha256"):
        if digest := getattr(row, column, ""):
            return str(digest)
    in_name = _HASH_IN_NAME.search(getattr(row, field.name).name)
    return in_name[1] if in_name else ""


def _digest_in_storage(name: str) -> str:
    """The SHA-256 of a stored file, "" when it is not there."""
    if not default_storage.exists(name):
        return ""
    with default_storage.open(name) as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()


# --- I4: audit -------------------------------------------------------------------------------
def audit_chain() -> Iterator[Violation]:
    """The audit log is as it was written; what is not linked yet is linked first, as `verify_audit` does."""
    while audit.seal():
        pass
    for fault in audit.verify():
        yield Violation("I4", f"chain {fault.chain} #{fault.position}", fault.reason)


# --- I5: processes ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Agreement:
    """In which states a case may be while the latest run of its flow is open, and after it ran to its end."""

    process: type[models.Model]
    case: str
    while_open: frozenset[str]
    when_done: frozenset[str]


AGREEMENTS = (
    Agreement(
        PilotModelProcess,
        "project",
        frozenset({PilotProject.Status.RUNNING}),
        frozenset({PilotProject.Status.ACCEPTED}),
    ),
    Agreement(
        DeliverableProcess,
        "deliverable",
        frozenset({Paper.DRAFTING, Paper.FORMAT_CHECK, Paper.IN_REVIEW, Paper.RETURNED, Paper.WITH_LEADER}),
        frozenset({Paper.ISSUED, Paper.REJECTED, Paper.CANCELLED}),
    ),
    Agreement(
        StampOrderProcess,
        "order",
        frozenset({StampOrder.Status.REQUESTED, StampOrder.Status.ISSUED}),
        frozenset({StampOrder.Status.REFUSED, StampOrder.Status.HANDED_OVER, StampOrder.Status.CANCELLED}),
    ),
)


def processes_go_on() -> Iterator[Violation]:
    """Every open process has an open step and no ended one has; no parent waits for children that ended."""
    for process in engine.stranded_processes():
        state = "has ended with a step open" if process.status in CLOSED else "is open without a step"
        yield Violation("I5", audit.label(process), f"{process.flow_class.process_title} {state}")
    just_now = timezone.now() - GRACE
    for task in engine.waiting_parents().exclude(subprocesses__finished__gte=just_now):
        yield Violation("I5", audit.label(task), "waits although every child has ended; run manage.py tick")


def processes_agree_with_cases() -> Iterator[Violation]:
    """The engine's position and the case's own state do not contradict each other."""
    for agreement in AGREEMENTS:
        yield from _contradictions(agreement)


def _contradictions(agreement: Agreement) -> Iterator[Violation]:
    # A case may be run again after a rejection: only its latest run speaks for it.
    runs = agreement.process._default_manager
    latest = runs.order_by().values(agreement.case).annotate(latest=Max("pk")).values("latest")
    is_done, is_open = Q(status=DONE), ~Q(status__in=CLOSED)
    wrong = (is_done & ~Q(**{f"{agreement.case}__status__in": agreement.when_done})) | (
        is_open & ~Q(**{f"{agreement.case}__status__in": agreement.while_open})
    )
    rows: Any = runs.filter(wrong, pk__in=latest).select_related(agreement.case).order_by("pk")
    for process in rows:
        case = getattr(process, agreement.case)
        yield Violation("I5", audit.label(case), f"is {case.status} while its process {process.pk} is {process.status}")


def journeys_agree_with_processes() -> Iterator[Violation]:
    """A product on its way has an open run, one that ended has none, and only selected ones went on."""
    running = OnboardingProcess._default_manager.filter(onboarding=OuterRef("pk")).exclude(status__in=CLOSED)
    journeys = Onboarding.objects.annotate(is_running=Exists(running)).select_related("enrolment")
    for journey in journeys.filter(Q(is_running=True) & (Q(closed_at__isnull=False) | TAKEN_OUT)).order_by("pk"):
        yield Violation("I5", audit.label(journey), "has ended or was taken out while its process goes on")
    for journey in journeys.filter(~TAKEN_OUT, is_running=False, closed_at=None).order_by("pk"):
        yield Violation("I5", audit.label(journey), "is open without a process")
    refused = Q(selection=Onboarding.Selection.REFUSED)
    unfinished = (refused & Q(closed_at=None)) | (~refused & Q(closed_at__isnull=False, supplied_at=None))
    for journey in journeys.filter(unfinished).order_by("pk"):
        yield Violation("I5", audit.label(journey), "its end and its steps contradict each other")


# --- I6: register ----------------------------------------------------------------------------
def register_numbers() -> Iterator[Violation]:
    """Numbers of every series run from 1 without a gap, and the counter stands at the last one."""
    counted = NumberSeries.objects.annotate(count=Count("entries"), highest=Max("entries__number"))
    for series in counted.exclude(Q(count=F("last_number")) & (Q(highest=F("last_number")) | Q(last_number=0))):
        message = f"has {series.count} entries up to {series.highest}, its counter stands at {series.last_number}"
        yield Violation("I6", f"series {series}", message)


def issued_papers() -> Iterator[Violation]:
    """An issued deliverable has exactly one paper in force, any other has none, and each in force has its number."""
    in_force = Count("document__versions", filter=Q(document__versions__state=IN_FORCE))
    papers: Any = Deliverable.objects.annotate(in_force=in_force)
    wrong = (Q(status=Paper.ISSUED) & ~Q(in_force=1)) | (~Q(status=Paper.ISSUED) & Q(in_force__gt=0))
    for paper in papers.filter(wrong).order_by("pk"):
        yield Violation("I6", audit.label(paper), f"is {paper.status} with {paper.in_force} papers in force")
    for version in DocumentVersion.objects.filter(state=IN_FORCE, register_entry=None):
        yield Violation("I6", audit.label(version), "is in force without a number in the register")
    for version in DocumentVersion.objects.filter(state=DocumentVersion.State.REVOKED, revocation=None):
        yield Violation("I6", audit.label(version), "is revoked without a reason and a paper that says so")


# --- I8: long work ---------------------------------------------------------------------------
def running_tasks() -> Iterator[Violation]:
    """Whatever task runs has a worker that lives."""
    for task, worker in orphans():
        message = f"runs in worker {worker or '?'}, which is dead; a running manage.py worker takes it up in a second"
        yield Violation("I8", f"task {task}", message)


def open_jobs() -> Iterator[Violation]:
    """Every job that waits or goes on has its task in the queue."""
    for job in jobs_without_task():
        yield Violation("I8", audit.label(job), f"is {job.state}, but its task {job.task} is not in the queue")


# --- I9: the database itself -----------------------------------------------------------------
def unsound(cursor: Any) -> Iterator[Violation]:
    """What SQLite finds damaged in its file; each finding in its own words."""
    for (message,) in cursor.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Violation("I9", "database", message)


def database_file() -> Iterator[Violation]:
    """SQLite finds its file sound, foreign keys included."""
    if connection.vendor != "sqlite":
        raise Skipped("PostgreSQL is not looked at from here; run pg_amcheck")
    with connection.cursor() as cursor:
        # What is in memory has no file, and with a second connection to it SQLite would wait for itself for ever: it
        # looks into the full-text index through whichever connection opened that last (OP_VCheck, 3.53).
        if not connection.is_in_memory_db():  # type: ignore[attr-defined]
            yield from unsound(cursor)
        for table, row, target, _ in cursor.execute("PRAGMA foreign_key_check").fetchall():
            yield Violation("I9", f"{table}:{row}", f"points to a row of {target} that is not there")


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "I2 stamp ranges": stamp_ranges,
        "I2 activations": activations,
        "I2 rolls": rolls,
        "I2 changes of stamps": stamp_changes,
        "I2 stamp ledger": stamp_ledger,
        "I2 stamp quotas": stamp_quotas,
        "I3 files of rows": files_of_rows,
        "I3 rows of files": rows_of_files,
        "I4 audit chain": audit_chain,
        "I5 processes go on": processes_go_on,
        "I5 processes agree with cases": processes_agree_with_cases,
        "I5 journeys agree with processes": journeys_agree_with_processes,
        "I6 register numbers": register_numbers,
        "I6 issued papers": issued_papers,
        "I8 running tasks": running_tasks,
        "I8 open jobs": open_jobs,
        "I9 database file": database_file,
    }
)


def violations() -> Iterator[Violation]:
    """Yield everything that is wrong, skipping what cannot be looked at here."""
    for check in CHECKS.values():
        try:
            yield from check()
        except Skipped:
            continue
