"""The way from the register down to a page about one paper."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from documents.models import Document

MOST_LETTERS = 60  # of a title in the line of the way


def way(document: Document | None = None) -> list[dict[str, str]]:
    """Return the register, and below it the paper that a page is about."""
    down = [{"label": _("Documents"), "url": reverse("documents:register")}]
    if document is None:
        return down
    return [*down, {"label": Truncator(document.title).chars(MOST_LETTERS), "url": document.get_absolute_url()}]
