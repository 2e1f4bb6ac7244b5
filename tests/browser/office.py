"""GL-02's people at their browsers: each step is done on its page, by the login whose step it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.demo.acts import Case
from config.demo.logins import PASSWORD
from projects.models import Deliverable
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, Visitor

MANAGER, CLERK, LEADER = "gl.quanly", "gl.vanthu", "gl.lanhdao"
REVIEWERS = ("gl.thamdinh1", "gl.thamdinh2")
STAMP_OFFICER, HELPER, FARMER = "gl.tem", "gl.hotro", "gl.chuthe01"
ANSWER = "main .panel.wide form"


class FieldWork(Case):
    """The demo's case without its papers: field work, lots and stamps of those who are not at a browser here."""

    def submit(self, code: str, *, answer: str = "") -> None:
        """Done in the browser."""

    def check_format(self, code: str) -> None:
        """Done in the browser."""

    def review(self, code: str, *, reviewer: int, returned: Mapping[str, str] | None = None) -> None:
        """Done in the browser."""

    def issue(self, code: str, *, answer: str = "") -> None:
        """Done in the browser."""

    def finish_stage(self, kind: str) -> None:
        """Done in the browser."""


@dataclass
class Office:
    """The browser windows of GL-02's people, opened and logged in when they are first needed."""

    visit: Visit
    windows: dict[str, Visitor] = field(default_factory=dict)

    def at(self, name: str, size: dict[str, int] = DESK) -> Visitor:
        """The window of a person."""
        if name not in self.windows:
            self.windows[name] = self.visit(size).log_in(name, PASSWORD)
        return self.windows[name]

    def open_step(self, name: str, about: str, *, tab: str = "mine") -> Visitor:
        """Let a person find the step about something in their inbox, and open it."""
        window = self.at(name)
        window.open(f"/inbox/?tab={tab}")
        row = window.page.locator("main tr", has_text=about).first
        row.locator('a[href^="/tasks/"]').first.click()
        window.page.wait_for_load_state()
        return window

    def answer(self, window: Visitor) -> None:
        """Send the answer to a step; the next page must not be a refusal."""
        window.send(ANSWER)

    # --- papers --------------------------------------------------------------------------------
    def submit(self, paper: Deliverable, *, answer: str = "") -> None:
        """Generate the document and hand it in, ticking off every open remark."""
        window = self.open_step(MANAGER, paper.title)
        window.press('form[action$="/prepare/"]')
        for remark in paper.remarks.filter(addressed_at=None):
            window.tick(f"done_{remark.pk}", "on")
            window.fill(**{f"answer_{remark.pk}": answer})
        self.answer(window)

    def check_format(self, paper: Deliverable) -> None:
        """Find every line of the checklist right."""
        window = self.open_step(CLERK, paper.title, tab="group")
        for line in range(1, len(paper.checklist) + 1):
            window.tick(f"check_{line}")
        window.tick("decision", "approve")
        self.answer(window)

    def review(self, paper: Deliverable, returned: Sequence[str] = ()) -> None:
        """Let both reviewers approve, or return with a remark each."""
        for number, reviewer in enumerate(REVIEWERS):
            window = self.open_step(reviewer, paper.title)
            window.tick("decision", "return" if returned else "approve")
            if returned:
                window.fill(remark_1=returned[number], section_1="Phần II")
            self.answer(window)

    def approve(self, paper: Deliverable) -> None:
        """Let the leader approve, so that the paper is numbered."""
        window = self.open_step(LEADER, paper.title, tab="group")
        window.tick("decision", "approve")
        self.answer(window)

    def issue(self, paper: Deliverable) -> None:
        """Take a paper from its document to its number."""
        self.submit(paper)
        self.check_format(paper)
        self.review(paper)
        self.approve(paper)

    def close_stage(self, title: str) -> None:
        """Close the open stage, as the project's manager."""
        self.answer(self.open_step(MANAGER, title))
