"""Questionnaires, classes and people at the door."""

from __future__ import annotations

from datetime import UTC, date, datetime

from people.models import User
from projects.actions import attendance, training
from projects.actions.catalogues import load_catalogues
from projects.models import Invitation, PilotProject, Questionnaire, TrainingSession
from tests.factories.people import Office

NOON = datetime(2026, 6, 14, 5, tzinfo=UTC)
CLASS_DAY = date(2026, 6, 14)


def questionnaires(subject: str = "product") -> Questionnaire:
    """Return the program's questionnaire of a subject, loading the catalogues first."""
    load_catalogues(now=NOON)
    return Questionnaire.objects.get(province=None, subject=subject)


def make_class(project: PilotProject, by: User, **values: object) -> TrainingSession:
    """Return a class of 50 seats that was held."""
    facts = {"title": "Lớp 1", "audience": "producers", "held_on": CLASS_DAY, "place": "Hội trường", "seats": 50}
    return training.hold_training(project, by=by, **{**facts, **values})


def invite(
    session: TrainingSession, office: Office, *, name: str = "Nguyễn Thị Đào (giả lập)", **who: object
) -> Invitation:
    """Return an invitation of a person of an agency, or of `producer`."""
    if "producer" not in who:
        who.setdefault("agency", "Phòng Kinh tế (giả lập)")
    return attendance.invite(session, person_name=name, by=office.helper, now=NOON, **who)
