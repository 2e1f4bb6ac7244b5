"""Activation: free stamps of the batch, on a lot of the product that lacks nothing."""

import pytest
from django.utils import translation

from stamps import actions
from stamps.codes import serials
from stamps.errors import ActivationRefused, NotAllowedForYou
from stamps.life.spans import free_spans
from stamps.models import Activation
from tests.factories import lots, stamps


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


@pytest.fixture
def batch(chain):
    return chain.handed_over(10)


def url(batch):
    return f"/stamps/batches/{batch.pk}/activate/"


def printed(batch, index):
    return serials.grouped(actions.serial_at(batch, index))


def test_a_range_goes_on_a_lot(client, chain, batch):
    lot = chain.lot()
    client.force_login(chain.producer)
    answers = {"lot": lot.pk, "way": "range", "first": printed(batch, 2), "last": printed(batch, 5)}
    assert client.post(url(batch), answers).status_code == 302
    activation = Activation.objects.get()
    assert (activation.start, activation.end, activation.lot) == (2, 6, lot)


@pytest.mark.parametrize(
    "typed",
    [
        lambda serial, uri: serial.lower(),
        lambda serial, uri: f" {serial.replace('-', ' ')} ",
        lambda serial, uri: serial.replace("0", "o").replace("1", "l"),
        lambda serial, uri: uri,
        lambda serial, uri: uri.lower() + "?utm=1",
    ],
    ids=["small letters", "spaces", "o and l", "scanned address", "scanned address in small letters"],
)
@pytest.mark.parametrize("gtin", ["09520000009991", None])
def test_serials_are_read_as_people_type_and_scanners_paste_them(gia_lai, typed, gtin):
    chain = stamps.chain(gia_lai, gtin=gtin)
    batch = chain.handed_over(10)
    first, last = (
        typed(printed(batch, index), actions.uri_at(batch, index)) for index in (batch.start, batch.start + 1)
    )
    activation = actions.activate_stamps(batch, first=first, last=last, lot=chain.lot(), by=chain.producer)
    assert activation.quantity == 2


def test_the_whole_batch_goes_with_one_tick(client, chain, batch):
    client.force_login(chain.producer)
    client.post(url(batch), {"lot": chain.lot().pk, "way": "whole"})
    assert Activation.objects.get().quantity == 10


def test_a_double_click_activates_once(client, chain, batch):
    answers = {"lot": chain.lot().pk, "way": "range", "first": printed(batch, 0), "last": printed(batch, 3)}
    client.force_login(chain.producer)
    assert [client.post(url(batch), answers).status_code for _ in range(2)] == [302, 302]
    assert Activation.objects.count() == 1


def test_an_overlap_is_refused_next_to_the_first_stamp(client, chain, batch):
    lot = chain.lot()
    stamps.activate(batch, 0, 4, lot, by=chain.producer)
    client.force_login(chain.producer)
    answer = client.post(
        url(batch), {"lot": lot.pk, "way": "range", "first": printed(batch, 3), "last": printed(batch, 6)}
    )
    assert "1 stamps of the range are already activated" in answer.context["form"].errors["first"][0]
    assert Activation.objects.count() == 1


def test_stamps_before_and_after_an_activated_range_stay_free(chain, batch):
    lot = chain.lot()
    stamps.activate(batch, 3, 6, lot, by=chain.producer)
    stamps.activate(batch, 0, 3, lot, by=chain.producer)
    stamps.activate(batch, 6, 10, lot, by=chain.producer)
    assert free_spans(batch) == []


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("5", "2", "last"), ("x", "2", "first"), ("2", "", "last"), ("2", "0000-0000-0000-00", "last")],
    ids=["reversed", "no serial", "nothing", "forged"],
)
def test_a_wrong_end_is_named(client, chain, batch, first, last, field):
    ends = {
        name: printed(batch, int(text)) if text.isdigit() else text for name, text in (("first", first), ("last", last))
    }
    client.force_login(chain.producer)
    answer = client.post(url(batch), {"lot": chain.lot().pk, "way": "range", **ends})
    assert field in answer.context["form"].errors
    assert not Activation.objects.exists()


def test_a_stamp_of_another_batch_is_refused(chain, batch):
    other = chain.handed_over(5)
    with pytest.raises(ActivationRefused) as refused:
        actions.activate_stamps(
            batch, first=printed(batch, 0), last=printed(other, 12), lot=chain.lot(), by=chain.producer
        )
    assert refused.value.field == "last"


def test_the_address_of_another_product_is_refused(chain, batch, gia_lai):
    other = stamps.chain(gia_lai, project=chain.project).handed_over(5)
    with pytest.raises(ActivationRefused, match="another product"):
        actions.activate_stamps(
            batch, first=actions.uri_at(other, other.start), last=printed(batch, 3), lot=chain.lot(), by=chain.producer
        )


def test_a_lot_with_gaps_is_refused_with_links_to_what_is_missing(client, chain, batch):
    chain.product.standards.clear()
    lot = lots.open_lot(chain.product, by=chain.producer)
    client.force_login(chain.producer)
    answer = client.post(url(batch), {"lot": lot.pk, "way": "whole"})
    assert "Item 10" in answer.context["form"].errors["lot"][0]
    page = answer.content.decode()
    assert f'href="/lots/{lot.pk}/events/new/"' in page
    assert f'href="{chain.product.get_absolute_url()}"' in page
    assert not Activation.objects.exists()


def test_a_lot_of_another_product_is_refused(chain, batch, gia_lai):
    lot = stamps.chain(gia_lai, project=chain.project).lot()
    with pytest.raises(ActivationRefused) as refused:
        stamps.activate(batch, 0, 3, lot, by=chain.producer)
    assert refused.value.field == "lot"


def test_stamps_that_are_not_handed_over_cannot_be_activated(chain):
    batch = chain.issued(5)
    with pytest.raises(ActivationRefused, match="not handed over"):
        stamps.activate(batch, 0, 3, chain.lot(), by=chain.producer)


def test_an_official_who_does_not_keep_the_registry_may_not(client, chain, batch):
    lot = chain.lot()
    client.force_login(chain.office.inspector)
    assert client.post(url(batch), {"lot": lot.pk, "way": "whole"}).status_code == 403
    with pytest.raises(NotAllowedForYou):
        stamps.activate(batch, 0, 3, lot, by=chain.office.inspector)


def test_a_helping_official_may(chain, batch):
    assert stamps.activate(batch, 0, 3, chain.lot(), by=chain.office.helper).quantity == 3


def test_a_stranger_does_not_find_the_batch(client, chain, batch, son_la):
    client.force_login(son_la.manager)
    assert client.get(url(batch)).status_code == 404
    assert client.post(url(batch), {"lot": chain.lot().pk, "way": "whole"}).status_code == 404


def test_the_page_proposes_the_first_free_stamp(client, chain, batch):
    stamps.activate(batch, 0, 4, chain.lot(), by=chain.producer)
    client.force_login(chain.producer)
    assert printed(batch, 4) in client.get(url(batch)).content.decode()


def test_without_a_lot_the_page_says_to_open_one(client, chain, batch):
    client.force_login(chain.producer)
    assert f'href="/lots/new/{chain.product.pk}/"' in client.get(url(batch)).content.decode()
