"""The page behind a stamp as text: asks no request, so that it can be made once and served many times."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from django.utils import timezone, translation

from stamps.codes import serials
from stamps.life.provinces import names_of
from stamps.life.standing import GONE, Standing, Verdict, status_of
from stamps.life.wrong_pins import Answer, takes_pin
from stamps.models import PinTry, StampAlert, StampBatch
from stamps.public.answers import rendered
from stamps.public.headlines import headline
from stamps.public.paths import scan_path
from stamps.public.pin_words import PinState, pin_state
from stamps.public.stamp_facts import lot_context

Kind = StampAlert.Kind
# One person's word must not blacken a stamp for everybody: a report shows only when an officer has confirmed it.
SPOKEN_OF = frozenset(set(Kind) - {Kind.REPORT})
# The verdicts under which the lot is shown: an ended stamp must not lend its story to whatever carries it.
TOLD = frozenset({Verdict.VALID, Verdict.EXPIRED, Verdict.SUSPENDED, Verdict.RECALLED})


class EarlierScans(Protocol):
    """What the page shows of a stamp's earlier scans: the fields of `StampSeen`."""

    @property
    def scans(self) -> int: ...
    @property
    def first_at(self) -> datetime: ...
    @property
    def first_province(self) -> str: ...


def render_scan(
    standing: Standing, language: str, seen: EarlierScans | None, *, answer: Answer | None = None, typed: str = ""
) -> tuple[int, str]:
    """Return HTTP status and page of a genuine stamp; `language` is "vi" or "en".

    `seen` is what is kept of the scans before this one, None if there was none. `answer` is that of a hidden
    code that was `typed` just now. The page holds nothing of whoever asks.

    For a cache: among the stamps of one lot the page differs only in the block `public/_seen.html`, in the serial
    of the foot (`public/_foot_code.html`), and, for stamps with a hidden code, in `public/_pin.html`; links to the
    stamp's own addresses are relative, and the hidden code is posted to the page itself. That holds while
    `is_alike(standing)`.
    """
    verdict = standing.verdict(timezone.localdate())
    unusual = _unusual(standing)
    with translation.override(language):
        context = {
            "verdict": verdict.value,
            "headline": headline(standing, verdict, unusual),
            "serial": serials.grouped(standing.serial),
            "nth": (seen.scans if seen else 0) + 1,
            "seen": seen,
            "first_place": _province(seen.first_province) if seen else "",
            "unusual": unusual,
            "pin": _pin(standing, verdict, answer, typed),
            **_told(standing, verdict),
        }
        if verdict == Verdict.REPLACED:
            context |= _replacement(standing)
        return status_of(verdict), rendered("public/stamp.html", context, language)


def render_unknown(language: str) -> tuple[int, str]:
    """Return status and page of every stamp that we did not issue; it never says why."""
    return 404, rendered("public/no_stamp.html", {}, language)


def is_alike(standing: Standing) -> bool:
    """Whether the page equals that of every other such stamp of the lot, but for the parts named in `render_scan`."""
    return standing.activation is not None and standing.change is None and not _alerts(standing).exists()


def _told(standing: Standing, verdict: Verdict) -> dict[str, Any]:
    """Product, lot and history; of a recalled product whose stamp is on no lot, what is recalled and nothing else."""
    context: dict[str, Any] = {"recall": standing.recall}
    if standing.recall is not None:
        context["product"] = standing.batch.product
    if standing.activation is None or verdict not in TOLD:
        return context
    return context | lot_context(standing.batch, standing.activation.lot, timezone.localdate())


def _replacement(standing: Standing) -> dict[str, str]:
    """The stamp that took this one's place, and where its page is."""
    change = standing.change
    if change is None or change.replaced_by is None:
        return {}
    index = change.replaced_by + standing.index - change.start
    batch = StampBatch.objects.filter(start__lte=index, end__gt=index).first()
    if batch is None:
        return {}
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    serial = serials.encode(batch.code, index, ring)
    return {"replacement": serials.grouped(serial), "replacement_url": scan_path(batch.code, serial)}


def _pin(standing: Standing, verdict: Verdict, answer: Answer | None, typed: str) -> PinState | None:
    """What the page says about the hidden code; None for stamps without one, and for those that ended."""
    if not takes_pin(standing) or verdict in GONE:
        return None
    tried = PinTry.objects.filter(index=standing.index).first()
    return pin_state(tried, answer, typed)


def spoken_of() -> frozenset[int]:
    """Return the numbers of all stamps whose pages speak of an alert; few, as each is a case for an officer."""
    return frozenset(_spoken(StampAlert.objects.exclude(index=None)).values_list("index", flat=True))


def _alerts(standing: Standing) -> Any:
    """Open alerts of the rules about the stamp, and those that an officer confirmed."""
    return _spoken(StampAlert.objects.filter(index=standing.index))


def _spoken(about: Any) -> Any:
    by_rule = about.open().filter(kind__in=SPOKEN_OF)
    return by_rule | about.filter(status=StampAlert.Status.COPY)


def _unusual(standing: Standing) -> str:
    """ "copy" for a stamp that an officer found copied, "open" for one that is looked into, "" as a rule."""
    found = set(_alerts(standing).values_list("status", flat=True))
    if StampAlert.Status.COPY in found:
        return "copy"
    return "open" if found else ""


def _province(code: str) -> str:
    """Return the name of a province by its two digits, "" for one that is not known."""
    return names_of([code]).get(code, "") if code else ""
