"""Fixtures of the papers' tests: the two missions of seed 000 in small."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.factories import warm_child as warm
from tests.factories.people import Office
from tests.workflows.papers.cast import Case, coffee_group, make_case


@pytest.fixture
def ocop(gia_lai: Office) -> Case:
    """Mission 2 with three products of three producers in two groups, surveyed and trained."""
    case = make_case(gia_lai, "ocop_products", code="GL-02")
    for group in (None, None, coffee_group()):
        case.survey(case.enrol(group=group))
    case.train(*case.enrolments)
    return case


@pytest.fixture
def chain(gia_lai: Office) -> Case:
    """Mission 1: one product, surveyed at two producers."""
    case = make_case(gia_lai, "product_chain", code="GL-01")
    for _number in range(2):
        case.survey(case.enrol(name="Chôm chôm Ia Grai"))
    case.train(*case.enrolments)
    return case


@pytest.fixture(scope="session")
def waiting_child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A process that forks the sandbox's children, for all tests that upload templates."""
    with warm.launcher(tmp_path_factory.mktemp("child")) as path:
        yield path


@pytest.fixture
def warm_child(waiting_child: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sandbox have its children forked instead of started."""
    monkeypatch.setattr(sys, "executable", waiting_child)
