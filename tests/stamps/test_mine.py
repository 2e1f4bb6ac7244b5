"""The producer's page: their products and the one thing to do next."""

import pytest

from stamps import actions
from stamps.models import StampChange
from tests.factories import lots, stamps


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


def next_url(client, chain):
    client.force_login(chain.producer)
    answer = client.get("/stamps/mine/")
    following = answer.context["next"]
    return following and following.url


def test_first_a_lot_then_its_gaps_then_the_stamps(client, chain):
    assert next_url(client, chain) == "/lots/new/"
    lot = lots.open_lot(chain.product, by=chain.producer)
    assert next_url(client, chain) == f"/lots/{lot.pk}/"
    for step in ("thu-hoach", "so-che", "phan-phoi"):
        lots.record(lot, step, by=chain.producer)
    assert next_url(client, chain) == "/stamps/orders/new/"
    batch = chain.handed_over()
    assert next_url(client, chain) == f"/stamps/batches/{batch.pk}/activate/"
    stamps.activate(batch, batch.start, batch.end, lot, by=chain.producer)
    assert next_url(client, chain) is None


def test_it_shows_nobody_elses_products(client, chain, gia_lai):
    other = stamps.chain(gia_lai, project=chain.project)
    client.force_login(chain.producer)
    page = client.get("/stamps/mine/").content.decode()
    assert chain.product.name in page
    assert other.product.name not in page


def test_a_person_without_products_is_told_whom_to_ask(client, gia_lai):
    client.force_login(gia_lai.helper)
    assert 'class="empty"' in client.get("/stamps/mine/").content.decode()


def test_a_visitor_must_sign_in(client, db):
    assert client.get("/stamps/mine/").status_code == 302


def test_stamps_that_ended_or_are_suspended_wait_for_no_lot(client, chain):
    lot = chain.lot()
    batch = chain.handed_over(10)
    stamps.activate(batch, batch.start, batch.start + 4, lot, by=chain.producer)
    change = {"reason": "rách", "by": chain.producer}
    actions.change_stamps(batch, batch.start + 4, batch.start + 7, state=StampChange.State.LOST, **change)
    client.force_login(chain.producer)
    assert "3 stamps on no lot yet" in client.get("/stamps/mine/").content.decode()
    actions.change_stamps(batch, batch.start + 7, batch.end, state=StampChange.State.SUSPENDED, **change)
    assert next_url(client, chain) is None
    assert f"/batches/{batch.pk}/activate/" not in client.get(f"/stamps/lots/{lot.pk}/").content.decode()
