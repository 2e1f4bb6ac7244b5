"""My notices: unread first, opened and marked by POST only; my wishes; the bell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from config.context_processors import shell
from notices import actions
from notices.models import Message, Preference, Rule
from people.models import User
from tests.factories.notices import MONDAY, reachable, told
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user

Browser = Callable[[User], Client]


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_the_unread_come_first_and_both_are_there(as_user: Browser, manager: User) -> None:
    old = told(manager, key="old")
    read = told(manager, "matter.answered", key="read", now=MONDAY + timedelta(days=1))
    Message.objects.filter(pk=read.pk).update(read_at=MONDAY)

    page = as_user(manager).get("/notices/")

    assert [message for message, _kind in page.context["rows"]] == [old, read]
    assert b"1 unread notice" in page.content


def test_nobody_sees_what_another_was_told(as_user: Browser, manager: User, gia_lai: Office) -> None:
    message = told(manager)
    leader = as_user(gia_lai.leader)
    assert list(leader.get("/notices/").context["rows"]) == []
    assert leader.post(f"/notices/{message.pk}/open/").status_code == 404
    assert leader.post(f"/notices/{message.pk}/read/").status_code == 404
    assert fresh(message).read_at is None


def test_opening_marks_it_as_read_and_leads_to_its_page(as_user: Browser, manager: User) -> None:
    message = told(manager, url="/projects/GL-01/")
    answer = as_user(manager).post(f"/notices/{message.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/projects/GL-01/")
    assert fresh(message).read_at is not None


@pytest.mark.parametrize(
    "url", ["", "https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_notice_leads_to_our_own_pages_only(as_user: Browser, manager: User, url: str) -> None:
    message = told(manager, url=url)
    assert as_user(manager).post(f"/notices/{message.pk}/open/")["Location"] == "/notices/"


def test_marking_as_read_stays_in_the_filtered_list(as_user: Browser, manager: User) -> None:
    message = told(manager)
    browser = as_user(manager)
    assert browser.post(f"/notices/{message.pk}/read/", {"query": "show=unread"})["Location"] == "/notices/?show=unread"
    first = fresh(message).read_at
    browser.post(f"/notices/{message.pk}/read/")
    assert fresh(message).read_at == first


@pytest.mark.parametrize("query", ["\r\nSet-Cookie: x=1", "\x00", "//evil.example", "#" * 5000, "ä=ö&%zz"])
def test_a_broken_filter_leads_back_to_the_list(as_user: Browser, manager: User, query: str) -> None:
    answer = as_user(manager).post(f"/notices/{told(manager).pk}/read/", {"query": query})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/notices/")
    assert "\n" not in answer["Location"]


def test_marking_all_leaves_what_came_since_the_page_was_shown(as_user: Browser, manager: User) -> None:
    shown, since = told(manager, key="a"), told(manager, key="b")
    as_user(manager).post("/notices/read/", {"until": shown.pk})
    assert fresh(shown).read_at is not None
    assert fresh(since).read_at is None


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 40, "1\x00", "²"])
def test_a_broken_number_marks_nothing_wrongly(as_user: Browser, manager: User, until: str) -> None:
    told(manager)
    assert as_user(manager).post("/notices/read/", {"until": until}).status_code == 302


@pytest.mark.parametrize(
    "query", ["?show=unread", "?show=x", "?event=step.late", "?event=%00", "?page=999999999999", "?page=x"]
)
def test_the_list_is_narrowed_and_takes_any_address(as_user: Browser, manager: User, query: str) -> None:
    told(manager)
    assert as_user(manager).get(f"/notices/{query}").status_code == 200


def test_an_empty_page_says_what_will_come(as_user: Browser, manager: User, vietnamese: None) -> None:
    page = as_user(manager).get("/notices/")
    assert "Chưa có thông báo" in page.content.decode()


def test_a_producer_has_the_same_page_in_their_own_frame(as_user: Browser, db: None) -> None:
    farmer = producer_user(ProducerFactory(), "htx-ia-to")
    told(farmer)
    page = as_user(farmer).get("/notices/")
    assert "layout_simple.html" in [template.name for template in page.templates]
    assert len(page.context["rows"]) == 1


def test_the_list_costs_the_same_for_many(
    as_user: Browser, manager: User, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        told(manager, key=str(number))
    browser = as_user(manager)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        browser.get("/notices/")


# --- the bell --------------------------------------------------------------------------------
def test_every_page_counts_what_is_unread(as_user: Browser, manager: User) -> None:
    told(manager)
    assert b'<span class="tally">1<span class="visually-hidden"> unread' in as_user(manager).get("/account/").content


def test_the_count_is_one_question_and_only_where_it_is_shown(
    manager: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    told(manager)
    request = RequestFactory().get("/account/")
    request.user = manager
    context = shell(request)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert context["unread_notices"]() == 1  # type: ignore[operator]
    stranger = RequestFactory().get("/account/")
    stranger.user = AnonymousUser()
    assert "unread_notices" not in shell(stranger)


# --- wishes ----------------------------------------------------------------------------------
def test_a_wish_is_kept_and_taken_back(as_user: Browser, manager: User) -> None:
    browser = as_user(manager)
    browser.post("/notices/preferences/", {"step-due-email": "digest", "step-due-sms": "direct"})
    assert set(Preference.objects.values_list("event", "channel", "wish")) == {
        ("step.due", "email", "digest"),
        ("step.due", "sms", "direct"),
    }
    browser.post("/notices/preferences/", {"step-due-email": "off", "step-due-sms": ""})
    assert list(Preference.objects.values_list("user", "channel", "wish")) == [(manager.pk, "email", "off")]


def test_what_is_mandatory_is_shown_and_cannot_be_chosen(as_user: Browser, manager: User) -> None:
    browser = as_user(manager)
    page = browser.get("/notices/preferences/")
    assert "A step of mine is late" in page.content.decode()
    assert "step-late-email" not in page.context["form"].fields
    browser.post("/notices/preferences/", {"step-late-email": "off"})
    assert not Preference.objects.exists()


def test_a_rule_may_make_an_event_mandatory_after_somebody_opted_out(as_user: Browser, manager: User) -> None:
    Preference.objects.create(user=manager, event="step.due", channel="email", wish="off")
    Rule.objects.create(event="step.due", channels=["email"], is_mandatory=True)
    assert "step-due-email" not in as_user(manager).get("/notices/preferences/").context["form"].fields
    assert told(manager, "step.due").deliveries.count() == 1


def test_an_action_keeps_no_wish_about_what_is_mandatory_or_unknown(manager: User) -> None:
    actions.set_wishes({("step.late", "email"): "off", ("step.invented", "email"): "off"}, by=manager)
    assert not Preference.objects.exists()


def test_a_wish_that_is_none_is_refused_with_the_page(as_user: Browser, manager: User) -> None:
    answer = as_user(manager).post("/notices/preferences/", {"step-due-email": "pigeon"})
    assert answer.status_code == 422
    assert not Preference.objects.exists()


def test_without_a_phone_no_sms_is_offered(as_user: Browser, gia_lai: Office) -> None:
    page = as_user(reachable(gia_lai.leader)).get("/notices/preferences/")
    assert [str(channel) for channel in page.context["form"].offered] == ["email"]
