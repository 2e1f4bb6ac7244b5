"""Loading the catalogues that come with the program; repeating it changes nothing that is there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from projects.catalogues import read
from projects.models import Channel, LegalText, Question, Questionnaire, TrainingTopic
from registry.models import Standard


@transaction.atomic
def load_catalogues(*, now: datetime | None = None) -> dict[str, int]:
    """Add what is not there yet and return how many rows of each catalogue were new."""
    rows = read("catalogues")
    return {
        "questionnaires": sum(_questionnaire(row, now or timezone.now()) for row in read("questionnaires")),
        "topics": sum(_topic(place, row) for place, row in enumerate(rows["topics"], start=1)),
        "channels": sum(_channel(row) for row in rows["channels"]),
        "legal_texts": _legal_texts(rows["legal_texts"]),
    }


def _questionnaire(row: dict[str, Any], now: datetime) -> bool:
    if Questionnaire.objects.filter(province=None, subject=row["subject"]).exists():
        return False
    made = Questionnaire.objects.create(
        subject=row["subject"], version=1, title=row["title"], introduction=row["introduction"], published_at=now
    )
    Question.objects.bulk_create(
        Question(questionnaire=made, position=position, **question)
        for position, question in enumerate(row["questions"], start=1)
    )
    return True


def _topic(position: int, row: dict[str, str]) -> bool:
    defaults = {"name": row["name"], "position": position}
    return TrainingTopic.objects.get_or_create(code=row["code"], defaults=defaults)[1]


def _channel(row: dict[str, str]) -> bool:
    return bool(Channel.objects.get_or_create(province=None, name=row["name"], defaults={"kind": row["kind"]})[1])


def _legal_texts(rows: list[dict[str, Any]]) -> int:
    standards = {standard.code: standard for standard in Standard.objects.filter(code__in=[r["code"] for r in rows])}
    new = 0
    for row in rows:
        issued_on = date.fromisoformat(row["issued_on"]) if row["issued_on"] else None
        defaults = {
            "title": row["title"],
            "issuer": row["issuer"],
            "issued_on": issued_on,
            "standard": standards.get(row["code"]),
        }
        new += LegalText.objects.get_or_create(code=row["code"], defaults=defaults)[1]
    for row in rows:
        if successor := row.get("superseded_by"):
            texts = LegalText.objects.filter(code=row["code"], superseded_by=None)
            texts.update(superseded_by=LegalText.objects.get(code=successor))
    return new
