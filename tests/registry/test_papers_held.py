"""Certificates and GS1 registrations: what is recorded, what is odd, and files that are safe to keep."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from registry import actions
from registry.errors import FileRefused, NotAllowedForYou, PaperRefused
from registry.models import BarcodeRegistration, Certificate, Producer, Standard
from registry.standard_warnings import standard_warnings
from registry.tables import standard_state
from registry.uploads import PAPERS
from registry.validity import barcode_warnings, gtins_outside
from tests.factories.files import PDF, picture
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, StandardFactory, demo_gtin, producer_user

DAY = date(2026, 1, 5)
GAP = {
    "kind": "vietgap",
    "number": "VG-01",
    "issuer": "Trung tâm chứng nhận (giả lập)",
    "issued_on": date(2026, 1, 5),
    "valid_until": date(2028, 1, 4),
}
PREFIX = {
    "prefix": "9520000",
    "certificate_number": "GCN-01",
    "issued_on": date(2025, 3, 1),
    "expires_on": date(2028, 3, 1),
}


@pytest.fixture
def producer(gia_lai: Office) -> Producer:
    row: Producer = ProducerFactory(province=gia_lai.province, number=7)
    return row


def upload(data: bytes, name: str = "x.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# --- files -----------------------------------------------------------------------------------
def test_a_pdf_is_kept_by_its_content_and_a_picture_is_drawn_anew() -> None:
    assert PAPERS.accept(io.BytesIO(PDF)).data == PDF
    drawn = PAPERS.accept(io.BytesIO(picture() + b"<script>"))
    assert drawn.suffix == ".jpg"
    assert b"<script>" not in drawn.data


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90", b"<html>", b"PK\x03\x04zip", b"%PDF-1.7 cut off", picture()[:60], b"GIF89a"],
    ids=["empty", "program", "page", "package", "cut_pdf", "cut_picture", "gif"],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        PAPERS.accept(io.BytesIO(data))


def test_a_file_over_ten_megabytes_is_refused() -> None:
    with pytest.raises(FileRefused, match="10 MB"):
        PAPERS.accept(io.BytesIO(PDF[:8] + b"0" * PAPERS.max_bytes + b"%%EOF"))


# --- certificates ----------------------------------------------------------------------------
def test_a_certificate_is_recorded_for_products_with_its_paper(producer: Producer, gia_lai: Office) -> None:
    product = ProductFactory(producer=producer)
    row = actions.record_certificate(
        producer, values=GAP, products=[product], file=PAPERS.accept(upload(PDF)), by=gia_lai.manager
    )
    assert list(product.certificates.all()) == [row]
    assert row.file_sha256 in row.file.name
    assert (row.holds_on(date(2028, 1, 4)), row.holds_on(date(2028, 1, 5))) == (True, False)


def test_the_same_certificate_twice_and_a_foreign_product_are_refused(producer: Producer, gia_lai: Office) -> None:
    actions.record_certificate(producer, values=GAP, by=gia_lai.manager)
    with pytest.raises(PaperRefused, match="has this certificate already"):
        actions.record_certificate(producer, values=GAP, by=gia_lai.manager)
    with pytest.raises(PaperRefused, match="is not a product of"):
        actions.record_certificate(
            producer, values=GAP | {"number": "2"}, products=[ProductFactory()], by=gia_lai.manager
        )
    assert Certificate.objects.count() == 1


def test_others_record_no_certificate(producer: Producer, gia_lai: Office, son_la: Office) -> None:
    for user in (son_la.manager, gia_lai.leader, producer_user(producer, "chu")):
        with pytest.raises(NotAllowedForYou):
            actions.record_certificate(producer, values=GAP, by=user)


def test_the_pages_show_a_certificate_with_its_validity(client: Client, producer: Producer, gia_lai: Office) -> None:
    product = ProductFactory(producer=producer)
    actions.record_certificate(
        producer, values=GAP | {"valid_until": date(2026, 2, 1)}, products=[product], by=gia_lai.manager
    )
    client.force_login(gia_lai.leader)
    for address in (product.get_absolute_url(), producer.get_absolute_url(), "/certificates/?state=over"):
        page = client.get(address).content.decode()
        assert "VG-01" in page, address
        assert "No longer valid" in page, address
    assert "VG-01" not in client.get("/certificates/?state=valid").content.decode()


def test_a_certificate_is_typed_in_and_its_file_comes_back(
    client: Client, producer: Producer, gia_lai: Office, son_la: Office
) -> None:
    product = ProductFactory(producer=producer)
    client.force_login(gia_lai.manager)
    form = {
        "kind": "haccp",
        "number": "H-1",
        "issuer": "Tổ chức chứng nhận (giả lập)",
        "issued_on": "05/01/2026",
        "valid_until": "",
        "products": [product.pk],
        "file": upload(picture(), "anh.png"),
    }
    assert client.post(f"/producers/{producer.pk}/certificates/new/", form).status_code == 302
    row = Certificate.objects.get()
    answer = client.get(f"/certificates/{row.pk}/file/")
    assert answer["Content-Type"] == "image/jpeg"
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    client.force_login(son_la.manager)
    assert client.get(f"/certificates/{row.pk}/file/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_on": "05/01/2999"}, "issued_on"),
        ({"valid_until": "04/01/2026"}, "valid_until"),
        ({"file": SimpleUploadedFile("x.pdf", b"MZ")}, "file"),
        ({"number": ""}, "number"),
    ],
    ids=["future", "ends_before", "program", "no_number"],
)
def test_a_wrong_certificate_comes_back_with_the_error_beside_the_field(
    client: Client, producer: Producer, gia_lai: Office, changes: dict[str, Any], field: str
) -> None:
    client.force_login(gia_lai.manager)
    form = {"kind": "haccp", "number": "H-1", "issuer": "A", "issued_on": "05/01/2026", "valid_until": ""} | changes
    answer = client.post(f"/producers/{producer.pk}/certificates/new/", form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Certificate.objects.exists()


# --- GS1 -------------------------------------------------------------------------------------
def test_gtins_of_another_prefix_are_found(producer: Producer, gia_lai: Office) -> None:
    ours = ProductFactory(producer=producer, gtin=demo_gtin(7))
    other = ProductFactory(producer=producer, number=2, name="Mít", gtin="08935000000013")
    right = actions.record_barcodes(producer, values=PREFIX, by=gia_lai.manager)
    assert list(gtins_outside([ours, other], [right])) == [other]
    today = date(2026, 11, 22)
    assert list(barcode_warnings(ours, [right], today)) == []
    assert "does not start with" in next(barcode_warnings(other, [right], today))
    assert "no GS1 registration" in next(barcode_warnings(ours, [], today))
    assert "has ended" in next(barcode_warnings(ours, [right], date(2028, 3, 2)))


def test_a_product_without_a_gtin_is_never_warned_of(producer: Producer) -> None:
    assert list(barcode_warnings(ProductFactory(producer=producer, gtin=None), [], date(2026, 11, 22))) == []


def test_a_prefix_belongs_to_one_producer(producer: Producer, gia_lai: Office) -> None:
    actions.record_barcodes(producer, values=PREFIX, by=gia_lai.manager)
    other = ProducerFactory(province=gia_lai.province, number=8)
    with pytest.raises(PaperRefused, match="belongs to one producer"):
        actions.record_barcodes(other, values=PREFIX | {"certificate_number": "2"}, by=gia_lai.manager)


def test_the_fee_is_due_each_thirtieth_of_june(producer: Producer, gia_lai: Office) -> None:
    right = actions.record_barcodes(producer, values=PREFIX, by=gia_lai.manager)
    assert right.fee_due_on == date(2026, 6, 30)
    for year in (2026, 2027):
        right = actions.record_fee(right, by=gia_lai.manager)
        assert right.fee_paid_for == year
    with pytest.raises(PaperRefused, match="ends before the next fee"):
        actions.record_fee(right, by=gia_lai.manager)


@pytest.mark.parametrize("prefix", ["893", "89312345678", "1234567", "893abcd", ""])
def test_what_is_no_company_prefix_is_refused(client: Client, producer: Producer, gia_lai: Office, prefix: str) -> None:
    client.force_login(gia_lai.manager)
    form = {"prefix": prefix, "certificate_number": "1", "issued_on": "01/03/2025", "expires_on": "01/03/2028"}
    answer = client.post(f"/producers/{producer.pk}/barcodes/new/", form)
    assert answer.status_code == 422
    assert "prefix" in answer.context["form"].errors


def test_the_page_of_a_registration_warns_of_other_gtins(client: Client, producer: Producer, gia_lai: Office) -> None:
    ProductFactory(producer=producer, name="Mít", gtin="08935000000013")
    client.force_login(gia_lai.manager)
    form = {"prefix": "9520000", "certificate_number": "1", "issued_on": "01/03/2025", "expires_on": "01/03/2028"}
    address = client.post(f"/producers/{producer.pk}/barcodes/new/", form)["Location"]
    page = client.get(address).content.decode()
    assert "08935000000013" in page
    assert client.post(address + "fee/").status_code == 302
    assert BarcodeRegistration.objects.get().fee_paid_for == 2026
    assert "9520000" in client.get("/barcodes/?q=9520000").content.decode()


# --- standards -------------------------------------------------------------------------------
def test_a_standard_that_was_replaced_is_warned_of_with_its_successor(client: Client, gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    product = ProductFactory(producer=producer, gtin=None)
    new = StandardFactory(code="TCVN 12827:2023", effective_from=date(2023, 12, 1))
    old = StandardFactory(
        code="TCVN 12827:2019",
        effective_from=date(2019, 12, 1),
        effective_to=date(2023, 11, 30),
        superseded_by=new,
    )
    actions.set_standards(product, [old], by=gia_lai.manager)
    client.force_login(gia_lai.leader)
    assert "was replaced by TCVN 12827:2023; choose that one" in client.get(product.get_absolute_url()).content.decode()


def test_a_standard_chosen_before_it_was_in_force_is_warned_of(client: Client, gia_lai: Office) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province), gtin=None)
    today = timezone.localdate()
    standard = StandardFactory(code="TCVN 13993:2024", effective_from=today + timedelta(days=10))
    actions.set_standards(product, [standard], by=gia_lai.manager)
    client.force_login(gia_lai.leader)
    assert "papers before that day cannot cite it" in client.get(product.get_absolute_url()).content.decode()
    [warning] = standard_warnings(product, today + timedelta(days=20))
    assert "before it was in force" in warning


def test_a_right_that_ends_before_it_begins_is_refused_beside_the_date(
    client: Client, producer: Producer, gia_lai: Office
) -> None:
    client.force_login(gia_lai.manager)
    form = {"prefix": "9520000", "certificate_number": "1", "issued_on": "01/03/2025", "expires_on": "01/03/2025"}
    answer = client.post(f"/producers/{producer.pk}/barcodes/new/", form)
    assert list(answer.context["form"].errors) == ["expires_on"]


def test_a_paper_without_a_file_has_nothing_to_download(client: Client, producer: Producer, gia_lai: Office) -> None:
    row = actions.record_certificate(producer, values=GAP, by=gia_lai.manager)
    client.force_login(gia_lai.manager)
    assert client.get(f"/certificates/{row.pk}/file/").status_code == 404


def test_a_wrong_correction_comes_back_and_changes_nothing(client: Client, producer: Producer, gia_lai: Office) -> None:
    certificate = actions.record_certificate(producer, values=GAP, by=gia_lai.manager)
    values = {"prefix": "9520000", "certificate_number": "1", "issued_on": DAY, "expires_on": DAY + timedelta(days=9)}
    right = actions.record_barcodes(producer, values=values, by=gia_lai.manager)
    client.force_login(gia_lai.manager)
    for kind, row in (("certificates", certificate), ("barcodes", right)):
        assert client.post(f"/{kind}/{row.pk}/edit/", {"issued_on": "01/03/2025"}).status_code == 422
        row.refresh_from_db()
    assert (certificate.number, right.prefix) == ("VG-01", "9520000")


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [(1, None, "Not yet in force"), (0, None, "In force"), (-9, 0, "In force"), (-9, -1, "No longer in force")],
)
def test_the_state_of_a_standard_on_a_day(first: int, last: int | None, label: str) -> None:
    end = None if last is None else DAY + timedelta(days=last)
    standard = Standard(effective_from=DAY + timedelta(days=first), effective_to=end)
    assert standard_state(standard, DAY)["label"] == label
