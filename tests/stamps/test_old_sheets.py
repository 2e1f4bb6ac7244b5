"""Migration 0005: what was one sheet of a batch becomes its one roll, and back; on the tables as they were then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader

OLD = "old"
TABLES = (("people", "User"), ("people", "AuditEvent"), ("stamps", "StampOrder"), ("stamps", "StampBatch"))
ISSUED, MADE, HANDED_OVER = (datetime(2022, 6, day, 8, tzinfo=UTC) for day in (1, 2, 3))
migration = import_module("stamps.migrations.0005_old_sheets_become_rolls")


class ToOldTables:
    """A router that sends every question to the old tables."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return OLD

    db_for_write = db_for_read


@pytest.fixture
def old(django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Apps]:
    """The tables that the migration touches, as they stood before it, empty, without those that they point to."""
    settings.MIGRATION_MODULES = {}  # a run with --nomigrations hides them
    with django_db_blocker.unblock():
        connections.databases[OLD] = connections.configure_settings(
            {"default": {}, OLD: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        )[OLD]
        monkeypatch.setattr(router, "routers", [ToOldTables()])
        apps = MigrationLoader(None).project_state(("stamps", "0004_books_of_old_stamps")).apps
        connection = connections[OLD]
        with connection.schema_editor() as editor:
            for label, name in (*TABLES, ("stamps", "Roll")):
                editor.create_model(apps.get_model(label, name))
        connection.disable_constraint_checking()  # the editor turned it on again; what they point to is not there
        yield apps
        connection.close()
        del connections[OLD], connections.databases[OLD]


def batch(apps: Apps, number: int, *, sheet: str, is_handed_over: bool = False) -> Any:
    """A batch of 70 stamps, so two A4 pages."""
    order = apps.get_model("stamps", "StampOrder").objects.create(
        pk=number,
        enrolment_id=1,
        quantity=70,
        status="handed_over" if is_handed_over else "issued",
        requested_at=ISSUED,
        requested_by_id=1,
        handed_over_at=HANDED_OVER if is_handed_over else None,
        handed_over_by_id=3 if is_handed_over else None,
    )
    return apps.get_model("stamps", "StampBatch").objects.create(
        pk=number,
        order=order,
        product_id=1,
        code="09520000009991",
        key_version="0",
        start=number * 100,
        end=number * 100 + 70,
        issued_at=ISSUED,
        issued_by_id=2,
        sheet=sheet,
        sheet_sha256="ab" * 32 if sheet else "",
    )


def rolls(apps: Apps) -> list[Any]:
    return list(apps.get_model("stamps", "Roll").objects.order_by("pk"))


def test_a_sheet_becomes_a_roll_of_the_whole_batch_that_nobody_read_back(old: Apps) -> None:
    batch(old, 1, sheet="stamp-sheets/a.pdf")
    batch(old, 2, sheet="")

    migration.sheets_to_rolls(old, None)

    (roll,) = rolls(old)
    assert (roll.batch_id, roll.number, roll.start, roll.end) == (1, 1, 100, 170)
    assert (roll.file.name, roll.sha256, roll.pages, roll.verified) == ("stamp-sheets/a.pdf", "ab" * 32, 2, 0)
    assert (roll.requested_at, roll.requested_by_id, roll.released_at) == (ISSUED, 2, ISSUED)
    assert (roll.reconciled_at, roll.printed, roll.spoiled) == (None, None, None)


def test_a_sheet_that_was_handed_over_is_counted_and_the_log_says_who_made_it(old: Apps) -> None:
    batch(old, 1, sheet="stamp-sheets/a.pdf", is_handed_over=True)
    event = old.get_model("people", "AuditEvent")
    event.objects.create(verb="stamps.sheet_made", target="stamps.stamporder:1", at=MADE, by_id=4)

    migration.sheets_to_rolls(old, None)

    (roll,) = rolls(old)
    assert (roll.requested_at, roll.requested_by_id, roll.released_at) == (MADE, 4, MADE)
    assert (roll.printed, roll.spoiled) == (70, 0)
    assert (roll.reconciled_at, roll.reconciled_by_id) == (HANDED_OVER, 3)


def test_the_layout_of_old_sheets_can_still_be_read(old: Apps) -> None:
    from stamps.printing.layouts import A4_65, SheetLayout

    batch(old, 1, sheet="stamp-sheets/a.pdf")
    migration.sheets_to_rolls(old, None)

    layout = SheetLayout(**rolls(old)[0].layout)
    assert (layout.per_page, layout.label_width, layout.qr_mm) == (A4_65.per_page, A4_65.label_width, A4_65.qr_mm)


def test_backwards_the_sheet_is_the_batchs_again_and_rolls_of_today_stay(old: Apps) -> None:
    batch(old, 1, sheet="stamp-sheets/a.pdf")
    migration.sheets_to_rolls(old, None)
    old.get_model("stamps", "StampBatch").objects.update(sheet="", sheet_sha256="")
    newer = rolls(old)[0]
    newer.pk, newer.number, newer.verified = None, 2, 70
    newer.save()

    migration.rolls_to_sheets(old, None)

    kept = old.get_model("stamps", "StampBatch").objects.get()
    assert (kept.sheet.name, kept.sheet_sha256) == ("stamp-sheets/a.pdf", "ab" * 32)
    assert [roll.number for roll in rolls(old)] == [2]
