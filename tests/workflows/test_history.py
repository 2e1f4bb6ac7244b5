"""Every verb of the audit log has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notices.events import EVENTS
from people import audit
from people.models import AuditEvent
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.test_repository import AUDIT_TOPICS
from workflows import history

ROOMS = (
    "people",
    "worktime",
    "jobs",
    "notices",
    "imports",
    "registry",
    "projects",
    "documents",
    "lots",
    "onboarding",
    "privacy",
    "stamps",
    "reports",
    "workflows",
)
TOPICS = "|".join(sorted(AUDIT_TOPICS))
VERB = re.compile(rf'"((?:{TOPICS})\.[a-z]+(?:_[a-z]+)*)"')
ROOT = Path(__file__).resolve().parents[2]
RECORDS = re.compile(r"audit\.record\(|\b_?log\(")


def verbs() -> set[str]:
    """Every verb in a module that writes to the audit log."""
    found: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text()
            if RECORDS.search(source):
                found |= set(VERB.findall(source))
    # What people are told of has names of the same form; where it is an act too, it has its sentence.
    return found - (set(EVENTS) - set(history.SENTENCES))


def test_the_search_finds_the_verbs() -> None:
    assert {"project.created", "deliverable.returned", "stamps.activated", "task.reassigned"} <= verbs()
    assert len(verbs()) > 35


def test_every_verb_that_the_code_records_has_a_sentence() -> None:
    assert verbs() - set(history.SENTENCES) == set()


def test_no_sentence_is_left_of_a_verb_that_nobody_records() -> None:
    assert set(history.SENTENCES) - verbs() == set()


def test_every_tone_belongs_to_a_verb() -> None:
    assert set(history.TONES) <= set(history.SENTENCES)


def test_an_unknown_verb_is_shown_as_it_is() -> None:
    assert history.text(AuditEvent(verb="project.teleported", facts={})) == "project.teleported"


@pytest.mark.parametrize("verb", sorted(history.SENTENCES))
def test_an_old_event_without_todays_facts_shows_a_gap_not_an_error(verb: str) -> None:
    assert history.text(AuditEvent(verb=verb, facts={}))


def test_people_among_the_facts_are_named_in_one_query(gia_lai: Office, django_assert_max_num_queries: object) -> None:
    project = make_project(gia_lai)
    for clerk in (gia_lai.clerk, gia_lai.leader):
        audit.record(
            "task.reassigned", by=gia_lai.manager, target=project, to=clerk.pk, step="Bước", reason="nghỉ phép"
        )
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        lines = history.lines(audit.history(project)[:2])
    assert str(gia_lai.leader) in lines[0]["text"]
    assert str(gia_lai.clerk) in lines[1]["text"]
