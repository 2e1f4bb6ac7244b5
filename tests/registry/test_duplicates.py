"""Producers entered twice are found by tax code, phone, and name with commune, and it is said why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from people.models import AdminUnit
from registry import actions
from registry.duplicates import NAME, PHONE, TAX, alike, suspicions
from registry.models import Producer
from registry.search import name_key
from tests.factories.people import AdminUnitFactory, Office
from tests.factories.registry import ProducerFactory


def found() -> list[tuple[set[str], tuple[str, ...]]]:
    return [({each.first.name, each.second.name}, each.reasons) for each in suspicions(Producer.objects.all())]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX NN Ia Tô", "Hợp tác xã Nông nghiệp Ia-Tô (giả lập)"),
        ("Công ty TNHH MTV Đức Cơ", "CTY TNHH đức cơ"),
        ("Hộ kinh doanh Bà Hoà", "Hộ KD Bà Hòa"),
    ],
)
def test_a_name_is_one_however_its_kind_is_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_of_kind_words_only_stays_a_name() -> None:
    assert name_key("HTX Nông nghiệp") == "htxnongnghiep"


def test_the_same_name_in_the_same_commune_is_suspected(gia_lai: Office) -> None:
    for name in ("HTX NN Ia Tô (giả lập)", "Hợp tác xã Nông nghiệp Ia Tô (giả lập)"):
        ProducerFactory(province=gia_lai.province, name=name)
    assert [reasons for _names, reasons in found()] == [(NAME,)]


def test_the_same_name_in_another_commune_is_not(gia_lai: Office) -> None:
    other = AdminUnitFactory(code="52-002", name="xã Ia O", level="commune", parent=gia_lai.province)
    ProducerFactory(province=gia_lai.province, name="HTX Ia Tô (giả lập)")
    ProducerFactory(province=gia_lai.province, name="HTX Ia Tô (giả lập)", commune=other)
    assert found() == []


def test_the_same_name_in_a_commune_and_its_successor_is(gia_lai: Office) -> None:
    new = AdminUnitFactory(code="52-new", name="xã Ia Krái", level="commune", parent=gia_lai.province)
    old = ProducerFactory(province=gia_lai.province, name="HTX Ia Tô (giả lập)")
    AdminUnit.objects.get(pk=old.commune_id).successors.add(new)
    ProducerFactory(province=gia_lai.province, name="Hợp tác xã Ia Tô (giả lập)", commune=new)
    assert [reasons for _names, reasons in found()] == [(NAME,)]


def test_one_phone_number_in_two_ways_of_writing_is_suspected(gia_lai: Office) -> None:
    ProducerFactory(province=gia_lai.province, name="HTX A (giả lập)", phone="0900000011")
    ProducerFactory(province=gia_lai.province, name="HTX B (giả lập)", phone="84900000011")
    assert [reasons for _names, reasons in found()] == [(PHONE,)]


def test_a_phone_number_that_many_share_tells_nothing(gia_lai: Office) -> None:
    for number in range(13):
        ProducerFactory(province=gia_lai.province, name=f"Hộ {number} (giả lập)", phone="0900000011")
    assert found() == []


def test_a_branch_number_does_not_make_another_enterprise(gia_lai: Office) -> None:
    ProducerFactory(province=gia_lai.province, name="HTX A (giả lập)", tax_code="9999000001")
    ProducerFactory(province=gia_lai.province, name="HTX B (giả lập)", tax_code="9999000001-001")
    [suspicion] = suspicions(Producer.objects.all())
    assert suspicion.reasons == (TAX,)
    assert "9999000001 and 9999000001-001" in suspicion.words()


def test_producers_of_two_provinces_are_never_one(gia_lai: Office, son_la: Office) -> None:
    ProducerFactory(province=gia_lai.province, phone="0900000011")
    ProducerFactory(province=son_la.province, phone="0900000011")
    assert found() == []


def test_a_pair_that_was_found_to_be_two_is_not_offered_again(gia_lai: Office) -> None:
    one, other = (ProducerFactory(province=gia_lai.province, phone="0900000011") for _ in range(2))
    assert len(alike(one)) == 1
    actions.mark_distinct(other, one, by=gia_lai.manager)
    actions.mark_distinct(one, other, by=gia_lai.manager)
    assert found() == []
    assert alike(one) == []


def test_the_list_says_why_and_leads_to_the_comparison(client: Client, gia_lai: Office) -> None:
    one, other = (ProducerFactory(province=gia_lai.province, phone="0900000011") for _ in range(2))
    client.force_login(gia_lai.manager)
    page = client.get("/producers/duplicates/").content.decode()
    assert "the same phone number 0900000011" in page
    assert f"/producers/{one.pk}/merge/{other.pk}/" in page
    assert "the same phone" not in client.get("/producers/duplicates/?reason=name").content.decode()
    assert f"/producers/{one.pk}/merge/{other.pk}/" in client.get(f"/producers/{other.pk}/").content.decode()


def test_the_list_is_only_of_the_own_province(client: Client, gia_lai: Office, son_la: Office) -> None:
    for _ in range(2):
        ProducerFactory(province=son_la.province, phone="0900000011")
    client.force_login(gia_lai.manager)
    assert "0900000011" not in client.get("/producers/duplicates/").content.decode()


def test_ten_thousand_producers_need_no_more_queries(
    client: Client, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    first = ProducerFactory(province=gia_lai.province, number=1)
    Producer.objects.bulk_create(
        [
            Producer(
                province=gia_lai.province,
                number=n,
                kind="household",
                name=f"Hộ số {n // 2 if n < 60 else n} (giả lập)",
                commune=first.commune,
                phone=f"09{n:08d}",
            )
            for n in range(2, 10_001)
        ],
        batch_size=1000,
    )
    client.force_login(gia_lai.manager)
    for address in ("/producers/duplicates/", "/producers/?q=ho+so+77"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
