"""Sending what is due: once each, later again if it failed, together what belongs together, nobody at night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from notices.actions import tell
from notices.backends import Result
from notices.models import Delivery, Rule
from notices.sending import BACK_OFF, STUCK_AFTER, outgoing, send_due
from people.models import User
from tests.factories.notices import FACTS, MONDAY, reachable, told
from tests.factories.people import Office
from workflows.tick import tick

State = Delivery.State
MINUTE = timedelta(minutes=1)
TUESDAY_DIGEST = MONDAY.replace(day=3, hour=0, minute=30)  # half past seven in Việt Nam


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def failing(*, times: int = 1, is_final: bool = False) -> list[Result]:
    return [Result(is_sent=False, error="451 try later", is_final=is_final)] * times


# --- once ------------------------------------------------------------------------------------
def test_what_is_due_is_sent_and_the_next_run_finds_nothing(manager: User, kept: Any) -> None:
    delivery = told(manager, url="/tasks/7/").deliveries.get()

    assert send_due(MONDAY) == 1
    assert send_due(MONDAY) == 0

    assert [message.address for message in kept.sent] == ["gl-quanly@vidu.example"]
    assert kept.sent[0].items[0].url == "http://127.0.0.1:8000/tasks/7/"
    assert (fresh(delivery).state, fresh(delivery).attempts) == (State.SENT, 1)
    assert fresh(delivery).sent_at is not None


def test_what_is_not_due_yet_waits(manager: User, kept: Any) -> None:
    told(manager, now=MONDAY + timedelta(hours=2))
    assert send_due(MONDAY) == 0


def test_a_run_with_nothing_to_do_asks_one_question(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert send_due(MONDAY) == 0


def test_the_tick_sends(manager: User, kept: Any) -> None:
    Rule.objects.create(event="step.late", channels=["email"], is_mandatory=True, is_urgent=True)
    told(manager)
    assert tick()["notices sent"] == 1


# --- again -----------------------------------------------------------------------------------
def test_a_failed_try_is_repeated_later_and_later_and_then_given_up(manager: User, kept: Any) -> None:
    delivery = told(manager).deliveries.get()
    Rule.objects.create(event="step.late", channels=["email"], is_mandatory=True, is_urgent=True)  # also at night
    kept.answers[:] = failing(times=len(BACK_OFF) + 1)

    now, waits = MONDAY, []
    for _ in BACK_OFF:
        send_due(now)
        assert (fresh(delivery).state, fresh(delivery).last_error) == (State.QUEUED, "451 try later")
        waits.append(fresh(delivery).not_before - now)
        assert send_due(fresh(delivery).not_before - MINUTE / 2) == 0
        now = fresh(delivery).not_before
    send_due(now)

    assert [wait // MINUTE for wait in waits] == [1, 5, 30, 120, 720]
    assert (fresh(delivery).state, fresh(delivery).attempts) == (State.FAILED, 6)
    assert send_due(now + timedelta(days=2)) == 0
    assert kept.sent == []


def test_an_address_that_is_refused_for_good_is_given_up_at_once(manager: User, kept: Any) -> None:
    delivery = told(manager).deliveries.get()
    kept.answers[:] = failing(is_final=True)
    send_due(MONDAY)
    assert fresh(delivery).state == State.FAILED


def test_a_backend_that_breaks_is_a_failed_try_and_the_others_are_sent(
    gia_lai: Office, manager: User, kept: Any
) -> None:
    broken = told(manager).deliveries.get()
    told(reachable(gia_lai.leader))
    kept.answers[:] = [RuntimeError("no route")]

    assert send_due(MONDAY) == 1
    assert fresh(broken).state == State.QUEUED
    assert fresh(broken).last_error == "RuntimeError: no route"


def test_a_backend_that_does_not_exist_is_a_failed_try(manager: User, kept: Any, settings: Any) -> None:
    delivery = told(manager).deliveries.get()
    settings.NOTICES_EMAIL_BACKEND = "tests.notices.conftest.Nobody"
    assert send_due(MONDAY) == 0
    assert "ImportError" in fresh(delivery).last_error


def test_a_dead_server_is_not_asked_for_everybody(gia_lai: Office, kept: Any) -> None:
    people = [reachable(person) for person in (gia_lai.manager, gia_lai.clerk, gia_lai.leader, *gia_lai.reviewers)]
    tell("step.late", people, key="k", facts=FACTS, now=MONDAY)
    kept.answers[:] = failing(times=10)

    send_due(MONDAY)

    assert Delivery.objects.filter(attempts=1).count() == 3
    assert Delivery.objects.filter(attempts=0, state=State.QUEUED).count() == 3


def test_what_a_killed_worker_left_is_taken_back_after_ten_minutes(manager: User, kept: Any) -> None:
    delivery = told(manager).deliveries.get()
    kept.answers[:] = [SystemExit("killed")]
    with pytest.raises(SystemExit):
        send_due(MONDAY)
    assert fresh(delivery).state == State.SENDING

    assert send_due(MONDAY + STUCK_AFTER - MINUTE) == 0
    assert send_due(MONDAY + STUCK_AFTER + MINUTE) == 1
    assert (fresh(delivery).state, fresh(delivery).attempts) == (State.SENT, 2)


def test_what_kills_every_worker_is_given_up(manager: User, kept: Any) -> None:
    delivery = told(manager).deliveries.get()
    Rule.objects.create(event="step.late", channels=["email"], is_mandatory=True, is_urgent=True)
    now = MONDAY
    for _ in range(len(BACK_OFF) + 1):
        kept.answers[:] = [SystemExit("killed")]
        with pytest.raises(SystemExit):
            send_due(now)
        now += STUCK_AFTER + MINUTE
    assert send_due(now) == 0
    assert fresh(delivery).state == State.FAILED


def test_a_slow_worker_does_not_write_over_the_one_that_took_its_place(
    manager: User, kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = told(manager).deliveries.get()

    def slowly(*args: Any) -> list[Result]:
        # Meanwhile somebody else took it back and has it now.
        Delivery.objects.update(claimed_at=F("claimed_at") + MINUTE, attempts=2)
        return [Result(is_sent=False, error="too late")]

    monkeypatch.setattr(kept, "send_messages", slowly)
    send_due(MONDAY)
    assert (fresh(delivery).state, fresh(delivery).last_error) == (State.SENDING, "")


# --- together --------------------------------------------------------------------------------
def test_the_digest_is_one_mail_a_person_at_half_past_seven(gia_lai: Office, manager: User, kept: Any) -> None:
    for number in range(3):
        told(manager, "step.given", key=f"a{number}", url=f"/tasks/{number}/")
    told(reachable(gia_lai.leader), "step.given", key="b")

    assert send_due(TUESDAY_DIGEST - MINUTE) == 0
    assert send_due(TUESDAY_DIGEST) == 4

    mine, theirs = sorted(kept.sent, key=lambda message: -len(message.items))
    assert (mine.address, len(mine.items), mine.subject) == ("gl-quanly@vidu.example", 3, "TXNG: 3 notices today")
    assert (len(theirs.items), theirs.subject) == (1, theirs.items[0].subject)
    assert send_due(TUESDAY_DIGEST + timedelta(hours=3)) == 0


def test_several_about_one_page_go_out_as_one(manager: User, kept: Any) -> None:
    told(manager, key="a", url="/tasks/7/")
    send_due(MONDAY)
    for number in (5, 10):
        told(manager, key=f"b{number}", url="/tasks/7/", now=MONDAY + number * MINUTE)
    told(manager, key="c", url="/tasks/8/", now=MONDAY + 10 * MINUTE)

    assert send_due(MONDAY + 10 * MINUTE) == 1
    assert send_due(MONDAY + 30 * MINUTE) == 2
    assert [len(message.items) for message in kept.sent] == [1, 1, 2]
    assert kept.sent[-1].subject.endswith("(and 1 more)")


def test_messages_about_no_page_go_out_each_by_itself(manager: User, kept: Any) -> None:
    told(manager, key="a")
    told(manager, key="b")
    assert send_due(MONDAY) == 2
    assert len(kept.sent) == 2


def test_an_sms_of_a_digest_fits_one_message(manager: User, kept: Any) -> None:
    Rule.objects.create(event="step.given", channels=["sms"], is_digest=True)
    for number in range(12):
        told(manager, "step.given", key=str(number))
    send_due(TUESDAY_DIGEST)
    assert len(kept.sent) == 1
    assert kept.sent[0].short_text.startswith("TXNG: 12 notices today. ")
    assert len(kept.sent[0].short_text) <= 160


def test_the_same_parcel_has_the_same_key_at_every_try(manager: User, kept: Any) -> None:
    told(manager, key="a", url="/tasks/7/")
    told(manager, key="b", url="/tasks/7/")
    rows = list(Delivery.objects.select_related("message"))
    assert outgoing(rows).key == outgoing(rows[::-1]).key != outgoing(rows[:1]).key


# --- not now, not any more -------------------------------------------------------------------
@pytest.mark.parametrize("hours", [11, 12, 21, 5 * 24])  # 8 p.m., 9 p.m., 6 a.m., Saturday
def test_nothing_goes_out_at_night_or_on_a_weekend(manager: User, kept: Any, hours: int) -> None:
    told(manager)  # at nine; the tick did not run until now
    assert send_due(MONDAY + timedelta(hours=hours)) == 0
    assert Delivery.objects.get().state == State.QUEUED


def test_an_urgent_one_does(manager: User, kept: Any) -> None:
    Rule.objects.create(event="step.late", channels=["email"], is_mandatory=True, is_urgent=True)
    told(manager)
    told(manager, "deliverable.returned")
    assert send_due(MONDAY + timedelta(hours=12)) == 1


def test_a_channel_that_was_taken_away_meanwhile_says_so(manager: User, kept: Any, settings: Any) -> None:
    delivery = told(manager).deliveries.get()
    settings.NOTICES_EMAIL_BACKEND = ""
    assert send_due(MONDAY) == 0
    assert (fresh(delivery).state, fresh(delivery).attempts) == (State.UNCONFIGURED, 0)


def test_nothing_is_sent_to_a_closed_account(manager: User, kept: Any) -> None:
    delivery = told(manager).deliveries.get()
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert send_due(MONDAY) == 0
    assert fresh(delivery).state == State.FAILED


def test_an_address_from_outside_is_never_a_link(manager: User, kept: Any) -> None:
    told(manager, url="https://evil.example/x")
    send_due(MONDAY)
    assert kept.sent[0].items[0].url == ""
