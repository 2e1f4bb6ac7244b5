"""Rolls of a batch: planned without gap or overlap, made by the worker, read back, released, or kept back."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from jobs.models import Job
from stamps import actions
from stamps.actions import roll_files
from stamps.errors import LayoutRefused, NotAllowedForYou, RollRefused, SheetUnreadable
from stamps.models import Roll, StampBatch
from stamps.pages.rolls import states_of
from stamps.printing import roll_content
from stamps.printing.layouts import A4_24, A4_65, roll
from stamps.printing.rolls import unplanned
from stamps.printing.sheets import write_sheet
from tests.factories.people import Office
from tests.factories.stamps import NOW, Chain, chain
from tests.stamps.printing import content, made, newest_job, planned, work
from tests.stamps.samples import decoded, picture, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def officer(line: Chain) -> Any:
    return line.office.stamp_officer


# --- planning --------------------------------------------------------------------------------
def test_a_batch_is_divided_into_rolls_without_gap_and_the_last_is_shorter(line: Chain, officer: Any) -> None:
    batch = line.issued(100)

    rolls = planned(batch, 40, roll(40, 22), by=officer)

    assert [(each.number, each.start - batch.start, each.quantity) for each in rolls] == [
        (1, 0, 40),
        (2, 40, 40),
        (3, 80, 20),
    ]
    assert unplanned(batch) == []
    assert roll_content.layout_of(rolls[0]) == roll(40, 22)


def test_a_part_of_a_batch_may_be_planned_first_and_the_rest_otherwise(line: Chain, officer: Any) -> None:
    batch = line.issued(100)
    actions.plan_rolls(batch, layout=A4_24, per_roll=24, quantity=48, by=officer)

    actions.plan_rolls(batch, layout=A4_65, per_roll=65, by=officer)

    assert [each.quantity for each in batch.rolls.order_by("number")] == [24, 24, 52]


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"per_roll": 0}, "per_roll"),
        ({"per_roll": 100_001}, "per_roll"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": 11}, "quantity"),
    ],
)
def test_an_impossible_plan_is_refused_next_to_its_answer(
    line: Chain, officer: Any, how: dict[str, int], field: str
) -> None:
    batch = line.issued(10)

    with pytest.raises(RollRefused) as refusal:
        actions.plan_rolls(batch, **{"layout": A4_65, "per_roll": 5, "by": officer, **how})

    assert refusal.value.field == field
    assert not Roll.objects.exists()


def test_too_many_rolls_are_refused(line: Chain, officer: Any) -> None:
    with pytest.raises(RollRefused, match="Put more stamps on a roll"):
        actions.plan_rolls(line.issued(1001), layout=A4_65, per_roll=1, by=officer)


def test_a_few_rolls_of_a_large_batch_are_not_too_many(line: Chain, officer: Any) -> None:
    few = actions.plan_rolls(line.issued(1001), layout=A4_65, per_roll=1, quantity=3, by=officer)

    assert [roll.quantity for roll in few] == [1, 1, 1]


def test_what_is_on_a_roll_is_not_planned_again(line: Chain, officer: Any) -> None:
    batch = line.issued(10)
    planned(batch, by=officer)

    with pytest.raises(RollRefused, match="on rolls already"):
        actions.plan_rolls(batch, layout=A4_65, per_roll=10, by=officer)


def test_a_code_too_small_for_phones_is_refused_with_the_smallest_size_that_works(
    line: Chain, officer: Any, settings: Any
) -> None:
    settings.STAMPS_HOST = "truyxuatnguongoc.sokhcn.vidu-tinh.example"

    with pytest.raises(LayoutRefused, match=r"16,. mm or more") as refusal:
        actions.plan_rolls(line.issued(10), layout=A4_65, per_roll=10, by=officer)

    assert refusal.value.field == "qr_mm"


@pytest.mark.parametrize("who", ["producer", "leader", "inspector"])
def test_others_do_not_plan(line: Chain, who: str) -> None:
    batch = line.issued(10)
    person = line.producer if who == "producer" else getattr(line.office, who)

    with pytest.raises(NotAllowedForYou):
        actions.plan_rolls(batch, layout=A4_65, per_roll=10, by=person)
    with pytest.raises(NotAllowedForYou):
        actions.request_files(batch, by=person)


# --- the file --------------------------------------------------------------------------------
@pytest.mark.requirement("GL-2.D3")
@pytest.mark.parametrize("layout", [A4_65, A4_24, roll(40, 22, across=3)], ids=lambda layout: layout.name)
def test_every_code_of_a_roll_is_read_back_before_it_is_released(line: Chain, officer: Any, layout: Any) -> None:
    batch = line.issued(30)

    first, second = made(batch, 20, layout, by=officer)

    assert (first.verified, second.verified) == (20, 10)
    assert first.released_at
    found = {text for page in range(first.pages or 0) for text in decoded(picture(content(first), page))}
    assert found == {actions.uri_at(batch, index) for index in range(first.start, first.end)}


def test_the_file_in_chunks_is_the_file_in_one_go(
    line: Chain, officer: Any, monkeypatch: pytest.MonkeyPatch, vietnamese: None
) -> None:
    monkeypatch.setattr(roll_files, "WRITE_CHUNK", 65)
    monkeypatch.setattr(roll_files, "READ_CHUNK", 65)

    (only,) = made(line.issued(300), by=officer)

    output = io.BytesIO()
    stamps = roll_content.stamps_of(only, 0, 300)
    count = write_sheet(output, roll_content.face_of(only.batch), [stamps], A4_65, title=roll_content.title_of(only))
    assert content(only) == output.getvalue()
    assert (only.sha256, only.pages, only.verified) == (count.sha256, 5, 300)
    job = newest_job()
    assert (job.state, job.done, job.total) == ("done", 600, 600)


def test_the_words_do_not_hang_on_who_asked_or_works(line: Chain, officer: Any) -> None:
    (only,) = made(line.issued(2), by=officer)

    assert "Quét" in text_of(content(only))


def test_a_product_renamed_meanwhile_begins_its_file_anew(
    line: Chain, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = line.issued(130)
    planned(batch, by=officer)
    (job,) = actions.request_files(batch, by=officer)
    monkeypatch.setattr(roll_files, "WRITE_CHUNK", 65)
    chunk = roll_files.RollFile().step(job, {})
    job.cursor = chunk.cursor
    job.save()
    line.product.name = "Chôm chôm khác tên"
    line.product.save()

    work()

    only = batch.rolls.get()
    assert only.released_at
    assert "khác tên" in text_of(content(only), 0)
    assert "khác tên" in text_of(content(only), 1)


# --- what goes wrong -------------------------------------------------------------------------
def test_a_file_with_a_wrong_code_is_kept_back_and_the_code_is_named(
    line: Chain, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = line.issued(10)
    right = roll_content.addresses_of

    def one_wrong(wanted: Roll, done: int, count: int) -> list[str]:
        return [*right(wanted, done, count)[:-1], "HTTPS://TX.VIDU.EXAMPLE/WRONG"]

    monkeypatch.setattr(roll_content, "addresses_of", one_wrong)
    planned(batch, by=officer)
    actions.request_files(batch, by=officer)
    work()

    only = batch.rolls.get()
    assert (only.released_at, only.file.name, newest_job().state) == (None, "", Job.State.FAILED)
    assert "HTTPS://TX.VIDU.EXAMPLE/WRONG" in newest_job().error
    assert [state.label for state in states_of([only])] == ["Kept back"]

    monkeypatch.undo()
    actions.request_file(only, by=officer)
    work()
    assert batch.rolls.get().released_at


def test_a_torn_file_is_never_released(line: Chain, officer: Any) -> None:
    batch = line.issued(10)
    planned(batch, by=officer)
    (job,) = actions.request_files(batch, by=officer)
    kind = roll_files.RollFile()
    job.cursor = kind.step(job, {}).cursor
    job.save()
    path = Path(roll_files.ChunkFile(job).path)
    data = bytearray(path.read_bytes())
    data[-20:-10] = b"x" * 10
    path.write_bytes(bytes(data))

    with pytest.raises((roll_files.PartLost, SheetUnreadable)):
        kind.step(job, job.cursor)

    work()
    only = batch.rolls.get()
    assert hashlib.sha256(content(only)).hexdigest() == only.sha256


def test_asking_twice_makes_one_file(line: Chain, officer: Any) -> None:
    batch = line.issued(10)
    planned(batch, by=officer)

    assert actions.request_files(batch, by=officer) == actions.request_files(batch, by=officer)
    work()
    assert actions.request_files(batch, by=officer) == []
    assert Job.objects.count() == 1


def test_a_damaged_file_can_be_made_again_and_is_the_same(line: Chain, officer: Any) -> None:
    (only,) = made(line.issued(10), by=officer)
    before = only.sha256
    with pytest.raises(RollRefused, match="there and intact"):
        actions.request_file(only, by=officer)
    Path(only.file.path).write_bytes(b"%PDF-1.4 other stamps")

    actions.request_file(only, by=officer)
    work()

    only.refresh_from_db()
    assert only.sha256 == before == hashlib.sha256(content(only)).hexdigest()


# --- taking back -----------------------------------------------------------------------------
def test_a_roll_taken_back_frees_its_stamps_and_its_work_ends(line: Chain, officer: Any) -> None:
    batch = line.issued(10)
    planned(batch, 5, by=officer)
    actions.request_files(batch, by=officer)

    actions.cancel_roll(batch.rolls.get(number=1), reason="Sai khổ nhãn", by=officer, now=NOW)
    work()

    assert unplanned(batch) == [(batch.start, batch.start + 5)]
    assert [bool(each.released_at) for each in batch.rolls.order_by("number")] == [False, True]
    (again,) = actions.plan_rolls(batch, layout=A4_24, per_roll=5, by=officer)
    assert again.number == 3


def test_a_roll_taken_back_during_its_last_chunk_is_not_released(line: Chain, officer: Any) -> None:
    batch = line.issued(10)
    (only,) = planned(batch, by=officer)
    actions.cancel_roll(only, reason="Sai khổ nhãn", by=officer)

    roll_files.release(only.pk, name="jobs/1/x.pdf", sha256="0" * 64, pages=1, verified=10)

    assert batch.rolls.get().released_at is None


def test_a_released_roll_is_not_taken_back(line: Chain, officer: Any) -> None:
    (only,) = made(line.issued(10), by=officer)

    with pytest.raises(RollRefused, match="may be printed"):
        actions.cancel_roll(only, reason="Sai", by=officer)


def test_taking_back_needs_a_reason_and_happens_once(line: Chain, officer: Any) -> None:
    (only,) = planned(line.issued(10), by=officer)
    with pytest.raises(RollRefused, match="Give a reason"):
        actions.cancel_roll(only, reason=" ", by=officer)
    actions.cancel_roll(only, reason="Sai", by=officer)
    with pytest.raises(RollRefused, match="already"):
        actions.cancel_roll(only, reason="Sai", by=officer)


def test_every_official_sees_rolls_of_the_province_and_strangers_none(
    line: Chain, officer: Any, son_la: Office
) -> None:
    planned(line.issued(10), by=officer)

    assert Roll.objects.visible_to(line.office.inspector).count() == 1
    assert Roll.objects.visible_to(son_la.stamp_officer).count() == 0
    assert StampBatch.objects.visible_to(line.producer).count() == 1
