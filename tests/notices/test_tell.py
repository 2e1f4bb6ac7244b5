"""Telling: one message a person, once, with the deliveries that the rule and the person's wishes ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from notices.actions import tell
from notices.models import Delivery, Message, Preference, Rule
from people.models import User
from tests.factories.notices import FACTS, MONDAY, told
from tests.factories.people import Office, UserFactory
from worktime.models import SpecialDay

State = Delivery.State


def ways(message: Message) -> set[tuple[str, bool, str]]:
    return {(d.channel, d.is_digest, d.state) for d in message.deliveries.all()}


def wish(person: User, event: str, channel: str, value: str) -> None:
    Preference.objects.create(user=person, event=event, channel=channel, wish=value)


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


# --- the message -----------------------------------------------------------------------------
def test_it_says_what_happened_and_belongs_to_the_case(gia_lai: Office, manager: User) -> None:
    message = told(manager, office=gia_lai, url="/projects/GL-01/")

    assert message.subject == "GL-01: late – Thẩm định nội dung sản phẩm giao nộp"
    assert "was due on 27/02/2026" in message.text
    assert message.short_text.startswith("TXNG GL-01: Tham dinh noi dung")
    assert message.province == gia_lai.province
    assert list(Message.objects.of_case(gia_lai.organisation)) == [message]
    assert list(Message.objects.of_case(gia_lai.province)) == []


def test_the_same_occasion_is_told_once(manager: User, kept: Any) -> None:
    told(manager)
    again = tell("step.late", [manager], key="step.late", facts=FACTS, now=MONDAY + timedelta(days=1))

    assert again == []
    assert Delivery.objects.count() == Message.objects.count() == 1


def test_a_person_named_twice_is_told_once_and_an_inactive_one_not_at_all(manager: User, helper: User) -> None:
    helper.is_active = False
    assert len(tell("step.late", [manager, manager, helper], key="k", facts=FACTS)) == 1


def test_an_unknown_event_and_a_missing_fact_are_errors_of_the_caller(manager: User) -> None:
    with pytest.raises(KeyError):
        tell("step.invented", [manager], key="k", facts=FACTS)
    with pytest.raises(KeyError):
        tell("step.late", [manager], key="k", facts={"step": "x"})
    assert not Message.objects.exists()


def test_nothing_is_told_of_an_act_that_was_taken_back(manager: User) -> None:
    with transaction.atomic():
        told(manager)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_line_break_in_a_fact_stays_out_of_the_subject(manager: User) -> None:
    message = told(manager, facts=FACTS | {"step": "Nộp\r\nBcc: x@vidu.example " + "rất dài " * 40})
    assert "\n" not in message.subject
    assert len(message.subject) <= 200


def test_more_people_cost_no_more_questions(gia_lai: Office, kept: Any, django_assert_num_queries: Any) -> None:
    people = [UserFactory(email=f"n{n}@vidu.example", phone=f"09000001{n:02d}") for n in range(30)]
    with django_assert_num_queries(10):  # two of them the savepoint
        tell("step.due", people[:1], key="a", facts=FACTS, now=MONDAY)
    with django_assert_num_queries(10):
        tell("step.due", people, key="b", facts=FACTS, now=MONDAY)


# --- which channels --------------------------------------------------------------------------
def test_what_is_late_goes_out_at_once_by_mail(manager: User, kept: Any) -> None:
    assert ways(told(manager, "step.late")) == {("email", False, State.QUEUED)}


def test_a_new_step_waits_for_the_digest(manager: User, kept: Any) -> None:
    message = told(manager, "step.given")
    assert ways(message) == {("email", True, State.QUEUED)}
    assert message.deliveries.get().not_before == local(2026, 3, 3, 7, 30)


def test_an_escalation_goes_out_by_sms_too(manager: User, kept: Any) -> None:
    assert ways(told(manager, "step.escalated")) == {("email", False, State.QUEUED), ("sms", False, State.QUEUED)}


def test_whoever_has_no_mail_gets_an_sms_but_none_for_the_digest(helper: User, kept: Any) -> None:
    assert ways(told(helper, "step.late")) == {("sms", False, State.QUEUED)}
    assert ways(told(helper, "step.given")) == set()


def test_a_channel_that_is_not_set_up_says_so(helper: User, settings: Any) -> None:
    settings.NOTICES_SMS_BACKEND = ""
    assert ways(told(helper)) == {("sms", False, State.UNCONFIGURED)}


def test_a_person_without_any_address_stands_on_the_call_list_for_what_must_be_told(gia_lai: Office) -> None:
    assert ways(told(gia_lai.clerk, "step.late")) == {("email", False, State.FAILED)}
    assert ways(told(gia_lai.clerk, "step.due")) == set()


def test_the_offices_rule_goes_before_the_built_in_way(manager: User, kept: Any) -> None:
    Rule.objects.create(event="step.given", channels=["sms", "pigeon"], is_digest=False)
    Rule.objects.create(event="step.due", channels=[], is_active=True)
    Rule.objects.create(event="step.late", channels=[], is_active=False)

    assert ways(told(manager, "step.given")) == {("sms", False, State.QUEUED)}
    assert ways(told(manager, "step.due")) == set()
    assert ways(told(manager, "step.late")) == {("email", False, State.QUEUED)}


# --- wishes ----------------------------------------------------------------------------------
def test_who_opted_out_is_told_on_the_pages_only(manager: User, kept: Any) -> None:
    wish(manager, "step.due", "email", "off")
    assert ways(told(manager, "step.due")) == set()


def test_who_has_no_mail_and_opted_out_of_sms_gets_none(helper: User, kept: Any) -> None:
    wish(helper, "step.due", "sms", "off")
    assert ways(told(helper, "step.due")) == set()


def test_wishes_move_a_channel_to_the_digest_or_add_one(manager: User, kept: Any) -> None:
    wish(manager, "step.due", "email", "digest")
    wish(manager, "step.due", "sms", "direct")
    assert ways(told(manager, "step.due")) == {("email", True, State.QUEUED), ("sms", False, State.QUEUED)}


def test_what_is_mandatory_cannot_be_switched_off(manager: User, kept: Any) -> None:
    wish(manager, "step.late", "email", "off")
    assert ways(told(manager, "step.late")) == {("email", False, State.QUEUED)}


# --- when ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "then"),
    [
        pytest.param(local(2026, 3, 2, 9), local(2026, 3, 2, 9), id="in office hours"),
        pytest.param(local(2026, 3, 2, 19, 59), local(2026, 3, 2, 19, 59), id="just before eight"),
        pytest.param(local(2026, 3, 2, 20), local(2026, 3, 3, 7), id="at eight in the evening"),
        pytest.param(local(2026, 3, 3, 6, 59), local(2026, 3, 3, 7), id="early in the morning"),
        pytest.param(local(2026, 3, 6, 21), local(2026, 3, 9, 7), id="Friday night"),
        pytest.param(local(2026, 3, 7, 10), local(2026, 3, 9, 7), id="Saturday"),
    ],
)
def test_nobody_is_disturbed_at_night_and_on_weekends(manager: User, kept: Any, now: datetime, then: datetime) -> None:
    assert told(manager, now=now).deliveries.get().not_before == then


def test_at_tet_messages_wait_for_the_first_working_morning(manager: User, kept: Any) -> None:
    """Tết 2026: 16 to 20 February off; Saturday the 21st is worked instead of Monday the 23rd (made up)."""
    for day in range(16, 21):
        SpecialDay.objects.create(day=f"2026-02-{day}", kind="off", name="Tết Nguyên đán")
    SpecialDay.objects.create(day="2026-02-21", kind="worked", name="Làm bù")
    SpecialDay.objects.create(day="2026-02-23", kind="off", name="Nghỉ hoán đổi")

    assert told(manager, now=local(2026, 2, 17, 9), key="a").deliveries.get().not_before == local(2026, 2, 21, 7)
    assert told(manager, now=local(2026, 2, 21, 10), key="b").deliveries.get().not_before == local(2026, 2, 21, 10)
    assert told(manager, now=local(2026, 2, 22, 10), key="c").deliveries.get().not_before == local(2026, 2, 24, 7)
    digest = told(manager, "step.given", now=local(2026, 2, 21, 10), key="d").deliveries.get()
    assert digest.not_before == local(2026, 2, 24, 7, 30)


def test_only_an_urgent_rule_disturbs_at_night(manager: User, kept: Any) -> None:
    Rule.objects.create(event="step.late", channels=["email"], is_mandatory=True, is_urgent=True)
    night = local(2026, 3, 7, 23)
    assert told(manager, now=night).deliveries.get().not_before == night


# --- not too often ---------------------------------------------------------------------------
def test_the_second_direct_message_of_a_day_waits_for_the_digest(manager: User, kept: Any) -> None:
    first = told(manager, "step.due", key="a")
    second = told(manager, "matter.answered", key="b", now=MONDAY + timedelta(hours=3))
    next_day = told(manager, "step.due", key="c", now=MONDAY + timedelta(days=1))

    assert [ways(message) for message in (first, second, next_day)] == [
        {("email", False, State.QUEUED)},
        {("email", True, State.QUEUED)},
        {("email", False, State.QUEUED)},
    ]


def test_what_is_mandatory_neither_waits_for_the_digest_nor_uses_the_day_up(manager: User, kept: Any) -> None:
    late = told(manager, "step.late", key="a")
    due = told(manager, "step.due", key="b")
    returned = told(manager, "deliverable.returned", key="c")
    assert all(ways(message) == {("email", False, State.QUEUED)} for message in (late, due, returned))


def test_messages_about_one_page_within_half_an_hour_wait_for_each_other(manager: User, kept: Any) -> None:
    start = told(manager, key="a", url="/tasks/7/").deliveries.get()
    second = told(manager, key="b", url="/tasks/7/", now=MONDAY + timedelta(minutes=5)).deliveries.get()
    third = told(manager, key="c", url="/tasks/7/", now=MONDAY + timedelta(minutes=20)).deliveries.get()
    elsewhere = told(manager, key="d", url="/tasks/8/", now=MONDAY + timedelta(minutes=20)).deliveries.get()
    later = told(manager, key="e", url="/tasks/7/", now=MONDAY + timedelta(minutes=60)).deliveries.get()

    assert start.not_before == MONDAY
    assert second.not_before == third.not_before == MONDAY + timedelta(minutes=30)
    assert elsewhere.not_before == MONDAY + timedelta(minutes=20)
    assert later.not_before == MONDAY + timedelta(minutes=60)
