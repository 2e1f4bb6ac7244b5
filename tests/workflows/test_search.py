"""Looking everywhere: without marks, by initials, by number; and never what one may not see."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.test import Client

from projects.models import PilotProject
from registry.models import Producer
from registry.search import initials
from tests.factories.dossiers import opened
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user
from workflows.search import found


def labels(user: Any, text: str) -> list[str]:
    return [hit.label for group in found(user, text) for hit in group.hits]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("HTX Nông nghiệp Ia Tô (giả lập)", "htxnnit"),
        ("Hợp tác xã Đức Cơ", "htxdc"),
        ("Công ty TNHH Hùng Thơm", "cttnhhht"),
        ("", ""),
    ],
)
def test_initials_keep_abbreviations_whole(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    "text",
    [
        "htx nn it",
        "nong nghiep ia to",
        "Nông Nghiệp IA TÔ",
        unicodedata.normalize("NFD", "nông nghiệp Ia Tô"),
        "thuy",  # "Thuỷ" and "Thủy" are one
        "Thủy",
        "Thuỷ",
        "dinh thuy",
        "9999000007",
    ],
)
def test_a_producer_is_found_however_it_is_typed(gia_lai: Office, text: str) -> None:
    producer: Producer = ProducerFactory(
        province=gia_lai.province,
        number=7,
        name="HTX Nông nghiệp Ia Tô (giả lập)",
        representative="Đinh Thị Thuỷ (giả lập)",
    )
    ProducerFactory(province=gia_lai.province, number=8, name="Công ty Chư Sê (giả lập)")
    assert labels(gia_lai.manager, text) == [producer.name]


def test_products_and_projects_are_found_too(client: Client, gia_lai: Office) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province), name="Chôm chôm Hoà")
    project = make_project(gia_lai)
    PilotProject.objects.filter(pk=project.pk).update(title="Mô hình chuỗi chôm chôm")
    assert set(labels(gia_lai.manager, "chom chom")) == {product.name, "Mô hình chuỗi chôm chôm"}
    assert labels(gia_lai.manager, "hòa") == [product.name]
    client.force_login(gia_lai.manager)
    page = client.get("/search/", {"q": "chom chom"}).content.decode()
    assert f"/projects/{project.code}/" in page
    assert product.get_absolute_url() in page
    assert 'href="/search/"' in page


def test_what_one_may_not_see_is_not_found(gia_lai: Office, son_la: Office) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province), name="Chôm chôm Hoà")
    make_project(gia_lai)
    assert labels(son_la.manager, "chom") == []
    assert labels(producer_user(product.producer, "chu-the"), "chom") == [product.name]


@pytest.mark.parametrize("text", ["", "a", " ", "%", "\x00", "x" * 5000])
def test_too_little_or_nonsense_finds_nothing(client: Client, gia_lai: Office, text: str) -> None:
    ProducerFactory(province=gia_lai.province)
    client.force_login(gia_lai.manager)
    answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200
    assert answer.context["groups"] == []


def test_searching_costs_six_queries_at_most(gia_lai: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 30):
        ProductFactory(producer=ProducerFactory(province=gia_lai.province, number=number, name=f"HTX Ia {number}"))
    user = gia_lai.manager
    labels(user, "kho co")  # the user's offices are read once per request
    with django_assert_max_num_queries(6):
        assert len(labels(user, "ia")) == 16


@pytest.mark.parametrize("typed", ["{ref}", "{low}", "{spaced}"])
def test_a_dossier_is_found_by_the_reference_that_its_producer_reads_out(gia_lai: Office, typed: str) -> None:
    dossier = opened(gia_lai)
    ref = dossier.reference
    text = typed.format(ref=ref, low=ref.lower(), spaced=ref.replace("-", " "))
    assert labels(gia_lai.manager, text) == [f"{ref} {dossier.product.name}"]


def test_the_dossier_of_another_province_is_not_found(gia_lai: Office, son_la: Office) -> None:
    dossier = opened(gia_lai)
    assert labels(son_la.manager, dossier.reference) == []
