"""Chromium, a running server, and people who visit it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from onboarding.models import Dossier
from registry.models import ProducerMember
from tests.browser.visitor import DESK, Visitor
from tests.factories.dossiers import opened, train
from tests.factories.people import Office

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
Visit = Callable[..., Visitor]


@pytest.fixture
def browser(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """The system's Chromium; started and ended inside the test's database.

    The driver runs an event loop in this thread. Django allows it by a variable, and keeps the
    connections of a thread with a loop apart: the test goes on with the one that it has.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    ours = connections["default"]
    with sync_playwright() as driver:
        connections["default"] = ours
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """Open a window for a person; at the end every window must have been free of errors."""
    windows: list[Visitor] = []

    def open_window(size: dict[str, int] = DESK, **options: Any) -> Visitor:
        window = Visitor(browser, live_server.url, size, **options)
        windows.append(window)
        return window

    yield open_window
    problems = [problem for window in windows for problem in window.problems]
    for window in windows:
        window.close()
    assert problems == []


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A dossier of the module's office whose producer has nobody with an account yet."""
    dossier = opened(office)
    ProducerMember.objects.all().delete()
    train(dossier)
    return dossier
