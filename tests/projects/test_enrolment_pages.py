"""Enrolling a product, taking one out, and uploading the province's workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.actions import project as actions
from projects.errors import NotAllowedNow, NotEnrollable
from projects.models import Enrolment, PilotProject
from registry.models import Product
from tests.factories import roster
from tests.factories.fieldwork import NOON
from tests.factories.people import Office, UserFactory
from tests.factories.projects import make_project, small_template
from tests.factories.registry import OcopSetFactory, ProducerFactory, ProductFactory, recognise

PRODUCTS = "/projects/GL-99/products/"
ENROL, IMPORT = f"{PRODUCTS}enrol/", f"{PRODUCTS}import/"


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.manager)
    return make_project(gia_lai, template=small_template(products=17, minimum_stars=3))


@pytest.fixture
def product(gia_lai: Office) -> Product:
    producer = ProducerFactory(province=gia_lai.province, tax_code="")
    product = ProductFactory(name="Ổi Gia Lai", producer=producer)
    recognise(product, decided_on=date(2025, 6, 1))
    return product


def upload(client: Client, data: bytes, on: str = "2022-04-01") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile("sp.xlsx", data), "on": on})


# --- enrolling one ---------------------------------------------------------------------------
def test_a_product_of_the_registry_is_found_and_enrolled(
    client: Client, project: PilotProject, product: Product
) -> None:
    assert "Ổi Gia Lai" in client.get(ENROL, {"q": "ổI gia"}).content.decode()
    assert "Ổi Gia Lai" not in client.get(ENROL, {"q": "xoài"}).content.decode()
    client.post(ENROL, {"product": product.pk})
    assert Enrolment.objects.get().product == product
    assert f'value="{product.pk}"' not in client.get(ENROL).content.decode()


def test_a_product_that_may_not_take_part_shows_the_reason_instead_of_the_button(
    client: Client, project: PilotProject, product: Product
) -> None:
    product.recognitions.all().delete()
    page = client.get(ENROL).content.decode()
    assert "Ổi Gia Lai" in page
    assert f'value="{product.pk}"' not in page
    assert client.post(ENROL, {"product": product.pk}, follow=True).status_code == 200
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("chosen", ["", "x", "999999", "9" * 40, "²"])
def test_a_product_that_does_not_exist_is_404(client: Client, project: PilotProject, chosen: str) -> None:
    assert client.post(ENROL, {"product": chosen}).status_code == 404


def test_a_clerk_cannot_enrol(client: Client, project: PilotProject, product: Product, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    client.post(ENROL, {"product": product.pk})
    assert not Enrolment.objects.exists()


# --- taking one out --------------------------------------------------------------------------
@pytest.fixture
def enrolment(project: PilotProject, product: Product) -> Enrolment:
    return actions.enrol_product(project, product, by=project.manager)


def test_taking_a_product_out_asks_first_and_needs_a_reason(
    client: Client, project: PilotProject, enrolment: Enrolment
) -> None:
    url = f"{PRODUCTS}{enrolment.pk}/withdraw/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 422
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is None
    assert client.post(url, {"reason": "Ngừng sản xuất"})["Location"] == PRODUCTS
    enrolment.refresh_from_db()
    assert enrolment.withdrawal_reason == "Ngừng sản xuất"
    assert "Ngừng sản xuất" in client.get(PRODUCTS).content.decode()


def test_a_clerk_cannot_take_a_product_out(client: Client, enrolment: Enrolment, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    assert client.post(f"{PRODUCTS}{enrolment.pk}/withdraw/", {"reason": "x"}).status_code == 403
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is None


# --- the products ----------------------------------------------------------------------------
def test_the_products_page_lists_recognition_code_survey_and_stamps(
    client: Client, enrolment: Enrolment, product: Product
) -> None:
    page = client.get(PRODUCTS).content.decode()
    assert "Ổi Gia Lai" in page
    assert product.trace_code in page
    assert "01/06/2028" in page


def test_the_products_page_asks_the_database_no_more_for_more_products(
    client: Client, project: PilotProject, product: Product, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    roster.prepare_registry(gia_lai)
    client.post(ENROL, {"product": product.pk})
    upload(client, roster.DEMO.read_bytes())
    assert Enrolment.objects.count() == 18
    with django_assert_max_num_queries(14):
        client.get(PRODUCTS)


# --- the workbook ----------------------------------------------------------------------------
def test_an_upload_enrols_all_products(client: Client, project: PilotProject, gia_lai: Office) -> None:
    roster.prepare_registry(gia_lai)
    assert upload(client, roster.DEMO.read_bytes())["Location"] == PRODUCTS
    assert Enrolment.objects.count() == 17


def test_sixteen_products_are_enrolled_with_a_warning(client: Client, project: PilotProject, gia_lai: Office) -> None:
    roster.prepare_registry(gia_lai)
    titles, rows = roster.demo_rows()
    upload(client, roster.workbook(titles, rows[:16]))
    shown = [message.level_tag for message in client.get(PRODUCTS).context["messages"]]
    assert shown == ["success", "warning", "warning"]


def test_wrong_rows_are_listed_with_row_column_value_and_rule(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    roster.prepare_registry(gia_lai)
    titles, rows = roster.demo_rows()
    rows[4][10] = "xã Không Có"
    answer = upload(client, roster.workbook(titles, rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in (">6<", "Xã/phường", "xã Không Có"):
        assert text in page
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("data", [b"", b"no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600])
def test_a_file_that_is_no_workbook_is_refused_on_the_field(client: Client, project: PilotProject, data: bytes) -> None:
    answer = upload(client, data)
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_a_file_that_is_too_large_is_refused_on_the_field(client: Client, project: PilotProject) -> None:
    answer = upload(client, b"PK" + bytes(10 * 1024 * 1024))
    assert "larger than 10 MB" in str(answer.context["form"].errors["file"])


@pytest.mark.parametrize("on", ["", "2022-02-28", "2999-01-01", "x"])
def test_the_day_of_recognition_lies_between_the_projects_start_and_today(
    client: Client, project: PilotProject, on: str
) -> None:
    assert "on" in upload(client, roster.DEMO.read_bytes(), on).context["form"].errors


def test_a_clerk_cannot_import(client: Client, project: PilotProject, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    assert upload(client, roster.DEMO.read_bytes()).status_code == 403
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("url", [PRODUCTS, ENROL, IMPORT])
def test_strangers_get_404(client: Client, project: PilotProject, son_la: Office, url: str) -> None:
    client.force_login(son_la.manager)
    assert client.get(url).status_code == 404
    client.force_login(UserFactory(username="khong-vai-tro"))
    assert client.get(url).status_code == 404


# --- who may take part -----------------------------------------------------------------------
def test_a_closed_project_takes_no_product(project: PilotProject, product: Product, gia_lai: Office) -> None:
    accepted = {"status": "accepted", "accepted_at": NOON, "accepted_by": gia_lai.leader}
    PilotProject.objects.filter(pk=project.pk).update(**accepted)
    with pytest.raises(NotAllowedNow, match="can no longer be enrolled"):
        actions.enrol_product(project, product, by=gia_lai.manager)


def test_a_product_of_another_province_takes_no_part(project: PilotProject, gia_lai: Office, son_la: Office) -> None:
    theirs = ProductFactory(producer=ProducerFactory(province=son_la.province))
    recognise(theirs, decided_on=date(2025, 6, 1))
    with pytest.raises(NotEnrollable, match="another province"):
        actions.enrol_product(project, theirs, by=gia_lai.manager)


def test_a_service_takes_no_part_because_it_has_no_lots(
    project: PilotProject, product: Product, gia_lai: Office
) -> None:
    Product.objects.filter(pk=product.pk).update(ocop_set=OcopSetFactory(number=26, has_lots=False))
    product.refresh_from_db()
    with pytest.raises(NotEnrollable, match="is a service"):
        actions.enrol_product(project, product, by=gia_lai.manager)


def test_a_product_with_too_few_stars_takes_no_part(product: Product, gia_lai: Office) -> None:
    project = make_project(gia_lai, code="GL-98", template=small_template(minimum_stars=4))
    with pytest.raises(NotEnrollable, match="takes products from 4 stars"):
        actions.enrol_product(project, product, by=gia_lai.manager)
