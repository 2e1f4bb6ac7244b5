"""What happened to a lot: recorded once, confirmed by another, corrected and never edited."""

import pytest

from lots.models import Event
from lots.policies import minimum_data_gaps
from tests.factories import lots
from tests.factories.registry import ProducerFactory, complete_product, producer_user


@pytest.fixture
def product(gia_lai):
    return complete_product(ProducerFactory(province=gia_lai.province))


@pytest.fixture
def producer(product):
    return producer_user(product.producer, "chu-the")


@pytest.fixture
def lot(product, producer):
    return lots.open_lot(product, by=producer)


def answers(lot, **changes):
    return {
        "step": lot.product.group.steps.get(key="thu-hoach").pk,
        "biz_location": lot.place_id,
        "event_time": "2022-06-08T06:30",
        "quantity": "1200",
        "unit": "kg",
        "note": "",
        **changes,
    }


def test_a_stage_is_recorded_with_place_time_and_author(client, lot, producer):
    client.force_login(producer)
    assert client.post(f"/lots/{lot.pk}/events/new/", answers(lot)).status_code == 302
    event = Event.objects.get()
    assert (event.step.key, event.event_time, event.recorded_by) == ("thu-hoach", lots.at(8), producer)
    assert event.biz_step == event.step.biz_step


def test_the_form_proposes_the_next_stage_without_a_record(client, lot, producer):
    lots.record(lot, "thu-hoach", by=producer)
    client.force_login(producer)
    page = client.get(f"/lots/{lot.pk}/events/new/", headers={"accept-language": "en"})
    assert page.context["form"].initial["step"] == lot.product.group.steps.get(key="so-che").pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event_time": "2199-01-01T00:00"}, "event_time"),
        ({"event_time": "hôm qua"}, "event_time"),
        ({"step": "999999"}, "step"),
        ({"biz_location": ""}, "biz_location"),
        ({"quantity": "nhiều"}, "quantity"),
    ],
)
def test_a_wrong_answer_is_refused_next_to_its_field(client, lot, producer, changes, field):
    client.force_login(producer)
    answer = client.post(f"/lots/{lot.pk}/events/new/", answers(lot, **changes))
    assert field in answer.context["form"].errors
    assert not Event.objects.exists()


def test_another_person_confirms_once(client, lot, producer):
    event = lots.record(lot, "thu-hoach", by=producer)
    second = producer_user(lot.product.producer, "to-truong")
    client.force_login(second)
    for _ in range(2):
        client.post(f"/lots/events/{event.pk}/confirm/")
    event.refresh_from_db()
    assert event.confirmed_by == second
    first_time = event.confirmed_at
    client.post(f"/lots/events/{event.pk}/confirm/")
    event.refresh_from_db()
    assert event.confirmed_at == first_time


def test_nobody_confirms_their_own_record(client, lot, producer):
    event = lots.record(lot, "thu-hoach", by=producer)
    client.force_login(producer)
    page = client.post(f"/lots/events/{event.pk}/confirm/", follow=True, headers={"accept-language": "en"})
    assert "another person must confirm" in page.content.decode()
    event.refresh_from_db()
    assert event.confirmed_at is None


def test_a_correction_takes_the_place_of_the_old_record_and_keeps_it(client, lot, producer):
    wrong = lots.record(lot, "thu-hoach", by=producer)
    client.force_login(producer)
    client.post(f"/lots/events/{wrong.pk}/correct/", answers(lot, quantity="950"))
    assert Event.objects.get(corrects=wrong).quantity == 950
    page = client.get(f"/lots/{lot.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "1 corrected record" in page


def test_a_record_is_corrected_once(client, lot, producer):
    wrong = lots.record(lot, "thu-hoach", by=producer)
    client.force_login(producer)
    for quantity in ("950", "940"):
        answer = client.post(f"/lots/events/{wrong.pk}/correct/", answers(lot, quantity=quantity))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert Event.objects.count() == 2


def test_a_corrected_record_cannot_be_confirmed_any_more(client, lot, producer):
    wrong = lots.record(lot, "thu-hoach", by=producer)
    lots.record(lot, "thu-hoach", by=producer, corrects=wrong)
    client.force_login(producer_user(lot.product.producer, "to-truong"))
    client.post(f"/lots/events/{wrong.pk}/confirm/")
    wrong.refresh_from_db()
    assert wrong.confirmed_at is None


def test_the_page_tells_what_is_missing_and_what_was_entered_late(client, lot, producer):
    lots.record(lot, "thu-hoach", by=producer, now=lots.at(10))
    client.force_login(producer)
    page = client.get(f"/lots/{lot.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "entered 2 days later" in page
    assert "Item 5: stage “Sơ chế” has no record" in page
    assert [gap.item for gap in minimum_data_gaps(lot)] == [5, 5]


def test_the_page_takes_the_same_queries_for_many_events(client, lot, producer, django_assert_max_num_queries):
    for day in range(8, 20):
        lots.record(lot, "thu-hoach", by=producer, day=day)
    client.force_login(producer)
    with django_assert_max_num_queries(20):
        client.get(f"/lots/{lot.pk}/")


def test_a_stranger_finds_neither_lot_nor_event(client, lot, producer, son_la):
    event = lots.record(lot, "thu-hoach", by=producer)
    client.force_login(son_la.manager)
    for path in (f"/lots/{lot.pk}/", f"/lots/{lot.pk}/events/new/", f"/lots/events/{event.pk}/correct/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/lots/events/{event.pk}/confirm/").status_code == 404


def test_an_inspector_reads_and_does_not_write(client, lot, producer, gia_lai):
    event = lots.record(lot, "thu-hoach", by=producer)
    client.force_login(gia_lai.inspector)
    assert client.get(f"/lots/{lot.pk}/").status_code == 200
    assert client.post(f"/lots/{lot.pk}/events/new/", answers(lot)).status_code == 403
    client.post(f"/lots/events/{event.pk}/confirm/")
    event.refresh_from_db()
    assert event.confirmed_at is None


def test_confirming_is_by_post_only(client, lot, producer):
    event = lots.record(lot, "thu-hoach", by=producer)
    client.force_login(producer)
    assert client.get(f"/lots/events/{event.pk}/confirm/").status_code == 405
