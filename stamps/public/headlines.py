"""What the page behind a stamp says first: the verdict in words, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lots.models import Recall
from stamps.life.standing import Standing, Verdict
from stamps.models import Activation

TONES = {
    Verdict.VALID: "ok",
    Verdict.EXPIRED: "late",
    Verdict.INACTIVE: "wait",
    Verdict.SUSPENDED: "wait",
    Verdict.REPLACED: "no",
    Verdict.DAMAGED: "late",
    Verdict.LOST: "late",
    Verdict.VOID: "late",
    Verdict.RECALLED: "late",
}


@dataclass(frozen=True)
class Headline:
    """The verdict: tone and title, what it means in one line, and what a buyer should do ("" for nothing)."""

    tone: str
    title: str
    text: str
    advice: str = ""


def headline(standing: Standing, verdict: Verdict, unusual: str = "") -> Headline:
    """Return the words of a verdict in the active language; never that goods are real, only what is recorded.

    A stamp that is otherwise valid is not shown in green while something about it is `unusual` ("open" while an
    officer looks into it, "copy" once they found it copied).
    """
    text, advice = _words(standing, verdict)
    if unusual and verdict == Verdict.VALID:
        if unusual == "copy":
            return Headline("late", _("This stamp was copied"), text, advice)
        return Headline("wait", str(verdict.label), text, advice)
    return Headline(TONES[verdict], str(verdict.label), text, advice)


def _words(standing: Standing, verdict: Verdict) -> tuple[str, str]:
    if standing.recall is not None:
        return _of_a_recall(standing.recall), ""
    if standing.change is None and standing.activation is not None:
        return _of_a_live_stamp(standing.activation, verdict), ""
    since = _day(standing.change.changed_at) if standing.change else ""
    words = {
        Verdict.INACTIVE: (
            _("The stamp was printed here, but no producer has put it on a lot."),
            _(
                "Goods on sale should carry activated stamps. Ask the seller, and do not rely on this stamp until it "
                "is activated."
            ),
        ),
        Verdict.SUSPENDED: (
            _("Since %(day)s the stamp is suspended while it is looked into."),
            _("Do not rely on the stamp until the check is over. Ask the seller, or scan it again later."),
        ),
        Verdict.REPLACED: (
            _("Since %(day)s another stamp has taken its place."),
            _("If the goods carry only this old stamp, ask the seller and do not rely on it."),
        ),
        Verdict.DAMAGED: (
            _("On %(day)s the stamp was taken out of use as damaged."),
            _("Goods on sale must not carry it. Do not rely on it, and report where you found it."),
        ),
        Verdict.LOST: (
            _("On %(day)s the stamp was reported lost."),
            _("Whoever uses it was not given it. Do not rely on it, and report where you found it."),
        ),
        Verdict.VOID: (
            _("On %(day)s the stamp was declared void."),
            _("Goods on sale must not carry it. Do not rely on it, and report where you found it."),
        ),
    }
    text, advice = words[verdict]
    return text % {"day": since} if since else text, advice


def _of_a_live_stamp(activation: Activation, verdict: Verdict) -> str:
    if verdict == Verdict.EXPIRED and activation.lot.expires_on:
        day = date_format(activation.lot.expires_on, "SHORT_DATE_FORMAT")
        return _("Best before %(day)s. Do not use the goods if you are not sure.") % {"day": day}
    return _("Activated on %(day)s") % {"day": _day(activation.activated_at)}


def _of_a_recall(recall: Recall) -> str:
    day = _day(recall.recalled_at)
    if recall.lot is None:
        return _("Since %(day)s all lots of the product are taken back from the market.") % {"day": day}
    return _("Since %(day)s lot %(lot)s is taken back from the market.") % {"day": day, "lot": recall.lot.number}


def _day(time: datetime) -> str:
    return date_format(timezone.localtime(time), "SHORT_DATE_FORMAT")
