"""Two closings, and a sheet during a closing, in the same second on PostgreSQL: one order, clear answers."""

from __future__ import annotations

import pytest

from documents.models import RegisterEntry
from people.models import AuditEvent
from projects.actions import council as actions
from projects.council import Arithmetic
from projects.errors import NotAllowedNow
from projects.models import Council, CouncilSheet
from tests.factories import council as councils
from tests.factories import people
from tests.factories.projects import make_project
from tests.factories.together import at_once
from workflows.actions import close_council
from workflows.builtin_templates import register_builtin_template

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

ROUNDS = 8


def ready(project, office):
    """A council in which everyone has handed in "passed"."""
    return councils.meet(councils.council(project, office), ["passed"] * 7)


def closing(council):
    secretary = councils.secretary(council)
    return lambda: close_council(Council.objects.get(pk=council.pk), by=secretary, opinions="", now=councils.NOW)


def test_two_closings_give_one_result_and_one_number():
    office = people.gia_lai()
    project = make_project(office)
    register_builtin_template("council_minutes")
    for rounds in range(1, ROUNDS + 1):
        council = ready(project, office)

        answers = at_once(closing(council), closing(council))

        [refused] = [answer for answer in answers if isinstance(answer, Exception)]
        assert isinstance(refused, NotAllowedNow)
        assert str(councils.secretary(council)) in str(refused)  # threads speak Vietnamese
        assert AuditEvent.objects.filter(verb="council.closed").count() == rounds
        numbers = sorted(RegisterEntry.objects.values_list("number", flat=True))
        assert numbers == list(range(1, rounds + 1))


def test_a_sheet_during_the_closing_counts_or_is_refused():
    office = people.gia_lai()
    project = make_project(office)
    register_builtin_template("council_minutes")
    for _round in range(ROUNDS):
        council = ready(project, office)
        user = council.members.last().user

        def change(council=council, user=user):
            return actions.hand_in_sheet(council, by=user, grade="excellent", now=councils.NOW)

        sheet, entry = at_once(change, closing(council))

        assert not isinstance(entry, Exception), entry
        council.refresh_from_db()
        counted = Arithmetic.from_data(council.arithmetic).tally.excellent
        stored = CouncilSheet.objects.filter(member__council=council, grade="excellent").count()
        assert counted == stored == (0 if isinstance(sheet, Exception) else 1)
        assert not isinstance(sheet, Exception) or str(councils.secretary(council)) in str(sheet)


def test_a_sheet_taken_back_during_the_closing_keeps_it_open_or_comes_too_late():
    office = people.gia_lai()
    project = make_project(office)
    register_builtin_template("council_minutes")
    council = ready(project, office)
    user = council.members.last().user

    back, entry = at_once(lambda: actions.take_back_sheet(council, by=user, now=councils.NOW), closing(council))

    council.refresh_from_db()
    assert isinstance(back, Exception) != isinstance(entry, Exception)
    assert (council.closed_at is None) == isinstance(entry, Exception)
