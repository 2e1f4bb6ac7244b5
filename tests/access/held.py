"""Papers that the registry holds, as arguments of URLs: certificates, rights, renewals, standards."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone

from registry.actions.holding import attach
from registry.models import BarcodeRegistration, Certificate, LocalStandard, RecognitionRenewal
from registry.uploads import PAPERS
from tests.factories.files import PDF
from tests.factories.registry import fruit_group, recognise
from tests.ground.world import World

Arguments = dict[str, Any]


def certificate(world: World) -> Arguments:
    row, _is_new = Certificate.objects.get_or_create(
        producer=world.producer, kind="vietgap", number="VG-01", issuer="A", issued_on=date(2026, 1, 5)
    )
    keep_a_paper(row, "file")
    return {"pk": row.pk}


def barcode(world: World) -> Arguments:
    row, _is_new = BarcodeRegistration.objects.get_or_create(
        producer=world.producer,
        prefix=f"952{world.producer.pk:06d}",
        certificate_number="01",
        issued_on=date(2025, 3, 1),
        expires_on=date(2028, 3, 1),
        defaults={"fee_paid_for": 2025},
    )
    keep_a_paper(row, "file")
    return {"pk": row.pk}


def renewal(world: World) -> Arguments:
    row = RecognitionRenewal.objects.filter(product=world.product).first()
    if row is None:
        recognition = world.product.recognitions.first() or recognise(world.product)
        by = world.office.manager
        row = RecognitionRenewal.objects.create(
            product=world.product, recognition=recognition, started_at=timezone.now(), started_by=by
        )
    return {"pk": row.pk}


def local_standard(world: World) -> Arguments:
    """A local regulation that is not issued yet."""
    row, _is_new = LocalStandard.objects.get_or_create(
        province=world.office.province,
        kind="regulation",
        number="QCĐP 01:2026/GL",
        defaults={"title": "Truy xuất", "group": fruit_group(), "organisation": world.office.organisation},
    )
    keep_a_paper(row, "guide")
    return {"pk": row.pk}


def keep_a_paper(row: Any, field: str) -> None:
    """Give the row a small PDF; each test has a folder of its own, so it is written every time."""
    attach(row, field, PAPERS.accept(BytesIO(PDF)))
