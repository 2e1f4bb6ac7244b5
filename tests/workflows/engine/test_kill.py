"""kill -9: what was done stays done once, what was not is found again. R4 of the test plan."""

import shutil

import pytest
from django.db import connection

from tests import kill, tables

pytestmark = [
    pytest.mark.kill,
    pytest.mark.django_db(transaction=True),
]

WORK = "tests.workflows.engine.killed:"
# Delays in seconds that fall into different parts of a case; fixed, so that a failure can be repeated.
MOMENTS = (0.05, 0.13, 0.21, 0.34, 0.55)


@pytest.fixture
def database_url(tmp_path):
    """A database that other processes can open: the test database on PostgreSQL, else a file of its own."""
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    path = tmp_path / "kill.sqlite3"
    shutil.copyfile(tables.sqlite(), path)
    return f"sqlite:///{path}"


def after_all(database_url):
    return kill.run(WORK + "look", database_url=database_url).values[0]


def test_without_a_kill_the_parent_goes_on_at_once(database_url):
    run = kill.run(WORK + "end_the_child", database_url=database_url)

    assert run.places == ["child committed", "parent resumed"]
    assert after_all(database_url)["parent"] == "DONE"


def test_a_parent_whose_worker_was_killed_is_healed_by_the_next_tick(database_url):
    run = kill.run(WORK + "end_the_child", database_url=database_url, at="child committed")
    assert run.killed
    assert after_all(database_url) == {"parent": "NEW", "open": ["pieces"], "effects": {"wrote a": 1}}

    kill.run(WORK + "tick", database_url=database_url)
    kill.run(WORK + "tick", database_url=database_url)

    assert after_all(database_url) == {"parent": "DONE", "open": [], "effects": {"wrote a": 1, "closed K1": 1}}


def test_a_waiting_case_whose_poke_was_killed_goes_on_with_the_next_tick_and_once(database_url):
    assert kill.run(WORK + "poke_a_waiting_case", database_url=database_url, at="fact committed").killed
    before = kill.run(WORK + "look_at_the_wait", database_url=database_url).values[0]
    assert before == {"state": "NEW", "open": ["hold"], "effects": 0}

    kill.run(WORK + "tick", database_url=database_url)
    kill.run(WORK + "tick", database_url=database_url)

    after = kill.run(WORK + "look_at_the_wait", database_url=database_url).values[0]
    assert after == {"state": "DONE", "open": [], "effects": 1}


@pytest.mark.parametrize("seconds", MOMENTS)
def test_killed_at_any_moment_no_case_is_stuck_and_nothing_is_done_twice(database_url, seconds):
    assert kill.run(WORK + "work_for_ever", database_url=database_url, after=seconds).killed

    found, ended = kill.run(WORK + "inspect_and_finish", database_url=database_url).values

    assert found["stranded"] == []
    assert ended["open"] == 0
    closed = {name: count for name, count in ended["effects"].items() if name.startswith("closed ")}
    assert closed == {f"closed {name}": 1 for name in ended["cases"]}
    pieces = len(ended["cases"])
    assert [ended["effects"].get(f"{done} a", 0) for done in ("wrote", "voted on", "accepted")] == [
        pieces,
        2 * pieces,
        pieces,
    ]
