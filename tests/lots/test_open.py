"""Opening a lot: one number per product, dates in order, the producer's own place."""

from datetime import date

import pytest
from django.urls import reverse

from lots.models import Lot
from tests.factories import lots
from tests.factories.registry import ProducerFactory, complete_product, producer_user

ANSWERS = {
    "number": "L220608-01",
    "produced_from": "2022-06-08",
    "produced_to": "08/06/2022",
    "expires_on": "",
    "quantity": "1200.5",
    "unit": "kg",
}


@pytest.fixture
def product(gia_lai):
    return complete_product(ProducerFactory(province=gia_lai.province))


@pytest.fixture
def producer(product):
    return producer_user(product.producer, "chu-the")


def answers(product, **changes):
    return {**ANSWERS, "place": product.producer.places.get().pk, **changes}


def test_a_producer_opens_a_lot(client, product, producer):
    client.force_login(producer)
    answer = client.post(f"/lots/new/{product.pk}/", answers(product))
    lot = Lot.objects.get()
    assert answer.headers["Location"] == f"/lots/{lot.pk}/"
    assert (lot.number, lot.produced_to, lot.expires_on) == ("L220608-01", date(2022, 6, 8), None)


def test_a_producer_with_one_product_is_not_asked_which(client, product, producer):
    client.force_login(producer)
    assert client.get("/lots/new/").headers["Location"] == f"/lots/new/{product.pk}/"


def test_with_two_products_the_first_question_is_which(client, product, producer):
    other = complete_product(ProducerFactory(province=product.producer.province))
    second = producer_user(other.producer, producer.username)
    client.force_login(second)
    assert product.name in client.get("/lots/new/").content.decode()
    assert client.post("/lots/new/", {"product": other.pk}).headers["Location"] == f"/lots/new/{other.pk}/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "có dấu"}, "number"),
        ({"number": "A" * 21}, "number"),
        ({"number": ""}, "number"),
        ({"produced_to": "2022-06-07"}, "produced_to"),
        ({"expires_on": "2022-06-01"}, "expires_on"),
        ({"produced_from": "31/02/2022"}, "produced_from"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "0"}, "quantity"),
        ({"place": "999999"}, "place"),
    ],
)
def test_a_wrong_answer_is_refused_next_to_its_field(client, product, producer, changes, field):
    client.force_login(producer)
    answer = client.post(f"/lots/new/{product.pk}/", answers(product, **changes))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Lot.objects.exists()


def test_a_number_is_used_once_per_product(client, product, producer):
    lots.open_lot(product, by=producer)
    client.force_login(producer)
    answer = client.post(f"/lots/new/{product.pk}/", answers(product))
    assert "L220608-01" in answer.context["form"].errors["number"][0]
    assert Lot.objects.count() == 1


def test_without_a_place_the_page_leads_to_adding_one(client, product, producer):
    product.producer.places.all().delete()
    client.force_login(producer)
    url = reverse("lots:add_place", args=[product.producer_id])
    assert url in client.get(f"/lots/new/{product.pk}/").content.decode()
    commune = product.producer.commune_id
    answer = client.post(
        f"{url}?next=/lots/new/{product.pk}/", {"name": "Vườn đồi", "kind": "plot", "commune": commune, "gln": ""}
    )
    assert answer.headers["Location"] == f"/lots/new/{product.pk}/"
    assert product.producer.places.get().code.startswith("DD52")


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_adding_a_place_never_leads_to_a_foreign_site(client, product, producer, address):
    client.force_login(producer)
    answers = {"name": "Vườn đồi", "kind": "plot", "commune": product.producer.commune_id, "gln": ""}
    url = reverse("lots:add_place", args=[product.producer_id])
    assert client.post(url, answers, QUERY_STRING=f"next={address}").headers["Location"] == "/lots/"


def test_a_stranger_finds_nothing_to_open(client, product, son_la):
    client.force_login(son_la.manager)
    assert client.get(f"/lots/new/{product.pk}/").status_code == 404
    assert client.post(f"/lots/new/{product.pk}/", answers(product)).status_code == 404
    assert client.get(reverse("lots:add_place", args=[product.producer_id])).status_code == 404


def test_an_inspector_reads_but_does_not_open(client, product, gia_lai):
    client.force_login(gia_lai.inspector)
    assert client.get("/lots/").status_code == 200
    assert client.get(f"/lots/new/{product.pk}/").status_code == 404
    assert client.get(reverse("lots:add_place", args=[product.producer_id])).status_code == 403
