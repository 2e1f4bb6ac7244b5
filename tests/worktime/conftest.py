"""Fixtures of the calendar's tests: browsers of its keepers and readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which a person is logged in."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="people.auth.PhoneOrUsernameBackend")
        return client

    return browser
