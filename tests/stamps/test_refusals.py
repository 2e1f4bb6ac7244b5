"""Refusals that the forms already keep people from meeting: the acts themselves hold the rule."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.errors import PartLost
from jobs.files import ChunkFile
from jobs.models import Job
from onboarding.models import Onboarding
from projects.actions.project import enrol_product
from projects.models import PilotProject
from stamps import actions
from stamps.actions import linking, roll_files
from stamps.codes import serials
from stamps.errors import (
    ActivationRefused,
    AlertRefused,
    LinkRefused,
    NotAllowedForYou,
    OrderRefused,
    RollRefused,
    SerialsExhausted,
)
from stamps.life import picking
from stamps.life.standing import standing_at
from stamps.models import ProductLink, SerialCounter, StampBatch, StampOrder
from tests.factories.people import Office
from tests.factories.stamps import NOW, Chain, activate, chain
from tests.stamps.printing import made, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


# --- orders ----------------------------------------------------------------------------------
def stop(line: Chain) -> None:
    line.project.status = PilotProject.Status.STOPPED
    line.project.save(update_fields=["status"])
    line.enrolment.refresh_from_db()


def test_a_project_that_does_not_run_gets_no_stamps(line: Chain) -> None:
    waiting = line.order(5)
    stop(line)
    waiting.refresh_from_db()

    with pytest.raises(OrderRefused, match="is not running"):
        line.order(5)
    with pytest.raises(OrderRefused, match="is not running"):
        actions.issue_stamps(waiting, by=line.office.leader)

    assert not StampBatch.objects.exists()


def test_stamps_of_a_stage_that_closed_meanwhile_are_not_issued(line: Chain) -> None:
    waiting = line.order(5)
    line.project.stages.exclude(opened_at=None).update(closed_at=NOW)

    with pytest.raises(OrderRefused, match="is in neither"):
        actions.issue_stamps(StampOrder.objects.get(pk=waiting.pk), by=line.office.leader)


@pytest.mark.parametrize("quantity", [0, -1, 101])
def test_an_order_is_within_the_limit_of_one_order(line: Chain, settings: Any, quantity: int) -> None:
    settings.STAMPS_MAX_ORDER = 100

    with pytest.raises(OrderRefused, match="between 1 and 100") as refusal:
        line.order(quantity)

    assert refusal.value.field == "quantity"
    assert line.order(100).quantity == 100


def test_the_last_number_is_given_out_and_none_beyond_it(line: Chain) -> None:
    SerialCounter.objects.create(pk=1, next_index=serials.MAX_INDEX - 4)
    first, second = line.order(5), line.order(1)

    batch = actions.issue_stamps(first, by=line.office.leader)
    with pytest.raises(SerialsExhausted):
        actions.issue_stamps(second, by=line.office.leader)

    assert batch.end == serials.MAX_INDEX + 1
    assert actions.serial_at(batch, serials.MAX_INDEX)
    assert StampBatch.objects.count() == 1
    second.refresh_from_db()
    assert second.status == StampOrder.Status.REQUESTED


def test_an_order_that_was_issued_is_not_refused(line: Chain) -> None:
    batch = line.issued(5)

    with pytest.raises(OrderRefused, match="no longer waiting"):
        actions.refuse_order(batch.order, by=line.office.leader, reason="Chưa đủ hồ sơ")

    assert StampOrder.objects.get().status == StampOrder.Status.ISSUED


def test_an_order_that_was_decided_is_not_cancelled(line: Chain) -> None:
    batch = line.issued(5)

    assert actions.cancel_order(batch.order).status == StampOrder.Status.ISSUED


# --- rolls -----------------------------------------------------------------------------------
def test_a_roll_that_was_taken_back_gets_no_file(line: Chain) -> None:
    officer = line.office.stamp_officer
    (roll,) = planned(line.issued(10), by=officer)
    actions.cancel_roll(roll, reason="Nhầm khổ giấy", by=officer)

    with pytest.raises(RollRefused, match="was taken back"):
        actions.request_file(roll, by=officer)


@pytest.mark.parametrize("end", ["released", "taken back"])
def test_the_work_on_a_roll_ends_when_its_file_is_not_wanted(line: Chain, end: str) -> None:
    officer, batch = line.office.stamp_officer, line.issued(10)
    (roll,) = made(batch, by=officer) if end == "released" else planned(batch, by=officer)
    actions.request_files(batch, by=officer)
    if end == "taken back":
        actions.cancel_roll(roll, reason="Nhầm khổ giấy", by=officer)
    job = Job.objects.latest("pk")

    with pytest.raises(RollRefused, match="taken back or is released"):
        roll_files.RollFile().step(job, {})


def test_a_file_of_another_length_than_was_written_is_not_read(line: Chain) -> None:
    officer, batch = line.office.stamp_officer, line.issued(10)
    planned(batch, by=officer)
    (job,) = actions.request_files(batch, by=officer)
    cursor: Any = roll_files.RollFile().step(job, {}).cursor
    path = ChunkFile(job).path
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(PartLost, match="not the file that was written"):
        roll_files.RollFile().step(job, cursor)
    path.unlink()
    with pytest.raises(PartLost, match="not the file that was written"):
        roll_files.RollFile().step(job, cursor)


# --- activation ------------------------------------------------------------------------------
def test_stamps_of_a_product_that_left_the_project_go_on_no_lot_until_it_is_enrolled_again(line: Chain) -> None:
    batch, lot = line.handed_over(4), line.lot()
    line.enrolment.withdrawn_at = NOW
    line.enrolment.save(update_fields=["withdrawn_at"])

    with pytest.raises(ActivationRefused, match="takes part in no project any more"):
        activate(batch, batch.start, batch.end, lot, by=line.producer)

    enrol_product(line.project, line.product, by=line.office.manager, on=NOW.date(), now=NOW)
    assert activate(batch, batch.start, batch.end, lot, by=line.producer).pk


def test_a_batch_without_a_free_stamp_says_so(line: Chain) -> None:
    batch = line.handed_over(3)
    activate(batch, batch.start, batch.end, line.lot(), by=line.producer)

    with pytest.raises(ActivationRefused, match="No stamp of this batch is free"):
        picking.all_free(batch)


# --- alerts and links ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"status": "open", "finding": "x"}, "decision"),
        ({"status": "burnt", "finding": "x"}, "decision"),
        ({"status": "copy", "finding": " "}, "finding"),
    ],
)
def test_an_alert_is_closed_with_what_was_found(line: Chain, answers: dict[str, str], field: str) -> None:
    batch = line.issued(3)
    alert = actions.raise_alert("clients", standing_at(batch, batch.start, serial=""), facts={})
    assert alert is not None

    with pytest.raises(AlertRefused) as refusal:
        actions.close_alert(alert, **answers, by=line.office.inspector)

    assert refusal.value.field == field
    alert.refresh_from_db()
    assert alert.is_open


def link(line: Chain, **changed: Any) -> ProductLink:
    usual = {"link_type": "instructions", "href": "https://nhasanxuat.vidu.example/a", "title": "Hướng dẫn"}
    return actions.add_link(line.product, **{**usual, "by": line.producer, **changed})


def test_a_link_has_a_title(line: Chain) -> None:
    with pytest.raises(LinkRefused) as refusal:
        link(line, title=" ")

    assert refusal.value.field == "title"


def test_a_product_has_so_many_links_at_most(line: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MOST_LINKS", 1)
    first = link(line)

    with pytest.raises(LinkRefused, match="at most 1 links"):
        link(line, href="https://nhasanxuat.vidu.example/b")

    actions.remove_link(first, by=line.producer)
    assert link(line, href="https://nhasanxuat.vidu.example/b").pk


def test_others_neither_add_nor_remove_links(line: Chain, son_la: Office) -> None:
    kept = link(line)

    for person in (line.office.inspector, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            link(line, href="https://nhasanxuat.vidu.example/b", by=person)
        with pytest.raises(NotAllowedForYou):
            actions.remove_link(kept, by=person)

    assert ProductLink.objects.current().get() == kept


def test_a_link_that_was_removed_keeps_its_day(line: Chain) -> None:
    kept = actions.remove_link(link(line), by=line.producer, now=NOW)

    assert actions.remove_link(kept, by=line.producer).removed_at == NOW


def test_the_same_address_may_be_linked_for_another_language_and_after_it_was_removed(line: Chain) -> None:
    kept = link(line, href=" https://nhasanxuat.vidu.example/a ", title=" Hướng dẫn ")
    assert (kept.href, kept.title) == ("https://nhasanxuat.vidu.example/a", "Hướng dẫn")

    assert link(line, language="en").pk
    with pytest.raises(LinkRefused) as refusal:
        link(line)
    assert refusal.value.field == "href"
    actions.remove_link(kept, by=line.producer)
    assert link(line).pk


def test_the_links_of_another_product_are_not_counted(line: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MOST_LINKS", 1)
    link(line)

    assert link(chain(line.office, project=line.project)).pk


def test_the_letter_about_one_product_is_no_entry_of_another(line: Chain) -> None:
    other = chain(line.office, project=line.project)
    Onboarding.objects.create(enrolment=line.enrolment, started_at=NOW)
    Onboarding.objects.create(
        enrolment=other.enrolment, started_at=NOW, portal_reference="CV 12 (giả lập)", portal_connected_on=NOW.date()
    )

    with pytest.raises(LinkRefused) as refusal:
        link(line, link_type="registryEntry")

    assert refusal.value.field == "link_type"
