"""A plan whose own paper is issued here is known by the number and day that it got."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from viewflow.workflow.models import Task

from documents.errors import NotReady
from documents.models import Document, RegisterEntry
from people.models import AuditEvent
from projects.actions import annex
from projects.errors import NotAllowedNow
from projects.models import Plan
from tests.factories.people import Office
from tests.factories.projects import plan_line
from workflows import history, papers, sending
from workflows.builtin_templates import register_builtin_template
from workflows.engine import perform

NOTICE = "mission_notice"


@pytest.fixture
def plan(gia_lai: Office) -> Plan:
    """A notice that was written here and has no number yet."""
    register_builtin_template(NOTICE)
    plan: Plan = plan_line(gia_lai).plan
    plan.number, plan.issued_on = "", None
    plan.save(update_fields=["number", "issued_on"])
    return plan


def issue(plan: Plan, office: Office, **how: bool) -> RegisterEntry:
    """Prepare the notice and lead it over clerk and leader to its number."""
    draft = papers.prepare_about(plan, NOTICE, by=office.manager, **how)
    sending.send(draft.document, by=office.manager)
    for person in (office.clerk, office.leader):
        step = Task.objects.get(process__paperprocess__document=draft.document, finished=None)
        perform(step, user=person, data={"decision": "pass"})
    return RegisterEntry.objects.filter(version__document=draft.document).latest("pk")


def test_the_plan_gets_number_and_day_of_its_paper_and_its_history_says_so(plan: Plan, gia_lai: Office) -> None:
    entry = issue(plan, gia_lai)
    plan.refresh_from_db()
    assert (plan.number, plan.issued_on) == ("01/TB-CCTĐC", timezone.localdate())
    assert plan.number == entry.full_number
    event = AuditEvent.objects.get(verb="plan.numbered")
    assert event.by == gia_lai.leader
    assert "01/TB-CCTĐC" in history.text(event)


def test_a_paper_that_replaces_it_gets_a_number_of_its_own_and_the_plan_that_one(plan: Plan, gia_lai: Office) -> None:
    issue(plan, gia_lai)
    plan.refresh_from_db()
    entry = issue(plan, gia_lai, is_replacement=True)
    plan.refresh_from_db()
    assert entry.full_number == plan.number == "02/TB-CCTĐC"


def test_a_plan_that_was_numbered_before_is_not_sent_for_another_number(
    plan: Plan, gia_lai: Office, client: Client
) -> None:
    Plan.objects.filter(pk=plan.pk).update(number="29/TB-CCTĐC", issued_on=date(2022, 2, 17))
    draft = papers.prepare_about(plan, NOTICE, by=gia_lai.manager)
    with pytest.raises(NotReady, match="keeps its number"):
        sending.send(draft.document, by=gia_lai.manager)
    client.force_login(gia_lai.manager)
    assert not client.get(draft.document.get_absolute_url()).context["may_send"]


def test_a_number_of_another_year_does_not_stand_in_the_way(plan: Plan, gia_lai: Office) -> None:
    annex.register_plan(
        plan.programme,
        kind=Plan.Kind.NOTICE,
        number="01/TB-CCTĐC",
        title="Thông báo của năm trước",
        issuer=plan.issuer,
        issued_on=date(2021, 1, 4),
        by=gia_lai.manager,
    )
    assert issue(plan, gia_lai).full_number == "01/TB-CCTĐC"


def test_a_number_that_was_entered_for_another_plan_of_the_year_is_refused_and_none_is_lost(
    plan: Plan, gia_lai: Office
) -> None:
    other = annex.register_plan(
        plan.programme,
        kind=Plan.Kind.NOTICE,
        number="01/TB-CCTĐC",
        title="Thông báo nhập từ bản giấy",
        issuer=plan.issuer,
        issued_on=timezone.localdate(),
        by=gia_lai.manager,
    )
    with pytest.raises(NotAllowedNow, match="entered with number 01/TB-CCTĐC"):
        issue(plan, gia_lai)
    assert not RegisterEntry.objects.exists()
    assert Document.objects.get().issued is None
    Plan.objects.filter(pk=other.pk).update(number="07/TB-CCTĐC")
    step = Task.objects.get(process__paperprocess__document__plan=plan, finished=None)
    perform(step, user=gia_lai.leader, data={"decision": "pass"})
    assert RegisterEntry.objects.get().full_number == "01/TB-CCTĐC"


def test_an_annex_that_was_under_way_when_its_kind_was_retired_does_not_take_the_plans_number(
    plan: Plan, gia_lai: Office
) -> None:
    draft = papers.prepare_about(plan, NOTICE, by=gia_lai.manager)
    run = sending.send(draft.document, by=gia_lai.manager)
    Document.objects.filter(pk=draft.document_id).update(kind="task_list_annex", title="Phụ lục 01")
    perform(Task.objects.get(process=run, finished=None), user=gia_lai.clerk, data={"decision": "pass"})
    with pytest.raises(NotReady, match="made no more"):
        perform(Task.objects.get(process=run, finished=None), user=gia_lai.leader, data={"decision": "pass"})
    plan.refresh_from_db()
    assert (plan.number, RegisterEntry.objects.count()) == ("", 0)
    sending.take_back(Document.objects.get(pk=draft.document_id), by=gia_lai.manager)  # the way out
    assert issue(plan, gia_lai).full_number == "01/TB-CCTĐC"


@pytest.mark.parametrize("day", [datetime(2022, 3, 7).date(), None])
def test_a_number_is_entered_once_a_year_and_without_a_day_never_twice(
    plan: Plan, gia_lai: Office, day: date | None
) -> None:
    for known, is_refused in ((date(2022, 1, 4), True), (date(2021, 1, 4), day is None), (None, True)):
        Plan.objects.filter(pk=plan.pk).update(number="29/TB-CCTĐC", issued_on=known)
        assert Plan.objects.numbered("29/TB-CCTĐC", day).exists() == is_refused
    assert not Plan.objects.numbered("", day).exists()
