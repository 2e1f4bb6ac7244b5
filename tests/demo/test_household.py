"""The household of Sơn La whose declaration is accepted."""

from __future__ import annotations

import pytest

from lots.models import Lot
from onboarding.models import Dossier
from privacy.models import DataRequest
from privacy.policies import shows_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.timeout(600)]


def test_one_household_of_son_la_has_declared_a_lot_shows_its_name_and_asked_for_its_data() -> None:
    dossier = Dossier.objects.get(onboarding__enrolment__project__code="SL-01", status=Dossier.Status.ACCEPTED)
    assert "(giả lập)" in dossier.producer.name
    assert shows_name(dossier.producer)
    assert Lot.objects.filter(product=dossier.product).count() == 1
    request = DataRequest.objects.get(producer=dossier.producer)
    assert request.closed_at is None
    assert request.received_on < request.answer_due_on < request.due_on
