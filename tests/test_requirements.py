"""The check behind `make requirements` catches every kind of disagreement."""

import pytest

from tests.requirements import problems, read_list


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
