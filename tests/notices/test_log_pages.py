"""The delivery log and the call list: for leaders of the province, with retry, sheet, and calls on record."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from notices import actions
from notices.errors import NoticeRefused
from notices.models import Delivery
from notices.sending import send_due
from people.models import AuditEvent, User
from tests.factories.notices import MONDAY, by_phone, given_up, reachable, told
from tests.factories.people import Office
from workflows import history

Browser = Callable[[User], Client]
State = Delivery.State


@pytest.fixture
def leader(as_user: Browser, gia_lai: Office) -> Client:
    return as_user(gia_lai.leader)


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def cells(answer: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


# --- the log ---------------------------------------------------------------------------------
def test_a_leader_sees_the_deliveries_of_the_province(
    leader: Client, as_user: Browser, gia_lai: Office, son_la: Office, manager: User
) -> None:
    delivery = given_up(manager, gia_lai)
    given_up(reachable(son_la.manager), son_la)
    assert [row.record for row in leader.get("/notices/deliveries/").context["table"].rows] == [delivery]
    for person in (gia_lai.manager, gia_lai.clerk, gia_lai.helper):
        assert as_user(person).get("/notices/deliveries/").status_code == 404
        assert as_user(person).get("/notices/deliveries.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?state=failed", 1),
        ("?state=sent", 0),
        ("?channel=email&event=step.late", 1),
        ("?q=QUANLY", 1),
        ("?q=nobody", 0),
        ("?q=(%00", 1),
        ("?sort=-state&page=99", 1),
        ("?state=x&sort=y", 1),
    ],
)
def test_the_log_is_narrowed_and_its_sheet_has_the_same_rows(
    leader: Client, gia_lai: Office, manager: User, query: str, count: int
) -> None:
    given_up(manager, gia_lai)
    assert len(leader.get(f"/notices/deliveries/{query}").context["table"].rows) == count
    rows = cells(leader.get(f"/notices/deliveries.xlsx{query}"))
    assert len([row for row in rows if row[0] == str(manager)]) == count


def test_the_sheet_has_the_address_and_the_error(leader: Client, gia_lai: Office, manager: User) -> None:
    given_up(manager, gia_lai)
    row = cells(leader.get("/notices/deliveries.xlsx"))[-1]
    assert "gl-quanly@vidu.example" in row
    assert "550 no such mailbox" in row


def test_a_channel_that_is_not_set_up_is_named_with_what_lies_there(
    leader: Client, gia_lai: Office, helper: User, vietnamese: None
) -> None:
    told(helper, office=gia_lai)
    for path in ("/notices/deliveries/", "/notices/calls/"):
        assert "SMS chưa được cấu hình: 1 thông báo đang nằm chờ" in leader.get(path).content.decode()


def test_the_log_costs_the_same_for_many(
    leader: Client, gia_lai: Office, manager: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        given_up(manager, gia_lai, key=str(number))
    with django_assert_max_num_queries(12):
        leader.get("/notices/deliveries/")


# --- again -----------------------------------------------------------------------------------
def test_a_retry_is_sent_to_todays_address_and_stands_in_the_history(
    leader: Client, gia_lai: Office, manager: User, kept: Any
) -> None:
    delivery = given_up(manager, gia_lai)
    reachable(manager, email="moi@vidu.example")

    answer = leader.post(f"/notices/deliveries/{delivery.pk}/retry/", {"query": "state=failed"})

    assert answer["Location"] == "/notices/deliveries/?state=failed"
    again = fresh(delivery)
    assert (again.state, again.attempts, again.address) == (State.QUEUED, 0, "moi@vidu.example")
    assert send_due(again.not_before) == 1
    act = AuditEvent.objects.get(verb="notices.delivery_retried")
    assert (act.by, act.case) == (gia_lai.leader, delivery.message.case)
    assert history.lines([act])[0]["text"] == f"Had a notice to {manager} sent again."


@pytest.mark.parametrize("state", [State.SENT, State.QUEUED, State.SENDING, State.HANDED_OVER])
def test_only_what_was_given_up_is_sent_again(gia_lai: Office, manager: User, kept: Any, state: str) -> None:
    delivery = given_up(manager, gia_lai)
    Delivery.objects.update(state=state)
    with pytest.raises(NoticeRefused, match="no longer open"):
        actions.retry(delivery, by=gia_lai.leader)
    with pytest.raises(NoticeRefused, match="no longer open"):
        actions.told_by_hand(delivery, by=gia_lai.leader)
    assert not AuditEvent.objects.filter(verb__startswith="notices.").exists()


def test_a_retry_without_a_channel_or_an_address_is_refused(
    leader: Client, gia_lai: Office, manager: User, helper: User, settings: Any
) -> None:
    settings.NOTICES_SMS_BACKEND = ""
    by_sms = told(helper, office=gia_lai).deliveries.get()
    with pytest.raises(NoticeRefused, match="SMS is not set up"):
        actions.retry(by_sms, by=gia_lai.leader)
    by_mail = given_up(manager, gia_lai, key="b")
    by_phone(manager, "0900000009")
    page = leader.post(f"/notices/deliveries/{by_mail.pk}/retry/", follow=True)
    assert "has no address for E-mail" in page.content.decode()
    assert fresh(by_mail).state == State.FAILED


def test_another_provinces_delivery_is_not_there(
    as_user: Browser, gia_lai: Office, son_la: Office, manager: User
) -> None:
    delivery = given_up(manager, gia_lai)
    stranger = as_user(son_la.leader)
    for path in (f"/notices/deliveries/{delivery.pk}/retry/", f"/notices/calls/{manager.pk}/told/"):
        assert stranger.post(path, {"delivery": delivery.pk}).status_code == 404
    assert fresh(delivery).state == State.FAILED


# --- calls -----------------------------------------------------------------------------------
def test_who_was_not_reached_is_called_once_with_all_there_is_to_say(
    leader: Client, gia_lai: Office, manager: User, helper: User, kept: Any, settings: Any
) -> None:
    told(helper, key="sent", office=gia_lai)
    send_due(MONDAY)
    settings.NOTICES_SMS_BACKEND = ""
    for number in range(2):
        told(
            helper,
            "deliverable.returned",
            key=f"a{number}",
            office=gia_lai,
            facts={"about": f"D{number}", "project": "GL-01", "count": "1", "remark": "x"},
        )
    told(manager, key="b", office=gia_lai)  # waits to be sent: nothing to call about

    [call] = leader.get("/notices/calls/").context["calls"]

    assert (call.person, len(call.texts), call.last_channel) == (helper, 2, "SMS")
    row = cells(leader.get("/notices/calls.xlsx"))[-1]
    assert row[0] == str(helper)
    assert row[2] == "0900000001"
    assert "D0" in row[3]


def test_who_opened_the_notice_or_was_reached_otherwise_is_not_called(
    leader: Client, gia_lai: Office, manager: User, helper: User, kept: Any, settings: Any
) -> None:
    settings.NOTICES_SMS_BACKEND = ""
    opened = told(helper, office=gia_lai)
    actions.read(opened, by=helper)
    told(manager, "step.escalated", office=gia_lai)  # by mail and, not set up, by SMS
    assert len(leader.get("/notices/calls/").context["calls"]) == 1
    send_due(MONDAY)
    assert leader.get("/notices/calls/").context["calls"] == []


def test_a_digest_is_not_worth_a_call(leader: Client, gia_lai: Office, manager: User, settings: Any) -> None:
    settings.NOTICES_EMAIL_BACKEND = ""
    told(manager, "step.given", office=gia_lai)
    assert leader.get("/notices/calls/").context["calls"] == []


def test_the_call_is_kept_with_who_made_it(leader: Client, gia_lai: Office, helper: User) -> None:
    shown = told(helper, key="a", office=gia_lai).deliveries.get()
    since = told(helper, key="b", office=gia_lai).deliveries.get()

    page = leader.post(f"/notices/calls/{helper.pk}/told/", {"delivery": [shown.pk, "x", "9" * 30]}, follow=True)

    assert "has been told" in page.content.decode()
    assert (fresh(shown).state, fresh(since).state) == (State.HANDED_OVER, State.UNCONFIGURED)
    act = AuditEvent.objects.get(verb="notices.told_by_hand")
    assert (act.by, act.facts["to"]) == (gia_lai.leader, helper.pk)


def test_a_call_that_somebody_else_made_changes_nothing(leader: Client, gia_lai: Office, helper: User) -> None:
    delivery = told(helper, office=gia_lai).deliveries.get()
    for _ in range(2):
        page = leader.post(f"/notices/calls/{helper.pk}/told/", {"delivery": delivery.pk}, follow=True)
    assert "Nothing was marked" in page.content.decode()
    assert AuditEvent.objects.filter(verb="notices.told_by_hand").count() == 1
