"""What an import refuses, each for its own reason: who sends it, when, and what is in the file."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from imports import archive, package, parsers
from imports.actions import run_batch, upload_list
from imports.docx_tables import tables_of
from imports.errors import ImportRefused, NotAllowedForYou, WorkbookRefused
from imports.export import write_xlsx
from imports.models import ImportBatch
from imports.sheets import read_workbook
from imports.targets import targets
from tests.factories.imports import checked, list_with_an_error, make_ground, uploaded
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user
from tests.projects import annex_files

NOISE = hashlib.shake_256(b"noise").digest(3_000_000)  # what no zip can pack tighter


@pytest.fixture
def office(gia_lai: Office) -> Office:
    make_ground(gia_lai.province)
    return gia_lai


def with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


SWOLLEN = {"media/noise.bin": NOISE, "media/zeros.bin": bytes(archive.MAX_UNZIPPED)}
MANY = {f"media/{number}.bin": b"" for number in range(package.MAX_MEMBERS + 1)}


# --- who and when ----------------------------------------------------------------------------
def test_a_list_is_taken_in_from_those_who_may_import_it_there(office: Office, son_la: Office) -> None:
    for user in (son_la.manager, office.clerk):
        with pytest.raises(NotAllowedForYou):
            upload_list(
                list_with_an_error(), file_name="a.xlsx", target=targets()["ocop"], province=office.province, by=user
            )
    assert not ImportBatch.objects.exists()


def test_a_list_whose_columns_nobody_set_is_not_imported(office: Office) -> None:
    batch = uploaded(list_with_an_error(), office)
    with pytest.raises(ImportRefused, match="Check the columns"):
        run_batch(batch, by=office.manager)


def test_a_list_without_a_wrong_row_has_nothing_to_send_back(client: Client, office: Office) -> None:
    batch = uploaded(list_with_an_error(), office)
    client.force_login(office.manager, backend="people.auth.PhoneOrUsernameBackend")
    assert client.get(reverse("imports:returned", args=[batch.pk])).status_code == 404


def test_a_colleague_who_only_reads_sees_the_report_and_does_not_go_on(client: Client, office: Office) -> None:
    batch = checked(list_with_an_error(), office)
    client.force_login(office.clerk, backend="people.auth.PhoneOrUsernameBackend")
    assert client.get(batch.get_absolute_url()).status_code == 200
    assert client.get(reverse("imports:columns", args=[batch.pk])).status_code == 403


def test_producers_people_have_no_page_of_imports(client: Client, office: Office) -> None:
    person = producer_user(ProducerFactory(province=office.province), "chu-the-1")
    client.force_login(person, backend="people.auth.PhoneOrUsernameBackend")
    assert client.get(reverse("imports:batches")).status_code == 403


# --- what is in the file ---------------------------------------------------------------------
@pytest.mark.parametrize("members", [SWOLLEN, MANY], ids=["bytes", "members"])
def test_a_workbook_that_unpacks_to_too_much_is_refused_however_loosely_packed(members: dict[str, bytes]) -> None:
    with pytest.raises(WorkbookRefused, match="too much data"):
        archive.check(with_members(write_xlsx("OCOP", ["Tên"], [["Chè"]]), members), max_rows=10)


@pytest.mark.parametrize("members", [SWOLLEN, MANY], ids=["bytes", "members"])
def test_a_word_document_that_unpacks_to_too_much_is_refused_too(members: dict[str, bytes]) -> None:
    with pytest.raises(WorkbookRefused, match="too much data"):
        tables_of(with_members(annex_files.document([("STT",)]), members))


def test_a_zip_of_no_kind_is_no_workbook() -> None:
    with pytest.raises(WorkbookRefused, match=r"not an \.xlsx workbook"):
        archive.check(with_members(b"", {"a.txt": b"a"}), max_rows=10)


def test_a_word_document_without_a_body_is_no_word_document() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = with_members(b"", {"[Content_Types].xml": b"<Types><Override ContentType='" + kind + b"'/></Types>"})
    with pytest.raises(WorkbookRefused, match="not a Word document"):
        tables_of(data)


def test_a_word_table_with_more_letters_than_any_annex_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="could not be read"):
        tables_of(annex_files.document([(NOISE.hex(),)]))


def test_a_workbook_with_empty_sheets_only_is_refused_as_empty() -> None:
    with pytest.raises(WorkbookRefused, match="is empty"):
        read_workbook(write_xlsx("OCOP", [""], []))


# --- cells -----------------------------------------------------------------------------------
def test_a_text_longer_than_its_table_has_room_for_is_refused() -> None:
    assert parsers.words(5)("12345") == "12345"
    with pytest.raises(ValueError, match="123456"):
        parsers.words(5)("123456")


def test_a_fraction_is_no_number_grouped_by_a_dot() -> None:
    assert parsers.integer("1.234") == 1234
    with pytest.raises(ValueError, match=r"1\.234"):
        parsers.integer(1.234)
