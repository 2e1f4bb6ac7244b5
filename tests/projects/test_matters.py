"""Difficulties, directions and questions: who raises them, who answers, and their page."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import AuditEvent, Membership
from projects import matters as rules
from projects.actions import matters
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Matter, PilotProject
from tests.factories.matters import soon
from tests.factories.people import member
from tests.factories.projects import make_project
from tests.factories.steering import milestone_of
from workflows.roles import OFFICIALS

Kind = Matter.Kind


@pytest.fixture
def project(gia_lai):
    made = make_project(gia_lai)
    made.status = PilotProject.Status.RUNNING
    made.save(update_fields=["status"])
    return made


def report(project, *, by, to, **more):
    answers = {"kind": Kind.BLOCKER, "text": "Thiếu mã GTIN", "addressee": to, "due_on": soon(), **more}
    return matters.raise_matter(project, by=by, **answers)


@pytest.mark.parametrize("role", ["manager", "clerk", "leader", "stamp_officer", "helper"])
def test_everybody_who_takes_part_reports_difficulties(gia_lai, project, role):
    person = getattr(gia_lai, role)
    asked = gia_lai.leader if role != "leader" else gia_lai.manager
    assert report(project, by=person, to=asked).is_open


def test_who_does_not_take_part_reports_none(gia_lai, project):
    with pytest.raises(NotAllowedForYou, match="GL-99"):
        report(project, by=gia_lai.inspector, to=gia_lai.leader)


def test_a_difficulty_goes_to_a_leader_unless_another_is_chosen(gia_lai, project):
    first = rules.first_addressee(project, Kind.BLOCKER, raised_by=gia_lai.helper)
    assert first == gia_lai.leader


def test_without_a_leader_of_its_own_the_project_asks_one_of_the_province(gia_lai, project):
    project.members.filter(role=Membership.Role.LEADER).delete()
    assert rules.first_addressee(project, Kind.BLOCKER, raised_by=gia_lai.helper) == gia_lai.leader


def test_a_leader_who_reports_is_not_asked_themselves(gia_lai, project):
    second = member("gl-lanhdao2", Membership.Role.LEADER, gia_lai.organisation)
    assert rules.first_addressee(project, Kind.BLOCKER, raised_by=gia_lai.leader) == second


def test_leaders_of_the_province_give_directions(gia_lai, project):
    assert report(project, kind=Kind.DIRECTION, by=gia_lai.leader, to=gia_lai.manager).kind == Kind.DIRECTION


@pytest.mark.parametrize("role", ["manager", "clerk", "helper", "inspector"])
def test_others_give_no_directions(gia_lai, project, role):
    with pytest.raises(NotAllowedForYou):
        report(project, kind=Kind.DIRECTION, by=getattr(gia_lai, role), to=gia_lai.leader)


def test_a_leader_of_another_province_gives_none(gia_lai, son_la, project):
    with pytest.raises(NotAllowedForYou):
        report(project, kind=Kind.DIRECTION, by=son_la.leader, to=gia_lai.manager)


@pytest.mark.parametrize("who", ["oneself", "a stranger", "an inspector"])
def test_somebody_who_cannot_answer_is_not_asked(gia_lai, son_la, project, who):
    people = {"oneself": gia_lai.manager, "a stranger": son_la.leader, "an inspector": gia_lai.inspector}
    with pytest.raises(NotAllowedNow):
        report(project, by=gia_lai.manager, to=people[who])


@pytest.mark.parametrize(
    "wrong", [{"text": "  "}, {"due_on": timezone.localdate() - timedelta(days=1)}], ids=["no words", "a day gone"]
)
def test_words_and_day_must_make_sense(gia_lai, project, wrong):
    with pytest.raises(NotAllowedNow):
        report(project, by=gia_lai.manager, to=gia_lai.leader, **wrong)


def test_a_difficulty_hangs_on_a_milestone_of_its_own_project(gia_lai, son_la, project):
    foreign = milestone_of(make_project(son_la, code="SL-98", template=project.template), due_on=soon())
    with pytest.raises(NotAllowedNow, match="another project"):
        report(project, by=gia_lai.manager, to=gia_lai.leader, milestone=foreign)


def test_a_project_that_is_not_running_takes_none(gia_lai, project):
    PilotProject.objects.update(status=PilotProject.Status.DRAFT)
    with pytest.raises(NotAllowedNow):
        report(project, by=gia_lai.manager, to=gia_lai.leader)


def test_who_is_asked_answers(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    answered = matters.answer_matter(matter, by=gia_lai.leader, answer=" Dùng mẫu số 2 ")
    assert (answered.answer, answered.answered_by, answered.is_open) == ("Dùng mẫu số 2", gia_lai.leader, False)


def test_nobody_else_answers(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    with pytest.raises(NotAllowedForYou):
        matters.answer_matter(matter, by=gia_lai.manager, answer="Được")


def test_a_substitute_answers_for_whom_is_asked(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    answered = matters.answer_matter(matter, by=gia_lai.clerk, answer="Được", acting_for=gia_lai.leader)
    assert answered.answered_by == gia_lai.clerk


def test_an_answer_needs_words_and_comes_once(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    with pytest.raises(NotAllowedNow):
        matters.answer_matter(matter, by=gia_lai.leader, answer="  ")
    matters.answer_matter(matter, by=gia_lai.leader, answer="Được")
    with pytest.raises(NotAllowedNow):
        matters.answer_matter(matter, by=gia_lai.leader, answer="Không")


def test_only_who_raised_it_takes_it_back(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    with pytest.raises(NotAllowedForYou):
        matters.withdraw_matter(matter, by=gia_lai.leader)
    assert not matters.withdraw_matter(matter, by=gia_lai.helper).is_open


def test_an_answered_matter_is_not_taken_back(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    matters.answer_matter(matter, by=gia_lai.leader, answer="Được")
    with pytest.raises(NotAllowedNow):
        matters.withdraw_matter(matter, by=gia_lai.helper)


def test_the_database_knows_no_answer_without_its_author(gia_lai, project):
    matter = report(project, by=gia_lai.helper, to=gia_lai.leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(answered_at=timezone.now())


def test_the_history_has_no_names_and_a_long_text_is_cut(gia_lai, project):
    report(project, by=gia_lai.helper, to=gia_lai.leader, text="x" * 500)
    facts = AuditEvent.objects.get(verb="matter.raised").facts
    assert facts["to"] == gia_lai.leader.pk
    assert len(facts["text"]) == matters.SHOWN


def test_those_who_may_answer_are_those_who_have_the_step():
    assert frozenset(rules.ANSWERERS) == OFFICIALS
