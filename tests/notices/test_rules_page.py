"""The administrator decides how events are told; everybody else may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from notices.actions import set_rules
from notices.errors import NoticeRefused
from notices.models import Rule
from notices.rules import Way, built_in, content_of, ways
from people.editions import version_of
from people.models import User
from tests.factories.people import Office, member

Browser = Callable[[User], Client]


@pytest.fixture
def administrator(gia_lai: Office) -> User:
    return member("gl-quantri", "administrator", gia_lai.organisation)


def ticked(**changes: bool) -> dict[str, str]:
    """The form as the page shows it now, with some boxes changed: name in snake case of "event-box"."""
    boxes = {}
    for event, way in ways().items():
        name = event.replace(".", "-")
        for channel in ("email", "sms", "zns"):
            boxes[f"{name}-{channel}"] = channel in way.channels
        boxes |= {f"{name}-digest": way.is_digest, f"{name}-mandatory": way.is_mandatory}
    boxes |= {name.replace("__", "-"): value for name, value in changes.items()}
    made_from = {"made_from": version_of(content_of(ways()))}
    return made_from | {name: "on" for name, value in boxes.items() if value}


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


def test_the_second_of_two_administrators_sees_both_rules_and_undoes_nothing(
    as_user: Browser, administrator: User, gia_lai: Office
) -> None:
    other = as_user(member("gl-quantri2", "administrator", gia_lai.organisation))
    made_from = other.get("/notices/rules/").context["made_from"]
    set_rules({"step.given": Way(("sms",), False, False, False)}, by=administrator)
    before = ticked(**{"step-given__sms": False, "step-given__email": True, "step-late__zns": True})
    answer = other.post("/notices/rules/", before | {"made_from": made_from})
    assert answer.status_code == 422
    assert ("A step is given to me", "SMS", "E-mail") in answer.context["differences"]
    assert answer.context["saved_by"] == administrator
    assert ways()["step.given"].channels == ("sms",)
    assert other.post("/notices/rules/", before | {"made_from": answer.context["made_from"]}).status_code == 302
    assert ways()["step.given"].channels == ("email",)
