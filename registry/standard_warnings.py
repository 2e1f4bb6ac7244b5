"""What is odd about the standards of a product: replaced, ended, not in force yet, or chosen too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import audit
from registry.models import Product, Standard


def standard_warnings(product: Product, today: date) -> Iterator[str]:
    """Yield a sentence for every standard that cannot simply be cited, with the way out.

    The day on which a standard was chosen is read from the log: a paper of that day that cites a
    standard which was published later is wrong, even when the standard is in force by now.
    """
    standards = list(product.standards.all())
    # What was in force when the producer came into the registry cannot have been chosen too early.
    known_since = timezone.localdate(product.producer.created_at)
    is_newer = any(standard.effective_from > known_since for standard in standards)
    chosen = _chosen_on(product) if is_newer else {}
    for standard in standards:
        if standard.effective_to and standard.effective_to < today:
            yield _ended(standard, standard.effective_to)
        elif standard.effective_from > today:
            yield _("%(code)s is in force from %(day)s on; papers before that day cannot cite it.") % {
                "code": standard.code,
                "day": date_format(standard.effective_from),
            }
        elif (day := chosen.get(standard.code)) and day < standard.effective_from:
            yield _(
                "%(code)s was chosen on %(chosen)s, before it was in force (%(day)s); check papers of that time."
            ) % {
                "code": standard.code,
                "chosen": date_format(day),
                "day": date_format(standard.effective_from),
            }


def _ended(standard: Standard, last_day: date) -> str:
    facts = {"code": standard.code, "day": date_format(last_day)}
    if standard.superseded_by:
        return _("%(code)s held until %(day)s and was replaced by %(other)s; choose that one.") % {
            **facts,
            "other": standard.superseded_by.code,
        }
    return _("%(code)s held until %(day)s; choose one that is in force.") % facts


def _chosen_on(product: Product) -> dict[str, date]:
    """Return the day on which each standard was last added to the product."""
    days: dict[str, date] = {}
    events = audit.history(product).filter(verb="registry.standards_changed").order_by("pk")
    for at, facts in events.values_list("at", "facts"):
        days |= dict.fromkeys(facts.get("added", []), timezone.localdate(at))
    return days
