"""Products: their page, adding and changing them, pictures, recognitions, standards."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from registry import actions
from registry.errors import DuplicateEntry, NotNow
from registry.models import OcopCriteria, Product, Standard
from registry.models.product import validate_gtin
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, StandardFactory, producer_user, recognise


@pytest.fixture
def manager(client: Client, gia_lai: Office) -> Client:
    client.force_login(gia_lai.manager)
    return client


@pytest.fixture
def product(gia_lai: Office) -> Product:
    made: Product = ProductFactory(producer=ProducerFactory(province=gia_lai.province), name="Chôm chôm", gtin=None)
    return made


def _picture(colour: str = "#b02a1f") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (1600, 800), colour).save(buffer, "PNG")
    return SimpleUploadedFile("ảnh của tôi.png", buffer.getvalue(), "image/png")


def _facts(product: Product, **changes: Any) -> dict[str, Any]:
    return {"name": product.name, "ocop_set": product.ocop_set_id, "group": product.group_id, **changes}


def test_a_manager_adds_a_product_with_a_gtin_of_13_digits_and_a_picture(manager: Client, product: Product) -> None:
    facts = _facts(product, name="Mít sấy", gtin="952 0000 000028", picture=_picture())
    response = manager.post(f"/producers/{product.producer_id}/products/new/", facts, follow=True)
    new = Product.objects.get(name="Mít sấy")
    assert response.redirect_chain == [(f"/products/{new.pk}/", 302)]
    assert (new.gtin, new.number) == ("09520000000028", 2)
    with new.image.open() as file:
        assert Image.open(file).size == (1280, 640)
    assert new.small_image.size <= 40_000


def test_without_a_gtin_the_page_shows_our_own_code_and_says_so(manager: Client, product: Product) -> None:
    page = manager.get(f"/products/{product.pk}/").content.decode()
    assert product.own_code in page


@pytest.mark.parametrize("gtin", ["9520000000027", "123", "９５２００００００００２８", "952000000002a"])
def test_a_wrong_gtin_is_refused_beside_the_field(manager: Client, product: Product, gtin: str) -> None:
    facts = _facts(product, name="Mít sấy", gtin=gtin)
    response = manager.post(f"/producers/{product.producer_id}/products/new/", facts)
    assert "gtin" in response.context["form"].errors


def test_a_gtin_of_another_product_is_refused(manager: Client, product: Product) -> None:
    other = ProductFactory(gtin="09520000000028")
    response = manager.post(f"/products/{product.pk}/edit/", _facts(product, gtin="9520000000028"))
    assert "gtin" in response.context["form"].errors
    assert Product.objects.get(gtin="09520000000028") == other


def test_a_second_product_of_the_name_is_refused_beside_the_field(manager: Client, product: Product) -> None:
    response = manager.post(f"/producers/{product.producer_id}/products/new/", _facts(product))
    assert "name" in response.context["form"].errors
    other = ProductFactory(producer=product.producer, number=2, name="Mít", gtin=None)
    response = manager.post(f"/products/{other.pk}/edit/", _facts(other, name=product.name))
    assert "name" in response.context["form"].errors


def test_a_bad_picture_leaves_no_product_behind(manager: Client, product: Product) -> None:
    bad = SimpleUploadedFile("a.jpg", b"<?php echo 1;")
    response = manager.post(
        f"/producers/{product.producer_id}/products/new/", _facts(product, name="Mít sấy", picture=bad)
    )
    assert "picture" in response.context["form"].errors
    assert not Product.objects.filter(name="Mít sấy").exists()


@pytest.mark.django_db(transaction=True)
def test_a_new_picture_takes_the_place_of_the_old_one(manager: Client, product: Product) -> None:
    manager.post(f"/products/{product.pk}/edit/", _facts(product, picture=_picture()))
    first = Product.objects.get(pk=product.pk)
    manager.post(f"/products/{product.pk}/edit/", _facts(product, picture=_picture("#155f3b")))
    second = Product.objects.get(pk=product.pk)
    assert first.image.name != second.image.name
    assert not first.image.storage.exists(first.image.name)
    assert second.small_image.storage.exists(second.small_image.name)


def test_a_picture_is_served_to_those_who_see_the_product(
    manager: Client, product: Product, gia_lai: Office, son_la: Office
) -> None:
    assert manager.get(f"/products/{product.pk}/picture/").status_code == 404
    manager.post(f"/products/{product.pk}/edit/", _facts(product, picture=_picture()))
    response = manager.get(f"/products/{product.pk}/picture/")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    manager.force_login(son_la.manager)
    assert manager.get(f"/products/{product.pk}/picture/").status_code == 404


def test_the_producers_people_change_picture_and_description_only(client: Client, product: Product) -> None:
    client.force_login(producer_user(product.producer, "chu-the"))
    facts = _facts(product, name="Tên khác", description="Hái buổi sáng.", picture=_picture())
    assert client.post(f"/products/{product.pk}/edit/", facts).status_code == 302
    product.refresh_from_db()
    assert (product.name, product.description, bool(product.image)) == ("Chôm chôm", "Hái buổi sáng.", True)
    assert client.get(f"/products/{product.pk}/recognitions/new/").status_code == 403


def test_other_officials_read_but_do_not_write(client: Client, gia_lai: Office, product: Product) -> None:
    client.force_login(gia_lai.leader)
    assert client.get(f"/products/{product.pk}/").status_code == 200
    for address in ("edit/", "recognitions/new/", "standards/"):
        assert client.post(f"/products/{product.pk}/{address}").status_code == 403


def test_to_an_official_of_another_province_there_is_no_such_product(
    client: Client, son_la: Office, product: Product
) -> None:
    client.force_login(son_la.manager)
    for address in ("", "edit/", "recognitions/new/", "standards/", "picture/"):
        assert client.get(f"/products/{product.pk}/{address}").status_code == 404


@pytest.fixture
def criteria(db: None) -> OcopCriteria:
    return OcopCriteria.objects.create(
        decision="Quyết định 148/QĐ-TTg", effective_from=date(2023, 2, 24), points_a=40, points_b=25, points_c=35
    )


def test_a_recognition_holds_36_months_under_the_criteria_of_its_day(
    manager: Client, product: Product, criteria: OcopCriteria
) -> None:
    decision = {"stars": "4", "decision_number": "12/QĐ-UBND", "decided_on": "29/02/2024"}
    assert manager.post(f"/products/{product.pk}/recognitions/new/", decision).status_code == 302
    recognition = product.recognitions.get()
    assert (recognition.stars, recognition.criteria) == (4, criteria)
    assert recognition.valid_until == date(2027, 2, 28)


def test_the_same_decision_twice_is_one_and_with_other_stars_is_refused(
    manager: Client, product: Product, criteria: OcopCriteria
) -> None:
    decision = {"stars": "4", "decision_number": "12/QĐ-UBND", "decided_on": "01/03/2024"}
    for _ in range(2):
        manager.post(f"/products/{product.pk}/recognitions/new/", decision)
    response = manager.post(f"/products/{product.pk}/recognitions/new/", {**decision, "stars": "5"})
    assert "decision_number" in response.context["form"].errors
    assert product.recognitions.get().stars == 4


def test_a_decision_of_tomorrow_and_one_before_any_criteria_are_refused(
    manager: Client, product: Product, criteria: OcopCriteria
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    decision = {"stars": "4", "decision_number": "12/QĐ-UBND", "decided_on": f"{tomorrow:%d/%m/%Y}"}
    response = manager.post(f"/products/{product.pk}/recognitions/new/", decision)
    assert "decided_on" in response.context["form"].errors
    response = manager.post(f"/products/{product.pk}/recognitions/new/", {**decision, "decided_on": "01/01/2001"})
    assert "criteria" in response.context["form"].errors


def test_the_page_counts_the_days_left_and_shows_the_steps_in_order(manager: Client, product: Product) -> None:
    today = timezone.localdate()
    recognition = recognise(product, stars=5, decided_on=today - timedelta(days=10))
    response = manager.get(f"/products/{product.pk}/")
    assert response.context["recognitions"] == [(recognition, (recognition.valid_until - today).days)]
    page = response.content.decode()
    assert page.index("Thu hoạch") < page.index("Sơ chế") < page.index("Phân phối")


def test_a_superseded_standard_shows_its_successor(manager: Client, product: Product) -> None:
    new = StandardFactory(code="TCVN 12827:2023", effective_from=date(2023, 1, 1))
    old = StandardFactory(code="TCVN 12827:2019", effective_to=date(2022, 12, 31), superseded_by=new)
    product.standards.add(old)
    link = f'href="/standards/#standard-{new.pk}"'
    assert link in manager.get(f"/products/{product.pk}/").content.decode()
    page = manager.get("/standards/").content.decode()
    assert f'href="#standard-{new.pk}"' in page
    assert f'id="standard-{new.pk}"' in page


def test_standards_are_chosen_dropped_and_logged_once(manager: Client, product: Product) -> None:
    standard: Standard = StandardFactory(code="TCVN 13166-1:2020")
    for _ in range(2):
        manager.post(f"/products/{product.pk}/standards/", {"standards": [standard.pk]})
    assert list(product.standards.all()) == [standard]
    manager.post(f"/products/{product.pk}/standards/", {})
    assert not product.standards.exists()


def test_a_standard_out_of_force_cannot_be_chosen_anew(manager: Client, product: Product) -> None:
    old = StandardFactory(code="TCVN 12827:2019", effective_to=date(2022, 12, 31))
    response = manager.post(f"/products/{product.pk}/standards/", {"standards": [old.pk]})
    assert response.status_code == 422
    assert not product.standards.exists()


def test_groups_show_their_steps(manager: Client, product: Product) -> None:
    page = manager.get("/product-groups/").content.decode()
    assert "Quả tươi" in page
    assert "Sơ chế" in page


def test_the_page_needs_few_queries(manager: Client, product: Product, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        product.standards.add(StandardFactory(code=f"TCVN {number}"))
        recognise(product, decided_on=date(2019 + number, 1, 1)) if number == 0 else None
    with django_assert_max_num_queries(15):  # one of them asks whether the product is recalled
        manager.get(f"/products/{product.pk}/")


def test_a_gtin_that_was_taken_since_the_form_was_checked_is_refused(product: Product, gia_lai: Office) -> None:
    other = ProductFactory(producer=ProducerFactory(number=3, province=gia_lai.province))
    with pytest.raises(DuplicateEntry, match="already belongs to"):
        actions.register_product(
            product.producer, name="Khác", ocop_set=product.ocop_set, gtin=other.gtin, by=gia_lai.manager
        )


@pytest.mark.parametrize("code", ["09520000000001", "9520000000011", "abc"])
def test_only_14_digits_with_their_check_digit_are_kept_as_a_gtin(code: str) -> None:
    with pytest.raises(ValidationError, match="is not a GTIN"):
        validate_gtin(code)


def test_a_producer_whose_codes_are_used_up_is_told_so(manager: Client, product: Product, gia_lai: Office) -> None:
    ProductFactory(producer=product.producer, number=999, name="Cuối", gtin=None)
    form = {"name": "Thứ một nghìn", "ocop_set": product.ocop_set.pk}
    answer = manager.post(f"/producers/{product.producer.pk}/products/new/", form)
    assert answer.status_code == 422
    assert "999 product numbers" in answer.content.decode()


def test_a_province_whose_codes_are_used_up_is_told_so(gia_lai: Office) -> None:
    last = ProducerFactory(province=gia_lai.province, number=99_999)
    with pytest.raises(NotNow, match="99999 producer numbers"):
        actions.register_producer(name="HTX", kind="cooperative", commune=last.commune, by=gia_lai.manager)
