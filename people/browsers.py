"""Browsers inside other apps (Zalo, Facebook, Messenger): they lose photos and drafts; people are led out of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

# What the apps write into the User-Agent. Facebook's and Messenger's own: [FBAN/..;FBAV/..], FB_IAB/MESSENGER.
_APPS = (
    ("Zalo", r"\bZalo\b|ZaloTheme|ZaloLanguage"),
    ("Messenger", r"FB_IAB/MESSENGER|FBAN/Messenger|\bMessengerForiOS\b|MessengerLite"),
    ("Facebook", r"\bFBA[NV]/|\bFB_IAB/|\bFBIOS\b"),
    ("Instagram", r"\bInstagram\b"),
    ("TikTok", r"musical_ly|BytedanceWebview|\bTikTok\b"),
)


@dataclass(frozen=True)
class InApp:
    """The app whose browser shows the page, the browser to use in its place, and the link to take there."""

    app: str
    better: str
    link: str


def in_app(request: HttpRequest) -> InApp | None:
    """Return what to tell the person, None in a browser of its own. The page then varies by User-Agent."""
    agent = request.headers.get("User-Agent", "")[:1000]
    app = next((name for name, pattern in _APPS if re.search(pattern, agent)), None)
    if app is None:
        return None
    better = "Safari" if re.search(r"iPhone|iPad|iPod", agent) else "Chrome"
    return InApp(app, better, request.build_absolute_uri())
