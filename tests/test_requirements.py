"""The check behind `make requirements` catches every kind of disagreement."""

import pytest

from tests.requirements import Witness, problems, read_list


def test_the_list_has_all_rows_of_the_seeds_once():
    assert len(read_list()) == 176


@pytest.mark.parametrize(
    ("state", "verdicts", "fault"),
    [
        pytest.param("covered", {}, "no passing test", id="claimed_without_test"),
        pytest.param("covered", {"GL-01": False}, "no passing test", id="claimed_with_failing_test"),
        pytest.param("missing: all", {"GL-01": True}, "proved by a test", id="proved_but_not_claimed"),
        pytest.param("missing: all", {"GL-01": False}, "does not pass", id="failing_test"),
        pytest.param("open", {}, "must be", id="unknown_state"),
        pytest.param("missing: all", {"XX-99": True}, "no such row", id="unknown_row"),
    ],
)
def test_a_disagreement_is_named(state, verdicts, fault):
    assert any(fault in problem for problem in problems({"GL-01": state}, verdicts))


def test_agreement_has_no_problems():
    assert problems({"GL-01": "covered", "GL-02": "missing: the annex"}, {"GL-01": True}) == []


def test_the_report_of_a_run_says_which_tests_passed(tmp_path):
    witness = Witness()
    named = {
        "good[a]": "GL-01",
        "noted": "GL-02",
        "bad": "GL-03",
        "broken": "GL-04",
        "left_out": "GL-05",
        "away": "GL-06",
    }
    witness.rows = {f"tests/room/test_it.py::test_{name}": {row} for name, row in named.items()}
    report = tmp_path / "test.xml"
    report.write_text(
        """<testsuites><testsuite>
        <testcase classname="tests.room.test_it" name="test_good[a]" time="0.1" />
        <testcase classname="tests.room.test_it" name="test_noted"><properties /></testcase>
        <testcase classname="tests.room.test_it" name="test_bad"><failure message="no" /></testcase>
        <testcase classname="tests.room.test_it" name="test_broken"><error message="no" /></testcase>
        <testcase classname="tests.room.test_it" name="test_left_out"><skipped message="no" /></testcase>
        <testcase classname="tests.other.test_it" name="test_away" />
        </testsuite></testsuites>"""
    )

    witness.read(report)

    assert sorted(row for row, passed in witness.verdicts().items() if passed) == ["GL-01", "GL-02"]
