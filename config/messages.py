"""Collecting and compiling the interface's messages without the system's gettext."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,  # what the rules of the format call it
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogue_path(language: str = "vi") -> Path:
    """Return the path of a language's catalogue."""
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    """Yield every file that may hold messages, in a stable order."""
    base = Path(settings.BASE_DIR)
    # Our rooms are the applications that lie in the repository.
    for room in settings.INSTALLED_APPS:
        yield from sorted((base / room).rglob("*.py"))
    yield from sorted((base / "templates").rglob("*.html"))
    yield from sorted((base / "templates").rglob("*.txt"))  # mails


def collect() -> Catalog:
    """Return all messages of code and templates with the places where they stand."""
    catalog = Catalog(project="TXNG", charset="utf-8")
    for path in sources():
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix in (".html", ".txt"):
            # templatize leaves calls of gettext between rows of X; without indentation they read as Python
            text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
        place = path.relative_to(settings.BASE_DIR).as_posix()
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS)
        for line, message, comments, context in found:
            catalog.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return catalog


def read(language: str = "vi") -> Catalog:
    """Return a language's catalogue as it is kept in the repository."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str = "vi") -> list[Message]:
    """Bring the catalogue up to date with the sources; return the messages that lack a translation.

    Nothing is guessed: a new message comes in empty, a message no longer used goes out.
    """
    catalog = read(language)
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with catalogue_path(language).open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, no_location=True, ignore_obsolete=True)
    return [message for message in catalog if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    """Whether every form of the message has text and none is a guess."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms) and not message.fuzzy


def compile_all(language: str = "vi") -> Path:
    """Compile the catalogue next to itself, for Django to read; return the compiled file."""
    target = catalogue_path(language).with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read(language))
    return target
