"""What the pages say: that no stamp was checked, then what was on record of the product at a moment.

The same facts and words as on the live pages, in one file that needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lots.models import Recall
from stamps.fallback.records import OnRecord
from stamps.public.answers import rendered
from stamps.public.facts import VisibleFacts, visible_facts
from stamps.public.papers import Paper, certificate_paper, recognition_paper, standard_papers

# A page stays below 30 KB, the longest texts that the database takes included.
MOST_RECALLS, MOST_LOTS, MOST_PAPERS = 3, 40, 8


@dataclass(frozen=True)
class Recalled:
    """What one order takes back: often several lots, each a row of its own with the same words."""

    what: str
    advice: str
    reason: str
    document: str
    recalled_at: datetime  # the first of them


def product_page(record: OnRecord, language: str, read_at: datetime) -> str:
    """Return the page of a product as it was on record at `read_at`; asks the database nothing."""
    with translation.override(language):
        orders = _orders(record.recalls if record.is_told else [row for row in record.recalls if row.lot is None])
        rest = [row for order in orders[MOST_RECALLS:] for row in order]
        context: dict[str, Any] = {
            "code": record.code,
            "product": record.product,
            "recalls": [_recalled(order) for order in orders[:MOST_RECALLS]],
            "also_recalled": _what(rest) if rest else "",
            "read_at": read_at,
        }
        if record.is_told:
            facts = visible_facts(record.product, today=timezone.localdate(read_at), is_named=record.is_named)
            papers = _papers(record, facts, read_at)
            context |= {"facts": facts, "papers": papers[:MOST_PAPERS], "more_papers": len(papers[MOST_PAPERS:])}
        return _page(context, language)


def general_page(language: str, read_at: datetime) -> str:
    """Return the page of every address that is no product's: it knows nothing but that nothing answers."""
    return _page({"read_at": read_at}, language)


def _page(context: dict[str, Any], language: str) -> str:
    return rendered("public/down.html", context | {"style": _style()}, language)


@cache
def _style() -> SafeString:
    """The live pages' style sheet as an element of the page: nobody is there to send the file."""
    css = (Path(settings.BASE_DIR) / "static" / "public.css").read_text(encoding="utf-8")
    if "</" in css:
        raise ValueError("public.css cannot stand inside a page: it has a closing tag")
    return SafeString(f"<style>{css}</style>")


def _orders(rows: Iterable[Recall]) -> list[list[Recall]]:
    """Return the recalls with those together that have the same words; the whole product's stays alone and first."""
    orders: dict[tuple[bool, str, str, str], list[Recall]] = {}
    for row in rows:
        orders.setdefault((row.lot is None, row.advice, row.reason, row.document), []).append(row)
    return list(orders.values())


def _recalled(rows: list[Recall]) -> Recalled:
    first = min(rows, key=lambda row: row.recalled_at)
    return Recalled(_what(rows), first.advice, first.reason, first.document, first.recalled_at)


def _what(rows: list[Recall]) -> str:
    numbers = sorted(row.lot.number for row in rows if row.lot)
    if not numbers:
        return _("All lots of the product")
    named, rest = ", ".join(numbers[:MOST_LOTS]), len(numbers[MOST_LOTS:])
    said = ngettext("Lot %(lots)s", "Lots %(lots)s", len(numbers)) % {"lots": named}
    return f"{said} {_('and %(n)s more') % {'n': rest}}" if rest else said


def _papers(record: OnRecord, facts: VisibleFacts, read_at: datetime) -> list[Paper]:
    """Return what held on the day of the snapshot: stars, certificates, and the standards last."""
    today = timezone.localdate(read_at)
    rows = [certificate_paper(paper, facts, today=today) for paper in record.certificates]
    return [row for row in (recognition_paper(facts), *rows, *standard_papers(facts)) if row]
