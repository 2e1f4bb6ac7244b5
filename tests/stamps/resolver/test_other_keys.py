"""Places (414), producers (417) and cartons (00): their linksets and their public pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings as site
from django.utils import timezone

from gs1.keys import check_digit
from lots.actions import recall
from lots.models import LogisticUnit, UnitContent
from registry.models import Producer
from tests.factories import stamps
from tests.stamps.resolver.checker import wrong_in_linkset
from tests.stamps.resolver.conftest import GTIN

BASE = f"https://{site.STAMPS_HOST}"


def key(body):
    return f"{body}{check_digit(body)}"


GLN, OTHER_GLN, SSCC = key("952000012345"), key("952000054321"), key("09520001230000001")


@pytest.fixture
def keys(chain):
    """The product's producer and place have GLNs, and a carton holds its lot."""
    producer = chain.product.producer
    Producer.objects.filter(pk=producer.pk).update(gln=GLN)
    producer.places.update(gln=OTHER_GLN)
    lot = chain.activated().lot
    unit = LogisticUnit.objects.create(
        sscc=SSCC,
        producer=producer,
        packed_on=date(2022, 6, 10),
        recorded_at=timezone.now(),
        recorded_by=chain.producer,
    )
    UnitContent.objects.create(unit=unit, lot=lot, quantity=Decimal("1200"))
    producer.refresh_from_db()
    return chain


@pytest.mark.parametrize(
    ("printed", "page"),
    [
        (f"/417/{GLN}", f"/scan/417/{GLN}/"),
        (f"/417/{GLN}/7040/1ABC", f"/scan/417/{GLN}/"),
        (f"/414/{OTHER_GLN}", f"/scan/414/{OTHER_GLN}/"),
        (f"/414/{OTHER_GLN}/254/THUA%2D7", f"/scan/414/{OTHER_GLN}/"),
        (f"/00/{SSCC}", f"/scan/00/{SSCC}/"),
    ],
)
def test_each_key_leads_to_its_page_and_has_a_linkset(client, keys, printed, page):
    answer = client.get(printed)
    assert (answer.status_code, answer.headers["Location"]) == (307, page)
    document = client.get(printed, {"linkType": "linkset"}).json()
    assert wrong_in_linkset(document) == []
    [level] = document["linkset"]
    assert level["anchor"] == BASE + "/".join(printed.split("/")[:3])
    shown = client.get(page)
    assert shown.status_code == 200
    assert not shown.cookies
    assert len(shown.content) < 20_000


def test_a_producers_page_names_its_products_with_stamps(client, keys):
    shown = client.get(f"/scan/417/{GLN}/").content.decode()
    assert keys.product.producer.name in shown
    assert f'href="/scan/01/{GTIN}/"' in shown


def test_a_product_without_activated_stamps_is_not_named(client, chain):
    Producer.objects.filter(pk=chain.product.producer_id).update(gln=GLN)
    assert chain.product.name not in client.get(f"/scan/417/{GLN}/").content.decode()


def test_a_person_who_has_not_agreed_is_not_named_anywhere(client, keys):
    producer = keys.product.producer
    Producer.objects.filter(pk=producer.pk).update(kind=Producer.Kind.HOUSEHOLD, name="Hộ ông Nguyễn Văn Thử (giả lập)")
    producer.places.update(name="Vườn ông Nguyễn Văn Thử (giả lập)")
    for address in (f"417/{GLN}", f"414/{OTHER_GLN}", f"00/{SSCC}"):
        for shown in (client.get(f"/scan/{address}/"), client.get(f"/{address}", {"linkType": "linkset"})):
            assert shown.status_code == 200
            assert "Nguyễn Văn Thử" not in shown.content.decode()


def test_a_merged_producers_number_leads_to_the_entry_that_stayed(client, keys, gia_lai):
    other = stamps.chain(gia_lai, project=keys.project, gtin=None).product.producer
    Producer.objects.filter(pk=keys.product.producer_id).update(merged_into=other)
    assert other.name in client.get(f"/scan/417/{GLN}/").content.decode()


def test_a_cartons_page_says_what_is_in_it(client, keys):
    shown = client.get(f"/scan/00/{SSCC}/").content.decode()
    assert "L220608-01" in shown
    assert "1.200 kg" in shown
    assert f'href="/scan/01/{GTIN}/"' in shown


@pytest.mark.parametrize("whole_product", [True, False])
def test_a_recall_shows_on_every_carton_with_the_goods(client, keys, whole_product):
    lot = None if whole_product else keys.product.lots.get()
    assert client.get(f"/00/{SSCC}?linkType=gs1:recallStatus").status_code == 404
    recall(keys.product, lot=lot, reason="Dư lượng vượt mức", advice="Trả lại nơi mua", by=keys.office.manager)
    assert client.get(f"/00/{SSCC}?linkType=gs1:recallStatus").status_code == 307
    shown = client.get(f"/scan/00/{SSCC}/").content.decode()
    assert "Dư lượng vượt mức" in shown
    assert "Trả lại nơi mua" in shown


@pytest.mark.parametrize(
    "address", [f"414/{GLN}", f"417/{key('952000000000')}", "00/095200000000000000", "417/1234567890123"]
)
def test_a_number_of_nobody_is_not_found(client, chain, address):
    assert client.get(f"/scan/{address}/").status_code == 404


@pytest.mark.parametrize("query", ["lang=en", "lang=xx", "lang=%00"])
def test_the_page_speaks_the_language_asked_for(client, keys, query):
    shown = client.get(f"/scan/00/{SSCC}/", QUERY_STRING=query).content.decode()
    assert f'<html lang="{"en" if query == "lang=en" else "vi"}">' in shown
