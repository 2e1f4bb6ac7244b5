"""The pages of an import, from the file to the list that comes back, without script."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from imports.models import ImportBatch
from registry.models import Product
from tests.factories.imports import make_ground
from tests.factories.people import Office, signed_in
from tests.imports.make_lists import FOLDER

UNTIDY = (FOLDER / "a-danh-sach-ocop.xlsx").read_bytes()


@pytest.fixture
def office(gia_lai: Office) -> Office:
    make_ground(gia_lai.province)
    return gia_lai


@pytest.fixture
def client(office: Office) -> Client:
    return signed_in(office.manager)


def upload(client: Client, office: Office, data: bytes = UNTIDY, name: str = "OCOP 2025.xlsx") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(
        reverse("imports:new"), {"target": "ocop", "province": office.province.pk, "file": file}, follow=True
    )


def as_guessed(page: Any) -> dict[str, Any]:
    """What the browser sends when the guess is left as it stands."""
    form, table = page.context["form"], page.context["layout"]
    own = {field.html_name: field.value() for field in form}
    return {**own, "sheet": page.context["sheet"], "first": table.first, "last": table.last}


def check(client: Client, office: Office, **changes: Any) -> Any:
    page = upload(client, office)
    url = reverse("imports:columns", args=[ImportBatch.objects.latest("pk").pk])
    return client.post(url, {**as_guessed(page), **changes}, follow=True)


def test_a_list_goes_from_the_file_to_the_registry_in_three_pages(client: Client, office: Office) -> None:
    page = check(client, office)
    batch = page.context["batch"]
    assert [count["value"] for count in page.context["counts"]] == [7, 0, 0, 2]

    done = client.post(reverse("imports:run", args=[batch.pk]), follow=True)
    assert "7 rows were imported." in done.content.decode()
    assert Product.objects.count() == 7

    gone = client.post(reverse("imports:undo", args=[batch.pk]), follow=True)
    assert "The import was undone." in gone.content.decode()
    assert not Product.objects.exists()


def test_the_guess_of_the_columns_is_shown_with_samples(client: Client, office: Office) -> None:
    page = upload(client, office)
    text = page.content.decode()
    assert "CHỦ THỂ › Tên chủ thể" in text
    assert "HTX Nông nghiệp Ia Tô (giả lập)" in text
    assert '<option value="producer" selected>' in text


def test_another_header_row_is_looked_at_without_writing(client: Client, office: Office) -> None:
    upload(client, office)
    batch = ImportBatch.objects.get()
    page = client.get(reverse("imports:columns", args=[batch.pk]), {"sheet": 1, "first": 6, "last": 8})
    assert (page.context["layout"].first, page.context["layout"].last) == (6, 8)
    batch.refresh_from_db()
    assert batch.header_first == 5


def test_one_kind_of_value_in_two_columns_is_refused_beside_the_second(client: Client, office: Office) -> None:
    page = check(client, office, column_3="producer")
    assert page.status_code == 422
    assert "is column B already" in page.content.decode()


def test_a_needed_column_that_is_left_out_is_asked_for(client: Client, office: Office) -> None:
    page = check(client, office, column_8="")
    assert page.status_code == 422
    assert "Say which columns hold: Tên sản phẩm." in page.content.decode()


def test_the_report_shows_errors_by_row_and_column(client: Client, office: Office) -> None:
    page = check(client, office)
    wrong = client.get(page.context["batch"].get_absolute_url(), {"state": "error"}).content.decode()
    assert "32/01/2025" in wrong
    assert "Chôm chôm" not in wrong


def test_the_own_workbook_comes_back_with_bad_cells_coloured_and_reasons(client: Client, office: Office) -> None:
    batch = check(client, office).context["batch"]
    answer = client.get(reverse("imports:returned", args=[batch.pk]))
    book, before = load_workbook(io.BytesIO(answer.content)), load_workbook(io.BytesIO(UNTIDY))
    assert book.sheetnames == before.sheetnames
    page, old = book["OCOP 2025"], before["OCOP 2025"]
    coloured = {cell.coordinate for row in page.iter_rows(max_col=12) for cell in row if cell.fill.fill_type}
    assert coloured == {"J16", "L16", "E16", "G17"}
    assert "32/01/2025" in page["M16"].value
    assert page["M10"].value is None
    assert page.row_dimensions[16].height >= 16 * 3  # three reasons, none hidden
    assert page.column_dimensions["B"].width == old.column_dimensions["B"].width
    assert [cell.value for cell in page[12][:12]] == [cell.value for cell in old[12]]


def test_a_workbook_that_cannot_be_written_again_comes_back_as_values_and_reasons(
    client: Client, office: Office
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(UNTIDY)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<a:b/>" if name == "docProps/core.xml" else source.read(name))
    page = upload(client, office, buffer.getvalue())
    batch = ImportBatch.objects.get()
    client.post(reverse("imports:columns", args=[batch.pk]), as_guessed(page))
    sheet = load_workbook(io.BytesIO(client.get(reverse("imports:returned", args=[batch.pk])).content)).worksheets[0]
    assert "32/01/2025" in sheet["M2"].value


def test_a_file_that_is_no_workbook_is_refused_beside_the_field(client: Client, office: Office) -> None:
    page = upload(client, office, b"STT;Ten", "danh-sach.csv")
    assert page.status_code == 422
    assert "not an .xlsx workbook" in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_hostile_corner_cell_is_refused_in_words(client: Client, office: Office, vietnamese: None) -> None:
    book = load_workbook(io.BytesIO(UNTIDY))
    book.worksheets[0]["XFD1048576"] = 1
    buffer = io.BytesIO()
    book.save(buffer)
    page = upload(client, office, buffer.getvalue())
    assert page.status_code == 422
    assert "1048576" in page.content.decode()


def test_the_same_file_is_recognised(client: Client, office: Office) -> None:
    first = check(client, office).context["batch"]
    client.post(reverse("imports:run", args=[first.pk]))
    again = check(client, office)
    assert "This very file was imported on" in again.content.decode()
    assert [count["value"] for count in again.context["counts"]] == [0, 0, 7, 2]


def test_a_producers_person_sees_no_imports(office: Office) -> None:
    stranger = signed_in(office.clerk)
    assert stranger.get(reverse("imports:new")).status_code == 403
    assert stranger.get(reverse("imports:batches")).status_code == 200


def test_the_producers_list_leads_to_the_import(client: Client) -> None:
    assert reverse("imports:new") in client.get(reverse("registry:producers")).content.decode()
