"""The administrator decides how events are told; everybody else may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from notices.actions import set_rules
from notices.errors import NoticeRefused
from notices.models import Rule
from notices.rules import Way, built_in, ways
from people.models import User
from tests.factories.people import Office, member

Browser = Callable[[User], Client]


@pytest.fixture
def administrator(gia_lai: Office) -> User:
    return member("gl-quantri", "administrator", gia_lai.organisation)


def ticked(**changes: bool) -> dict[str, str]:
    """The boxes as the page shows them now, with some changed: name in snake case of "event-box"."""
    boxes = {}
    for event, way in ways().items():
        name = event.replace(".", "-")
        for channel in ("email", "sms", "zns"):
            boxes[f"{name}-{channel}"] = channel in way.channels
        boxes |= {f"{name}-digest": way.is_digest, f"{name}-mandatory": way.is_mandatory}
    boxes |= {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: "on" for name, value in boxes.items() if value}


def test_a_ticked_channel_becomes_the_rule(as_user: Browser, administrator: User) -> None:
    answer = as_user(administrator).post("/notices/rules/", ticked(**{"step-given__sms": True}))
    assert answer.status_code == 302
    assert "sms" in ways()["step.given"].channels
    assert list(Rule.objects.values_list("event", flat=True)) == ["step.given"]


def test_a_rule_like_the_built_in_way_leaves_no_row(as_user: Browser, administrator: User) -> None:
    browser = as_user(administrator)
    browser.post("/notices/rules/", ticked(**{"step-given__sms": True}))
    browser.post("/notices/rules/", ticked(**{"step-given__sms": False}))
    assert not Rule.objects.exists()
    assert ways()["step.given"] == built_in("step.given")


def test_the_page_marks_what_the_office_changed(as_user: Browser, administrator: User) -> None:
    browser = as_user(administrator)
    assert b"changed by the office" not in browser.get("/notices/rules/").content
    set_rules({"step.given": Way(("sms",), False, False, False)}, by=administrator)
    assert browser.get("/notices/rules/").content.count(b"changed by the office") == 1


def test_only_an_administrator_sets_rules(as_user: Browser, gia_lai: Office) -> None:
    assert as_user(gia_lai.leader).get("/notices/rules/").status_code == 403
    with pytest.raises(NoticeRefused, match="administrator"):
        set_rules({"step.given": Way((), False, False, False)}, by=gia_lai.leader)
    assert not Rule.objects.exists()
