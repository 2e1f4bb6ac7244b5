"""What of stamps waits for officials: every kind of work is counted, and leads to the list that shows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from stamps import actions
from stamps.printing.layouts import A4_65
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, chain
from tests.stamps.printing import made, planned, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def officer(line: Chain) -> Client:
    return signed_in(line.office.stamp_officer)


def waiting(client: Client) -> dict[str, int]:
    return {row.label: row.count for row in client.get("/stamps/orders/").context["waiting"]}


def test_an_order_waits_for_one_work_after_the_other(line: Chain, officer: Client) -> None:
    by = line.office.stamp_officer
    assert waiting(officer) == {}
    order = line.order(10)
    assert waiting(officer) == {"To approve": 1}
    batch = actions.issue_stamps(order, by=line.office.leader)
    assert waiting(officer) == {"Stamps on no roll yet": 1}
    planned(batch, per_roll=5, by=by)
    assert waiting(officer) == {"Files to make": 1}
    actions.request_files(batch, by=by)
    work()
    assert waiting(officer) == {"Rolls to count": 1}
    for roll in batch.rolls.all():
        actions.reconcile_roll(roll, print_house="", printed=roll.quantity, by=by)
    assert waiting(officer) == {"To hand over": 1}
    actions.hand_over(order, by=by)
    assert waiting(officer) == {}


def test_an_order_may_wait_for_several(line: Chain, officer: Client) -> None:
    batch = line.issued(10)
    actions.plan_rolls(batch, layout=A4_65, per_roll=3, quantity=6, by=line.office.stamp_officer)
    assert waiting(officer) == {"Stamps on no roll yet": 1, "Files to make": 1}


def test_open_alerts_wait_too_and_every_row_leads_to_its_list(line: Chain, officer: Client) -> None:
    alert = actions.report_stamp(actions.Report("other"), province=line.office.province)
    order, other = line.order(10), line.issued(5)
    made(other, by=line.office.stamp_officer)
    rows = {row.label: row.url for row in officer.get("/stamps/orders/").context["waiting"]}
    assert alert.reference in officer.get(rows["Alerts to look into"]).content.decode()
    for label, shown, hidden in (
        ("To approve", order.pk, other.order_id),
        ("Rolls to count", other.order_id, order.pk),
    ):
        page = officer.get(rows[label]).content.decode()
        assert f">#{shown}<" in page
        assert f">#{hidden}<" not in page


def test_it_is_for_officials_and_their_province_alone(line: Chain, son_la: Office) -> None:
    line.order(10)
    assert waiting(signed_in(son_la.stamp_officer)) == {}
    assert "waiting" not in signed_in(line.producer).get("/stamps/orders/").context


def test_it_costs_the_same_queries_for_many_orders(
    line: Chain, officer: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        line.issued(2)
    with django_assert_max_num_queries(16):
        officer.get("/stamps/orders/")
