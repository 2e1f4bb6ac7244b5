"""Which rows of docs/requirements.csv are covered by passing tests: `make requirements`.

The tests that name rows are run for it. Where all tests were just run, as in CI, their reports say as much:
`make requirements REPORTS=var/reports/*.xml`.

A row's state is "covered", or "missing: …" with what is still missing. Covered means that at
least one test names the row with the marker `requirement` and that every test naming it passes.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

LIST = Path(__file__).resolve().parent.parent / "docs" / "requirements.csv"


class Witness:
    """Collects which rows each test names and how the test ended."""

    def __init__(self) -> None:
        self.rows: dict[str, set[str]] = {}
        self.failed: set[str] = set()
        self.passed: set[str] = set()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note which rows the chosen tests name."""
        for item in session.items:
            self.rows[item.nodeid] = {row for mark in item.iter_markers("requirement") for row in mark.args}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note the end of each test; a skipped test proves nothing."""
        if report.failed or report.skipped:
            self.failed.add(report.nodeid)
        elif report.when == "call":
            self.passed.add(report.nodeid)

    def read(self, report: Path) -> None:
        """Note the ends of tests from a JUnit report of pytest."""
        nodes = {_in_a_report(nodeid): nodeid for nodeid in self.rows}
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  we have just written it
            if nodeid := nodes.get((case.get("classname", ""), case.get("name", ""))):
                ended_badly = any(case.find(end) is not None for end in ("failure", "error", "skipped"))
                (self.failed if ended_badly else self.passed).add(nodeid)

    def verdicts(self) -> dict[str, bool]:
        """Return for each named row whether all its tests passed."""
        tests: dict[str, list[str]] = defaultdict(list)
        for nodeid, rows in self.rows.items():
            for row in rows:
                tests[row].append(nodeid)
        return {
            row: all(test in self.passed and test not in self.failed for test in named) for row, named in tests.items()
        }


def _in_a_report(nodeid: str) -> tuple[str, str]:
    """What a JUnit report calls a test: its module and its name."""
    path, name = nodeid.split("::", 1)
    return path.removesuffix(".py").replace("/", "."), name


def read_list() -> dict[str, str]:
    """Return the state of every row by id."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["state"] for row in csv.DictReader(file)}


def problems(states: dict[str, str], verdicts: dict[str, bool]) -> list[str]:
    """Return every place where the list and the tests disagree."""
    found = [f"{row}: a test names it, but the list has no such row" for row in verdicts if row not in states]
    for row, state in states.items():
        is_claimed = state == "covered"
        if is_claimed and not verdicts.get(row, False):
            found.append(f"{row}: claimed as covered, but no passing test names it")
        elif not is_claimed and verdicts.get(row, False):
            found.append(f"{row}: proved by a test, but the list says “{state}”")
        elif not is_claimed and not state.startswith("missing: "):
            found.append(f"{row}: the state must be “covered” or “missing: …”, not “{state}”")
        elif not verdicts.get(row, True):
            found.append(f"{row}: a test that names it does not pass")
    return found


def main(reports: list[str]) -> int:
    """Run the tests that name rows, or read their reports; print the coverage, and fail on any disagreement."""
    witness = Witness()
    chosen = ["-q", "-p", "no:randomly", "-m", "requirement and not postgres"]
    # Only a run of its own tells which rows the tests name: one shared out among processes sees no tests.
    pytest.main([*chosen, "--collect-only", "-qq"], plugins=[witness])
    for report in reports:
        witness.read(Path(report))
    if not reports:
        pytest.main([*chosen, "-n", "auto", "--dist", "loadfile"], plugins=[witness])
    states, verdicts = read_list(), witness.verdicts()
    for problem in (faults := problems(states, verdicts)):
        print(problem)
    covered = sum(1 for row, state in states.items() if state == "covered" and verdicts.get(row))
    print(f"{covered} of {len(states)} rows covered")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
