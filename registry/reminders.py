"""Telling of what ends: OCOP recognitions 180, 90 and 30 days before, GS1 rights and their fees 60 and 30 days before.

Computed from the dates as they are at each tick, as the reminders of steps are (docs/adr/0016): the
key of a notice names the row, its day and the rung, so that a moved day is another occasion and the
same one is told to a person once. Of what was missed, only today's rung is told.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from notices.actions import tell
from notices.models import Message
from people.models import Membership, User
from registry.models import BarcodeRegistration, OcopRecognition, Producer, ProducerMember, RecognitionRenewal
from worktime.working_days import Calendar

logger = logging.getLogger(__name__)
Role = Membership.Role

RECOGNITION_RUNGS = (30, 90, 180)  # days before, the nearest first
BARCODE_RUNGS = (30, 60)
TOLD = (Role.MANAGER, Role.HELPER)
KEYS_AT_ONCE = 5000


@dataclass(frozen=True)
class Occasion:
    """Something that ends soon: which event, which row, when, and on which rung it stands."""

    event: str
    row: models.Model
    producer: Producer
    about: str
    due: date
    rung: int

    @property
    def key(self) -> str:
        """The name of the occasion; its parts are stored and never renamed."""
        return f"{self.event}:{self.row.pk}:{self.due:%Y%m%d}:{self.rung}"


def rung_on(due: date, today: date, rungs: Sequence[int]) -> int | None:
    """Return the nearest rung that is not above the days left; None on and after the day, and far from it."""
    left = (due - today).days
    return next((rung for rung in rungs if 0 < left <= rung), None)


def remind_of_recognitions(now: datetime | None = None) -> int:
    """Tell of recognitions that stand on a rung today; return how many messages are new.

    Told are the province's managers and helpers and the producer's people. Nothing on days off. May
    run at any time, and beside itself.
    """
    now = now or timezone.now()
    return _remind(list(_recognitions(timezone.localdate(now))), now)


def remind_of_barcodes(now: datetime | None = None) -> int:
    """Tell of GS1 rights and annual fees that stand on a rung today, as `remind_of_recognitions` does."""
    now = now or timezone.now()
    return _remind(list(_barcodes(timezone.localdate(now))), now)


def _remind(occasions: list[Occasion], now: datetime) -> int:
    if not occasions:
        return 0
    today = timezone.localdate(now)
    calendar = Calendar()
    if not calendar.is_working(today):
        return 0
    people = _people_of(occasions, today)
    told = _told(occasions, people)
    return sum(
        _tell_safely(each, to, now=now, calendar=calendar)
        for each in occasions
        if (to := [user for user in people[each.producer.pk] if f"{each.key}:{user.pk}" not in told])
    )


def _recognitions(today: date) -> Iterator[Occasion]:
    """Latest recognitions that end soon, of products whose renewal has not been sent."""
    later = OcopRecognition.objects.filter(product=OuterRef("product"), valid_until__gt=OuterRef("valid_until"))
    sent = RecognitionRenewal.objects.open().filter(product=OuterRef("product"), sent_on__isnull=False)
    rows = OcopRecognition.objects.filter(
        ~Exists(later), ~Exists(sent), **_between("valid_until", today, max(RECOGNITION_RUNGS))
    ).select_related("product__producer__province")
    for row in rows.filter(product__producer__merged_into=None).order_by("pk"):
        if rung := rung_on(row.valid_until, today, RECOGNITION_RUNGS):
            producer = row.product.producer
            yield Occasion("registry.recognition_expiring", row, producer, row.product.name, row.valid_until, rung)


def _barcodes(today: date) -> Iterator[Occasion]:
    """Rights that end soon, and annual fees that are due soon; not those of a year that the right does not reach."""
    years = {(today + timedelta(days=days)).year - 1 for days in (0, max(BARCODE_RUNGS))}
    soon = Q(**_between("expires_on", today, max(BARCODE_RUNGS)))
    due = Q(fee_paid_for__in=years, expires_on__gt=today)
    rows = BarcodeRegistration.objects.filter(soon | due, producer__merged_into=None)
    for row in rows.select_related("producer__province").order_by("pk"):
        if rung := rung_on(row.expires_on, today, BARCODE_RUNGS):
            yield Occasion("registry.barcode_expiring", row, row.producer, row.prefix, row.expires_on, rung)
        rung = rung_on(row.fee_due_on, today, BARCODE_RUNGS) if row.fee_paid_for in years else None
        if rung and row.fee_due_on <= row.expires_on:
            yield Occasion("registry.barcode_fee_due", row, row.producer, row.prefix, row.fee_due_on, rung)


def _between(column: str, today: date, days: int) -> dict[str, date]:
    return {f"{column}__gt": today, f"{column}__lte": today + timedelta(days=days)}


def _people_of(occasions: Sequence[Occasion], today: date) -> dict[int, list[User]]:
    """Producer → whom its occasions concern; two queries, whatever their number."""
    offices: defaultdict[int, dict[int, User]] = defaultdict(dict)
    memberships = Membership.objects.active(today).filter(role__in=TOLD).select_related("user", "organisation")
    for membership in memberships.order_by("user"):
        offices[membership.organisation.province_id][membership.user_id] = membership.user
    own: defaultdict[int, dict[int, User]] = defaultdict(dict)
    producers = {each.producer.pk: each.producer for each in occasions}
    members = ProducerMember.objects.filter(is_active=True, user__is_active=True).select_related("user")
    for member in members.order_by("user"):
        own[member.producer_id][member.user_id] = member.user
    return {pk: list((offices[row.province_id] | own[pk]).values()) for pk, row in producers.items()}


def _told(occasions: Sequence[Occasion], people: dict[int, list[User]]) -> set[str]:
    keys = [f"{each.key}:{user.pk}" for each in occasions for user in people[each.producer.pk]]
    told: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        told.update(Message.objects.filter(key__in=some).values_list("key", flat=True))
    return told


def _tell_safely(occasion: Occasion, to: list[User], *, now: datetime, calendar: Calendar) -> int:
    """Tell one occasion; one that cannot be told is logged and never stops the others."""
    case: Any = occasion.row.product if isinstance(occasion.row, OcopRecognition) else occasion.row
    facts = {"about": occasion.about, "producer": str(occasion.producer), "due": f"{occasion.due:%d/%m/%Y}"}
    try:
        messages = tell(
            occasion.event,
            to,
            key=occasion.key,
            facts=facts,
            url=case.get_absolute_url(),
            case=case,
            province=occasion.producer.province,
            now=now,
            calendar=calendar,
        )
    except Exception:
        logger.exception("%s could not be told; the next tick tries again.", occasion.key)
        return 0
    return len(messages)
