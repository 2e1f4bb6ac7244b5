"""A million stamps are issued, planned and counted with as many writes as ten."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stamps import actions
from stamps.printing.layouts import A4_65
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE")


def writes_for(line: Chain, quantity: int) -> int:
    order, officer = line.order(quantity), line.office.stamp_officer
    with CaptureQueriesContext(connection) as seen:
        batch = actions.issue_stamps(order, by=line.office.leader)
        actions.plan_rolls(batch, layout=A4_65, per_roll=max(quantity // 10, 1), by=officer)
        actions.request_files(batch, by=officer)
    return sum(query["sql"].startswith(WRITES) for query in seen)


@pytest.mark.requirement("GL-2.D3")
def test_a_million_stamps_take_as_many_writes_as_ten(gia_lai: Office) -> None:
    few = chain(gia_lai)
    many = chain(gia_lai, project=few.project)
    writes_for(few, 10)  # the first of all stamps also makes the counter

    assert writes_for(few, 10) == writes_for(many, 1_000_000)
