"""Requests about personal data: their terms by law, who may do what, and who is reminded."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser

from notices.models import Message
from people.models import AuditEvent
from privacy import deadlines
from privacy.actions import answer_request, close_request, extend_request, receive_request
from privacy.errors import NotAllowedForYou, NotAllowedNow
from privacy.models import DataRequest
from privacy.reminders import remind
from registry.models import Producer
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user
from worktime.working_days import Calendar

pytestmark = pytest.mark.django_db
Kind, Outcome = DataRequest.Kind, DataRequest.Outcome


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


THURSDAY = date(2026, 9, 10)


@pytest.fixture
def household(gia_lai: Office) -> Producer:
    return ProducerFactory(province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, name="Hộ bà Na (giả lập)")


@pytest.fixture
def asked(household: Producer, gia_lai: Office) -> DataRequest:
    """Somebody called on a Thursday and asked to see their data."""
    return receive_request(
        kind=Kind.SEE, producer=household, requester_name="Bà Na (giả lập)", by=gia_lai.helper, now=at(THURSDAY)
    )


@pytest.mark.parametrize(
    ("kind", "via_third_party", "due"),
    [
        (Kind.SEE, False, date(2026, 9, 21)),  # ten days end on Sunday the 20th
        (Kind.CORRECT, False, date(2026, 9, 21)),
        (Kind.DELETE, False, date(2026, 9, 21)),
        (Kind.WITHDRAW, False, date(2026, 9, 25)),
        (Kind.RESTRICT, False, date(2026, 9, 25)),
        (Kind.SEE, True, date(2026, 9, 30)),
    ],
)
def test_each_request_has_the_term_of_the_law(kind: str, via_third_party: bool, due: date) -> None:
    calendar = Calendar({})
    assert deadlines.done_due(kind, THURSDAY, calendar, via_third_party=via_third_party) == due
    assert deadlines.answer_due(THURSDAY, calendar) == date(2026, 9, 14)  # the weekend does not count


def test_long_holidays_never_put_the_end_before_the_answer() -> None:
    calendar = Calendar({date(2026, 9, day): False for day in range(11, 30)})
    answer = deadlines.answer_due(THURSDAY, calendar)
    assert deadlines.done_due(Kind.SEE, THURSDAY, calendar) >= answer


def test_an_official_enters_what_somebody_asked_by_phone(asked: DataRequest, gia_lai: Office) -> None:
    assert (asked.asked_by, asked.recorded_by) == (None, gia_lai.helper)
    assert (asked.answer_due_on, asked.due_on) == (date(2026, 9, 14), date(2026, 9, 21))
    facts = AuditEvent.objects.get(verb="privacy.request_received").facts
    assert facts == {"asked": "see", "due": "2026-09-21"}


def test_a_producers_person_asks_for_that_producer_only(household: Producer, gia_lai: Office) -> None:
    user = producer_user(household, "0900000011")
    request = receive_request(kind=Kind.SEE, producer=household, requester_name="Bà Na (giả lập)", by=user)
    assert (request.asked_by, request.recorded_by) == (user, None)
    other = ProducerFactory(province=gia_lai.province, number=99)
    with pytest.raises(NotAllowedForYou):
        receive_request(kind=Kind.SEE, producer=other, requester_name="Bà Na (giả lập)", by=user)
    with pytest.raises(NotAllowedForYou):
        receive_request(kind=Kind.SEE, province=gia_lai.province, requester_name="Bà Na (giả lập)", by=user)


def test_a_request_without_a_producer_is_the_offices_to_enter(gia_lai: Office, son_la: Office) -> None:
    ask = {"kind": Kind.SEE, "province": gia_lai.province, "requester_name": "Ông Ba (giả lập)"}
    assert receive_request(**ask, by=gia_lai.manager).producer is None
    with pytest.raises(NotAllowedForYou):
        receive_request(**ask, by=son_la.manager)


def test_a_day_to_come_and_a_missing_name_are_refused(household: Producer, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="still to come"):
        receive_request(
            kind=Kind.SEE,
            producer=household,
            requester_name="Bà Na",
            by=gia_lai.helper,
            received_on=date(2026, 9, 11),
            now=at(THURSDAY),
        )
    with pytest.raises(NotAllowedNow, match="full name"):
        receive_request(kind=Kind.SEE, producer=household, requester_name=" ", by=gia_lai.helper)


def test_it_is_answered_once_and_closed_once(asked: DataRequest, gia_lai: Office) -> None:
    answered = answer_request(asked, text="Sẽ gửi bản sao trước ngày 21/9.", by=gia_lai.manager, now=at(THURSDAY))
    assert answered.answered_at == at(THURSDAY)
    with pytest.raises(NotAllowedNow, match="already"):
        answer_request(asked, text="Lần hai", by=gia_lai.manager)
    closed = close_request(asked, outcome=Outcome.DONE, result="Đã gửi bản sao.", by=gia_lai.manager)
    assert closed.closed_by == gia_lai.manager
    with pytest.raises(NotAllowedNow, match="closed"):
        close_request(asked, outcome=Outcome.DONE, result="Nữa", by=gia_lai.manager)


def test_a_refusal_needs_its_reason(asked: DataRequest, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="legal ground"):
        close_request(asked, outcome=Outcome.REFUSED, result=" ", by=gia_lai.manager)


def test_closing_without_a_first_answer_answers_it(asked: DataRequest, gia_lai: Office) -> None:
    assert close_request(asked, outcome=Outcome.DONE, result="Đã gửi.", by=gia_lai.leader).answered_at is not None


def test_the_term_is_extended_once_by_at_most_fifteen_days(asked: DataRequest, gia_lai: Office) -> None:
    for days in (0, 16):
        with pytest.raises(NotAllowedNow, match="at most 15"):
            extend_request(asked, days=days, reason="Nhiều lô", by=gia_lai.manager, now=at(THURSDAY))
    with pytest.raises(NotAllowedNow, match="reason"):
        extend_request(asked, days=15, reason="", by=gia_lai.manager, now=at(THURSDAY))
    extended = extend_request(asked, days=15, reason="Phải hỏi thêm", by=gia_lai.manager, now=at(THURSDAY))
    assert extended.due_on == date(2026, 10, 6)
    with pytest.raises(NotAllowedNow, match="once"):
        extend_request(asked, days=1, reason="Nữa", by=gia_lai.manager, now=at(THURSDAY))


def test_a_term_that_is_over_is_not_extended(asked: DataRequest, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="over"):
        extend_request(asked, days=5, reason="Quên", by=gia_lai.manager, now=at(date(2026, 9, 22)))


def test_only_managers_and_leaders_of_the_province_decide(asked: DataRequest, gia_lai: Office, son_la: Office) -> None:
    for user in (gia_lai.helper, gia_lai.reviewers[0], son_la.manager):
        with pytest.raises(NotAllowedForYou):
            answer_request(asked, text="Sẽ gửi.", by=user)
        with pytest.raises(NotAllowedForYou):
            extend_request(asked, days=5, reason="Bận", by=user, now=at(THURSDAY))
        with pytest.raises(NotAllowedForYou):
            close_request(asked, outcome=Outcome.DONE, result="Đã gửi.", by=user)


def test_requests_are_seen_by_the_province_and_by_who_asked(
    asked: DataRequest, household: Producer, gia_lai: Office, son_la: Office
) -> None:
    user = producer_user(household, "0900000011")
    own = receive_request(kind=Kind.CORRECT, producer=household, requester_name="Bà Na (giả lập)", by=user)
    assert set(DataRequest.objects.visible_to(gia_lai.reviewers[0])) == {asked, own}
    assert set(DataRequest.objects.visible_to(user)) == {own}
    assert not DataRequest.objects.visible_to(son_la.manager).exists()


def test_what_is_due_next_comes_first(asked: DataRequest, household: Producer, gia_lai: Office) -> None:
    answer_request(asked, text="Sẽ gửi.", by=gia_lai.manager, now=at(THURSDAY))
    later = receive_request(
        kind=Kind.SEE,
        producer=household,
        requester_name="Ông Ba (giả lập)",
        by=gia_lai.helper,
        now=at(date(2026, 9, 11)),
    )
    done = receive_request(
        kind=Kind.SEE,
        producer=household,
        requester_name="Ông Tư (giả lập)",
        by=gia_lai.helper,
        now=at(date(2026, 9, 1)),
    )
    close_request(done, outcome=Outcome.DONE, result="Đã gửi.", by=gia_lai.manager)
    rows = list(DataRequest.objects.by_next_date())
    assert rows == [later, asked, done]
    assert rows[0].next_due == date(2026, 9, 15)


def told(event: str = "privacy.request_due") -> list[str]:
    messages = Message.objects.filter(event=event).order_by("pk")
    return [
        f"{message.recipient.username} {message.key.split(':')[2]} {message.key.split(':')[4]}" for message in messages
    ]


def test_the_handlers_are_told_before_and_after_each_term_and_once(asked: DataRequest, gia_lai: Office) -> None:
    assert remind(at(THURSDAY)) == 0
    assert remind(at(date(2026, 9, 11))) == 2
    assert remind(at(date(2026, 9, 11), 15)) == 0
    assert sorted(told()) == ["gl-lanhdao answer soon", "gl-quanly answer soon"]
    assert remind(at(date(2026, 9, 12))) == 0  # a Saturday
    assert remind(at(date(2026, 9, 15))) == 2
    answer_request(asked, text="Sẽ gửi.", by=gia_lai.manager, now=at(date(2026, 9, 15)))
    assert remind(at(date(2026, 9, 16))) == 0
    assert remind(at(date(2026, 9, 18))) == 2
    assert remind(at(date(2026, 9, 22))) == 2
    close_request(asked, outcome=Outcome.DONE, result="Đã gửi.", by=gia_lai.manager)
    assert remind(at(date(2026, 9, 30))) == 0
    assert {entry.split(" ", 1)[1] for entry in told()} == {"answer soon", "answer late", "done soon", "done late"}


def test_a_notice_names_nobody(asked: DataRequest) -> None:
    remind(at(date(2026, 9, 15)))
    message = Message.objects.filter(event="privacy.request_due").first()
    assert message is not None
    assert "Bà Na" not in message.subject + message.text + message.short_text


def test_who_is_not_signed_in_sees_no_request(asked: DataRequest) -> None:
    assert asked.asked_by is None
    assert not DataRequest.objects.visible_to(AnonymousUser()).exists()
