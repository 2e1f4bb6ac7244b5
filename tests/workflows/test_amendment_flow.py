"""The amendment flow: asked for by the manager, decided by a leader, withdrawn with its run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from viewflow.workflow.models import Task

from notices.models import Message
from people.models import User
from projects.models import Amendment, Deliverable, PilotProject
from tests.factories.desk import running_project
from tests.factories.people import Office
from tests.factories.steering import later_end
from tests.factories.together import at_once
from workflows import amendments, engine, inbox
from workflows.errors import FormInvalid, NotYourTask
from workflows.models import AmendmentProcess

PAGE = "/projects/GL-99/"
NEW = f"{PAGE}amendments/new/"


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return running_project(gia_lai, starts_on=timezone.localdate() - timedelta(days=3))


@pytest.fixture
def amendment(project: PilotProject) -> Amendment:
    return later_end(project)


def step(amendment: Amendment) -> Task:
    return Task.objects.get(process__amendmentprocess__amendment=amendment, flow_task__endswith=".decide")


def decide(amendment: Amendment, user: User, **answers: str) -> Task:
    return engine.perform(step(amendment), user=user, data={"decision": "approve", **answers})


# --- the flow --------------------------------------------------------------------------------
def test_a_request_waits_in_the_leaders_inbox_and_with_the_manager_as_sent(
    amendment: Amendment, gia_lai: Office
) -> None:
    assert step(amendment) in inbox.claimable(gia_lai.leader)
    assert step(amendment) in inbox.waiting_for_others(gia_lai.manager)
    assert step(amendment) not in inbox.to_do(gia_lai.clerk)


def test_approving_puts_the_dates_in_force_ends_the_run_and_tells_the_manager(
    amendment: Amendment, project: PilotProject, gia_lai: Office
) -> None:
    decide(amendment, gia_lai.leader, note="Đồng ý")
    wanted = date.fromisoformat(amendment.changes[0]["after"])
    project.refresh_from_db()
    assert project.due_on == wanted
    assert AmendmentProcess.objects.get(amendment=amendment).status == "DONE"
    message = Message.objects.get(event="amendment.decided")
    assert message.recipient == gia_lai.manager
    assert message.url == amendment.get_absolute_url()


def test_refusing_needs_a_reason(amendment: Amendment, project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(FormInvalid):
        decide(amendment, gia_lai.leader, decision="refuse")
    decide(amendment, gia_lai.leader, decision="refuse", note="Giữ tiến độ")
    amendment.refresh_from_db()
    assert (amendment.status, amendment.decision_note) == ("refused", "Giữ tiến độ")


@pytest.mark.parametrize("role", ["manager", "clerk"])
def test_only_a_leader_decides(amendment: Amendment, gia_lai: Office, role: str) -> None:
    with pytest.raises(NotYourTask):
        decide(amendment, getattr(gia_lai, role))


def test_a_leader_of_another_province_does_not_decide(amendment: Amendment, son_la: Office) -> None:
    with pytest.raises(NotYourTask):
        decide(amendment, son_la.leader)


def test_withdrawing_cancels_the_run(amendment: Amendment, gia_lai: Office) -> None:
    amendments.withdraw_amendment(amendment, by=gia_lai.manager)
    assert AmendmentProcess.objects.get(amendment=amendment).status == "CANCELED"
    assert step(amendment) not in inbox.to_do(gia_lai.leader)


# --- pages -----------------------------------------------------------------------------------
@pytest.fixture
def desk(client: Client, gia_lai: Office, project: PilotProject) -> Client:
    client.force_login(gia_lai.manager)
    return client


def answers(project: PilotProject, **given: Any) -> dict[str, Any]:
    later = (project.due_on + timedelta(days=40)).strftime("%d/%m/%Y")
    return {"name": "Điều chỉnh tháng 6", "reason": "Chờ ý kiến", f"project_{project.pk}": later, **given}


def test_a_manager_asks_on_the_page_and_sees_before_and_after(desk: Client, project: PilotProject) -> None:
    page = desk.get(NEW).content.decode()
    assert project.due_on.strftime("%d/%m/%Y") in page
    answer = desk.post(NEW, answers(project), follow=True)
    assert "End of the project" in answer.content.decode()
    assert "/withdraw/" in answer.content.decode()


def test_the_project_page_leads_to_the_request(desk: Client, project: PilotProject) -> None:
    assert NEW in desk.get(PAGE).content.decode()
    amendment = later_end(project)
    assert amendment.get_absolute_url() in desk.get(PAGE).content.decode()


def test_while_one_waits_the_page_leads_back_and_says_why(desk: Client, amendment: Amendment) -> None:
    answer = desk.get(NEW, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "still waits" in answer.content.decode()


def test_moving_everything_fills_in_the_dates_and_can_be_sent_as_it_is(desk: Client, project: PilotProject) -> None:
    form = desk.get(f"{NEW}?first=1&days=10").context["form"]
    filled = {field.html_name: field.initial.strftime("%d/%m/%Y") for _entry, field in form.rows()}
    assert desk.post(NEW, {"name": "Lùi", "reason": "Mưa lũ", **filled}).status_code == 302
    assert len(project.amendments.get().changes) == 11


@pytest.mark.parametrize(
    "query", ["days=", "days=0&first=1", "days=999999999999&first=1", "days=5&first=9", "days=%00&first=x"]
)
def test_a_wrong_move_says_so(desk: Client, query: str) -> None:
    assert desk.get(f"{NEW}?{query}").status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"reason": "\x00"},
        {"name": "x" * 300},
        {"project": "31/02/2026"},
        {"project": "01/01/2000"},
        {"project": "9" * 50},
        {"project": ""},
    ],
    ids=["no name", "nul", "long", "no day", "past", "number", "nothing changed"],
)
def test_a_wrong_request_shows_the_form_again(desk: Client, project: PilotProject, wrong: dict[str, str]) -> None:
    sent = answers(project)
    sent |= {f"project_{project.pk}" if key == "project" else key: value for key, value in wrong.items()}
    assert desk.post(NEW, sent).status_code == 422
    assert desk.post(NEW, {}).status_code == 422
    assert not project.amendments.exists()


def test_the_leader_decides_on_the_steps_page(client: Client, amendment: Amendment, gia_lai: Office) -> None:
    client.force_login(gia_lai.leader)
    url = f"/tasks/{step(amendment).pk}/"
    page = client.get(url).content.decode()
    assert amendment.reason in page
    assert "End of the project" in page
    assert client.post(url, {"decision": "refuse"}).status_code == 422
    assert client.post(url, {"decision": "approve"}).status_code == 302
    amendment.refresh_from_db()
    assert amendment.status == "approved"
    assert "Timeline against this baseline" in client.get(amendment.get_absolute_url()).content.decode()


def test_a_stale_request_is_refused_on_the_steps_page_with_the_reason(
    client: Client, amendment: Amendment, project: PilotProject, gia_lai: Office
) -> None:
    PilotProject.objects.filter(pk=project.pk).update(due_on=project.due_on + timedelta(days=1))
    client.force_login(gia_lai.leader)
    answer = client.post(f"/tasks/{step(amendment).pk}/", {"decision": "approve"})
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.content.decode()


def test_withdrawing_on_the_page_is_the_managers_and_happens_once(
    desk: Client, amendment: Amendment, gia_lai: Office
) -> None:
    url = f"{amendment.get_absolute_url()}withdraw/"
    assert desk.get(url).status_code == 405
    for _again in range(2):
        assert desk.post(url)["Location"] == amendment.get_absolute_url()
    amendment.refresh_from_db()
    assert amendment.status == "withdrawn"
    desk.force_login(gia_lai.leader)
    assert desk.post(url).status_code == 403


def test_another_province_sees_no_amendment(client: Client, amendment: Amendment, son_la: Office) -> None:
    client.force_login(son_la.leader)
    assert client.get(amendment.get_absolute_url()).status_code == 404


# --- approve and withdraw at once ------------------------------------------------------------
ROUNDS = 8


def approving(amendment: Amendment, user: User) -> Callable[[], Any]:
    task = step(amendment)
    return lambda: engine.perform(task, user=user, data={"decision": "approve"})


def withdrawing(amendment: Amendment, user: User) -> Callable[[], Any]:
    copy = Amendment.objects.get(pk=amendment.pk)
    return lambda: amendments.withdraw_amendment(copy, by=user)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_approving_and_withdrawing_in_the_same_second_one_wins(gia_lai: Office) -> None:
    for number in range(ROUNDS):
        project = running_project(gia_lai, code=f"GL-{number:02d}", starts_on=timezone.localdate())
        before = PilotProject.objects.get(pk=project.pk).due_on
        amendment = later_end(project)

        told = at_once(approving(amendment, gia_lai.leader), withdrawing(amendment, gia_lai.manager))

        # The room's own refusal, or the engine's: nothing else may come out.
        refused = [type(answer).__name__ for answer in told if isinstance(answer, Exception)]
        assert len(refused) == 1, told
        assert set(refused) <= {"NotAllowedNow", "AlreadyHandled", "NotYourTask", "Busy"}, told
        amendment.refresh_from_db()
        due_on = PilotProject.objects.get(pk=project.pk).due_on
        process = AmendmentProcess.objects.get(amendment=amendment)
        if amendment.status == "approved":
            assert (process.status, due_on > before, project.baselines.count()) == ("DONE", True, 2)
        else:
            assert (amendment.status, process.status, due_on) == ("withdrawn", "CANCELED", before)
            assert project.baselines.count() == 1
        assert not Deliverable.objects.filter(stage__project=project, due_on__gt=due_on).exists()
