"""Amendments: which dates may be asked for, and how they come into force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people import audit
from projects.actions import amendments
from projects.actions.baselines import take_baseline
from projects.actions.milestones import report_progress
from projects.actions.project import start_project
from projects.amending import Key, schedule_of
from projects.errors import AmendmentRefused, NotAllowedForYou, NotAllowedNow
from projects.models import Amendment, Deliverable, Milestone, PilotProject, Stage
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.steering import end_of, milestone_of

# Stages of 30 days from 1 March 2022: survey ends on 31/03, documentation on 30/04, training on 30/05,
# rollout on 29/06, the final report and the project on 29/07. D1 is due on 21/03.
NOW = datetime(2022, 3, 15, 2, tzinfo=UTC)


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return start_project(make_project(gia_lai), by=gia_lai.manager, now=NOW)


def stage(project: PilotProject, kind: str) -> Key:
    return ("stage", project.stage(kind).pk)


def paper(project: PilotProject, code: str) -> Key:
    return ("deliverable", Deliverable.objects.get(stage__project=project, code=code).pk)


def asked(project: PilotProject, dates: Mapping[Key, date], **given: Any) -> Amendment:
    words = {"name": "Điều chỉnh tháng 6", "reason": "Chờ ý kiến các sở", "by": project.manager, "now": NOW, **given}
    return amendments.request_amendment(project, dates=dates, **words)


def refused(project: PilotProject, dates: Mapping[Key, date]) -> str:
    with pytest.raises(AmendmentRefused) as refusal:
        asked(project, dates)
    return " ".join(refusal.value.problems)


# --- asking ----------------------------------------------------------------------------------
def test_a_request_keeps_before_and_after_of_what_changes_only(project: PilotProject) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31), paper(project, "D1"): date(2022, 3, 21)})
    assert amendment.changes == [
        {
            "kind": "project",
            "subject": project.pk,
            "title": "End of the project",
            "before": "2022-07-29",
            "after": "2022-08-31",
        }
    ]
    project.refresh_from_db()
    assert project.due_on == date(2022, 7, 29), "nothing moves before the leader approves"


def test_a_request_without_a_change_is_refused(project: PilotProject) -> None:
    assert "No date is changed" in refused(project, {end_of(project): date(2022, 7, 29)})


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ({"survey": date(2022, 5, 2)}, "would end before"),
        ({"final_report": date(2022, 8, 31)}, "End of the project"),
        ({"survey": date(2022, 3, 18)}, "would lie outside stage"),
        ({"survey": date(2022, 3, 14)}, "is past"),
    ],
    ids=["after the next stage", "after the project", "before its own paper", "before today"],
)
def test_stages_keep_their_order_and_their_papers(project: PilotProject, dates: dict[str, date], reason: str) -> None:
    assert reason in refused(project, {stage(project, kind): day for kind, day in dates.items()})


def test_a_paper_lies_inside_its_stage(project: PilotProject) -> None:
    assert "would lie outside stage" in refused(project, {paper(project, "D1"): date(2022, 4, 1)})


def test_a_stage_to_come_starts_when_the_one_before_it_ends(project: PilotProject) -> None:
    late = {stage(project, "survey"): date(2022, 4, 22)}
    assert "D2" in refused(project, late), "D2 is due on 20/04, before its stage would start"
    amendment = asked(project, {**late, paper(project, "D2"): date(2022, 4, 29)})
    amendments.approve_amendment(amendment, by=project.members.get(role="leader").user, now=NOW)
    assert project.stage("documentation").starts_on == date(2022, 4, 22)


def test_a_date_that_is_past_already_may_be_set_in_the_past(project: PilotProject) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 5))
    assert asked(project, {("milestone", milestone.pk): date(2022, 3, 10)}).changes[0]["after"] == "2022-03-10"


def test_what_is_finished_keeps_its_date(project: PilotProject, gia_lai: Office) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 20))
    report_progress(milestone, percent=100, note="Biên bản", by=gia_lai.manager, now=NOW)
    assert "is finished" in refused(project, {("milestone", milestone.pk): date(2022, 3, 25)})


def test_a_date_of_another_project_is_refused(project: PilotProject, son_la: Office) -> None:
    other = Stage.objects.filter(project=project).latest("pk").pk + 1
    assert "does not belong" in refused(project, {("stage", other): date(2022, 8, 1)})
    assert "does not belong" in refused(project, {("council", 1): date(2022, 8, 1)})


def test_all_problems_are_said_at_once(project: PilotProject) -> None:
    with pytest.raises(AmendmentRefused) as refusal:
        asked(project, {stage(project, "survey"): date(2022, 5, 2), paper(project, "D1"): date(2022, 3, 1)})
    assert len(refusal.value.problems) >= 3


def test_one_request_is_open_at_a_time(project: PilotProject) -> None:
    asked(project, {end_of(project): date(2022, 8, 31)})
    with pytest.raises(NotAllowedNow, match="still waits"):
        asked(project, {end_of(project): date(2022, 9, 30)}, name="Lần hai")
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(
            project=project, name="Lần ba", reason="x", changes=[], requested_by=project.manager, requested_at=NOW
        )


@pytest.mark.parametrize("words", [{"name": " "}, {"reason": " "}, {"name": "x" * 121}, {"name": "initial"}])
def test_a_request_has_a_reason_and_a_name_that_no_baseline_has(project: PilotProject, words: dict[str, str]) -> None:
    with pytest.raises(NotAllowedNow):
        asked(project, {end_of(project): date(2022, 8, 31)}, **words)


def test_only_managers_ask(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        asked(project, {end_of(project): date(2022, 8, 31)}, by=gia_lai.clerk)


# --- deciding --------------------------------------------------------------------------------
def test_approving_applies_the_dates_and_keeps_a_baseline(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31), stage(project, "final_report"): date(2022, 8, 30)})
    amendment = amendments.approve_amendment(amendment, by=gia_lai.leader, note="Đồng ý", now=NOW)
    project.refresh_from_db()
    assert (project.due_on, project.stage("final_report").due_on) == (date(2022, 8, 31), date(2022, 8, 30))
    assert (amendment.status, amendment.decided_by, amendment.decision_note) == ("approved", gia_lai.leader, "Đồng ý")
    assert amendment.baseline is not None
    assert amendment.baseline.name == "Điều chỉnh tháng 6"
    assert amendment.baseline.dates.get(kind="project").due_on == date(2022, 8, 31)


def test_nobody_decides_on_their_own_request(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31)})
    for act in (amendments.approve_amendment, amendments.refuse_amendment):
        with pytest.raises(NotAllowedForYou, match="yourself"):
            act(amendment, by=gia_lai.manager, note="x")


def test_refusing_needs_a_reason_and_changes_no_date(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31)})
    with pytest.raises(NotAllowedNow, match="reason"):
        amendments.refuse_amendment(amendment, by=gia_lai.leader, note=" ")
    amendments.refuse_amendment(amendment, by=gia_lai.leader, note="Giữ tiến độ", now=NOW)
    project.refresh_from_db()
    assert project.due_on == date(2022, 7, 29)
    assert project.baselines.count() == 1


def test_a_decision_is_made_once(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31)})
    amendments.approve_amendment(amendment, by=gia_lai.leader)
    for act in (
        lambda: amendments.approve_amendment(amendment, by=gia_lai.leader),
        lambda: amendments.refuse_amendment(amendment, by=gia_lai.leader, note="Đổi ý"),
        lambda: amendments.withdraw_amendment(amendment, by=gia_lai.manager),
    ):
        with pytest.raises(NotAllowedNow, match="approved already"):
            act()


def test_a_date_that_was_changed_meanwhile_stops_the_approval(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {paper(project, "D1"): date(2022, 3, 28), end_of(project): date(2022, 8, 31)})
    Deliverable.objects.filter(stage__project=project, code="D1").update(due_on=date(2022, 3, 25))
    with pytest.raises(AmendmentRefused, match="changed meanwhile"):
        amendments.approve_amendment(amendment, by=gia_lai.leader)
    project.refresh_from_db()
    assert project.due_on == date(2022, 7, 29), "all or nothing"


def test_what_was_finished_meanwhile_stops_the_approval(project: PilotProject, gia_lai: Office) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 20))
    amendment = asked(project, {("milestone", milestone.pk): date(2022, 3, 25)})
    report_progress(milestone, percent=100, note="Biên bản", by=gia_lai.manager, now=NOW)
    with pytest.raises(AmendmentRefused, match="finished meanwhile"):
        amendments.approve_amendment(amendment, by=gia_lai.leader)
    assert Milestone.objects.get(pk=milestone.pk).due_on == date(2022, 3, 20)


def test_a_baseline_that_took_the_name_meanwhile_does_not_stop_it(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31)})
    take_baseline(project, name="Điều chỉnh tháng 6", by=gia_lai.manager)
    amendment = amendments.approve_amendment(amendment, by=gia_lai.leader)
    assert str(amendment.baseline) == "Điều chỉnh tháng 6 (2)"


def test_managers_withdraw_and_may_ask_again(project: PilotProject, gia_lai: Office) -> None:
    amendment = asked(project, {end_of(project): date(2022, 8, 31)})
    with pytest.raises(NotAllowedForYou):
        amendments.withdraw_amendment(amendment, by=gia_lai.leader)
    assert amendments.withdraw_amendment(amendment, by=gia_lai.manager).status == "withdrawn"
    assert asked(project, {end_of(project): date(2022, 8, 31)}).status == "requested"


def test_every_act_stands_in_the_history(project: PilotProject, gia_lai: Office) -> None:
    amendments.withdraw_amendment(asked(project, {end_of(project): date(2022, 8, 31)}), by=gia_lai.manager)
    second = asked(project, {end_of(project): date(2022, 8, 31)})
    amendments.refuse_amendment(second, by=gia_lai.leader, note="Giữ tiến độ")
    third = asked(project, {end_of(project): date(2022, 8, 31)}, name="Lần ba")
    amendments.approve_amendment(third, by=gia_lai.leader)
    verbs = {event.verb.rpartition("_")[2] for event in audit.history(project) if "amendment" in event.verb}
    assert verbs == {"requested", "withdrawn", "refused", "approved"}


def test_the_schedule_lists_what_is_open_stage_by_stage(project: PilotProject) -> None:
    titles = [entry.title for entry in schedule_of(project).open_entries()]
    assert titles[0] == "End of the project"
    assert titles[2].startswith("D1")
