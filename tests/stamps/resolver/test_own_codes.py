"""Products without a GTIN: our own code answers like a GTIN, and stays an alias when the product gets one."""

import pytest
from django.conf import settings as site

from stamps.resolver.words import SAME_AS
from tests.factories import stamps
from tests.factories.registry import demo_gtin
from tests.stamps.resolver.checker import wrong_in_linkset

BASE = f"https://{site.STAMPS_HOST}"


@pytest.fixture
def own(gia_lai):
    return stamps.chain(gia_lai, gtin=None)


def levels(client, path):
    answer = client.get(path, {"linkType": "linkset"})
    assert wrong_in_linkset(answer.json()) == []
    return answer.json()["linkset"]


def test_an_own_code_has_a_linkset_of_every_level(client, own):
    code = own.product.own_code
    found = levels(client, f"/VN/TX/{code}/S/0ABCDEFGHJKMNP")
    assert [level["anchor"] for level in found] == [f"{BASE}/vn/tx/{code}/s/0ABCDEFGHJKMNP", f"{BASE}/vn/tx/{code}"]
    assert f"{BASE}/scan/vn/tx/{code}/s/0ABCDEFGHJKMNP/" in str(found[0]["https://gs1.org/voc/verificationService"])


def test_an_own_code_answers_with_the_same_headers(client, own):
    path = f"/vn/tx/{own.product.own_code}"
    assert client.options(path).status_code == 204
    answer = client.get(path, QUERY_STRING="x=%3B;y")
    assert answer.status_code == 307
    assert answer.headers["Location"].endswith("/?x=%3B;y")
    assert answer.headers["Link"].startswith(f"<{BASE}{path}?linkType=linkset>")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(path, {"linkType": "gs1:epcis"}).status_code == 404
    assert client.get(path, headers={"accept": "application/linkset+json"}).status_code == 200


@pytest.fixture
def upgraded(own):
    """A product whose stamps were printed with our code before it got its GTIN."""
    own.activated()
    own.product.gtin = demo_gtin(999)
    own.product.save(update_fields=["gtin"])
    return own


def test_after_the_gtin_the_old_address_leads_where_it_led(client, upgraded):
    path = f"/vn/tx/{upgraded.product.own_code}"
    assert client.get(path).headers["Location"] == f"/scan{path}/"
    assert client.get(f"/scan{path}/").status_code == 200


def test_after_the_gtin_the_old_addresss_linkset_names_the_new_one(client, upgraded):
    product = upgraded.product
    [old] = levels(client, f"/vn/tx/{product.own_code}")
    assert [link["href"] for link in old[SAME_AS]] == [f"{BASE}/01/{product.gtin}"]
    [new] = levels(client, f"/01/{product.gtin}")
    assert SAME_AS not in new


def test_an_old_code_that_was_never_printed_leads_to_the_page_of_the_gtin(client, own):
    own.product.gtin = demo_gtin(999)
    own.product.save(update_fields=["gtin"])
    answer = client.get(f"/vn/tx/{own.product.own_code}")
    assert answer.headers["Location"] == f"/scan/01/{own.product.gtin}/"


def test_a_gtin_that_was_printed_and_then_changed_still_resolves(client, gia_lai):
    chain = stamps.chain(gia_lai, gtin=demo_gtin(999))
    chain.activated()
    chain.product.gtin = demo_gtin(1000)
    chain.product.save(update_fields=["gtin"])
    assert client.get(f"/01/{demo_gtin(999)}").headers["Location"] == f"/scan/01/{demo_gtin(999)}/"
    [old] = levels(client, f"/01/{demo_gtin(999)}")
    assert [link["href"] for link in old[SAME_AS]] == [f"{BASE}/01/{demo_gtin(1000)}"]
