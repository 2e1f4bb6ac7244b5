"""Ready pages: a page of the lot rendered once by Django's templates, and filled with serial and scans per stamp."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import NamedTuple

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape

from stamps.codes import serials
from stamps.fast import port
from stamps.fast.earlier import Earlier, earlier_scans
from stamps.fast.kept import Busy, Kept
from stamps.fast.snapshot import Found, Snapshot
from stamps.fast.tables import KEEP, Away, Tables, database

SECONDS = 1.0  # the age of a page, and of the facts on it
PAGES, MASTERS = 2_000, 1_000  # kept at most; about 10 kB each
REFUSALS = 60.0  # seconds that a page without data is kept

# What stands in a master page where a stamp's own words come. Drawn anew in each process, so that nobody can
# write them into a product's name.
_SERIAL = "".join(secrets.choice(serials.ALPHABET) for _ in range(serials.LENGTH))
_GROUPED = serials.grouped(_SERIAL)
_SCANS = secrets.randbelow(800_000_000) + 100_000_000
_FIRST_AT = datetime(2300 + secrets.randbelow(600), 1, 1, tzinfo=UTC) + timedelta(minutes=secrets.randbelow(500_000))
_FORMATS = ("c", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT", "DATE_FORMAT", "SHORT_DATE_FORMAT")  # longer ones first


class Page(NamedTuple):
    """A page ready to be sent, and the stamp that it is of (None for a page without one)."""

    status: int
    body: bytes
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Master:
    """A page with gaps: for the serial, the number of scans, and the time of the first one in the formats used."""

    status: int
    html: bytes
    language: str
    formats: tuple[str, ...]
    read_at: datetime

    def filled(self, found: Found, seen: Earlier | None) -> bytes:
        """Return the page of one stamp. What is filled in are digits, letters of serials, and escaped times."""
        gaps = {_SERIAL: found.serial, _GROUPED: serials.grouped(found.serial)}
        if seen is not None:
            gaps[str(_SCANS + 1)] = str(seen.scans + 1)
            for name in self.formats:
                gaps[_words(_FIRST_AT, name, self.language)] = _words(seen.first_at, name, self.language)
        html = self.html
        for gap, words in gaps.items():
            html = html.replace(gap.encode(), words.encode())
        return html

    def marked(self) -> Master:
        """Return the page that says of when its data are."""
        html = port.marked(self.html.decode(), self.language, read_at=self.read_at)
        return replace(self, html=html.encode())


@lru_cache(maxsize=4096)
def _words(at: datetime, name: str, language: str) -> str:
    """A time as templates print it: escaped, in the time zone here."""
    with translation.override(language):
        return escape(date_format(timezone.localtime(at), name))


class Pages:
    """The pages of this process; see `Kept` for how old they get."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._pages: Kept[Page] = Kept(size=PAGES, seconds=SECONDS)
        self._masters: Kept[Master] = Kept(size=MASTERS, seconds=SECONDS)
        self._plain: Kept[Page] = Kept(size=64, seconds=REFUSALS)

    def ready(self, code: str, text: str, language: str, snapshot: Snapshot) -> Page | None:
        """Return the page of a stamp if it was asked for within the last second and nothing has changed since."""
        return self._pages.fresh((code, text, language), snapshot)

    def of(self, found: Found, text: str, language: str, snapshot: Snapshot) -> Page:
        """Return the page of a stamp; raises Away, and Busy."""
        return self._pages.get((found.code, text, language), lambda: self._made(found, language), snapshot)

    def unknown(self, language: str) -> Page:
        """Return the page of every serial that is none of ours."""
        return self._plain.get(("unknown", language), lambda: _page(*port.render(None, language, None)))

    def too_many(self, language: str, minutes: int) -> Page:
        """Return the page for a network that asked for too many of them."""
        refusal = partial(port.refusal, "public/too_many_unknown.html", language, {"minutes": minutes})
        return self._plain.get(("too many", language, minutes), lambda: _page(429, refusal()))

    def no_data(self, language: str) -> Page:
        """Return the page for a time without a database."""
        refusal = partial(port.refusal, "public/no_data.html", language, {})
        return self._plain.get(("no data", language), lambda: _page(503, refusal()))

    def _made(self, found: Found, language: str) -> Page:
        try:
            if self._tables.is_away:
                raise Away
            with database():
                seen = earlier_scans(found.number)
                is_alike = port.is_alike(found)
            master = self._master(found, language, seen, is_alike=is_alike)
        except (Away, Busy):
            seen, master = None, self._last_master(found, language)
        return Page(master.status, master.filled(found, seen), found)

    def _master(self, found: Found, language: str, seen: Earlier | None, *, is_alike: bool) -> Master:
        key = _key(found, language, is_alike=is_alike)
        make = partial(_master, found, language, seen, is_alike=is_alike)
        master = self._masters.get((key, seen.first_province if seen else None), make)
        self._masters.put((key, _ANY), master)
        return master

    def _last_master(self, found: Found, language: str) -> Master:
        """Return the last page of the rows, which says of when it is; raises Away if there is none."""
        # What became of a hidden code is not known now; that a stamp was replaced or is looked into, is.
        for is_alike in (False, True) if found.has_pin else (not port.is_single(found),):
            if old := self._masters.last((_key(found, language, is_alike=is_alike), _ANY), KEEP):
                return _marked(old)
        raise Away


_ANY = "any province"  # of the first scan


def _key(found: Found, language: str, *, is_alike: bool) -> tuple[object, ...]:
    """What a page depends on, scans aside: the rows behind it, and the stamp itself if it speaks of it."""
    own = -1 if is_alike else found.number
    return found.batch, found.activation, found.change, found.recall, found.verdict, found.is_alerted, own, language


def _master(found: Found, language: str, seen: Earlier | None, *, is_alike: bool) -> Master:
    now = timezone.now()
    with database():
        standing = port.standing_of(found)
        if standing is not None and is_alike:
            standing = replace(standing, serial=_SERIAL)
        gap = Earlier(_SCANS, _FIRST_AT, seen.first_province) if seen else None
        status, html = port.render(standing, language, gap)
    used = tuple(name for name in _FORMATS if _words(_FIRST_AT, name, language) in html) if seen else ()
    return Master(status, html.encode(), language, used, now)


@lru_cache(maxsize=256)
def _marked(master: Master) -> Master:
    return master.marked()


def _page(status: int, html: str) -> Page:
    return Page(status, html.encode())
