"""A person at a browser: logs in through the login page, fills in forms, and notices what goes wrong."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
# What the product promises: WCAG 2.2 AA, and axe's own good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
COMPRESSED = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


class Visitor:
    """One person's browser window on the product."""

    def __init__(self, browser: Browser, base: str, size: dict[str, int] = DESK, **options: Any) -> None:
        self.base = base
        options = {"viewport": size, "locale": "vi-VN", "base_url": base, **options}
        self.context = browser.new_context(**options)
        self.problems: list[str] = []
        self.answers: list[Response] = []
        self.page = self._window()

    def _window(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("response", self._answer)
        return page

    def close_and_reopen(self) -> None:
        """Close the window, with whatever its page still does, and open another one, empty."""
        self.page.close()
        self.page = self._window()

    def _console(self, message: ConsoleMessage) -> None:
        expected = "status of 4" in message.text  # a form with errors answers 422; tests of it say so themselves
        if message.type in ("error", "warning") and not expected:
            self.problems.append(f"{self.page.url}: {message.text}")

    def _answer(self, response: Response) -> None:
        self.answers.append(response)
        if response.status >= 500:
            self.problems.append(f"{response.request.method} {response.url}: {response.status}")

    # --- going ---------------------------------------------------------------------------------
    def log_in(self, name: str, password: str) -> Visitor:
        """Sign in as everybody does."""
        self.open("/login/")
        self.fill(username=name, password=password)
        self.press("main form")
        assert "/login/" not in self.page.url, f"{name} was not let in"
        return self

    def open(self, path: str) -> Response:
        """Go to an address and return the answer."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        return answer

    def follow(self, link: str) -> None:
        """Follow the first link whose address fits the selector."""
        self.page.locator(link).first.click()
        self.page.wait_for_load_state()

    @contextmanager
    def measured(self) -> Iterator[list[Response]]:
        """Collect the answers of what is opened inside."""
        self.answers.clear()
        yield self.answers
        self.page.wait_for_load_state("networkidle")

    # --- forms ---------------------------------------------------------------------------------
    def field(self, name: str) -> Locator:
        """The control of a form's field."""
        return self.page.locator(f'main [name="{name}"]:not([type="hidden"])')

    def fill(self, **values: str) -> None:
        """Type into fields."""
        for name, value in values.items():
            self.field(name).fill(value)

    def choose(self, **values: Any) -> None:
        """Choose from lists by value."""
        for name, value in values.items():
            self.field(name).select_option(str(value))

    def tick(self, name: str, value: Any = None) -> None:
        """Tick a box, or the one with this value."""
        chosen = self.field(name) if value is None else self.page.locator(f'main [name="{name}"][value="{value}"]')
        chosen.check()

    def press(self, form: str) -> None:
        """Press the button of a form and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(form).first.locator("button[type=submit]").first.click()

    def send(self, form: str = "main form") -> None:
        """Press the button of a form that must be accepted."""
        self.press(form)
        assert self.refused() == [], f"{self.page.url}: {self.refused()}"

    def refused(self) -> list[str]:
        """What the page says is wrong with the answers."""
        return self.page.locator(".error-summary, .invalid-feedback, .msg.tone-late").all_inner_texts()

    # --- looking -------------------------------------------------------------------------------
    def accessibility_problems(self) -> list[str]:
        """What axe finds on this page: rule, and the first elements that break it."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
        return [
            f"{self.page.url} {each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
            for each in found["violations"]
        ]

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the window."""
        script = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.page.evaluate(script))

    def keep_picture(self, name: str) -> None:
        """Keep a picture of the whole page in the folder TXNG_PICTURES, where somebody wants to look at it."""
        if folder := os.environ.get("TXNG_PICTURES"):
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def close(self) -> None:
        """Shut the window."""
        self.context.close()


def weight(answers: list[Response]) -> int:
    """Bytes of a visit as the product sends them: static text is compressed, pages and pictures are not."""
    return sum(_size(answer) for answer in answers if answer.status == 200)


def _size(answer: Response) -> int:
    body, kind = answer.body(), answer.headers.get("content-type", "").split(";")[0]
    return len(gzip.compress(body, 9)) if kind in COMPRESSED else len(body)
