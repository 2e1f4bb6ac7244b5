"""How much faster our import is than the usual way: a dry run and then the import of 10,000 rows, in one run."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from benchmarks import row_by_row
from imports.actions import run_batch, set_columns, upload_list
from imports.export import write_xlsx
from imports.models import ImportBatch
from imports.targets import targets
from registry.models import OcopRecognition, Producer, Product
from tests.factories import people
from tests.factories.imports import SETS, make_ground

ROWS = int(os.environ.get("IMPORT_ROWS", "10000"))
TITLES = (
    "TT", "Tên sản phẩm", "Bộ sản phẩm", "Hạng sao", "Số quyết định", "Ngày quyết định", "Tên chủ thể", "Loại hình",
    "Mã số thuế", "Địa chỉ", "Xã/phường", "Điện thoại", "Người đại diện",
)  # fmt: skip
COMMUNES = ("xã Ia Tô", "xã Ia Krái", "xã Ia Hrung", "phường Pleiku")
KINDS = ("HTX", "Công ty", "Tổ hợp tác", "Hộ kinh doanh")


def measure() -> dict[str, float]:
    """Return the ratio, after proving that both ways leave the same registry."""
    data = workbook(ROWS)
    with _database():
        usual, expected = _timed(lambda office: row_by_row.import_list(data, office.province))
        ours, found = _timed(lambda office: _import(data, office))
    assert len(found) == ROWS
    assert found == expected, "the two ways do not leave the same registry"
    print(f"import of {ROWS} rows on {connection.vendor}: row by row {usual:.1f} s, ours {ours:.1f} s")
    return {"import_vs_import_export": usual / ours}


def workbook(count: int) -> bytes:
    """Return a list of so many products, two or three of each producer; the same every time."""
    chance = random.Random(4)  # noqa: S311  no secret
    rows: list[list[Any]] = []
    while len(rows) < count:
        number = len(rows) + 1
        commune, kind = chance.choice(COMMUNES), chance.choice(KINDS)
        told = [f"{kind} số {number} (giả lập)", kind, f"9999{number:06}", f"Thôn {number % 9 + 1}", commune]
        for place in range(min(chance.choice((2, 3)), count - len(rows))):
            ocop_set = chance.choice(list(SETS))
            rows.append([
                len(rows) + 1, f"Sản phẩm {number}-{place}", f"{ocop_set}. {SETS[ocop_set]}",
                chance.choice(("3 sao", "★★★★", 5)), f"{number % 40 + 1}/QĐ-UBND", date(2025, number % 12 + 1, 15),
                *told, f"09{number:08}", f"Người {number} (giả lập)",
            ])  # fmt: skip
    return write_xlsx("Danh sách OCOP", TITLES, rows)


def _import(data: bytes, office: people.Office) -> None:
    """Our way: upload, dry run with its report, import with audit log and what it takes to undo."""
    by = office.manager
    batch = upload_list(data, file_name="a.xlsx", target=targets()["ocop"], province=office.province, by=by)
    header = (batch.header_first, batch.header_last)
    batch = set_columns(batch, sheet=batch.sheet, header=header, places=batch.places, constants={}, by=by)
    assert (batch.new, batch.wrong) == (ROWS, 0), (batch.new, batch.wrong)
    run_batch(batch, by=by)


def _timed(work: Callable[[people.Office], object]) -> tuple[float, list[tuple[Any, ...]]]:
    """Return the seconds of a work on an empty registry and the registry that it leaves; then empty it again."""
    office = people.gia_lai()
    make_ground(office.province)
    start = perf_counter()
    work(office)
    seconds = perf_counter() - start
    found = registry()
    _empty()
    return seconds, found


def registry() -> list[tuple[Any, ...]]:
    """Return what the registry holds, as far as both ways must agree: everything but ids and times."""
    fields = [
        "stars", "decision_number", "decided_on", "valid_until", "criteria__decision",
        *(f"product__{name}" for name in ("name", "number", "own_code", "gtin", "ocop_set__number", "search_text")),
        *(f"product__producer__{name}" for name in ("number", "name", "kind", "tax_code", "phone", "address")),
        *(f"product__producer__{name}" for name in ("representative", "commune__code", "search_text", "name_key")),
    ]  # fmt: skip
    return list(OcopRecognition.objects.order_by("product__own_code").values_list(*fields))


def _empty() -> None:
    with transaction.atomic():
        ImportBatch.objects.all().delete()
        for model in (OcopRecognition, Product.standards.through, Product, Producer):
            model._base_manager.all()._raw_delete("default")


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """A fresh database of the kind that the settings name."""
    old = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(old, verbosity=0)
