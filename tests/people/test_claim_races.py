"""A card is used while the officer prints a new one, on PostgreSQL: one after the other, and nobody is thrown out."""

from __future__ import annotations

import pytest

from people import claims
from people.claim_models import ClaimCard
from people.models import User
from tests.factories.people import Office
from tests.factories.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PIN, ROUNDS = "280469", 8


def test_a_card_used_while_a_new_one_is_printed_ends_in_order(gia_lai: Office) -> None:
    for number in range(ROUNDS):
        phone = f"09000000{number:02d}"
        person = User.objects.create_user(phone, None, phone=phone, full_name="Rơ Châm H’Lan (giả lập)")
        card = claims.issue_card(person, by=gia_lai.helper).card

        used, printed = at_once(
            lambda card=card: claims.claim(card, pin=PIN),
            lambda person=person: claims.issue_card(person, by=gia_lai.helper),
        )

        assert isinstance(printed, claims.Issued)
        assert isinstance(used, User | claims.CardRefused)
        assert ClaimCard.objects.open().get(user=person) == printed.card
