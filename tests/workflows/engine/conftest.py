"""Fixtures of the engine's tests: who writes and who votes."""

import pytest

from tests.workflows.engine.cast import person


@pytest.fixture
def writer(db):
    return person("writer", "write_piece")


@pytest.fixture
def colleague(db):
    return person("colleague", "write_piece")


@pytest.fixture
def stranger(db):
    return person("stranger")


@pytest.fixture
def voters(db):
    return [person(f"voter{number}", "vote_on_piece") for number in (1, 2, 3)]
