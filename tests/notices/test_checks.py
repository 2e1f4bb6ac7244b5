"""Channels that cannot work are named at the start."""

from __future__ import annotations

from typing import Any

import pytest

from notices.checks import channels_can_be_opened, mails_have_an_address_to_lead_to


def ids(problems: list[Any]) -> list[str]:
    return [problem.id for problem in problems]


def test_no_channel_at_all_is_no_fault(settings: Any) -> None:
    settings.NOTICES_EMAIL_BACKEND = settings.NOTICES_SMS_BACKEND = settings.NOTICES_ZNS_BACKEND = ""
    assert channels_can_be_opened(None) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"NOTICES_SMS_BACKEND": "notices.backends.sms.Pigeon"},
        {"NOTICES_SMS_BACKEND": "nowhere"},
        {"NOTICES_SMS_BACKEND": "notices.backends.sms.HttpGateway", "NOTICES_SMS_URL": "ftp://sms.example"},
        {
            "NOTICES_SMS_BACKEND": "notices.backends.sms.HttpGateway",
            "NOTICES_SMS_URL": "https://sms.example",
            "NOTICES_SMS_SUCCESS": "(",
        },
    ],
)
def test_a_channel_that_cannot_be_opened_stops_the_start(settings: Any, wrong: dict[str, str]) -> None:
    for name, value in wrong.items():
        setattr(settings, name, value)
    [problem] = channels_can_be_opened(None)
    assert problem.id == "notices.E001"
    assert "NOTICES_SMS_BACKEND" in str(problem.hint)


def test_mails_without_links_are_warned_of(settings: Any) -> None:
    assert mails_have_an_address_to_lead_to(None) == []
    settings.SITE_URL = ""
    assert ids(mails_have_an_address_to_lead_to(None)) == ["notices.W001"]
