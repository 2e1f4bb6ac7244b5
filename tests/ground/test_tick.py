"""What a killed worker left unlinked in the audit log is linked by the next tick."""

from __future__ import annotations

from people import audit
from tests.factories.people import Office
from workflows.tick import tick


def test_acts_whose_worker_died_before_linking_them_are_linked_by_the_next_tick(gia_lai: Office) -> None:
    # Inside a test's transaction nothing is ever committed, as if the worker had died right after the commit.
    audit.record("project.created", by=gia_lai.manager, target=gia_lai.organisation, province=gia_lai.province)
    assert [fault.position for fault in audit.verify()] == [0]

    assert tick()["acts linked in the audit log"] == 1

    assert list(audit.verify()) == []
