"""A product whose producer has a dossier to fill in, and answers that are right."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from onboarding.actions.answers import save_answer
from onboarding.actions.assistance import Given, end_assistance, make_code, start_assistance
from onboarding.actions.dossier import open_dossier
from onboarding.dossiers import standing_of
from onboarding.models import Dossier, Onboarding
from onboarding.questions import Kind
from people.claims import issue_card
from people.models import User
from privacy.actions import give_consent
from privacy.models import Consent, Purpose
from projects.actions import project as projects
from projects.models import Attendance, Enrolment, PilotProject, TrainingSession
from tests.factories.people import Office, UserFactory
from tests.factories.projects import make_project, small_template
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user

STARTED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ANSWERS: dict[str, Any] = {
    "producer_right": "yes",
    "contact_name": "Rơ Châm H’Lan (giả lập)",
    "contact_phone": "0900 000 012",
    "product_right": "yes",
    "product_description": "Chôm chôm trồng ở Ia Grai, hái buổi sáng.",
    "food_safety": "certificate",
    "food_safety_until": "30/06/2030",
    "declared_standard": "TCCS 01:2024",
    "raw_material": "own",
    "stages": "Thu hoạch\nPhân loại\nĐóng gói",
    "place_address": "Thôn 6, xã Ia Tô",
    "yearly_amount": "12.000",
    "diary_keeper": "Rơ Châm H’Lan (giả lập)",
    "lots_in_month": "4",
}


def photo(colour: str = "#b02a1f", size: tuple[int, int] = (1600, 1200)) -> BytesIO:
    """Return a photo as a phone sends it."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    file.seek(0)
    file.name = "anh.jpg"
    return file


def running_project(office: Office, *, code: str = "GL-99") -> PilotProject:
    """Return a running project of the office with its helper among its people."""
    project = make_project(office, code=code, template=small_template(products=0))
    PilotProject.objects.filter(pk=project.pk).update(status=PilotProject.Status.RUNNING)
    project.refresh_from_db()
    return project


def selected(project: PilotProject, office: Office, *, number: int = 1, product: Any = None) -> Onboarding:
    """Return the onboarding of a product that was selected, its producer's first person included."""
    if product is None:
        producer = ProducerFactory(number=number, province=office.province)
        product = ProductFactory(producer=producer)
        producer_user(producer, f"chu-the-{number}")
    enrolment: Enrolment = projects.enrol_product(project, product, by=office.manager)
    return Onboarding.objects.create(
        enrolment=enrolment,
        started_at=STARTED,
        can_trace=True,
        selection=Onboarding.Selection.SELECTED,
        selected_at=STARTED,
        selected_by=office.manager,
    )


def opened(office: Office, *, number: int = 1, project: PilotProject | None = None) -> Dossier:
    """Return an open dossier without answers."""
    onboarding = selected(project or running_project(office), office, number=number)
    dossier = open_dossier(onboarding, by=office.manager, now=STARTED)
    return Dossier.objects.for_page().get(pk=dossier.pk)


def person_of(dossier: Dossier) -> User:
    """Return the producer's first person."""
    return dossier.producer.members.order_by("pk").first().user


def colleague_of(dossier: Dossier, username: str = "chu-the-khac") -> User:
    """Return another person of the same producer."""
    user = UserFactory(username=username)
    dossier.producer.members.create(user=user)
    return user


def agree(dossier: Dossier, purpose: str = Purpose.ONBOARDING) -> Consent:
    """Let the producer agree on the phone."""
    person = person_of(dossier)
    return give_consent(
        dossier.producer, purpose, given_by_name=str(person), channel="phone", given_by=person, by=person
    )


def train(dossier: Dossier) -> None:
    """Let somebody of the producer attend a class."""
    session = TrainingSession.objects.create(
        project=dossier.project, title="Lớp 1", audience="producers", held_on=date(2026, 3, 1), place="Ia Grai"
    )
    Attendance.objects.create(session=session, producer=dossier.producer, person_name="Rơ Châm H’Lan (giả lập)")


def answer_all(dossier: Dossier, *, by: User | None = None, **other: Any) -> Dossier:
    """Answer every question that is asked, with photos; `other` answers in place of the usual ones."""
    by = by or person_of(dossier)
    agree(dossier)
    answers = {**ANSWERS, **other}
    while (task := standing_of(dossier).next) is not None:
        key = task.first_open
        question = next(each for each in task.task.questions if each.key == key)
        if question.kind == Kind.PHOTO:
            save_answer(dossier, key, picture=photo(), by=by)
        else:
            save_answer(dossier, key, answers[key], by=by)
    return dossier


def complete(office: Office, *, number: int = 1) -> Dossier:
    """Return a dossier that lacks nothing but the sending."""
    dossier = opened(office, number=number)
    train(dossier)
    return answer_all(dossier)


def declared(office: Office, dossier: Dossier) -> Dossier:
    """Leave what the pages of a dossier are about: a photo, a helper's work that waits for a word, an open card."""
    dossier = Dossier.objects.for_page().get(pk=dossier.pk)
    person = person_of(dossier)
    save_answer(dossier, "product_photo", picture=photo(), by=person)
    code = make_code(dossier, by=person)
    helping = start_assistance(dossier, given=Given(code=code), by=office.helper)
    save_answer(dossier, "contact_name", "Rơ Châm H’Lan (giả lập)", by=office.helper)
    end_assistance(helping, by=office.helper)
    card = issue_card(person, by=office.helper).card
    card.token_sha256 = hashlib.sha256(card_token(dossier).encode()).hexdigest()
    card.save()
    return dossier


def card_token(dossier: Dossier) -> str:
    """Return the token of the card that `declared` leaves."""
    return dossier.project.code[:2] * 13
