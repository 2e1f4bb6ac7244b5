"""Codes and ranges as people, printers and forgers get them wrong: a clear answer on every page, and no data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from stamps import actions
from stamps.codes.serials import ALPHABET, grouped
from stamps.errors import ActivationRefused, ChangeRefused
from stamps.fast.app import Scans
from stamps.models import Activation, StampBatch, StampChange
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, chain
from tests.stamps.fast.conftest import ask, scans  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
State = StampChange.State


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def other(gia_lai: Office, line: Chain) -> StampBatch:
    """Stamps of another product of the same project."""
    return chain(gia_lai, project=line.project).activated(5).batch


def serial(batch: StampBatch, place: int = 0) -> str:
    return actions.serial_at(batch, batch.start + place)


def with_letters_like_digits(batch: StampBatch) -> str:
    """The serial of a stamp in which somebody reads O for 0 and I or l for 1."""
    place = next(place for place in range(batch.quantity) if "1" in serial(batch, place))
    first, rest = serial(batch, place).split("1", 1)
    return f"{first}I{rest}".replace("0", "O").replace("1", "l")


TYPED = {
    "as printed": lambda batch: grouped(serial(batch)),
    "small letters": lambda batch: serial(batch).lower(),
    "O for 0, I and l for 1": with_letters_like_digits,
    "spaces": lambda batch: " ".join(serial(batch)),
    "dashes": lambda batch: "-".join(serial(batch)) + "-",
}
WRONG = {
    "forged": lambda batch, other: serial(batch)[:-1] + ALPHABET[ALPHABET.index(serial(batch)[-1]) ^ 1],
    "two letters swapped": lambda batch, other: swapped(serial(batch)),
    "the half that was printed": lambda batch, other: serial(batch)[:7],
    "without its last letter": lambda batch, other: serial(batch)[:-1],
    "with a letter too many": lambda batch, other: serial(batch) + "0",
    "of another product": lambda batch, other: serial(other),
    "of a key that nobody has": lambda batch, other: "Z" + serial(batch)[1:],
    "letters that no serial has": lambda batch, other: "U" * 14,
    "a dash that is none": lambda batch, other: grouped(serial(batch)).replace("-", "–"),
    "wide digits": lambda batch, other: serial(batch).translate({48 + n: 0xFF10 + n for n in range(10)}) + "０",
}


def swapped(text: str) -> str:
    place = next(place for place in range(1, 13) if text[place] != text[place + 1])
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


# --- whoever scans ---------------------------------------------------------------------------
@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_serial_is_read_as_people_type_it(
    client: Client, scans: Scans, line: Chain, typed: Any  # noqa: F811
) -> None:  # fmt: skip
    batch = line.activated(40).batch
    path = f"/scan/01/{batch.code}/21/{typed(batch)}/"

    for page in (client.get(path).content.decode(), ask(scans, path).text):
        assert line.product.name in page
        assert "L220608-01" in page


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_code_that_is_none_of_ours_gets_one_answer_and_no_data(
    client: Client, scans: Scans, line: Chain, other: StampBatch, wrong: Any  # noqa: F811
) -> None:  # fmt: skip
    batch = line.activated().batch
    path = f"/scan/01/{batch.code}/21/{wrong(batch, other)}/"
    usual = client.get(f"/scan/01/{batch.code}/21/0ABCDEFGHJKMNP/").content

    answer = client.get(path)

    assert (answer.status_code, answer.content) == (404, usual)
    assert line.product.name not in answer.content.decode()
    assert ask(scans, path).status in (404, 299)  # what is not even a path of ours is Django's


@pytest.mark.parametrize(
    "code", ["09520000009992", "9520000009991", "0", "T5200007003D", "x" * 300, "%00", "..", "٣" * 14]
)
def test_a_product_code_that_cannot_be_one_is_not_found(client: Client, line: Chain, code: str) -> None:
    stamp = serial(line.activated().batch)

    for path in (f"/scan/01/{code}/21/{stamp}/", f"/scan/vn/tx/{code}/s/{stamp}/", f"/scan/01/{code}/"):
        answer = client.get(path)
        assert answer.status_code in (404, 400)
        assert line.product.name not in answer.content.decode()


# --- whoever activates -----------------------------------------------------------------------
def activate(line: Chain, batch: StampBatch, first: str, last: str) -> Any:
    """Ask for the preview and then for the act itself; both must say the same."""
    browser, path = signed_in(line.producer), f"/stamps/batches/{batch.pk}/activate/"
    lot = line.product.lots.filter(number="L220608-01").first() or line.lot()
    answers = {"lot": lot.pk, "way": "range", "first": first, "last": last}
    previewed = browser.post(path, answers | {"step": "preview"})
    acted = browser.post(path, answers)
    assert previewed.status_code == acted.status_code == 200
    assert previewed.context["form"].errors == acted.context["form"].errors
    return acted.context["form"].errors


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("field", ["first", "last"])
def test_an_end_that_is_no_stamp_of_the_batch_is_named_at_its_field(
    line: Chain, other: StampBatch, wrong: Any, field: str
) -> None:
    batch = line.handed_over(10)
    ends = {"first": serial(batch, 1), "last": serial(batch, 8)} | {field: wrong(batch, other)}

    assert list(activate(line, batch, **ends)) == [field]
    assert not batch.activations.exists()


def test_a_scanned_stamp_of_another_product_is_named(line: Chain, other: StampBatch) -> None:
    batch = line.handed_over(10)

    errors = activate(line, batch, actions.uri_at(other, other.start), serial(batch, 8))

    assert "is a stamp of another product" in errors["first"][0]
    assert not batch.activations.exists()


@pytest.mark.parametrize(
    "address", ["https://example.org/", "HTTPS://TX.VIDU.EXAMPLE/01/1/21/2", "http://[", "/", "//"]
)
def test_an_address_that_is_none_of_a_stamp_is_named(line: Chain, address: str) -> None:
    batch = line.handed_over(10)

    assert list(activate(line, batch, address, serial(batch, 8))) == ["first"]


def test_a_reversed_range_says_so(line: Chain) -> None:
    batch = line.handed_over(10)

    errors = activate(line, batch, serial(batch, 8), serial(batch, 2))

    assert "comes before the first" in errors["last"][0]
    assert not Activation.objects.exists()


def test_a_range_across_two_batches_says_so(line: Chain) -> None:
    batch, next_one = line.handed_over(10), line.handed_over(10)
    assert batch.end == next_one.start

    assert "not of this batch" in activate(line, batch, serial(batch, 8), serial(next_one, 1))["last"][0]
    assert "not of this batch" in activate(line, next_one, serial(batch, 8), serial(next_one, 1))["first"][0]
    assert not Activation.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(0, 4), (4, 4), (6, 9), (0, 9), (3, 6)])
def test_a_range_that_overlaps_one_on_a_lot_says_which(line: Chain, first: int, last: int) -> None:
    batch, lot = line.handed_over(10), line.lot("L220608-02")
    actions.activate_ranges(batch, [(batch.start + 4, batch.start + 7)], lot=lot, by=line.producer)

    errors = activate(line, batch, serial(batch, first), serial(batch, last))

    assert "already activated for lot L220608-02" in errors["first"][0]
    assert batch.activations.count() == 1


def test_ranges_that_overlap_each_other_are_refused_and_neither_is_kept(line: Chain) -> None:
    batch, lot = line.handed_over(10), line.lot()
    start = batch.start

    with pytest.raises(ActivationRefused):
        actions.activate_ranges(batch, [(start, start + 5), (start + 4, start + 8)], lot=lot, by=line.producer)

    assert not batch.activations.exists()


def test_two_overlapping_ranges_that_a_browser_sends_are_refused_in_words(line: Chain) -> None:
    batch = line.handed_over(10)
    made_up = [f"{serial(batch, 0)}~{serial(batch, 5)}", f"{serial(batch, 3)}~{serial(batch, 8)}"]
    answers = {"lot": line.lot().pk, "way": "count", "quantity": "10", "range": made_up}

    answer = signed_in(line.producer).post(f"/stamps/batches/{batch.pk}/activate/", answers)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not batch.activations.exists()


# --- whoever changes -------------------------------------------------------------------------
def change(line: Chain, batch: StampBatch, first: str, last: str) -> Any:
    answers = {"state": "void", "first": first, "last": last, "reason": "Thử", "step": "confirm", "understood": "1"}
    page = signed_in(line.office.stamp_officer).post(f"/stamps/batches/{batch.pk}/change/", answers)
    assert page.status_code == 200
    assert not batch.changes.exists()
    return page.context["form"].errors


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_change_of_what_is_no_stamp_is_refused_at_its_field(line: Chain, other: StampBatch, wrong: Any) -> None:
    batch = line.handed_over(10)

    assert list(change(line, batch, wrong(batch, other), serial(batch, 8))) == ["first"]


def test_a_change_of_a_reversed_range_or_across_batches_is_refused(line: Chain) -> None:
    batch, next_one = line.handed_over(10), line.handed_over(10)

    assert list(change(line, batch, serial(batch, 8), serial(batch, 2))) == ["last"]
    assert list(change(line, batch, serial(batch, 8), serial(next_one, 1))) == ["last"]
    assert list(change(line, next_one, serial(batch, 8), serial(next_one, 1))) == ["first"]


def test_a_change_over_stamps_that_ended_is_refused_and_none_is_made(line: Chain) -> None:
    batch, officer = line.handed_over(10), line.office.stamp_officer
    actions.change_stamps(batch, batch.start + 5, batch.start + 6, state="void", reason="Thử", by=officer)

    with pytest.raises(ChangeRefused, match="1 stamps of the range are void"):
        actions.change_stamps(batch, batch.start, batch.end, state="damaged", reason="Thử", by=officer)

    assert batch.changes.count() == 1


# --- whoever looks for a stamp ---------------------------------------------------------------
@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_staff_find_a_stamp_as_it_is_typed(line: Chain, typed: Any) -> None:
    batch = line.activated(40).batch

    page = signed_in(line.office.inspector).get("/stamps/find/", {"q": typed(batch)})

    assert page.status_code == 200
    assert page.context["stamp"].batch == batch


@pytest.mark.parametrize("wrong", [wrong for name, wrong in WRONG.items() if name != "of another product"])
def test_staff_are_told_that_there_is_no_such_stamp(line: Chain, other: StampBatch, wrong: Any) -> None:
    batch = line.activated().batch

    page = signed_in(line.office.inspector).get("/stamps/find/", {"q": wrong(batch, other)})

    assert page.status_code == 404
    assert line.product.name not in re.sub(r"<[^>]+>", "", page.content.decode())
