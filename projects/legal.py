"""What a paper cites, and whether it held on the day of the paper: numbers and symbols, warnings of ended texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.models import LegalText

# "43/2017/NĐ-CP", "100/QĐ-TTg", "05/2007/QH12", "1735/BKHCN-TĐC"; "60-NQ/TW" is the party's way.
_NUMBER = r"\d{1,5} ?/ ?(?:\d{4} ?/ ?)?[A-ZĐ][A-Za-zĐ]*\d*(?: ?- ?[A-ZĐ][A-Za-zĐ&]*)*|\d{1,4}-[A-ZĐ]{2,4}/TW"
# "TCVN 12850:2019", "QCVN 01:2009/BYT", "TCVN ISO/IEC 17065:2013"
_STANDARD = r"(?:TCVN|QCVN|TCCS) (?:[A-Z]+(?:/[A-Z]+)* )?\d+(?:-\d+)?:\d{4}(?:/[A-Z]+)?"
_DAY = r"(?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})(?:[/.-]| năm )(?P<year>\d{4})"
_CITED = re.compile(rf"(?<![\w/.])(?P<code>{_STANDARD}|{_NUMBER})(?!\w)(?:,? ngày {_DAY})?")
_DASHES = str.maketrans({"–": "-", "‑": "-", "−": "-", "Ð": "Đ", "\xa0": " "})  # what people type


@dataclass(frozen=True, order=True)
class Citation:
    """A legal text as a paper names it: number and symbol, and the day of issue where it stands beside."""

    code: str
    issued_on: date | None = None


@dataclass(frozen=True)
class LegalWarning:
    """A text that a paper of its day cannot simply cite, with the way out."""

    code: str
    message: str


def cited(text: str) -> list[Citation]:
    """Return the legal texts and standards that a text names, in order, each way of naming once."""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES)
    found = (Citation(_tidy(one["code"]), _day(one)) for one in _CITED.finditer(plain))
    return list(dict.fromkeys(found))


def legal_warnings(texts: Iterable[str], *, on: date) -> list[LegalWarning]:
    """Return a warning for each legal text named in `texts` that did not hold on the day `on`; one query.

    A number without a year ("100/QĐ-TTg") is given out every year: a citation with another day of issue is
    another text. An amendment leaves the amended text in force. What the register does not know is not warned of.
    """
    citations = list(dict.fromkeys(citation for text in texts for citation in cited(text)))
    known = {text.code: text for text in LegalText.objects.named(citation.code for citation in citations)}
    warned = {}
    for citation in citations:
        text = known.get(citation.code)
        if text and _is_meant(text, citation) and (message := _message(text, on)):
            warned[text.code] = LegalWarning(text.code, message)
    return list(warned.values())


def _tidy(code: str) -> str:
    """Return number and symbol as the register writes them: no blanks around the marks, numbers below 10 with a 0."""
    return re.sub(r"^(\d)/", r"0\1/", re.sub(r" ?([/-]) ?", r"\1", code))


def _day(found: re.Match[str]) -> date | None:
    if not found["day"]:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _is_meant(text: LegalText, citation: Citation) -> bool:
    return text.issued_on is None or citation.issued_on is None or text.issued_on == citation.issued_on


def _message(text: LegalText, on: date) -> str:
    """Return what is wrong with citing a text on a day, "" when nothing is."""
    if text.is_superseded_on(on):
        return _joined([_ended(text), text.note, _doubt(text)])
    if text.starts_on and text.starts_on > on:
        facts = {"code": text.code, "day": date_format(text.starts_on, "d/m/Y")}
        started = _("%(code)s is in force only from %(day)s on; a paper of an earlier day cannot cite it.") % facts
        return _joined([started, _doubt(text)])
    return ""


def _ended(text: LegalText) -> str:
    day = date_format(text.ends_on, "d/m/Y") if text.ends_on else "…"
    facts = {"code": text.code, "day": day, "successor": text.successor}
    if text.successor:
        return _("%(code)s is no longer in force since %(day)s; cite %(successor)s, which took its place.") % facts
    return _("%(code)s is no longer in force since %(day)s; cite a text that is in force.") % facts


def _doubt(text: LegalText) -> str:
    return "" if text.is_confirmed else _("These days are not confirmed: check them in the published text.")


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(filter(None, sentences))
