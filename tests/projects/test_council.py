"""The acceptance council from its naming to its closing: who may do what, when, and what is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps

from notices.models import Message
from people.models import AuditEvent, User
from projects import seats
from projects.actions import council as actions
from projects.actions import council_naming
from projects.actions.project import accept_project
from projects.council import Arithmetic
from projects.errors import GateNotPassed, NotAllowedForYou, NotAllowedNow
from projects.models import Council, CouncilRules, CouncilSheet, GateRule, PilotProject, SheetGrade
from projects.policies import RULES, closing_problems
from tests.factories import council as councils
from tests.factories.council import MEETS_AT, NOW, Seat
from tests.factories.people import Office
from tests.factories.projects import make_project


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return make_project(gia_lai)


@pytest.fixture
def council(project: PilotProject, gia_lai: Office) -> Council:
    return councils.council(project, gia_lai)


@pytest.fixture
def secretary(council: Council) -> User:
    return councils.secretary(council)


def close(council: Council, by: User) -> Council:
    return actions.close_council(council, by=by, opinions="", now=NOW)


# --- rules -----------------------------------------------------------------------------------
def test_a_fresh_installation_has_rules_and_keeps_those_that_a_province_changed(db: None) -> None:
    CouncilRules.objects.all().delete()
    councils.migration.add_rules(apps, None)
    CouncilRules.objects.update(sizes=[5])
    councils.migration.add_rules(apps, None)
    [rules] = CouncilRules.objects.all()
    assert (rules.sizes, rules.late_months, rules.is_active) == ([5], 6, True)


# --- naming it -------------------------------------------------------------------------------
def test_the_members_are_told_when_and_where_they_meet(council: Council) -> None:
    told = Message.objects.filter(event="council.called")
    assert set(told.values_list("recipient", flat=True)) == {user.pk for user in councils.people_of(council)}
    assert all("Phòng họp tầng 2" in message.text for message in told)
    assert {message.url for message in told} == {council.get_absolute_url()}


def test_a_clerk_of_the_project_may_name_the_council_too(project: PilotProject, gia_lai: Office) -> None:
    PilotProject.objects.update(status="running")
    made = council_naming.call_council(project, councils.call(), councils.named(gia_lai, 9), by=gia_lai.clerk)
    assert made.members.count() == 9


@pytest.mark.parametrize("role", ["leader", "helper", "inspector"])
def test_nobody_else_names_it(project: PilotProject, gia_lai: Office, role: str) -> None:
    PilotProject.objects.update(status="running")
    with pytest.raises(NotAllowedForYou):
        council_naming.call_council(project, councils.call(), councils.named(gia_lai), by=getattr(gia_lai, role))


def test_who_has_a_part_in_the_project_cannot_judge_it(project: PilotProject, gia_lai: Office) -> None:
    PilotProject.objects.update(status="running")
    for person in (gia_lai.manager, gia_lai.clerk, gia_lai.reviewers[0], gia_lai.helper, gia_lai.stamp_officer):
        people = [*councils.named(gia_lai)[:-1], (person, Seat.MEMBER)]
        with pytest.raises(GateNotPassed, match="conflict of interest"):
            council_naming.call_council(project, councils.call(), people, by=gia_lai.manager)
    assert not Council.objects.exists()


def test_the_leader_who_accepts_the_project_may_chair(project: PilotProject, gia_lai: Office) -> None:
    assert gia_lai.leader in seats.eligible(project)


def test_a_manager_who_also_leads_is_barred(project: PilotProject, gia_lai: Office) -> None:
    project.members.create(user=gia_lai.manager, role="leader")
    assert gia_lai.manager not in seats.eligible(project)


def test_people_of_another_province_cannot_sit_in_it(project: PilotProject, gia_lai: Office, son_la: Office) -> None:
    PilotProject.objects.update(status="running")
    people = [*councils.named(gia_lai)[:-1], (son_la.leader, Seat.MEMBER)]
    with pytest.raises(GateNotPassed, match="holds no office"):
        council_naming.call_council(project, councils.call(), people, by=gia_lai.manager)


def test_one_person_on_two_seats_is_refused(project: PilotProject, gia_lai: Office) -> None:
    PilotProject.objects.update(status="running")
    people = councils.named(gia_lai)
    with pytest.raises(GateNotPassed, match="two seats"):
        council_naming.call_council(
            project, councils.call(), [*people[:-1], (people[0][0], Seat.MEMBER)], by=gia_lai.manager
        )


def test_a_second_open_council_is_refused(council: Council, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="12/QĐ-SKHCN is still open"):
        councils.council(council.project, gia_lai)


def test_only_a_running_project_is_judged(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="running"):
        council_naming.call_council(project, councils.call(), councils.named(gia_lai), by=gia_lai.manager)


# --- changing it -----------------------------------------------------------------------------
def test_a_member_is_exchanged_before_the_meeting_and_the_log_says_whom(council: Council, gia_lai: Office) -> None:
    people = councils.named(gia_lai)
    gone, [*_rest, come] = people[-1][0], councils.outsiders(gia_lai, 7)
    council_naming.change_council(
        council, councils.call(), [*people[:-1], (come, Seat.MEMBER)], by=gia_lai.clerk, now=NOW
    )
    log = dict(AuditEvent.objects.filter(verb__startswith="council.member_").values_list("verb", "facts"))
    assert {verb: facts["to"] for verb, facts in log.items()} == {
        "council.member_added": come.pk,
        "council.member_removed": gone.pk,
    }
    assert set(councils.people_of(council)) == {user for user, _seat in people[:-1]} | {come}
    assert Message.objects.filter(event="council.called", recipient=come).count() == 1
    assert Message.objects.filter(event="council.called", recipient=gia_lai.leader).count() == 1


def test_a_new_time_is_told_to_everyone(council: Council, gia_lai: Office) -> None:
    later = councils.call(meets_at=MEETS_AT + timedelta(days=7))
    council_naming.change_council(council, later, councils.named(gia_lai), by=gia_lai.manager)
    assert Message.objects.filter(event="council.called").count() == 14


def test_the_members_stay_once_the_meeting_has_begun(council: Council, gia_lai: Office, secretary: User) -> None:
    actions.mark_present(council, {council.members.first().pk}, by=secretary, now=NOW)
    with pytest.raises(NotAllowedNow, match="has begun"):
        council_naming.change_council(council, councils.call(), councils.named(gia_lai), by=gia_lai.manager)


# --- presence and conflicts ------------------------------------------------------------------
def test_the_secretary_and_the_chair_mark_who_is_present(council: Council, gia_lai: Office, secretary: User) -> None:
    keys = set(council.members.values_list("pk", flat=True))
    actions.mark_present(council, keys, by=gia_lai.leader, now=NOW)
    actions.mark_present(council, set(sorted(keys)[:5]), by=secretary, now=NOW)
    assert council.members.filter(is_present=True).count() == 5


def test_other_members_do_not_mark_who_is_present(council: Council) -> None:
    reviewer = council.members.filter(seat=Seat.REVIEWER).first().user
    with pytest.raises(NotAllowedForYou):
        actions.mark_present(council, set(), by=reviewer, now=NOW)


def test_nobody_is_present_before_the_day_of_the_meeting(council: Council, secretary: User) -> None:
    with pytest.raises(NotAllowedNow, match="write down who is present on that day"):
        actions.mark_present(council, set(), by=secretary, now=MEETS_AT - timedelta(days=1))


def test_a_conflict_takes_a_member_out_of_the_meeting(council: Council, secretary: User) -> None:
    member = council.members.last()
    actions.mark_present(council, {member.pk}, by=secretary, now=NOW)
    actions.declare(council, by=member.user, conflict="Anh trai là chủ thể", now=NOW)
    member.refresh_from_db()
    assert (member.has_conflict, member.is_present) == (True, False)
    with pytest.raises(NotAllowedNow, match="conflict of interest"):
        actions.mark_present(council, {member.pk}, by=secretary, now=NOW)
    with pytest.raises(NotAllowedForYou, match="conflict of interest"):
        actions.hand_in_sheet(council, by=member.user, grade="passed", now=NOW)


def test_the_conflict_is_not_written_into_the_log(council: Council) -> None:
    actions.declare(council, by=council.members.last().user, conflict="Anh trai là chủ thể", now=NOW)
    assert "Anh trai" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


# --- sheets ----------------------------------------------------------------------------------
def test_a_sheet_needs_a_declaration_and_presence(council: Council, secretary: User) -> None:
    member = council.members.last()
    with pytest.raises(NotAllowedNow, match="Declare first"):
        actions.hand_in_sheet(council, by=member.user, grade="passed", now=NOW)
    actions.declare(council, by=member.user, now=NOW)
    with pytest.raises(NotAllowedNow, match="not marked as present"):
        actions.hand_in_sheet(council, by=member.user, grade="passed", now=NOW)
    actions.mark_present(council, {member.pk}, by=secretary, now=NOW)
    assert actions.hand_in_sheet(council, by=member.user, grade="passed", now=NOW).grade == "passed"


def test_who_is_not_a_member_has_no_sheet(council: Council, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou, match="not a member"):
        actions.hand_in_sheet(council, by=gia_lai.manager, grade="excellent", now=NOW)


def test_a_sheet_grades_every_result_on_its_criteria(council: Council, secretary: User) -> None:
    councils.meet(council, ["passed"] * 7)
    first = actions.judged(council.project)[0]
    actions.hand_in_sheet(council, by=secretary, grade="excellent", lines={(first.pk, "quality"): "failed"}, now=NOW)
    rows = SheetGrade.objects.filter(sheet__member__user=secretary)
    assert rows.count() == 13  # four results in number, quality and kind; the final report as a report
    assert list(rows.exclude(grade="excellent").values_list("deliverable", "criterion", "grade")) == [
        (first.pk, "quality", "failed")
    ]
    assert rows.get(criterion="report").deliverable.stage.kind == "final_report"


def test_a_failed_sheet_says_why(council: Council) -> None:
    councils.meet(council, ["passed"] * 7)
    with pytest.raises(NotAllowedNow, match="why the results do not pass"):
        actions.hand_in_sheet(council, by=council.members.last().user, grade="failed", comment="  ", now=NOW)


def test_a_sheet_is_changed_or_taken_back_until_the_meeting_is_closed(council: Council, secretary: User) -> None:
    councils.meet(council, ["passed"] * 7)
    actions.hand_in_sheet(council, by=secretary, grade="excellent", now=NOW)
    assert CouncilSheet.objects.get(member__user=secretary).grade == "excellent"
    actions.take_back_sheet(council, by=secretary, now=NOW)
    assert not CouncilSheet.objects.filter(member__user=secretary).exists()
    assert CouncilSheet.objects.count() == 6


def test_who_has_handed_in_a_sheet_stays_present(council: Council, secretary: User) -> None:
    councils.meet(council, ["passed"] * 7)
    with pytest.raises(NotAllowedNow, match="counts as present"):
        actions.mark_present(council, set(), by=secretary, now=NOW)
    with pytest.raises(NotAllowedNow, match="take it back"):
        actions.declare(council, by=secretary, conflict="Có", now=NOW)


# --- closing ---------------------------------------------------------------------------------
def test_the_result_is_kept_with_its_arithmetic(project: PilotProject, gia_lai: Office) -> None:
    council = councils.meet(councils.council(project, gia_lai, 9), ["excellent"] * 7 + ["passed"] * 2)
    closed = close(council, councils.secretary(council))
    sums = Arithmetic.from_data(Council.objects.get(pk=closed.pk).arithmetic)
    assert closed.result == "excellent"
    assert sums.excellent.text == "7/9 = 0,78 ≥ 3/4"
    assert (sums.presided_by, sums.reviewers_present) == ("chair", 2)
    CouncilRules.objects.update(excellent_num=1, excellent_den=1)
    assert Council.objects.get(pk=closed.pk).result == "excellent"


def test_the_absent_are_not_counted(project: PilotProject, gia_lai: Office) -> None:
    council = councils.council(project, gia_lai, 9)
    absent = councils.people_of(council)[-2:]
    councils.meet(council, ["passed"] * 5 + ["failed"] * 2, absent=absent)
    closed = close(council, councils.secretary(council))
    assert closed.result == "passed"
    assert Arithmetic.from_data(closed.arithmetic).passed.text == "5/7 = 0,71 ≥ 2/3"


def test_it_does_not_close_without_a_quorum_and_every_sheet(council: Council, secretary: User) -> None:
    people = councils.people_of(council)
    councils.meet(council, ["passed"] * 4, absent=[people[1], *people[-2:]])
    actions.take_back_sheet(council, by=people[0], now=NOW)
    with pytest.raises(GateNotPassed) as refusal:
        close(council, secretary)
    assert ["4/7 < 2/3" in refusal.value.problems[0], str(people[0]) in refusal.value.problems[1]] == [True, True]
    assert Council.objects.get(pk=council.pk).result == ""


def test_only_the_secretary_closes_it(council: Council, gia_lai: Office) -> None:
    councils.meet(council, ["passed"] * 7)
    with pytest.raises(NotAllowedForYou, match="Only the secretary"):
        close(council, gia_lai.leader)


def test_a_dossier_more_than_six_months_late_fails_unless_the_end_was_moved(
    project: PilotProject, gia_lai: Office
) -> None:
    PilotProject.objects.filter(pk=project.pk).update(starts_on=date(2021, 1, 1), due_on=date(2022, 3, 14))
    council = councils.meet(councils.council(project, gia_lai), ["excellent"] * 7)
    assert close(council, councils.secretary(council)).result == "failed"
    PilotProject.objects.filter(pk=project.pk).update(due_on=date(2022, 3, 15))  # extended by a day
    council = councils.meet(councils.council(project, gia_lai), ["excellent"] * 7)
    assert close(council, councils.secretary(council)).result == "excellent"


def test_a_closed_council_says_who_closed_it_and_changes_no_more(
    council: Council, secretary: User, gia_lai: Office
) -> None:
    councils.meet(council, ["passed"] * 7)
    close(council, secretary)
    member = council.members.last()
    for act in (
        lambda: close(council, secretary),
        lambda: actions.hand_in_sheet(council, by=member.user, grade="excellent", now=NOW),
        lambda: actions.take_back_sheet(council, by=member.user, now=NOW),
        lambda: actions.declare(council, by=member.user, conflict="Có", now=NOW),
        lambda: actions.mark_present(council, set(), by=secretary, now=NOW),
        lambda: council_naming.change_council(council, councils.call(), councils.named(gia_lai), by=gia_lai.manager),
    ):
        with pytest.raises(NotAllowedNow, match=f"{secretary.full_name.split()[0]}.*closed the council"):
            act()
    assert set(CouncilSheet.objects.values_list("grade", flat=True)) == {"passed"}


# --- the gate --------------------------------------------------------------------------------
@pytest.fixture
def gate(project: PilotProject) -> GateRule:
    return GateRule.objects.create(project=project, rule="council_passed", minimum=1)


def test_the_closing_gate_asks_for_a_council(project: PilotProject, gate: GateRule, gia_lai: Office) -> None:
    assert any("No acceptance council" in problem for problem in closing_problems(project, RULES))
    PilotProject.objects.update(status="running")
    with pytest.raises(GateNotPassed, match="No acceptance council"):
        accept_project(project, by=gia_lai.leader, rules=RULES)


def test_an_open_council_does_not_open_the_gate(project: PilotProject, gate: GateRule, council: Council) -> None:
    councils.meet(council, ["excellent"] * 7)
    assert "No acceptance council" in RULES["council_passed"](project, 1)


def test_a_council_that_passed_the_results_opens_the_gate(project: PilotProject, gia_lai: Office) -> None:
    councils.passed(project, gia_lai)
    assert RULES["council_passed"](project, 1) == ""


def test_after_a_failed_council_another_one_may_pass_the_results(project: PilotProject, gia_lai: Office) -> None:
    council = councils.meet(councils.council(project, gia_lai), ["failed"] * 7)
    close(council, councils.secretary(council))
    assert "did not pass" in RULES["council_passed"](project, 1)
    councils.passed(project, gia_lai)
    assert RULES["council_passed"](project, 1) == ""
