"""Who says so: each fact names who entered it and who confirmed it, by part or office, and what nobody confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people import audit
from registry.models import Certificate, Producer
from tests.factories import lots
from tests.factories.registry import ProductFactory, producer_user
from tests.stamps.public.conftest import path_of, words


@pytest.fixture
def paper(chain):
    def make(kind=Certificate.Kind.VIETGAP, number="VG-01 (giả lập)", until=None, **fields):
        issued = {"issuer": "Tổ chức chứng nhận (giả lập)", "issued_on": date(2021, 6, 1), "valid_until": until}
        paper = Certificate.objects.create(
            producer=chain.product.producer, kind=kind, number=number, **(issued | fields)
        )
        facts = {"by": chain.office.helper, "target": paper, "case": paper.producer}
        audit.record("registry.certificate_recorded", province=chain.office.province, **facts)
        return paper

    return make


def test_the_lot_says_who_opened_it(phone, chain, batch):
    assert "Lot · recorded by the producer, 08/06/2022 · not confirmed yet" in words(phone.open(path_of(batch)))


def test_facts_of_the_registry_say_which_office_entered_them(phone, chain, batch):
    audit.record(
        "registry.product_edited", by=chain.office.manager, target=chain.product, province=chain.office.province
    )
    page = words(phone.open(path_of(batch)))
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert f"Product · recorded by {chain.office.organisation}, {today} · not confirmed yet" in page
    assert str(chain.office.manager) not in page


def test_what_nobody_remembers_entering_says_so(phone, batch):
    assert "Producer · who recorded it is not known · not confirmed yet" in words(phone.open(path_of(batch)))


def test_a_paper_in_force_says_until_when_and_who_entered_it(phone, chain, batch, paper):
    until = timezone.localdate() + timedelta(days=30)
    paper(until=until)
    page = words(phone.open(path_of(batch)))
    assert f"VietGAP valid until {until:%d/%m/%Y} VG-01 (giả lập)" in page
    assert f"recorded by {chain.office.organisation}" in page


def test_a_paper_that_ended_after_the_lot_was_made_is_told_apart_from_one_in_force(phone, batch, paper):
    paper(until=date(2022, 12, 31))
    assert "ended on 31/12/2022; valid when the lot was made" in words(phone.open(path_of(batch)))


def test_a_paper_that_held_neither_then_nor_now_is_no_evidence(phone, batch, paper):
    paper(until=date(2022, 1, 1))
    assert "VietGAP" not in words(phone.open(path_of(batch)))


def test_papers_of_another_product_are_not_shown(phone, chain, batch, paper):
    paper().products.add(
        ProductFactory(
            producer=chain.product.producer, number=2, name="Mít sấy (giả lập)", gtin=None, own_code="T999999999"
        )
    )
    assert "VietGAP" not in words(phone.open(path_of(batch)))


def test_the_number_of_an_unnamed_persons_paper_is_kept_back(phone, chain, batch, paper):
    Producer.objects.filter(pk=chain.product.producer_id).update(kind=Producer.Kind.HOUSEHOLD)
    paper()
    page = words(phone.open(path_of(batch)))
    assert "VietGAP" in page
    assert "VG-01" not in page


def test_a_confirmed_event_names_part_and_day_and_a_late_entry_its_delay(phone, chain, batch):
    second = producer_user(chain.product.producer, "to-truong")
    second.job_title = "tổ trưởng vườn"
    second.save()
    lot = chain.product.lots.get()
    event = lots.record(lot, "phan-phoi", by=chain.producer, day=9, now=lots.at(21))
    lots.actions.confirm_event(event, by=second, now=lots.at(22))
    page = words(phone.open(path_of(batch)))
    assert "entered 12 days later" in page
    assert "confirmed by tổ trưởng vườn, 22/06/2022" in page
