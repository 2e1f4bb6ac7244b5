"""Trained producers whose diary has fallen silent (feature row 85)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from lots.diaries import silent_diaries
from projects.actions import attendance as door
from projects.actions.project import withdraw_product
from projects.models import TrainingSession
from tests.factories import lots
from tests.factories.fieldwork import make_class
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, chain

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
URL = "/projects/GL-99/training/silent/"


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


def trained(line: Chain, on: date) -> TrainingSession:
    held = make_class(line.project, line.office.helper, held_on=on)
    producer = line.product.producer
    door.record_attendance(held, person_name="Người học (giả lập)", producer=producer, by=line.office.helper)
    return held


def entry(line: Chain, day: date) -> None:
    lot = lots.open_lot(line.product, by=line.producer, number=f"L{day:%y%m%d}-01")
    lots.record(lot, "thu-hoach", by=line.producer, now=timezone.make_aware(datetime(day.year, day.month, day.day, 9)))


def days(line: Chain) -> list[int]:
    return [row.days for row in silent_diaries(line.project, today=TODAY)]


@pytest.mark.parametrize(("ago", "silent"), [(13, []), (14, [14])])
def test_fourteen_days_after_the_class_a_diary_without_an_entry_is_silent(
    line: Chain, ago: int, silent: list[int]
) -> None:
    trained(line, TODAY - timedelta(days=ago))

    assert days(line) == silent


@pytest.mark.parametrize(("ago", "silent"), [(13, []), (14, [14])])
def test_an_entry_begins_the_fourteen_days_again(line: Chain, ago: int, silent: list[int]) -> None:
    trained(line, TODAY - timedelta(days=100))
    entry(line, TODAY - timedelta(days=ago))

    assert days(line) == silent


def test_an_entry_from_before_the_class_does_not_make_the_silence_longer(line: Chain) -> None:
    entry(line, TODAY - timedelta(days=100))
    trained(line, TODAY - timedelta(days=20))

    assert days(line) == [20]


def test_of_several_classes_the_last_counts(line: Chain) -> None:
    trained(line, TODAY - timedelta(days=100))
    trained(line, TODAY - timedelta(days=3))

    assert days(line) == []


def test_who_was_never_in_a_class_is_missing_in_the_coverage_not_here(line: Chain) -> None:
    assert days(line) == []


def test_who_left_the_project_is_not_asked(line: Chain) -> None:
    trained(line, TODAY - timedelta(days=50))
    withdraw_product(line.enrolment, reason="Chủ thể xin thôi", by=line.office.manager)

    assert days(line) == []


def test_the_longest_silence_stands_first(gia_lai: Office, line: Chain) -> None:
    other = chain(gia_lai, project=line.project)
    trained(line, TODAY - timedelta(days=20))
    trained(other, TODAY - timedelta(days=60))

    found = silent_diaries(line.project, today=TODAY)

    assert [row.producer for row in found] == [other.product.producer, line.product.producer]


def test_it_asks_three_questions_however_many_producers(gia_lai: Office, line: Chain) -> None:
    for each in (line, *(chain(gia_lai, project=line.project) for _ in range(3))):
        trained(each, TODAY - timedelta(days=60))

    with CaptureQueriesContext(connection) as asked:
        assert len(silent_diaries(line.project, today=TODAY)) == 4

    assert len(asked) == 3


def test_the_page_and_its_workbook_say_whom_to_call(line: Chain) -> None:
    producer = line.product.producer
    producer.phone = "0912345678"
    producer.save()
    trained(line, timezone.localdate() - timedelta(days=30))
    client = signed_in(line.office.helper)

    assert 'href="tel:0912345678"' in client.get(URL).content.decode()
    answer = client.get(f"{URL}?export=xlsx")
    last = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))[-1]
    assert (last[0], last[2], last[4], last[5]) == (producer.name, "0912345678", None, 30)


def test_where_nobody_is_silent_the_page_says_so(line: Chain) -> None:
    assert "No diary has fallen silent" in signed_in(line.office.helper).get(URL).content.decode()
