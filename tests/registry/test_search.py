"""Searching as people type: without tone marks, capitals or đ."""

import unicodedata

import pytest

from registry import actions
from registry.models import Producer, Product
from registry.search import fold, matching
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Chôm chôm Ia Grai", "chom chom ia grai"),
        ("ĐẶNG Đình Đức", "dang dinh duc"),
        ("Hồ tiêu  Chư Sê", "ho tieu chu se"),
        ("măng khô\tKbang", "mang kho kbang"),
        ("", ""),
    ],
)
def test_folding_drops_marks_capitals_and_double_blanks(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_both_ways_of_composing_a_letter_fold_alike() -> None:
    assert fold(unicodedata.normalize("NFD", "Thanh trà Huế")) == fold("Thanh trà Huế") == "thanh tra hue"


@pytest.mark.django_db
def test_a_producer_is_found_by_words_in_any_order_without_marks() -> None:
    producer = ProducerFactory(name="HTX Đồng Tâm (giả lập)")
    ProducerFactory(name="HTX Đồng Tiến (giả lập)")
    assert list(Producer.objects.filter(matching("tam dong", "search_text"))) == [producer]


@pytest.mark.django_db
def test_a_renamed_producer_is_found_by_its_new_name_only(gia_lai: Office) -> None:
    producer = ProducerFactory(name="HTX Cũ (giả lập)", province=gia_lai.province)
    actions.edit_producer(producer, changes={"name": "HTX Mới (giả lập)"}, by=gia_lai.manager)
    assert Producer.objects.filter(matching("moi", "search_text")).exists()
    assert not Producer.objects.filter(matching("cu gia lap", "search_text")).filter(pk=producer.pk).exists()


@pytest.mark.django_db
def test_a_product_is_found_by_its_gtin_and_by_its_own_code() -> None:
    product = ProductFactory(gtin="09520000000011")
    assert Product.objects.get(matching("9520000000011", "search_text")) == product
    assert Product.objects.get(matching(product.own_code.lower(), "search_text")) == product
