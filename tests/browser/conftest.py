"""Chromium, a running server, and people who visit it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import DESK, Visitor

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs an event loop in this thread
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """Open a window for a person; at the end every window must have been free of errors."""
    windows: list[Visitor] = []

    def open_window(size: dict[str, int] = DESK) -> Visitor:
        window = Visitor(browser, live_server.url, size)
        windows.append(window)
        return window

    yield open_window
    problems = [problem for window in windows for problem in window.problems]
    for window in windows:
        window.close()
    assert problems == []
