"""The label sheet: made once, proved before it is handed out, for those who may print."""

import hashlib
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from stamps import actions
from tests.factories import stamps


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


@pytest.fixture
def batch(chain):
    return chain.issued(3)


def test_the_stamp_officer_makes_and_downloads_the_sheet(client, chain, batch):
    client.force_login(chain.office.stamp_officer)
    client.post(f"/stamps/batches/{batch.pk}/print/")
    answer = client.get(f"/stamps/batches/{batch.pk}/sheet/")
    data = b"".join(answer.streaming_content)
    batch.refresh_from_db()
    assert data[:5] == b"%PDF-"
    assert hashlib.sha256(data).hexdigest() == batch.sheet_sha256
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_damaged_sheet_is_refused_and_can_be_made_again(client, chain, batch, settings):
    actions.print_sheet(batch, by=chain.office.stamp_officer)
    batch.refresh_from_db()
    Path(settings.MEDIA_ROOT, batch.sheet.name).write_bytes(b"%PDF-1.4 other stamps")
    client.force_login(chain.office.stamp_officer)
    url = f"/stamps/batches/{batch.pk}/sheet/"
    assert client.get(url).headers["Location"] == f"/stamps/orders/{batch.order_id}/"
    client.post(f"/stamps/batches/{batch.pk}/print/")
    answer = client.get(url)
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"


@pytest.mark.requirement("GL-2.D3")
def test_every_printed_code_decodes_to_the_address_of_its_stamp(client, chain, batch):
    printed = actions.print_sheet(batch, by=chain.office.stamp_officer)
    with pypdfium2.PdfDocument(printed.sheet.path) as document:
        picture = np.array(document[0].render(scale=300 / 72, grayscale=True).to_numpy()).squeeze()
    found = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert found == {actions.uri_at(batch, index) for index in range(3)}
    for uri in found:
        page = client.get(uri.removeprefix("HTTPS://TX.VIDU.EXAMPLE"), follow=True)
        assert page.status_code == 200


def test_making_it_twice_keeps_the_first(chain, batch):
    first = actions.print_sheet(batch, by=chain.office.stamp_officer)
    again = actions.print_sheet(batch, by=chain.office.manager)
    assert (first.sheet.name, first.sheet_sha256) == (again.sheet.name, again.sheet_sha256)


@pytest.mark.parametrize("who", ["producer", "inspector", "leader"])
def test_others_neither_make_nor_fetch_it(client, chain, batch, who):
    actions.print_sheet(batch, by=chain.office.stamp_officer)
    client.force_login(chain.producer if who == "producer" else getattr(chain.office, who))
    assert client.get(f"/stamps/batches/{batch.pk}/sheet/").status_code == 403


def test_a_producer_cannot_make_it(client, chain, batch):
    client.force_login(chain.producer)
    client.post(f"/stamps/batches/{batch.pk}/print/")
    batch.refresh_from_db()
    assert not batch.sheet


def test_a_stranger_does_not_find_it(client, batch, son_la):
    client.force_login(son_la.stamp_officer)
    assert client.get(f"/stamps/batches/{batch.pk}/sheet/").status_code == 404
    assert client.post(f"/stamps/batches/{batch.pk}/print/").status_code == 404


def test_it_is_made_by_post_only(client, chain, batch):
    client.force_login(chain.office.stamp_officer)
    assert client.get(f"/stamps/batches/{batch.pk}/print/").status_code == 405


def test_too_many_stamps_for_one_file_are_refused(client, chain, batch, settings):
    settings.STAMPS_MAX_SHEET = 2
    client.force_login(chain.office.stamp_officer)
    page = client.post(f"/stamps/batches/{batch.pk}/print/", follow=True).content.decode()
    assert "tone-late" in page
    batch.refresh_from_db()
    assert not batch.sheet
