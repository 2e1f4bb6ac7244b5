"""The list of lots: mine, filtered, exported as filtered."""

import pytest

from tests.factories import lots
from tests.factories.registry import ProducerFactory, complete_product, producer_user


@pytest.fixture
def lot(gia_lai):
    product = complete_product(ProducerFactory(province=gia_lai.province))
    return lots.open_lot(product, by=producer_user(product.producer, "chu-the"))


def test_officials_see_the_lots_of_their_province(client, lot, gia_lai, son_la):
    client.force_login(gia_lai.inspector)
    assert lot.number in client.get("/lots/").content.decode()
    client.force_login(son_la.manager)
    assert lot.number not in client.get("/lots/").content.decode()


def test_it_is_found_by_number_product_or_producer_without_capitals_or_marks(client, lot, gia_lai):
    client.force_login(gia_lai.manager)
    for text in ("l220608", "CHÔM CHÔM", "chom chom", lot.product.producer.name.upper()):
        assert lot.number in client.get("/lots/", {"q": text}).content.decode()
    assert lot.number not in client.get("/lots/", {"q": "hồ tiêu"}).content.decode()


def test_it_is_narrowed_by_day_and_exported(client, lot, gia_lai):
    client.force_login(gia_lai.manager)
    assert lot.number in client.get("/lots/", {"produced_after": "2022-06-08"}).content.decode()
    assert lot.number not in client.get("/lots/", {"produced_after": "2022-06-09"}).content.decode()
    assert client.get("/lots/", {"export": "xlsx"}).content[:2] == b"PK"


def test_nonsense_in_a_filter_is_no_error(client, lot, gia_lai):
    client.force_login(gia_lai.manager)
    answer = client.get("/lots/", {"produced_after": "hôm qua", "page": "x", "sort": "nothing", "q": "\x00'\"%"})
    assert answer.status_code == 200


def test_it_takes_the_same_queries_for_many_lots(client, lot, gia_lai, django_assert_max_num_queries):
    for number in range(12):
        lots.open_lot(lot.product, by=gia_lai.helper, number=f"N{number}")
    client.force_login(gia_lai.manager)
    with django_assert_max_num_queries(12):
        client.get("/lots/")


def test_without_lots_the_page_says_what_to_do(client, gia_lai):
    client.force_login(gia_lai.manager)
    assert 'class="empty"' in client.get("/lots/").content.decode()
