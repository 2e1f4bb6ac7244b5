"""Ordering stamps: only for an enrolled product of a running rollout."""

import pytest
from django.urls import reverse

from projects.models import StageKind
from stamps import actions
from stamps.errors import NotAllowedForYou, OrderRefused
from stamps.models import StampOrder
from tests.factories import stamps
from workflows.models import StampOrderProcess

URL = "/stamps/orders/new/"


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


def test_a_producer_orders_stamps_and_the_flow_starts(client, chain):
    client.force_login(chain.producer)
    answer = client.post(URL, {"enrolment": chain.enrolment.pk, "quantity": 650, "note": "Vụ tháng 6"})
    order = StampOrder.objects.get()
    assert answer.headers["Location"] == reverse("stamps:order", args=[order.pk])
    assert (order.quantity, order.note, order.requested_by) == (650, "Vụ tháng 6", chain.producer)
    assert StampOrderProcess.objects.get().order == order


def test_the_form_offers_only_products_in_a_rollout(client, chain):
    chain.project.stages.filter(kind=StageKind.ROLLOUT).update(opened_at=None)
    client.force_login(chain.producer)
    page = client.get(URL).content.decode()
    assert chain.product.name not in page
    client.post(URL, {"enrolment": chain.enrolment.pk, "quantity": 5})
    assert not StampOrder.objects.exists()


@pytest.mark.parametrize("quantity", ["0", "-3", "", "mười", "1000001"])
def test_an_impossible_quantity_is_refused_next_to_its_field(client, chain, quantity):
    client.force_login(chain.producer)
    answer = client.post(URL, {"enrolment": chain.enrolment.pk, "quantity": quantity})
    assert answer.status_code == 200
    assert answer.context["form"].errors["quantity"]
    assert not StampOrder.objects.exists()


def test_a_stranger_cannot_order(client, chain, son_la):
    client.force_login(son_la.manager)
    client.post(URL, {"enrolment": chain.enrolment.pk, "quantity": 5})
    assert not StampOrder.objects.exists()
    with pytest.raises(NotAllowedForYou):
        actions.order_stamps(chain.enrolment, quantity=5, by=son_la.manager)


def test_a_withdrawn_product_gets_no_stamps(chain):
    chain.enrolment.withdrawn_at = stamps.NOW
    chain.enrolment.save()
    with pytest.raises(OrderRefused, match="GL-99"):
        chain.order()


def test_orders_are_listed_for_the_province_only(client, chain, son_la):
    order = chain.order(650)
    client.force_login(chain.office.inspector)
    assert f">#{order.pk}<" in client.get("/stamps/orders/").content.decode()
    client.force_login(son_la.manager)
    assert f">#{order.pk}<" not in client.get("/stamps/orders/").content.decode()
    assert client.get(f"/stamps/orders/{order.pk}/").status_code == 404


def test_the_list_is_filtered_and_exported_as_filtered(client, chain):
    chain.order(650)
    client.force_login(chain.office.manager)
    name = chain.product.name.upper()
    assert "650" in client.get("/stamps/orders/", {"q": name}).content.decode()
    assert "650" not in client.get("/stamps/orders/", {"q": "hồ tiêu"}).content.decode()
    assert client.get("/stamps/orders/", {"q": name, "export": "xlsx"}).content[:2] == b"PK"


def test_the_list_takes_the_same_queries_for_many_orders(client, chain, django_assert_max_num_queries):
    for _ in range(12):
        chain.order()
    client.force_login(chain.office.manager)
    with django_assert_max_num_queries(14):
        client.get("/stamps/orders/")


def test_an_undecided_order_shows_who_asked_and_no_stamps(client, chain):
    order = chain.order()
    client.force_login(chain.producer)
    page = client.get(f"/stamps/orders/{order.pk}/").content.decode()
    assert str(chain.producer) in page
    assert 'class="qr"' not in page
