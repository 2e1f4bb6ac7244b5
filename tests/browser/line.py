"""The line between a phone and the server, as a test would have it."""

from __future__ import annotations

from tests.browser.visitor import Visitor

# Puts every answer in the phone's box (assets/js/phone/box.js) off by an hour.
LATER = """() => new Promise((done, failed) => {
    const request = indexedDB.open("txng", 1);
    request.onerror = failed;
    request.onsuccess = () => {
        const change = request.result.transaction("answers", "readwrite");
        const store = change.objectStore("answers");
        const every = store.getAll();
        every.onsuccess = () => every.result.forEach((item) => store.put({ ...item, due: Date.now() + 3_600_000 }));
        change.oncomplete = () => (request.result.close(), done());
    };
})"""


def back_too_early(visitor: Visitor) -> None:
    """Let the server be reached again in the pause that the box makes after many tries in vain.

    Requests are not held up instead: Chromium lets one go that is held when its page goes.
    """
    visitor.page.evaluate(LATER)
    visitor.close_and_reopen()  # a page of ours, even one being left, tries as soon as it hears of the line
    visitor.context.set_offline(False)
