"""Looking for one word everywhere: producers, products, projects and documents that the user may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from documents.models import Document, RegisterEntry
from onboarding.models import Dossier
from people.models import User
from projects.models import PilotProject
from registry.models import Producer, Product
from registry.search import fold, initials, matching

SHOWN = 8  # of each kind; the rest is in the kind's own list
LEAST_LETTERS = 2
REFERENCE = "HS-"  # with which every dossier's reference begins
# Titles of projects and papers have no folded column: the newest of them are folded as they are read.
NEWEST = 3000
CASES = ("deliverable__stage__project", "plan", "council__project", "training__project")


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it is called, what tells it from others, and its page."""

    label: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind, and the list with all of it."""

    title: str
    hits: list[Hit]
    more_url: str


def found(user: User, text: str) -> list[Group]:
    """Return what matches every word of the text, by kind, without empty kinds; a handful of queries.

    Marks, capitals and đ do not matter; initials match too ("htx nn it"). Fewer than two letters find nothing.
    """
    words = fold(text).split()
    if len("".join(words)) < LEAST_LETTERS:
        return []
    groups = [
        _dossiers(user, text),
        _producers(user, text),
        _products(user, text),
        _projects(user, text, words),
        _papers(user, text, words),
    ]
    return [group for group in groups if group.hits]


def _dossiers(user: User, text: str) -> Group:
    """By the reference that a producer reads out on the phone, or its beginning; they have no list of their own."""
    reference = "-".join(text.upper().split())
    if not reference.startswith(REFERENCE):
        return Group(_("Dossiers of producers"), [], "")
    rows = Dossier.objects.visible_to(user).for_page().filter(reference__startswith=reference).order_by("reference")
    hits = [
        Hit(f"{row.reference} {row.product.name}", f"{row.producer} · {row.get_status_display()}", _page_of(row))
        for row in rows[:SHOWN]
    ]
    return Group(_("Dossiers of producers"), hits, "")


def _page_of(dossier: Dossier) -> str:
    return str(dossier.get_absolute_url())


def _producers(user: User, text: str) -> Group:
    rows = Producer.objects.visible_to(user).current().select_related("commune")
    rows = rows.filter(matching(text, "search_text"))[:SHOWN]
    hits = [Hit(row.name, f"{row.commune} · {row.tax_code or row.phone}", row.get_absolute_url()) for row in rows]
    return Group(_("Producers"), hits, _list("registry:producers", text))


def _products(user: User, text: str) -> Group:
    rows = Product.objects.visible_to(user).current().select_related("producer")
    rows = rows.filter(matching(text, "search_text", "producer__search_text"))[:SHOWN]
    hits = [Hit(row.name, f"{row.producer} · {row.trace_code}", row.get_absolute_url()) for row in rows]
    return Group(_("Products"), hits, _list("registry:products", text))


def _projects(user: User, text: str, words: list[str]) -> Group:
    rows = PilotProject.objects.visible_to(user).order_by("-pk")[:NEWEST]
    chosen = _first(rows, words, lambda row: f"{row.code} {row.title}")
    hits = [Hit(row.title, row.code, reverse("project", args=[row.code])) for row in chosen]
    return Group(_("Pilot projects"), hits, _list("projects:projects", text))


def _papers(user: User, text: str, words: list[str]) -> Group:
    """Documents by title, and those with a number as it is printed."""
    visible = Document.objects.visible_to(user)
    entries = RegisterEntry.objects.filter(version__document__in=visible).select_related("series__organisation")
    by_number = {
        entry.version.document_id: entry.full_number
        for entry in entries.select_related("version").order_by("-pk")[:NEWEST]
    }
    rows = visible.select_related(*CASES).order_by("-pk")[:NEWEST]
    chosen = _first(rows, words, lambda row: f"{row.title} {by_number.get(row.pk, '')}")
    hits = [Hit(row.title, by_number.get(row.pk, ""), _case_url(row)) for row in chosen]
    return Group(_("Documents"), hits, _list("documents:register", text))


def _first(rows: Iterable[Any], words: list[str], said: Callable[[Any], str]) -> list[Any]:
    """Return the first rows in whose folded text, or initials, every word stands."""
    chosen: list[Any] = []
    for row in rows:
        text = said(row)
        folded = f"{fold(text)} {initials(text)}"
        if all(word in folded for word in words):
            chosen.append(row)
            if len(chosen) == SHOWN:
                break
    return chosen


def _case_url(document: Document) -> str:
    """The page of what the document belongs to; the register where that has none."""
    case: models.Model | None = document.deliverable or document.plan or document.council or document.training
    url = getattr(case, "get_absolute_url", None)
    return str(url()) if url else _list("documents:register", document.title)


def _list(name: str, text: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}"
