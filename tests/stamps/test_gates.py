"""What the gate of the rollout counts: products of the project with stamps on lots (GL-2.D3)."""

from __future__ import annotations

import pytest

from projects.models import PilotProject
from stamps.policies import RULES
from tests.factories.people import Office
from tests.factories.stamps import NOW, Chain, activate, chain

pytestmark = pytest.mark.django_db
too_few = RULES["stamps_activated_products_at_least"]


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


def test_a_product_with_stamps_on_lots_counts_once(line: Chain) -> None:
    batch, lot = line.handed_over(10), line.lot()
    for start in (0, 3):
        activate(batch, batch.start + start, batch.start + start + 2, lot, by=line.producer)

    assert too_few(line.project, 1) == ""
    assert too_few(line.project, 2).startswith("1 of at least 2 products have activated stamps")


@pytest.mark.parametrize("why", ["on no lot", "of another project", "left the project"])
def test_other_products_do_not_count(line: Chain, why: str) -> None:
    project = line.project
    if why == "on no lot":
        line.handed_over(3)
    else:
        line.activated(3)
    if why == "of another project":
        project = PilotProject(pk=line.project.pk + 1)
    if why == "left the project":
        line.enrolment.withdrawn_at = NOW
        line.enrolment.save(update_fields=["withdrawn_at"])

    assert too_few(project, 1).startswith("0 of at least 1")
