"""Texts that an officer copies into a chat group: no provider reaches the groups, people do.

A higher room writes the text of its case and either links to the page of `address` or shows the
fragment `notices/_handout.html` with `fragment`. Both carry the text signed for the one who asked,
so that nothing is logged for a case but what the case's own page offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import models
from django.urls import reverse

from notices.forms import HandedTextForm
from notices.models import HandedText
from people import audit
from people.models import AdminUnit, User

SALT = "notices:handout"
HOLDS_FOR = timedelta(hours=12)
MAX_GROUPS = 20


@dataclass(frozen=True)
class Handout:
    """A text offered to one officer: the case that it is about, and the page to go back to."""

    text: str
    case: str  # the label of the audit log
    province: int | None
    back: str
    title: str


def address(text: str, *, case: models.Model, province: AdminUnit | None, by: User, back: str, title: str = "") -> str:
    """Return the address of the page that offers the text to `by`; it holds for twelve hours."""
    token = _token(text, case=case, province=province, by=by, back=back, title=title)
    return f"{reverse('notices:handout')}?text={token}"


def fragment(
    text: str, *, case: models.Model, province: AdminUnit | None, by: User, back: str, title: str = ""
) -> dict[str, Any]:
    """Return the context of `notices/_handout.html`: the form, its token, the groups that `by` wrote to before."""
    token = _token(text, case=case, province=province, by=by, back=back, title=title)
    return context_of(HandedTextForm(initial={"text": text}), token, by)


def context_of(form: HandedTextForm, token: str, by: User) -> dict[str, Any]:
    """Return what the fragment needs."""
    groups = HandedText.objects.filter(by=by).order_by().values_list("group", flat=True).distinct()
    return {"handout_form": form, "handout_token": token, "known_groups": list(groups[:MAX_GROUPS])}


def opened(token: str, *, by: User) -> Handout | None:
    """Return what the token offers to `by`; None if it was altered, made for somebody else or is too old."""
    try:
        kept = signing.loads(token, salt=SALT, max_age=HOLDS_FOR)
    except signing.BadSignature:
        return None
    if kept.pop("by") != by.pk:
        return None
    return Handout(**kept)


def _token(text: str, *, case: models.Model, province: AdminUnit | None, by: User, back: str, title: str) -> str:
    kept = {
        "text": text,
        "case": audit.label(case),
        "province": province.pk if province else None,
        "back": back,
        "title": title,
        "by": by.pk,
    }
    return signing.dumps(kept, salt=SALT, compress=True)
