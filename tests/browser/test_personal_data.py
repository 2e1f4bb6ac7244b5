"""Consent on a phone, and the annex of a plan at the desk: accessible, light, and without surprises."""

from __future__ import annotations

import pytest

from privacy import policies
from privacy.actions import receive_request
from privacy.models import Consent, Purpose
from projects.models import Plan, Programme
from registry.models import Producer
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor, weight
from tests.factories import people
from tests.factories.registry import ProducerFactory, producer_user
from tests.projects import annex_files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PASSWORD = "mat-khau-thu-1"
PRODUCER_BUDGET = 90_000


def sound(visitor: Visitor) -> None:
    """The page is accessible and fits."""
    assert visitor.accessibility_problems() == []
    assert not visitor.scrolls_sideways()


@pytest.fixture
def office(transactional_db: None) -> people.Office:
    return people.gia_lai()


def test_a_producer_agrees_reads_it_again_and_withdraws_on_a_phone(visit: Visit, office: people.Office) -> None:
    producer = ProducerFactory(province=office.province, kind=Producer.Kind.HOUSEHOLD, name="Hộ bà Na (giả lập)")
    producer_user(producer, "0900000011")
    cookies = visit(PHONE).log_in("0900000011", PASSWORD).context.cookies()
    phone = visit(PHONE)  # an empty cache
    phone.context.add_cookies(cookies)  # type: ignore[arg-type]
    with phone.measured() as answers:
        phone.open(f"/producers/{producer.pk}/privacy/")
    assert weight(answers) <= PRODUCER_BUDGET
    sound(phone)
    phone.follow(f'a[href="/privacy/producers/{producer.pk}/give/public_name/"]')
    assert not phone.field("agrees").is_checked()
    phone.press("main form")
    assert phone.refused()
    sound(phone)
    phone.field("agrees").check()
    phone.press("main form")
    assert policies.has_consent(producer, Purpose.PUBLIC_NAME)
    sound(phone)
    phone.follow(f'a[href="/privacy/consents/{Consent.objects.get().pk}/withdraw/"]')
    sound(phone)
    phone.press("main form")
    assert not policies.has_consent(producer, Purpose.PUBLIC_NAME)


def test_a_request_is_taken_down_and_closed_at_the_desk(visit: Visit, office: people.Office) -> None:
    producer = ProducerFactory(province=office.province, kind=Producer.Kind.HOUSEHOLD, name="Hộ bà Na (giả lập)")
    request = receive_request(kind="see", producer=producer, requester_name="Bà Na (giả lập)", by=office.helper)
    desk = visit().log_in("gl-quanly", PASSWORD)
    for path in (
        "/privacy/requests/",
        f"/privacy/requests/new/?producer={producer.pk}",
        f"/privacy/producers/{producer.pk}/data/",
        f"/privacy/producers/{producer.pk}/erase/",
        request.get_absolute_url(),
    ):
        desk.open(path)
        sound(desk)
    desk.page.locator("#id_close_result").fill("Đã gửi bản sao.")
    desk.page.locator('input[name="outcome"][value="done"]').check()
    desk.press(f'form[action="{request.get_absolute_url()}close/"]')
    request.refresh_from_db()
    assert request.outcome == "done"


def test_an_annex_is_pasted_looked_at_and_added(visit: Visit, office: people.Office) -> None:
    programme = Programme.objects.create(province=office.province, code="gl", title="Chương trình (giả lập)")
    plan = Plan.objects.create(
        programme=programme, kind="plan", number="27/KH-SKHCN", issuer=office.organisation, title="Kế hoạch"
    )
    desk = visit().log_in("gl-quanly", PASSWORD)
    desk.open(f"/plans/{plan.pk}/lines/")
    sound(desk)
    desk.fill(text=annex_files.pasted(), body=annex_files.BODY)
    desk.press("main form")
    sound(desk)
    desk.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sound(desk)
    assert plan.lines.count() == 0
    desk.page.locator('button[name="add"]').click()
    desk.page.wait_for_load_state()
    assert plan.lines.count() == 8
