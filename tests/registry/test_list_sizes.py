"""No list of the registry asks the database more often for many rows than for few."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import AdminUnit
from registry.models import BarcodeRegistration, Certificate, LocalStandard
from tests.factories.people import AdminUnitFactory, Office
from tests.factories.registry import ProducerFactory, ProductFactory, recognise

ENDED = date(2025, 6, 30)
LISTS = (
    "/producers/",
    "/products/",
    "/recognitions/",
    "/certificates/",
    "/barcodes/",
    "/local-standards/",
    "/successors/",
    "/producers/duplicates/",
)


def commune_that_ended(office: Office, number: int) -> AdminUnit:
    level, parent = AdminUnit.Level.COMMUNE, office.province
    old = AdminUnitFactory(code=f"cu-{number}", name=f"xã Cũ {number}", level=level, parent=parent, valid_to=ENDED)
    old.successors.add(AdminUnitFactory(code=f"moi-{number}", level=level, parent=parent))
    return old


def entries(office: Office, numbers: range) -> None:
    """Two look-alike producers for each number, in a commune that ended, with all that lists show of one."""
    for number in numbers:
        commune, phone = commune_that_ended(office, number), f"09000{number:05}"
        for twin in range(2):
            producer = ProducerFactory(province=office.province, commune=commune, phone=phone)
            product = recognise(ProductFactory(producer=producer, name=f"Mít {number}.{twin}")).product
        day = date(2026, 1, 1)
        Certificate.objects.create(producer=producer, kind="haccp", number=f"C{number}", issued_on=day)
        BarcodeRegistration.objects.create(
            producer=producer, prefix=f"952{number:06}", certificate_number=f"G{number}",
            issued_on=day, expires_on=date(2029, 1, 1), fee_paid_for=2026,
        )  # fmt: skip
        LocalStandard.objects.create(
            province=office.province, kind="company", number=f"TCCS {number}", title="Quy trình",
            producer=producer, group=product.group,
        )  # fmt: skip


def asked(client: Client, page: str) -> tuple[int, int]:
    """How many rows the page shows, and how many questions it asks."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page, {"per_page": 100})
    return len(answer.context["table"].page.object_list), len(queries)


def test_no_list_of_the_registry_asks_per_row(client: Client, gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    entries(gia_lai, range(1))
    for page in LISTS:  # what is asked once only: caches of the process
        client.get(page)
    few = {page: asked(client, page) for page in LISTS}
    entries(gia_lai, range(1, 5))
    many = {page: asked(client, page) for page in LISTS}
    assert all(many[page][0] > few[page][0] for page in LISTS)
    assert [(page, many[page][1]) for page in LISTS] == [(page, few[page][1]) for page in LISTS]
