"""manage.py invariants: each invariant holds in a real case, and is seen failing on a planted violation."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from config import invariants
from documents.models import DocumentVersion, NumberSeries, RegisterEntry
from people.models import AuditEvent, AuditLink
from projects.models import Deliverable, PilotProject
from registry.models import Product
from stamps.models import Roll, SerialCounter, StampOrder
from tests.factories.documents import unguarded
from tests.ground.world import World, process_of
from workflows.models import DeliverableProcess, PilotModelProcess, StampOrderProcess

HOUR = 3600


def found(*checks: invariants.Check) -> list[str]:
    return [str(violation) for check in checks for violation in check()]


def test_a_real_case_breaks_no_invariant(world: World) -> None:
    assert [str(violation) for violation in invariants.violations()] == []


def test_the_command_names_every_check_and_ends_well(world: World) -> None:
    output = StringIO()

    call_command("invariants", stdout=output)

    lines = output.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == list(invariants.CHECKS)


def test_the_command_prints_each_violation_and_fails(world: World) -> None:
    SerialCounter.objects.update(next_index=7)
    output = StringIO()

    with pytest.raises(CommandError, match="1 violations"):
        call_command("invariants", stdout=output)

    assert "I2 stamps.serialcounter:1: has given out 7 numbers, batches hold 6" in output.getvalue()


# --- I3 --------------------------------------------------------------------------------------
def test_every_file_column_of_the_house_is_looked_at() -> None:
    columns = {f"{field.model._meta.label}.{field.name}" for field in invariants.file_fields()}

    assert columns >= {
        "documents.DocumentTemplate.file",
        "documents.DocumentVersion.file",
        "stamps.Roll.file",
        "registry.Product.image",
        "registry.Product.small_image",
    }


@pytest.mark.parametrize("kind", ["paper", "template", "sheet"])
def test_a_file_changed_on_disk_is_found(world: World, kind: str) -> None:
    version = DocumentVersion.objects.first()
    stored, label = {
        "paper": (version.file, f"documents.documentversion:{version.pk}.file"),
        "template": (version.template.file, f"documents.documenttemplate:{version.template.pk}.file"),
        "sheet": (world.roll.file, f"stamps.roll:{world.roll.pk}.file"),
    }[kind]
    Path(stored.path).chmod(0o600)
    with Path(stored.path).open("ab") as file:
        file.write(b"!")

    lines = found(invariants.files_of_rows)

    # The file of a roll is that of the work which made it too: one file, named once.
    assert len(lines) == 1
    subject, _, message = lines[0].removeprefix("I3 ").partition(": ")
    assert label in subject.split(", ")
    assert message.startswith(f"{stored.name} has SHA-256 ")


def test_a_missing_file_is_found(world: World) -> None:
    default_storage.delete(world.roll.file.name)

    (line,) = found(invariants.files_of_rows)

    rows, _, message = line.removeprefix("I3 ").partition(": ")
    assert f"stamps.roll:{world.roll.pk}.file" in rows.split(", ")
    assert message == f"{world.roll.file.name} is missing"


def test_two_rows_that_disagree_on_the_hash_of_one_file_are_told_apart(world: World) -> None:
    Roll.objects.filter(pk=world.roll.pk).update(sha256="0" * 64)

    (line,) = found(invariants.files_of_rows)

    assert line.startswith(f"I3 stamps.roll:{world.roll.pk}.file: ")
    assert line.endswith(f"not {'0' * 64}")


def test_a_picture_that_is_not_what_its_name_says_is_found(world: World) -> None:
    name = default_storage.save("products/0123456789abcdef01234567.jpg", ContentFile(b"another picture"))
    Product.objects.filter(pk=world.product.pk).update(image=name)

    lines = found(invariants.files_of_rows)

    assert len(lines) == 1
    assert lines[0].endswith("not 0123456789abcdef01234567")


def test_a_stored_file_without_a_row_is_found_after_an_hour(world: World) -> None:
    default_storage.save("documents/ab/new.docx", ContentFile(b"cut off just now"))
    name = default_storage.save("documents/ab/old.docx", ContentFile(b"cut off long ago"))
    old = time.time() - HOUR - 60
    os.utime(default_storage.path(name), (old, old))

    assert found(invariants.rows_of_files) == ["I3 documents/ab/old.docx: is stored, but no row names it"]


# --- I4 --------------------------------------------------------------------------------------
def test_a_changed_audit_event_is_found(world: World) -> None:
    invariants.audit.seal()
    triggers = import_module("people.migrations.0002_audit_is_append_only")
    with connection.cursor() as cursor:
        for statement in triggers.statements(connection.vendor)[1]:
            cursor.execute(statement)
    event = AuditEvent.objects.get(verb="project.created")
    AuditEvent.objects.filter(pk=event.pk).update(by=world.farmer)
    position = AuditLink.objects.get(event=event).position

    assert found(invariants.audit_chain) == [
        f"I4 chain 52 #{position}: event {event.pk} was changed after it was written"
    ]


# --- I5 --------------------------------------------------------------------------------------
def test_an_open_process_without_a_step_is_found(world: World) -> None:
    process = process_of(world.open_paper)
    Task.objects.filter(process_id=process.pk, finished=None).update(finished=timezone.now(), status="DONE")

    assert found(invariants.processes_go_on) == [
        f"I5 viewflow.process:{process.pk}: {process.flow_class.process_title} is open without a step"
    ]


def test_an_ended_process_with_an_open_step_is_found(world: World) -> None:
    process = process_of(world.open_paper)
    Process.objects.filter(pk=process.pk).update(status="CANCELED", finished=timezone.now())

    assert found(invariants.processes_go_on) == [
        f"I5 viewflow.process:{process.pk}: {process.flow_class.process_title} has ended with a step open"
    ]


def test_a_parent_that_nobody_resumed_is_found_after_an_hour(world: World) -> None:
    process = process_of(world.open_paper)
    Task.objects.filter(process_id=process.pk, finished=None).update(finished=timezone.now(), status="DONE")
    children = Process.objects.filter(pk=process.pk)

    children.update(status="DONE", finished=timezone.now())
    assert found(invariants.processes_go_on) == []

    children.update(finished=timezone.now() - timedelta(hours=2))
    assert found(invariants.processes_go_on) == [
        f"I5 viewflow.task:{process.parent_task_id}: waits although every child has ended; run manage.py tick"
    ]


def plant_issued(world: World) -> DeliverableProcess:
    Deliverable.objects.filter(pk=world.open_paper.pk).update(status="issued")
    return process_of(world.open_paper)


def plant_unfinished(world: World) -> DeliverableProcess:
    Deliverable.objects.filter(pk=world.issued_paper.pk).update(status="in_review")
    return process_of(world.issued_paper)


def plant_draft_project(world: World) -> PilotModelProcess:
    PilotProject.objects.update(status="draft")
    return PilotModelProcess.objects.get()


def plant_undecided_order(world: World) -> StampOrderProcess:
    StampOrder.objects.update(status="requested")
    return StampOrderProcess.objects.get()


@pytest.mark.parametrize(
    ("plant", "contradiction"),
    [
        (plant_issued, "is issued while its process {} is NEW"),
        (plant_unfinished, "is in_review while its process {} is DONE"),
        (plant_draft_project, "is draft while its process {} is NEW"),
        (plant_undecided_order, "is requested while its process {} is DONE"),
    ],
)
def test_a_case_that_contradicts_its_process_is_found(
    world: World, plant: Callable[[World], Process], contradiction: str
) -> None:
    process = plant(world)

    lines = found(invariants.processes_agree_with_cases)

    assert len(lines) == 1
    assert lines[0].endswith(contradiction.format(process.pk))


def test_only_the_latest_run_of_a_case_speaks_for_it(world: World) -> None:
    """A deliverable that was rejected and started again is being prepared while its first run is done."""
    process = process_of(world.open_paper)
    rejected = DeliverableProcess.objects.create(
        flow_class=process.flow_class, deliverable=world.open_paper, status="DONE", finished=timezone.now()
    )
    DeliverableProcess.objects.create(flow_class=process.flow_class, deliverable=world.open_paper)

    assert rejected.status == "DONE"
    assert found(invariants.processes_agree_with_cases) == []


# --- I6 --------------------------------------------------------------------------------------
def test_a_lost_number_is_found(world: World) -> None:
    series = NumberSeries.objects.get(symbol="BC")
    NumberSeries.objects.filter(pk=series.pk).update(last_number=2)

    assert found(invariants.register_numbers) == [f"I6 series {series}: has 1 entries up to 1, its counter stands at 2"]


def test_a_gap_in_the_register_is_found(world: World) -> None:
    series = NumberSeries.objects.get(symbol="TL")
    unguarded()
    RegisterEntry.objects.filter(series=series, number=1).update(number=3)
    NumberSeries.objects.filter(pk=series.pk).update(last_number=3)

    assert found(invariants.register_numbers) == [f"I6 series {series}: has 2 entries up to 3, its counter stands at 3"]


def test_an_issued_deliverable_without_a_paper_in_force_is_found(world: World) -> None:
    DocumentVersion.objects.filter(document__deliverable=world.issued_paper, state="issued").update(state="superseded")

    assert found(invariants.issued_papers) == [
        f"I6 projects.deliverable:{world.issued_paper.pk}: is issued with 0 papers in force"
    ]


def test_a_paper_in_force_of_a_deliverable_that_is_not_issued_is_found(world: World) -> None:
    Deliverable.objects.filter(pk=world.issued_paper.pk).update(status="with_leader")

    assert found(invariants.issued_papers) == [
        f"I6 projects.deliverable:{world.issued_paper.pk}: is with_leader with 1 papers in force"
    ]


def test_a_paper_in_force_without_a_number_is_found(world: World) -> None:
    version = DocumentVersion.objects.get(document__deliverable=world.issued_paper, state="issued")
    unguarded()
    RegisterEntry.objects.filter(version=version).delete()

    assert found(invariants.issued_papers) == [
        f"I6 documents.documentversion:{version.pk}: is in force without a number in the register"
    ]


# --- I9 --------------------------------------------------------------------------------------
def test_a_row_that_points_to_nothing_is_found(world: World) -> None:
    if connection.vendor != "sqlite":
        with pytest.raises(invariants.Skipped, match="pg_amcheck"):
            found(invariants.database_file)
        return
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lots_event SET biz_location_id = 999999 WHERE id = %s", [world.event.pk])

    assert found(invariants.database_file) == [
        f"I9 lots_event:{world.event.pk}: points to a row of registry_place that is not there"
    ]

    with connection.cursor() as cursor:  # so that the test's own rollback finds nothing to complain about
        cursor.execute("UPDATE lots_event SET biz_location_id = %s", [world.producer.places.get().pk])


def test_a_damaged_sqlite_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """CREATE TABLE lots (code); CREATE INDEX by_code ON lots (code); INSERT INTO lots VALUES ('L1');
            CREATE TABLE empty (code); CREATE INDEX of_nothing ON empty (code); PRAGMA writable_schema=ON;
            UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'of_nothing')
            WHERE name = 'by_code';"""
        )

    with closing(sqlite3.connect(path)) as database:
        damages = [str(violation) for violation in invariants.unsound(database.cursor())]

    assert "I9 database: row 1 missing from index by_code" in damages
