"""The pages of rolls: planned by a form, downloaded when their hash proves them, tried with a phone, taken back."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from jobs.models import Job
from stamps import actions
from stamps.forms.rolls import MAX_LOGO
from stamps.models import Roll, StampBatch
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain
from tests.stamps.printing import content, made, planned, work

A4 = {"kind": "a4_65", "per_roll": "100", "dpi": "300"}


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.issued(10)


@pytest.fixture
def officer(client: Client, line: Chain) -> Client:
    client.force_login(line.office.stamp_officer)
    return client


def text(client: Client, url: str, **data: Any) -> str:
    return client.get(url, data).content.decode()


def plan(client: Client, batch: StampBatch, **answers: Any) -> Any:
    return client.post(f"/stamps/batches/{batch.pk}/rolls/new/", {**A4, **answers})


@pytest.mark.requirement("GL-2.D3")
def test_the_officer_plans_rolls_and_downloads_their_files(officer: Client, batch: StampBatch) -> None:
    assert plan(officer, batch, per_roll="6").status_code == 302
    assert "Being made" in text(officer, f"/stamps/orders/{batch.order_id}/")
    work()

    for roll in batch.rolls.all():
        answer = officer.get(f"/stamps/rolls/{roll.pk}/file/")
        assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == roll.sha256  # type: ignore[attr-defined]
        assert answer.headers["Content-Disposition"].endswith(f'"tem-{batch.order_id}-cuon-{roll.number}.pdf"')
        assert roll.sha256 in text(officer, f"/stamps/orders/{batch.order_id}/")


def test_one_press_puts_everything_on_a4(officer: Client, batch: StampBatch) -> None:
    officer.post(f"/stamps/batches/{batch.pk}/rolls/a4/")
    officer.post(f"/stamps/batches/{batch.pk}/rolls/a4/")

    assert batch.rolls.get().quantity == 10
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "pages"),
    [
        ({"kind": "a4_24"}, 1),
        ({"kind": "a4_grid", "columns": "4", "rows": "8"}, 1),
        ({"kind": "roll", "label_width": "40", "label_height": "22", "columns": "2"}, 5),
        (
            {"kind": "custom", "page_width": "100", "page_height": "60", "columns": "2", "rows": "2", "gap": "2",
             "label_width": "45", "label_height": "25", "left": "3", "top": "3", "qr_mm": "18"},
            3,
        ),
    ],
)  # fmt: skip
def test_every_kind_of_layout_makes_a_file(
    officer: Client, batch: StampBatch, answers: dict[str, str], pages: int
) -> None:
    plan(officer, batch, **answers)
    work()

    assert (batch.rolls.get().pages, batch.rolls.get().verified) == (pages, 10)


# --- the logo --------------------------------------------------------------------------------
def picture_file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", data, "image/png")


def dot() -> bytes:
    """A small red picture."""
    output = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(output, "PNG")
    return output.getvalue()


def test_a_logo_is_on_every_label_and_the_file_can_be_made_again(officer: Client, batch: StampBatch) -> None:
    assert plan(officer, batch, logo=picture_file(dot())).status_code == 302
    work()
    roll = batch.rolls.get()
    assert (roll.verified, content(roll).count(b"/Subtype/Image")) == (10, 1)

    Path(roll.file.path).write_bytes(b"torn")
    officer.post(f"/stamps/rolls/{roll.pk}/make/")
    work()

    assert batch.rolls.get().sha256 == roll.sha256


@pytest.mark.parametrize(
    ("data", "words"), [(b"no picture", "Choose a PNG, JPEG or GIF"), (b"x" * (MAX_LOGO + 1), "larger than 5 MB")]
)
def test_what_is_no_logo_is_refused_at_its_field(officer: Client, batch: StampBatch, data: bytes, words: str) -> None:
    form = plan(officer, batch, logo=picture_file(data)).context["form"]

    assert words in form.errors["logo"][0]
    assert form["per_roll"].value() == "100"
    assert not batch.rolls.exists()


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"kind": "roll"}, "label_width", "not complete without it"),
        (
            {"kind": "roll", "label_width": "20", "label_height": "20", "columns": "1", "qr_mm": "10"},
            "qr_mm",
            "14,7 mm or more",
        ),
        (
            {"kind": "roll", "label_width": "40", "label_height": "22", "columns": "1", "qr_mm": "21"},
            "qr_mm",
            "no room",
        ),
        # Beside what was asked, though it is the label that would be too small.
        ({"kind": "a4_grid", "columns": "90", "rows": "3"}, "columns", "choose fewer"),
        ({"kind": "a4_grid", "columns": "12", "rows": "3"}, "columns", "14,7 mm or more"),
        (
            {"kind": "roll", "label_width": "20", "label_height": "10", "columns": "1"},
            "label_height",
            "14,7 mm or more",
        ),
        ({"kind": "roll", "label_width": "40", "label_height": "22", "columns": "40"}, "columns", "to 1.000"),
        ({"kind": "roll", "label_width": "nan", "label_height": "22", "columns": "1"}, "label_width", "Enter a number"),
        ({"quantity": "11"}, "quantity", "Between 1 and 10"),
        ({"per_roll": "100001"}, "per_roll", "between 1 and 100"),
    ],
)
def test_a_layout_that_cannot_be_read_or_does_not_fit_is_refused_at_its_field(
    officer: Client, batch: StampBatch, answers: dict[str, str], field: str, words: str
) -> None:
    form = plan(officer, batch, **answers).context["form"]

    assert words in " ".join(form.errors[field])
    assert not batch.rolls.exists()


@pytest.mark.parametrize(("act", "why"), [("cancel", "may be printed"), ("count", "is counted already")])
def test_a_form_that_can_only_be_refused_is_not_shown(
    officer: Client, line: Chain, batch: StampBatch, act: str, why: str
) -> None:
    (roll,) = made(batch, by=line.office.stamp_officer)
    actions.printed_here(batch, by=line.office.stamp_officer)

    answer = officer.get(f"/stamps/rolls/{roll.pk}/{act}/", follow=True)

    assert answer.redirect_chain == [(roll.get_absolute_url(), 302)]
    assert f"Roll {roll.number} " in answer.content.decode()
    assert why in answer.content.decode()


def test_a_damaged_file_is_not_handed_out(officer: Client, line: Chain, batch: StampBatch) -> None:
    (roll,) = made(batch, by=line.office.stamp_officer)
    Path(roll.file.path).write_bytes(b"%PDF-1.4 other stamps")

    answer = officer.get(f"/stamps/rolls/{roll.pk}/file/", follow=True)

    assert "have it made again" in answer.content.decode()
    officer.post(f"/stamps/rolls/{roll.pk}/make/")
    work()
    assert b"".join(officer.get(f"/stamps/rolls/{roll.pk}/file/").streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]


def test_the_file_of_a_roll_that_is_not_released_is_not_there(officer: Client, line: Chain, batch: StampBatch) -> None:
    (roll,) = planned(batch, by=line.office.stamp_officer)

    assert officer.get(f"/stamps/rolls/{roll.pk}/file/").status_code == 404


def test_the_work_page_does_not_hand_out_the_file_unproved(officer: Client, line: Chain, batch: StampBatch) -> None:
    made(batch, by=line.office.stamp_officer)
    job = Job.objects.get()

    assert officer.get(f"/jobs/{job.pk}/file/").status_code == 404
    assert f"/stamps/orders/{batch.order_id}/#roll-1" in text(officer, f"/jobs/{job.pk}/")


def test_the_test_scan_shows_a_code_and_what_the_phone_should_show(
    officer: Client, line: Chain, batch: StampBatch
) -> None:
    (roll,) = made(batch, by=line.office.stamp_officer)

    page = text(officer, f"/stamps/rolls/{roll.pk}/test/", stamp="3")

    assert actions.uri_at(batch, batch.start + 2) in page
    assert "Not activated yet" in page


@pytest.mark.parametrize("stamp", ["0", "99999999999999", "x", "-1", "²"])
def test_a_stamp_that_the_roll_does_not_have_shows_one_that_it_has(
    officer: Client, line: Chain, batch: StampBatch, stamp: str
) -> None:
    (roll,) = planned(batch, by=line.office.stamp_officer)

    assert officer.get(f"/stamps/rolls/{roll.pk}/test/", {"stamp": stamp}).status_code == 200


def test_a_roll_is_taken_back_on_its_page(officer: Client, line: Chain, batch: StampBatch) -> None:
    (roll,) = planned(batch, by=line.office.stamp_officer)

    officer.post(f"/stamps/rolls/{roll.pk}/cancel/", {"reason": "Sai khổ"})

    assert "Sai khổ" in text(officer, f"/stamps/orders/{batch.order_id}/")
    assert not batch.rolls.in_force().exists()
    again = officer.post(f"/stamps/rolls/{roll.pk}/cancel/", {"reason": "Sai khổ"})
    assert "taken back already" in again.content.decode()


def test_a_roll_kept_back_says_why_on_the_orders_page(
    officer: Client, line: Chain, batch: StampBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(batch, by=line.office.stamp_officer)
    officer.post(f"/stamps/batches/{batch.pk}/rolls/files/")
    monkeypatch.setattr(
        "stamps.printing.roll_content.addresses_of", lambda roll, done, count: ["HTTPS://OTHER"] * count
    )
    work()

    page = text(officer, f"/stamps/orders/{batch.order_id}/")

    assert "Kept back" in page
    assert "HTTPS://OTHER" in page
    assert Roll.objects.get().released_at is None


def test_a_batch_that_is_planned_says_so(officer: Client, line: Chain, batch: StampBatch) -> None:
    planned(batch, by=line.office.stamp_officer)

    assert "All stamps are on rolls" in text(officer, f"/stamps/batches/{batch.pk}/rolls/new/")


def test_the_order_page_asks_a_constant_number_of_questions(
    officer: Client, line: Chain, batch: StampBatch, django_assert_max_num_queries: Any
) -> None:
    planned(batch, 1, by=line.office.stamp_officer)
    actions.request_files(batch, by=line.office.stamp_officer)

    with django_assert_max_num_queries(30):
        officer.get(f"/stamps/orders/{batch.order_id}/")
