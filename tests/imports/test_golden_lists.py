"""The untidy lists of tests/golden/imports give exactly their expected reports.

After a meant change: `GOLDEN=1 pytest tests/imports/test_golden_lists.py` writes the reports anew; read the difference.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

import pytest

from imports.models import ImportBatch
from tests.factories.fieldwork import make_class
from tests.factories.imports import checked, make_ground
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory
from tests.imports.make_lists import FOLDER, LISTS

OCOP = [name for name in LISTS if "ocop" in name]


def report(batch: ImportBatch) -> dict[str, Any]:
    return {
        "sheet": batch.sheet,
        "header": [batch.header_first, batch.header_last],
        "columns": batch.places,
        "skipped": batch.skipped,
        "counts": {"new": batch.new, "changed": batch.changed, "same": batch.same, "error": batch.wrong},
        "lines": [
            {
                "row": line.row,
                "part": line.part,
                "label": line.label,
                "state": line.state,
                "changes": [" | ".join(change) for change in line.changes],
                "problems": [" | ".join(problem) for problem in line.problems],
            }
            for line in batch.lines.all()
        ],
    }


@pytest.mark.parametrize("name", OCOP)
def test_an_untidy_list_gives_its_expected_report(name: str, gia_lai: Office, vietnamese: None) -> None:
    make_ground(gia_lai.province)
    found = report(checked((FOLDER / f"{name}.xlsx").read_bytes(), gia_lai))
    path = FOLDER / f"{name}.json"
    if os.environ.get("GOLDEN"):
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8"))


def test_a_typed_up_attendance_list_gives_its_expected_report(gia_lai: Office, vietnamese: None) -> None:
    make_class(make_project(gia_lai), gia_lai.manager, held_on=date(2026, 9, 12))
    for number, name in enumerate(("HTX Nông nghiệp Ia Tô (giả lập)", "HTX Chè Pleiku (giả lập)"), start=1):
        ProducerFactory(province=gia_lai.province, number=number, name=name)
    name = "d-diem-danh"
    found = report(checked((FOLDER / f"{name}.xlsx").read_bytes(), gia_lai, target="attendance"))
    path = FOLDER / f"{name}.json"
    if os.environ.get("GOLDEN"):
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8"))


def test_old_fonts_and_decomposed_letters_read_like_the_list_in_unicode() -> None:
    expected, *others = (json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in OCOP)
    assert others == [expected] * len(others)


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_in_the_repository_are_those_that_the_script_makes(name: str) -> None:
    assert (FOLDER / f"{name}.xlsx").read_bytes() == LISTS[name]()
