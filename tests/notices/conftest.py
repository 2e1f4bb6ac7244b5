"""Fixtures of the notices' tests: people who can be reached, channels that keep what they get, browsers."""

from __future__ import annotations

from typing import Any

import pytest

from notices.backends import Outgoing, Result
from people.models import User
from tests.factories.notices import by_phone, reachable
from tests.factories.people import Office

HERE = "tests.notices.conftest"


class Kept:
    """A backend that keeps what it gets; `answers` are given in turn, then success."""

    sent: list[Outgoing] = []
    answers: list[Any] = []

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def send_messages(self, messages: list[Outgoing]) -> list[Result]:
        answer = self.answers.pop(0) if self.answers else Result(is_sent=True)
        if isinstance(answer, BaseException):
            raise answer
        if answer.is_sent:
            self.sent.extend(messages)
        return [answer]


@pytest.fixture
def kept(settings: Any) -> type[Kept]:
    """Both channels are set up and keep what they get."""
    settings.NOTICES_EMAIL_BACKEND = settings.NOTICES_SMS_BACKEND = f"{HERE}.Kept"
    Kept.sent, Kept.answers = [], []
    return Kept


@pytest.fixture
def manager(gia_lai: Office) -> User:
    """Somebody with e-mail and phone."""
    return reachable(gia_lai.manager, phone="0900000002")


@pytest.fixture
def helper(gia_lai: Office) -> User:
    """Somebody with a phone only."""
    return by_phone(gia_lai.helper)
