"""A text for the chat group: offered to one officer, copied by hand, kept with the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from notices import handouts
from notices.models import HandedText
from people.models import AuditEvent, User
from tests.factories.people import Office

Browser = Callable[[User], Client]
TEXT = "Kính gửi các hộ,\nhạn nộp nhật ký: 27/02/2026."


def address(office: Office, person: User, back: str = "/projects/GL-01/") -> str:
    return handouts.address(
        TEXT, case=office.organisation, province=office.province, by=person, back=back, title="GL-01"
    )


def token(url: str) -> str:
    return url.partition("=")[2]


def test_the_text_stands_there_to_be_copied_without_a_script(as_user: Browser, gia_lai: Office) -> None:
    page = as_user(gia_lai.manager).get(address(gia_lai, gia_lai.manager))
    assert page.status_code == 200
    assert TEXT in page.content.decode()
    assert 'data-copy="id_text"' in page.content.decode()


def test_what_was_pasted_is_kept_with_the_case_the_group_and_who(as_user: Browser, gia_lai: Office) -> None:
    url = address(gia_lai, gia_lai.manager)
    sent = {"token": token(url), "text": TEXT + " Xin cảm ơn.", "group": "HTX Ia Tô"}

    answer = as_user(gia_lai.manager).post("/notices/handout/", sent)

    assert answer["Location"] == "/projects/GL-01/"
    [kept] = HandedText.objects.of_case(gia_lai.organisation)
    assert (kept.group, kept.text, kept.by) == ("HTX Ia Tô", sent["text"], gia_lai.manager)
    act = AuditEvent.objects.get(verb="notices.text_handed_over")
    assert (act.case, act.province, act.facts) == (kept.case, gia_lai.province, {})


def test_the_groups_of_before_are_offered(as_user: Browser, gia_lai: Office) -> None:
    browser = as_user(gia_lai.manager)
    url = address(gia_lai, gia_lai.manager)
    browser.post("/notices/handout/", {"token": token(url), "text": TEXT, "group": "HTX Ia Tô"})
    assert '<option value="HTX Ia Tô">' in browser.get(url).content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"text": TEXT}, {"group": "x"}, {"text": "a" * 5001, "group": "x"}, {"text": "\x00", "group": "x"}]
)
def test_a_form_with_gaps_is_shown_again(as_user: Browser, gia_lai: Office, data: dict[str, str]) -> None:
    url = address(gia_lai, gia_lai.manager)
    answer = as_user(gia_lai.manager).post("/notices/handout/", {"token": token(url), **data})
    assert answer.status_code == 422
    assert not HandedText.objects.exists()


def test_a_text_made_for_somebody_else_or_altered_is_refused(as_user: Browser, gia_lai: Office) -> None:
    url = address(gia_lai, gia_lai.manager)
    clerk = as_user(gia_lai.clerk)
    for bad in (token(url), token(url)[:-2], "x", "\x00", signing.dumps({"by": gia_lai.clerk.pk})):
        assert clerk.get("/notices/handout/", {"text": bad}).status_code == 422
        sent = clerk.post("/notices/handout/", {"token": bad, "text": TEXT, "group": "x"})
        assert sent.status_code == 422
    assert clerk.post("/notices/handout/", {"text": TEXT, "group": "x"}).status_code == 422
    assert not HandedText.objects.exists()


def test_a_text_is_offered_for_twelve_hours(gia_lai: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = token(address(gia_lai, gia_lai.manager))
    assert handouts.opened(kept, by=gia_lai.manager) is not None
    monkeypatch.setattr(handouts, "HOLDS_FOR", timedelta(seconds=-1))
    assert handouts.opened(kept, by=gia_lai.manager) is None


def test_the_way_back_is_one_of_our_pages(as_user: Browser, gia_lai: Office) -> None:
    url = address(gia_lai, gia_lai.manager, back="https://evil.example/")
    sent = {"token": token(url), "text": TEXT, "group": "x"}
    assert as_user(gia_lai.manager).post("/notices/handout/", sent)["Location"] == "/notices/handout/"


def test_without_a_text_the_page_says_where_to_find_one(as_user: Browser, gia_lai: Office) -> None:
    page = as_user(gia_lai.manager).get("/notices/handout/")
    assert (page.status_code, b"Nothing handed over yet" in page.content) == (200, True)


def test_a_page_of_a_higher_room_may_show_the_form_itself(gia_lai: Office) -> None:
    context = handouts.fragment(
        TEXT, case=gia_lai.organisation, province=gia_lai.province, by=gia_lai.manager, back="/"
    )
    offered = handouts.opened(context["handout_token"], by=gia_lai.manager)
    assert offered is not None
    assert offered.text == context["handout_form"].initial["text"] == TEXT
