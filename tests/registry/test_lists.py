"""The lists: filtered, sorted, exported exactly so, and never another province's."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.people import Office
from tests.factories.registry import OcopSetFactory, ProducerFactory, ProductFactory, producer_user, recognise


def _names(client: Client, address: str) -> list[str]:
    table = client.get(address).context["table"]
    return [row.record.name for row in table.page.object_list]


@pytest.fixture
def manager(client: Client, gia_lai: Office) -> Client:
    client.force_login(gia_lai.manager)
    return client


def test_the_list_of_producers_is_of_the_own_province(manager: Client, gia_lai: Office, son_la: Office) -> None:
    own = ProducerFactory(province=gia_lai.province)
    ProducerFactory(province=son_la.province)
    assert _names(manager, "/producers/") == [own.name]


def test_producers_are_filtered_by_text_kind_and_commune(manager: Client, gia_lai: Office) -> None:
    found = ProducerFactory(province=gia_lai.province, name="HTX Đức Cơ (giả lập)", kind="cooperative")
    ProducerFactory(province=gia_lai.province, name="Công ty Đức Cơ (giả lập)", kind="company")
    ProducerFactory(province=gia_lai.province, name="HTX Chư Sê (giả lập)", kind="cooperative")
    query = f"?q=duc+co&kind=cooperative&commune={found.commune_id}"
    assert _names(manager, f"/producers/{query}") == [found.name]


def test_producers_are_sorted_by_the_alphabet_not_by_code_points(manager: Client, gia_lai: Office) -> None:
    for name in ("Đức", "Én", "Dung", "Ấm"):
        ProducerFactory(province=gia_lai.province, name=name)
    assert _names(manager, "/producers/?sort=name") == ["Ấm", "Đức", "Dung", "Én"]
    assert _names(manager, "/producers/?sort=-name") == ["Én", "Dung", "Đức", "Ấm"]


def test_products_are_filtered_by_the_state_of_their_recognition(manager: Client, gia_lai: Office) -> None:
    today = timezone.localdate()
    producer = ProducerFactory(province=gia_lai.province)
    names = {}
    for number, (state, days) in enumerate([("valid", 200), ("expiring", 180), ("expired", 0), ("none", None)], 1):
        product = ProductFactory(producer=producer, number=number, name=state, gtin=None)
        if days is not None:
            recognition = recognise(product, decided_on=date(2020, 1, 1))
            recognition.valid_until = today + timedelta(days=days)
            recognition.save()
        names[state] = product.name
    assert _names(manager, "/products/?recognition=expiring") == ["expiring"]
    assert _names(manager, "/products/?recognition=expired") == ["expired"]
    assert _names(manager, "/products/?recognition=none") == ["none"]
    assert _names(manager, "/products/?recognition=valid") == ["expiring", "valid"]


def test_products_are_filtered_by_stars_set_group_and_gtin(manager: Client, gia_lai: Office) -> None:
    today = timezone.localdate()
    producer = ProducerFactory(province=gia_lai.province)
    other_set = OcopSetFactory(number=4, name="Mật ong")
    plain = ProductFactory(producer=producer, number=1, name="Chè", gtin=None, ocop_set=other_set, group=None)
    starred = ProductFactory(producer=producer, number=2, name="Mít")
    recognise(starred, stars=4, decided_on=today)
    assert _names(manager, "/products/?stars=4") == ["Mít"]
    assert _names(manager, f"/products/?ocop_set={other_set.pk}") == ["Chè"]
    assert _names(manager, f"/products/?group={starred.group_id}") == ["Mít"]
    assert _names(manager, "/products/?gtin=without") == [plain.name]
    assert _names(manager, "/products/?gtin=with") == ["Mít"]


def test_products_are_found_by_their_producers_name(manager: Client, gia_lai: Office) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province, name="HTX Ia Tô (giả lập)"))
    assert _names(manager, "/products/?q=ia+to") == [product.name]


@pytest.mark.parametrize(
    "query", ["?kind=x", "?commune=0", "?commune=abc", "?page=99", "?page=x", "?sort=%00", "?q=%00"]
)
def test_nonsense_in_the_address_is_no_error(manager: Client, query: str) -> None:
    assert manager.get(f"/producers/{query}").status_code == 200


def test_the_workbook_holds_all_rows_as_filtered_and_sorted(manager: Client, gia_lai: Office) -> None:
    for number in range(30):
        ProducerFactory(province=gia_lai.province, name=f"HTX {number:02} (giả lập)")
    ProducerFactory(province=gia_lai.province, name="=1+1", kind="company")
    response = manager.get("/producers/?kind=cooperative&sort=-name&export=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    names = [row[0] for row in rows[3:]]
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert (len(names), names[0], names[-1]) == (30, "HTX 29 (giả lập)", "HTX 00 (giả lập)")


def test_the_workbook_of_products_holds_numbers_dates_and_both_codes(manager: Client, gia_lai: Office) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province), gtin=None)
    recognise(product, stars=3, decided_on=date(2019, 5, 1))
    response = manager.get("/products/?export=xlsx")
    sheet = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    values = dict(zip(sheet[2], sheet[3], strict=True))
    assert product.own_code in values.values()
    assert any(str(value).startswith("2022-05-01") for value in values.values())


def test_an_empty_list_says_what_is_missing(manager: Client) -> None:
    page = manager.get("/products/").content.decode()
    assert 'class="empty"' in page
    assert "<table" not in page


def test_a_producers_person_sees_only_the_own_products(client: Client, gia_lai: Office) -> None:
    mine, other = ProductFactory(name="Của tôi"), ProductFactory(name="Của người khác")
    client.force_login(producer_user(mine.producer, "chu-the"))
    assert other.name not in _names(client, "/products/")
    assert _names(client, "/products/") == ["Của tôi"]


def test_only_those_who_keep_the_registry_are_offered_to_add(client: Client, gia_lai: Office) -> None:
    for user, offered in ((gia_lai.manager, True), (gia_lai.leader, False)):
        client.force_login(user)
        assert ("/producers/new/" in client.get("/producers/").content.decode()) is offered


def test_lists_need_a_fixed_number_of_queries(
    manager: Client, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        recognise(ProductFactory(producer=ProducerFactory(province=gia_lai.province), name=f"Mít {number}"))
    with django_assert_max_num_queries(12):
        manager.get("/producers/")
    with django_assert_max_num_queries(14):
        manager.get("/products/")


def test_someone_not_logged_in_is_sent_to_the_login(client: Client, db: None) -> None:
    for address in ("/producers/", "/products/", "/product-groups/", "/standards/", "/products/1/"):
        assert client.get(address).status_code == 302
