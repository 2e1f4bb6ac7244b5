"""Fixtures of the desk's tests: a running project and browsers of its people."""

import pytest
from django.test import Client

from tests.factories import desk

BACKEND = "people.auth.PhoneOrUsernameBackend"


@pytest.fixture
def project(gia_lai):
    return desk.running_project(gia_lai)


@pytest.fixture
def deliverable(project):
    return desk.first_deliverable(project)


@pytest.fixture
def as_user():
    """A browser in which a person is logged in."""

    def browser(user):
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return browser
