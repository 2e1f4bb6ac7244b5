"""SL-01: one household whose declaration is accepted and whose first lot is written down.

That is as far as step 6 goes here: it closes with the first activated stamps, which come in the rollout stage.
It also agreed to show its name in public, and asked what is kept about it: the request's terms are running.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from config.demo import pictures
from config.demo.acts import Case, do
from config.demo.producers import complete_product
from lots.actions import open_lot, record_event
from onboarding.actions.accounts import open_account
from onboarding.actions.answers import save_answer
from onboarding.actions.dossier import send_dossier
from onboarding.dossiers import standing_of
from onboarding.models import Dossier
from onboarding.questions import Kind
from people.claims import claim
from people.models import User
from privacy.actions import give_consent, receive_request
from privacy.models import Consent, DataRequest, Purpose
from projects.models import Attendance
from registry import actions as registry
from registry.models import Place, Producer, Product, ProductGroup
from workflows.onboarding import poke

PHONE, PIN = "0900000079", "280469"
ANSWERS = {
    "producer_right": "yes",
    "contact_phone": PHONE,
    "product_right": "yes",
    "product_description": "Quả của hộ và các hộ trong bản, sấy và đóng gói tại nhà (giả lập).",
    "food_safety": "commitment",
    "raw_material": "own",
    "stages": "Thu hoạch\nPhân loại\nSấy\nĐóng gói",
    "place_address": "Bản 3 (giả lập)",
    "yearly_amount": "1200",
    "lots_in_month": "4",
}


def run(case: Case) -> None:
    """Bring the first trained household whose module is here to an accepted declaration and a lot."""
    dossier = _dossier(case)
    person = _let_in(case, dossier.producer)
    _agree(dossier.producer, person)
    _declare(case, dossier, person)
    _lot(case, dossier, person)
    _ask(dossier.producer, person)


def _dossier(case: Case) -> Dossier:
    trained = Attendance.objects.filter(session__project=case.project, producer__isnull=False).values("producer")
    return Dossier.objects.for_page().filter(
        onboarding__enrolment__project=case.project,
        onboarding__group__module_order__answered_on__isnull=False,
        onboarding__enrolment__product__producer__in=trained,
        onboarding__enrolment__product__producer__kind=Producer.Kind.HOUSEHOLD,
    ).order_by("pk")[0]  # fmt: skip


def _let_in(case: Case, producer: Producer) -> User:
    """The household's head comes in with a claim card."""
    opened = open_account(producer, full_name=producer.representative, phone=PHONE, by=case.cast.manager)
    if opened.issued is None:
        raise RuntimeError(f"{PHONE} has an account already")
    return claim(opened.issued.card, pin=PIN)


def _agree(producer: Producer, person: User) -> None:
    for purpose in (Purpose.ONBOARDING, Purpose.PUBLIC_NAME):
        give_consent(
            producer, purpose, given_by_name=str(person), channel=Consent.Channel.PHONE, given_by=person, by=person
        )


def _declare(case: Case, dossier: Dossier, person: User) -> None:
    """Answer every question, send the dossier, and let the manager accept it."""
    answers = ANSWERS | {"contact_name": str(person), "diary_keeper": str(person)}
    while (task := standing_of(dossier).next) is not None:
        question = next(each for each in task.task.questions if each.key == task.first_open)
        if question.kind == Kind.PHOTO:
            picture = pictures.draw(dossier.product.name, _group(dossier.product).code)
            save_answer(dossier, question.key, picture=picture, by=person)
        elif question.key in answers:
            save_answer(dossier, question.key, answers[question.key], by=person)
        else:
            save_answer(dossier, question.key, is_unknown=True, by=person)
    send_dossier(dossier, by=person)
    poke(dossier.onboarding)
    do(case.cast.manager, dossier.onboarding, decision="accept")


def _group(product: Product) -> ProductGroup:
    """The group of a product that has one: step 3 is behind it."""
    if product.group is None:
        raise RuntimeError(f"{product} has no group")
    return product.group


def _lot(case: Case, dossier: Dossier, person: User) -> None:
    """A lot of the day before yesterday with a record of every stage."""
    product, producer = dossier.product, dossier.producer
    complete_product(product, _group(product).code, by=case.cast.manager)
    place = registry.register_place(
        producer, name="Cơ sở sấy của hộ (giả lập)", kind=Place.Kind.WORKSHOP, commune=producer.commune,
        by=case.cast.manager,
    )  # fmt: skip
    day = timezone.localdate() - timedelta(days=2)
    lot = open_lot(
        product, number=f"L{day:%y%m%d}-01", place=place, produced_from=day, produced_to=day,
        expires_on=day + timedelta(days=180), quantity=Decimal(120), unit="kg", by=person,
    )  # fmt: skip
    start = datetime.combine(day, time(7, 30), timezone.get_current_timezone())
    for number, step in enumerate(_group(product).steps.order_by("position")):
        at = start + timedelta(hours=number)
        record_event(lot, step=step, place=place, event_time=at, now=at + timedelta(minutes=20),
                     quantity=None, unit="", note="(giả lập)", by=person)  # fmt: skip


def _ask(producer: Producer, person: User) -> None:
    """The household asks to see its data: two working days for the answer."""
    receive_request(
        kind=DataRequest.Kind.SEE, producer=producer, requester_name=str(person), requester_phone=PHONE,
        detail="Cơ quan đang giữ thông tin gì của hộ tôi? (giả lập)", by=person,
    )  # fmt: skip
