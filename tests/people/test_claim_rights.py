"""A card is for people without an office, also on the day on which it is used."""

from __future__ import annotations

import pytest
from django.test import Client

from people import claims
from people.models import Membership, User
from tests.factories.people import SINCE, Office

PIN = "280469"


@pytest.fixture
def hlan(db: None) -> User:
    return User.objects.create_user("0900000012", None, phone="0900000012", full_name="Rơ Châm H’Lan (giả lập)")


@pytest.fixture
def issued(hlan: User, gia_lai: Office) -> claims.Issued:
    return claims.issue_card(hlan, by=gia_lai.helper)


def test_a_card_of_somebody_who_took_an_office_since_sets_no_pin(
    issued: claims.Issued, hlan: User, gia_lai: Office
) -> None:
    Membership.objects.create(
        user=hlan, organisation=gia_lai.organisation, role=Membership.Role.CLERK, valid_from=SINCE
    )
    with pytest.raises(claims.CardRefused, match="official"):
        claims.claim(issued.card, pin=PIN)
    hlan.refresh_from_db()
    assert not hlan.has_pin


def test_the_card_of_an_account_that_was_closed_since_is_refused_on_its_page(
    client: Client, issued: claims.Issued, hlan: User
) -> None:
    User.objects.filter(pk=hlan.pk).update(is_active=False)
    answer = client.post(f"/claim/{issued.token}/", {"code": issued.code})
    assert answer.status_code == 410
    assert "is closed" in answer.content.decode()
