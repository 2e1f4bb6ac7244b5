"""Standards, stars and certificates in words, as the public reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.models import Certificate
from stamps.public.facts import VisibleFacts
from stamps.public.provenance import Source


@dataclass(frozen=True)
class Paper:
    """A standard, recognition or certificate, and whether it holds today. `drawn` is "★★★☆☆" for stars.

    Without a `source` the page says nothing about who entered it.
    """

    title: str
    text: str
    tone: str
    state: str
    source: Source | None = None
    drawn: str = ""


def standard_papers(facts: VisibleFacts, source: Source | None = None) -> list[Paper]:
    """Return the applied standards."""
    return [Paper(standard, "", "no", "", source) for standard in facts.standards]


def recognition_paper(facts: VisibleFacts, source: Source | None = None) -> Paper | None:
    """Return the stars and the decision that gave them, None without."""
    if (recognition := facts.recognition) is None:
        return None
    until = date_format(recognition.valid_until, "YEAR_MONTH_FORMAT")
    text = _("%(stars)s stars, until %(until)s") % {"stars": recognition.stars, "until": until}
    decision = _("Decision %(number)s of %(day)s") % {
        "number": recognition.decision_number,
        "day": date_format(recognition.decided_on, "SHORT_DATE_FORMAT"),
    }
    return Paper("OCOP", f"{text} · {decision}", "ok", _("in force"), source, drawn=facts.stars)


def certificate_paper(
    paper: Certificate, facts: VisibleFacts, *, today: date, made_on: date | None = None, source: Source | None = None
) -> Paper | None:
    """Return a certificate, None for one that neither holds today nor held when the lot was made."""
    until = date_format(paper.valid_until, "SHORT_DATE_FORMAT") if paper.valid_until else ""
    if paper.holds_on(today):
        tone, state = "ok", _("valid until %(day)s") % {"day": until} if until else _("in force")
    elif made_on and paper.holds_on(made_on):
        tone, state = "no", _("ended on %(day)s; valid when the lot was made") % {"day": until}
    else:
        return None
    # The number of a household's paper leads to its name.
    words = [paper.number, paper.issuer] if facts.is_named else [paper.issuer]
    return Paper(str(paper.get_kind_display()), " · ".join(words), tone, state, source)
