"""SL-01: one producer's dossier, half done on her phone: five of nine tasks, the photos are next."""

from __future__ import annotations

from config.demo.acts import Case
from onboarding.actions.answers import save_answer
from onboarding.models import Dossier
from people.models import User
from privacy.actions import give_consent
from privacy.models import Consent, Purpose
from projects.models import Attendance
from registry import actions as registry

PRODUCER = "sl.chuthe01"
ANSWERS = {
    "producer_right": "yes",
    "contact_name": "Lò Thị Xuân (giả lập)",
    "contact_phone": "0900000061",
    "product_right": "yes",
    "product_description": "Làm từ nguyên liệu của bà con trong bản, phơi sấy sạch, đóng gói tại hợp tác xã (giả lập).",
    "food_safety": "commitment",
}


def run(case: Case) -> None:
    """Let the bookkeeper in and answer five tasks for the first selected product whose producer was trained."""
    trained = Attendance.objects.filter(session__project=case.project, producer__isnull=False).values("producer")
    dossiers = Dossier.objects.filter(onboarding__enrolment__project=case.project).for_page().order_by("pk")
    dossier = dossiers.filter(onboarding__enrolment__product__producer__in=trained)[0]
    person = User.objects.get(username=PRODUCER)
    registry.add_producer_member(dossier.producer, person, by=case.cast.manager)
    give_consent(
        dossier.producer,
        Purpose.ONBOARDING,
        given_by_name=str(person),
        channel=Consent.Channel.PHONE,
        given_by=person,
        by=person,
    )
    for question, value in ANSWERS.items():
        save_answer(dossier, question, value, by=person)
    save_answer(dossier, "declared_standard", is_unknown=True, by=person)
