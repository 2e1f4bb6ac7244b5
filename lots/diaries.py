"""Whose diary has fallen silent after the training: the producers to call, visit or invite again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from lots.models import Event
from projects.models import Attendance, PilotProject
from registry.models import Producer

SILENT_DAYS = 14


@dataclass(frozen=True)
class SilentDiary:
    """A trained producer with the day of its last class and of its last entry, None before the first."""

    producer: Producer
    trained_on: date
    last_entry: date | None
    days: int  # since the later of the two


def silent_diaries(project: PilotProject, *, today: date | None = None) -> list[SilentDiary]:
    """Return the project's trained producers without an entry for fourteen days, the longest silence first.

    Entries about any lot of the producer's enrolled products count, whoever made them: a diary that the
    office keeps for somebody is kept. Three questions, however many producers.
    """
    today = today or timezone.localdate()
    products = project.enrolled_products().order_by()
    came = Attendance.objects.filter(
        session__project=project, session__held_on__isnull=False, producer__in=products.values("producer")
    )
    trained = dict(came.order_by().values_list("producer").annotate(day=Max("session__held_on")))
    entries = Event.objects.filter(lot__product__in=products.values("pk"))
    last = {
        producer: timezone.localdate(at)
        for producer, at in entries.order_by().values_list("lot__product__producer").annotate(at=Max("recorded_at"))
    }
    rows = [
        SilentDiary(producer, trained[producer.pk], last.get(producer.pk), silence)
        for producer in Producer.objects.filter(pk__in=trained).order_by("name", "pk")
        if (silence := (today - max(trained[producer.pk], last.get(producer.pk, date.min))).days) >= SILENT_DAYS
    ]
    return sorted(rows, key=lambda row: -row.days)
