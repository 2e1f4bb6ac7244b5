"""The audit log is append-only and proves itself."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from people import audit
from people.models import AuditEvent, AuditLink

NOON = datetime(2022, 3, 1, 5, 0, tzinfo=UTC)
triggers = import_module("people.migrations.0002_audit_is_append_only")


@pytest.fixture
def three_events(gia_lai):
    for number in range(3):
        audit.record(
            "test.done", by=gia_lai.manager, target=gia_lai.organisation, province=gia_lai.province, at=NOON, n=number
        )
    audit.seal()
    return AuditEvent.objects.order_by("pk")


def tamper(statement: str, *params: object) -> None:
    """Change a row behind the triggers' back, as someone with the database file could."""
    create, drop = triggers.statements(connection.vendor)
    with connection.cursor() as cursor:
        for line in drop:
            cursor.execute(line)
        cursor.execute(statement, params)
        for line in create:
            cursor.execute(line)


@pytest.mark.parametrize("act", ["UPDATE people_auditevent SET verb = 'x'", "DELETE FROM people_auditevent"])
def test_the_database_refuses_to_change_what_was_written(three_events, act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert three_events.count() == 3


def test_an_untouched_log_verifies(three_events):
    assert list(audit.verify()) == []
    assert AuditLink.objects.filter(chain="52").count() == 3


def test_a_changed_row_is_found_and_named(three_events):
    tamper("UPDATE people_auditevent SET verb = 'test.undone' WHERE id = %s", three_events[1].pk)
    (fault,) = audit.verify()
    assert (fault.chain, fault.position) == ("52", 2)
    assert "was changed" in fault.reason


def test_a_removed_link_is_found(three_events):
    tamper("DELETE FROM people_auditlink WHERE position = 2")
    reasons = [fault.reason for fault in audit.verify()]
    assert any("missing" in reason for reason in reasons)


def test_a_cut_off_tail_shows_as_events_without_links(three_events):
    tamper("DELETE FROM people_auditlink WHERE position = 3")
    assert any("not linked" in fault.reason for fault in audit.verify())


def test_each_province_has_its_own_chain(three_events, son_la):
    audit.record("test.done", by=son_la.manager, target=son_la.organisation, province=son_la.province, at=NOON)
    assert audit.seal() == 1
    assert AuditLink.objects.get(chain="14").position == 1


def test_sealing_twice_adds_nothing(three_events):
    assert audit.seal() == 0


def test_the_command_names_the_fault_and_fails(three_events):
    tamper("UPDATE people_auditevent SET facts = '{}' WHERE id = %s", three_events[0].pk)
    with pytest.raises(CommandError, match="52 #1"):
        call_command("verify_audit")


@pytest.fixture
def without_its_first_link(three_events):
    """As if the commit of the first act became visible after those of the others."""
    tamper("DELETE FROM people_auditlink")
    chain = audit.chain_of(three_events[0])
    for position, event in enumerate(three_events[1:], start=1):
        previous = AuditLink.objects.values_list("digest", flat=True).last() or audit.GENESIS
        AuditLink.objects.create(
            event=event, chain=chain, position=position, previous=previous, digest=audit.digest(previous, event)
        )
    return chain


def test_an_act_that_is_committed_late_is_linked_by_the_next_one(without_its_first_link):
    assert audit.seal(without_its_first_link, only_recent=True) == 1
    assert list(audit.verify()) == []


def test_a_commit_does_not_search_the_whole_log(without_its_first_link, monkeypatch):
    monkeypatch.setattr(audit, "RECENT", 2)
    assert audit.seal(without_its_first_link, only_recent=True) == 0
    assert audit.seal() == 1
