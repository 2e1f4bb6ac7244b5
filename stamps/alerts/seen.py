"""What a rule saw when it raised an alert, in words for the officer who looks into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stamps.life.provinces import names_of
from stamps.models import StampAlert

Kind = StampAlert.Kind
Facts = Mapping[str, Any]


def seen_by_rule(alert: StampAlert) -> str:
    """Return what the rule of stamps.md §3.4 saw; "" for a buyer's report, and where the facts do not say it.

    The network of a harvest is not named: its key is of one day and tells an officer nothing.
    """
    say = _WORDS.get(Kind(alert.kind))
    try:
        return say(alert.facts) if say else ""
    except (KeyError, TypeError, ValueError):  # an alert of an earlier version kept other facts
        return ""


def _named(*codes: str) -> list[str]:
    names = names_of(codes)
    return [names.get(code) or _("an unknown province") for code in codes]


def _places(facts: Facts) -> str:
    return _("Within a day in %(provinces)s, from %(networks)d networks") % {
        "provinces": ", ".join(_named(*facts["provinces"])),
        "networks": facts["networks"],
    }


def _speed(facts: Facts) -> str:
    left, came = _named(facts["from"], facts["to"])
    words = {"left": left, "came": came, "km": facts["km"], "minutes": facts["minutes"]}
    if facts["minutes"] < 1:
        return _("From %(left)s to %(came)s, %(km)d km, in less than a minute") % words
    return (
        ngettext(
            "From %(left)s to %(came)s, %(km)d km, in %(minutes)d minute",
            "From %(left)s to %(came)s, %(km)d km, in %(minutes)d minutes",
            facts["minutes"],
        )
        % words
    )


def _clients(facts: Facts) -> str:
    return _("From %(networks)d networks so far") % facts


def _after_end(facts: Facts) -> str:
    return _("Scanned in %(province)s after the stamp had ended") % {"province": _named(facts["province"])[0]}


def _harvest(facts: Facts) -> str:
    count = facts["stamps"]
    return ngettext(
        "%(n)d stamp scanned by one network within a minute",
        "%(n)d different stamps scanned by one network within a minute",
        count,
    ) % {"n": count}


def _pin(facts: Facts) -> str:
    return _("%(failed)d wrong codes in a row; the hidden code is locked") % facts


_WORDS: Mapping[StampAlert.Kind, Callable[[Facts], str]] = MappingProxyType(
    {
        Kind.PLACES: _places,
        Kind.SPEED: _speed,
        Kind.CLIENTS: _clients,
        Kind.AFTER_END: _after_end,
        Kind.HARVEST: _harvest,
        Kind.PIN: _pin,
    }
)
