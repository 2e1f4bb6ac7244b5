"""What an officer reads about one alert: the stamp, its scans by province and day, what else was reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import User
from stamps import policies
from stamps.alerts.seen import seen_by_rule
from stamps.codes.serials import encode, grouped, keyring_from_settings
from stamps.life.provinces import names_of
from stamps.life.standing import Standing, standing_at
from stamps.models import PinTry, ScanEntry, StampAlert, StampBatch, StampSeen

DAYS_SHOWN = 60


@dataclass(frozen=True)
class ScansOfDay:
    """Scans on one day from one province ("" where it is not known): from how many networks, of how many stamps."""

    day: date
    province: str
    scans: int
    networks: int
    stamps: int


def standing_of(alert: StampAlert) -> Standing | None:
    """Return what the stamp of the alert is now; None for a code that is none of ours."""
    if alert.index is None:
        return None
    batches = StampBatch.objects.select_related("product__producer", "order")
    batch = batches.get(start__lte=alert.index, end__gt=alert.index)
    serial = encode(batch.code, alert.index, keyring_from_settings().with_version(batch.key_version))
    return standing_at(batch, alert.index, serial)


def facts_of(alert: StampAlert, standing: Standing | None, user: User) -> list[dict[str, Any]]:
    """Return the facts: what is said, and what the stamp is; the contact only for officers of the province."""
    product = alert.product
    rows: list[dict[str, Any]] = [
        {"label": _("Kind"), "value": alert.get_kind_display()},
        {"label": _("Raised"), "value": date_format(timezone.localtime(alert.raised_at), "SHORT_DATETIME_FORMAT")},
        {"label": _("What the rule saw"), "value": seen_by_rule(alert)},
        {"label": _("What is suspicious"), "value": alert.concern},
        {"label": _("In the words of the buyer"), "value": alert.message},
        {"label": _("Where it was bought"), "value": alert.place},
        {"label": _("Code on the stamp"), "value": alert.code_text},
    ]
    if policies.shows_contact(user, alert):
        rows.append({"label": _("Phone or e-mail for an answer"), "value": alert.contact})
    if product:
        rows.append({"label": _("Product"), "value": product, "url": product.get_absolute_url()})
        rows.append({"label": _("Producer"), "value": product.producer, "url": product.producer.get_absolute_url()})
    if standing:
        rows += _stamp_facts(standing)
    rows += [{"label": label, "value": value} for label, value in _found(alert)]
    return [row for row in rows if row["value"]]


def _stamp_facts(standing: Standing) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": _("Stamp"), "value": grouped(standing.serial)},
        {"label": _("The stamp now"), "value": standing.verdict(timezone.localdate()).label},
    ]
    if standing.activation:
        lot = standing.activation.lot
        rows.append({"label": _("Lot"), "value": lot.number, "url": lot.get_absolute_url()})
    tried = PinTry.objects.filter(index=standing.index).first()
    if tried:
        locked = _("locked") if tried.locked_at else _("open")
        words = _("%(failed)d wrong tries, %(confirmed)d confirmations, %(state)s")
        state = {"failed": tried.failed, "confirmed": tried.confirmations, "state": locked}
        rows.append({"label": _("Hidden code"), "value": words % state})
    return rows


def _found(alert: StampAlert) -> list[tuple[str, str]]:
    if alert.closed_at is None:
        return []
    closed = date_format(timezone.localtime(alert.closed_at), "SHORT_DATETIME_FORMAT")
    return [
        (_("Closed"), f"{alert.closed_by}, {closed}"),
        (_("Finding"), alert.finding),
        (_("Public answer"), alert.answer),
    ]


def kept_for(alert: StampAlert) -> str:
    """Return how long contact and photo are kept, or that they are gone; "" for an alert of a rule."""
    if alert.kind != StampAlert.Kind.REPORT:
        return ""
    days = settings.STAMPS_REPORT_DAYS
    if alert.closed_at is None:
        return _("Contact and photo are deleted %(days)d days after the report is closed.") % {"days": days}
    gone = timezone.localdate(alert.closed_at + timedelta(days=days))
    if gone < timezone.localdate():
        return _("Contact and photo were deleted on %(day)s.") % {"day": date_format(gone, "SHORT_DATE_FORMAT")}
    return _("Contact and photo are deleted on %(day)s.") % {"day": date_format(gone, "SHORT_DATE_FORMAT")}


def scans_of(alert: StampAlert) -> tuple[StampSeen | None, list[ScansOfDay]]:
    """Return what is kept of the scans: the sums of the stamp, and the last days by day and province.

    An alert about a network that scans stamp after stamp is of no stamp: then the scans are the network's.
    """
    found = _entries(alert).annotate(day=TruncDate("scanned_at")).values("day", "province")
    sums = found.annotate(
        scans=Count("pk"), networks=Count("client", distinct=True), stamps=Count("index", distinct=True)
    )
    rows = list(sums.order_by("-day", "province")[:DAYS_SHOWN])
    names = names_of(row["province"] for row in rows)
    days = [
        ScansOfDay(row["day"], names.get(row["province"], ""), row["scans"], row["networks"], row["stamps"])
        for row in rows
    ]
    return None if alert.index is None else StampSeen.objects.filter(index=alert.index).first(), days


def _entries(alert: StampAlert) -> QuerySet[ScanEntry]:
    if alert.index is not None:
        return ScanEntry.objects.filter(index=alert.index)
    if not (network := alert.facts.get("network")):  # a report about a code that is none of ours
        return ScanEntry.objects.none()
    # The key of a network is of one day: nothing older or younger can be the same, and the index by time serves.
    around = (alert.raised_at - timedelta(days=1), alert.raised_at + timedelta(days=1))
    return ScanEntry.objects.filter(client=network, scanned_at__range=around)


def others_about(alert: StampAlert, user: User) -> Any:
    """Return the other alerts about the same stamp that the user may see."""
    if alert.index is None:
        return StampAlert.objects.none()
    return StampAlert.objects.visible_to(user).filter(index=alert.index).exclude(pk=alert.pk)
