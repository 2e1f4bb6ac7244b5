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
        "legal_texts": _legal_texts(read("legal_texts")),
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


DAYS = ("issued_on", "in_force_from", "repealed_on")
WORDS = ("note", "source")


def _legal_texts(rows: list[dict[str, Any]]) -> int:
    """Add the texts of the program and return how many are new; a text that is there gets what it did not say yet."""
    standards = {standard.code: standard for standard in Standard.objects.filter(code__in=[r["code"] for r in rows])}
    before = {text.code: text for text in LegalText.objects.filter(code__in=[row["code"] for row in rows])}
    for row in rows:
        days = {name: date.fromisoformat(row[name]) for name in DAYS if row.get(name)}
        words = {name: row[name] for name in WORDS if row.get(name)}
        facts = days | words | {"standard": standards.get(row["code"])}
        if text := before.get(row["code"]):
            _fill(text, facts, is_confirmed=row["is_confirmed"])
            continue
        fixed = {name: row[name] for name in ("code", "title", "issuer", "is_confirmed")}
        LegalText.objects.create(**fixed, **facts)
    _tie(rows)
    return len(rows) - len(before)


def _fill(text: LegalText, facts: dict[str, Any], *, is_confirmed: bool) -> None:
    missing = {name: value for name, value in facts.items() if value and not getattr(text, name)}
    if "source" in missing:  # the program knows now where these facts come from, and whether they were checked
        missing["is_confirmed"] = is_confirmed
    for name, value in missing.items():
        setattr(text, name, value)
    if missing:
        text.save(update_fields=list(missing))


def _tie(rows: list[dict[str, Any]]) -> None:
    """Say which text took the place of which, and which amends which."""
    texts = {text.code: text for text in LegalText.objects.filter(code__in=[row["code"] for row in rows])}
    for row in rows:
        text = texts[row["code"]]
        if row.get("superseded_by"):
            _fill(text, {"superseded_by": texts[row["superseded_by"]]}, is_confirmed=row["is_confirmed"])
        text.amends.add(*(texts[code] for code in row.get("amends", ())))
