"""Cartons and pallets: an SSCC of the producer's own prefix, and the lots in them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from gs1.keys import check_digit
from lots.actions import recall, unpack_unit, withdraw_unit
from lots.errors import NotAllowedForYou, NotAllowedNow
from lots.models import LogisticUnit
from people.models import AuditEvent
from registry.models import BarcodeRegistration
from tests.factories import lots
from tests.factories.registry import ProducerFactory, complete_product, producer_user

PREFIX = "952000123"


def sscc(number=1, *, prefix=PREFIX, extension="3"):
    body = f"{extension}{prefix}".ljust(17 - len(str(number)), "0") + str(number)
    return f"{body}{check_digit(body)}"


@pytest.fixture
def product(gia_lai):
    return complete_product(ProducerFactory(province=gia_lai.province))


@pytest.fixture
def producer(product):
    return producer_user(product.producer, "chu-the")


@pytest.fixture
def lot(product, producer):
    return lots.open_lot(product, by=producer)


@pytest.fixture
def registration(product):
    return BarcodeRegistration.objects.create(
        producer=product.producer,
        prefix=PREFIX,
        certificate_number="GS1-01 (giả lập)",
        issued_on=date(2022, 1, 1),
        expires_on=date(2030, 1, 1),
        fee_paid_for=2022,
    )


@pytest.fixture
def page(client, producer, product):
    client.force_login(producer)
    return f"/lots/units/new/{product.producer_id}/"


def answers(lot, **changes):
    return {"sscc": sscc(), "packed_on": "10/06/2022", "lot_1": lot.pk, "quantity_1": "12.5", **changes}


def test_a_producer_records_a_carton(client, page, lot, registration):
    answer = client.post(page, answers(lot, note="Xe số 2"))
    unit = LogisticUnit.objects.get()
    assert answer.headers["Location"] == f"/lots/units/{unit.pk}/"
    assert (unit.sscc, unit.packed_on, unit.note) == (sscc(), date(2022, 6, 10), "Xe số 2")
    assert [(content.lot, content.quantity) for content in unit.contents.all()] == [(lot, Decimal("12.5"))]
    assert AuditEvent.objects.filter(verb="lot.unit_packed").count() == 1
    shown = client.get(answer.headers["Location"]).content.decode()
    assert lot.number in shown
    assert "12,5" in shown


@pytest.mark.parametrize("typed", ["(00){}", "00{}", " (00) {}", "{} "])
def test_the_number_is_taken_as_the_label_prints_it(client, page, lot, registration, typed):
    client.post(page, answers(lot, sscc=typed.format(sscc())))
    assert LogisticUnit.objects.get().sscc == sscc()


def refused(client, page, given, field):
    answer = client.post(page, given)
    assert answer.status_code == 200
    assert LogisticUnit.objects.count() == 0
    return " ".join(answer.context["form"].errors[field])


@pytest.mark.parametrize("wrong", ["395200012300000001", "39520001230000001", "ABC", "٣" * 18, "1" * 30])
def test_a_number_that_is_no_sscc_is_refused(client, page, lot, registration, wrong):
    assert "SSCC" in refused(client, page, answers(lot, sscc=wrong), "sscc")


def test_a_number_of_another_prefix_is_refused_and_the_own_one_named(client, page, lot, registration):
    assert PREFIX in refused(client, page, answers(lot, sscc=sscc(prefix="952000999")), "sscc")


def test_without_a_gs1_prefix_no_number_is_made_up(client, page, lot, product):
    assert product.producer.name in refused(client, page, answers(lot), "sscc")


def test_a_prefix_counts_while_its_certificate_is_in_force(client, page, lot, registration):
    BarcodeRegistration.objects.update(expires_on=date(2022, 6, 10))
    assert "10/06/2022" in refused(client, page, answers(lot), "sscc")


def test_a_number_is_used_once(client, page, lot, registration):
    client.post(page, answers(lot))
    answer = client.post(page, answers(lot))
    assert sscc() in " ".join(answer.context["form"].errors["sscc"])
    assert LogisticUnit.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"packed_on": (timezone.localdate() + timedelta(days=2)).strftime("%d/%m/%Y")}, "packed_on"),
        ({"packed_on": "hôm qua"}, "packed_on"),
        ({"lot_1": ""}, "lot_1"),
        ({"lot_1": "987654"}, "lot_1"),
        ({"quantity_1": ""}, "quantity_1"),
        ({"quantity_1": "0"}, "quantity_1"),
        ({"quantity_1": "1200.001"}, "quantity_1"),
        ({"quantity_2": "5"}, "lot_2"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_a_wrong_answer_is_told_next_to_its_field(client, page, lot, registration, changes, field):
    assert refused(client, page, answers(lot, **changes), field)


def test_a_lot_stands_in_a_carton_once(client, page, lot, registration):
    assert lot.number in refused(client, page, answers(lot, lot_2=lot.pk, quantity_2="1"), "lot_2")


def test_a_second_lot_needs_its_quantity(client, page, lot, product, producer, registration):
    other = lots.open_lot(product, by=producer, number="L2")
    assert refused(client, page, answers(lot, lot_2=other.pk), "quantity_2")


def test_another_producers_lot_cannot_be_packed(client, page, lot, registration, gia_lai):
    foreign = complete_product(ProducerFactory(province=gia_lai.province))
    other = lots.open_lot(foreign, by=producer_user(foreign.producer, "nguoi-khac"), number="KHAC")
    assert refused(client, page, answers(lot, lot_1=other.pk), "lot_1")


def test_strangers_find_no_carton_and_no_page_to_record_one(client, page, lot, registration, son_la):
    client.post(page, answers(lot))
    unit = LogisticUnit.objects.get()
    client.force_login(son_la.manager)
    assert client.get(f"/lots/units/{unit.pk}/").status_code == 404
    assert client.get(page).status_code == 404
    assert f">{unit.sscc}<" not in client.get("/lots/units/").content.decode()


def test_cartons_are_listed_and_found_by_number_lot_and_producer(client, page, lot, registration, gia_lai, product):
    client.post(page, answers(lot))
    client.force_login(gia_lai.inspector)
    for text in ("", sscc(), sscc()[5:12], "l220608", product.producer.name.upper(), f"(00){sscc()}"):
        assert f">{sscc()}<" in client.get("/lots/units/", {"q": text}).content.decode(), text
    assert f">{sscc()}<" not in client.get("/lots/units/", {"q": "hồ tiêu"}).content.decode()
    assert client.get("/lots/units/", {"q": "\x00'%", "page": "x"}).status_code == 200
    assert client.get("/lots/units/", {"export": "xlsx"}).content[:2] == b"PK"


def test_who_acts_for_one_producer_is_not_asked_whose_carton_it_is(client, page):
    assert client.get("/lots/units/new/").headers["Location"] == page


# --- corrected -------------------------------------------------------------------------------
@pytest.fixture
def unit(client, page, lot, registration):
    client.post(page, answers(lot))
    return LogisticUnit.objects.get()


def correct(client, unit, what, reason="Đóng nhầm lô"):
    return client.post(f"/lots/units/{unit.pk}/correct/", {"what": what, "reason": reason})


def test_a_wrong_record_makes_room_for_the_right_one_and_stays_in_the_files(client, page, lot, unit, producer):
    assert correct(client, unit, "wrong").status_code == 302
    unit.refresh_from_db()
    assert (unit.state, unit.close_reason, unit.closed_by) == ("wrong", "Đóng nhầm lô", producer)
    assert client.get(f"/scan/00/{sscc()}/").status_code == 404
    assert "Đóng nhầm lô" in client.get(f"/lots/units/{unit.pk}/").content.decode()

    assert client.post(page, answers(lot, quantity_1="3")).status_code == 302
    assert "3 kg" in client.get(f"/scan/00/{sscc()}/").content.decode()
    assert AuditEvent.objects.filter(verb="lot.unit_withdrawn").count() == 1


def test_an_unpacked_carton_keeps_its_number_and_tells_that_it_is_empty(client, page, lot, unit, product, gia_lai):
    recall(product, lot=lot, reason="Nhãn sai", advice="Trả lại", by=gia_lai.manager)
    assert correct(client, unit, "unpacked").status_code == 302
    shown = client.get(f"/scan/00/{sscc()}/", headers={"accept-language": "en"}).content.decode()
    assert "unpacked on" in shown
    assert lot.number not in shown
    assert "Nhãn sai" not in shown
    assert "sscc" in client.post(page, answers(lot)).context["form"].errors
    assert correct(client, unit, "wrong").status_code == 302  # that too may turn out to have been wrong


@pytest.mark.parametrize(("what", "reason"), [("wrong", " "), ("unpacked", ""), ("packed", "x"), ("", "x")])
def test_a_correction_needs_what_happened_and_why(client, unit, what, reason):
    assert correct(client, unit, what, reason).status_code == 200
    unit.refresh_from_db()
    assert unit.state == "packed"


def test_a_carton_is_corrected_once_by_those_who_write_for_the_producer(client, unit, gia_lai, son_la):
    assert correct(client, unit, "wrong").status_code == 302
    assert correct(client, unit, "unpacked").status_code == 200
    unit.refresh_from_db()
    assert unit.state == "wrong"
    client.force_login(gia_lai.leader)
    assert correct(client, unit, "wrong").status_code == 403
    client.force_login(son_la.manager)
    assert correct(client, unit, "wrong").status_code == 404
    with pytest.raises(NotAllowedForYou):
        unpack_unit(unit, reason="x", by=gia_lai.leader)


@pytest.mark.parametrize("act", [unpack_unit, withdraw_unit])
def test_the_act_itself_wants_a_reason_and_an_open_carton(unit, producer, act):
    with pytest.raises(NotAllowedNow):
        act(unit, reason=" ", by=producer)
    act(unit, reason="x", by=producer)
    with pytest.raises(NotAllowedNow):
        act(unit, reason="x", by=producer)
