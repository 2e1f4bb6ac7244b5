"""A natural person is not named in public without their consent (Law 91/2025/QH15)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from privacy.actions import give_consent, withdraw_consent
from privacy.models import Consent, Purpose
from registry.models import Producer
from stamps import actions
from tests.factories import stamps
from tests.factories.people import Office

NAME, PLACE = "Hộ bà Rơ Châm Bích (giả lập)", "Vườn thôn 6"


@pytest.fixture
def chain(gia_lai: Office) -> Any:
    """A household business with an activated stamp."""
    chain = stamps.chain(gia_lai)
    Producer.objects.filter(pk=chain.product.producer_id).update(kind=Producer.Kind.HOUSEHOLD, name=NAME)
    chain.product.producer.refresh_from_db()
    return chain


def pages(chain: Any, client: Client) -> list[str]:
    """The words of the stamp's page and of the product's."""
    batch = chain.product.stamp_batches.get()
    paths = [f"/scan/01/{batch.code}/21/{actions.serial_at(batch, batch.start)}/", f"/scan/01/{batch.code}/"]
    found = []
    for path in paths:
        answer = client.get(path, headers={"accept-language": "en"})
        assert answer.status_code == 200
        found.append(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))
    return found


def agree(chain: Any) -> Consent:
    return give_consent(
        chain.product.producer,
        Purpose.PUBLIC_NAME,
        given_by_name=NAME,
        channel=Consent.Channel.PHONE,
        by=chain.producer,
        given_by=chain.producer,
    )


def test_without_consent_only_kind_and_commune_are_shown(chain: Any, client: Client) -> None:
    chain.activated()
    for page in pages(chain, client):
        assert NAME not in page
        assert PLACE not in page
        assert "Household business in xã Ia Tô · tỉnh Gia Lai" in page


def test_with_consent_the_name_and_the_places_are_shown(chain: Any, client: Client) -> None:
    chain.activated()
    agree(chain)
    stamp, product = pages(chain, client)
    assert NAME in stamp
    assert NAME in product
    assert PLACE in stamp
    assert "xã Ia Tô, tỉnh Gia Lai" in stamp


def test_the_name_goes_as_soon_as_the_consent_is_withdrawn(chain: Any, client: Client) -> None:
    chain.activated()
    withdraw_consent(agree(chain), by=chain.producer)
    assert all(NAME not in page for page in pages(chain, client))


def test_consent_to_take_part_is_no_consent_to_be_named(chain: Any, client: Client) -> None:
    chain.activated()
    give_consent(
        chain.product.producer,
        Purpose.ONBOARDING,
        given_by_name=NAME,
        channel=Consent.Channel.PHONE,
        by=chain.producer,
        given_by=chain.producer,
    )
    assert all(NAME not in page for page in pages(chain, client))


def test_a_legal_entity_is_named(gia_lai: Office, client: Client) -> None:
    chain = stamps.chain(gia_lai)
    chain.activated()
    assert all(chain.product.producer.name in page for page in pages(chain, client))


def test_the_question_costs_one_query_at_most(chain: Any, client: Client, django_assert_max_num_queries: Any) -> None:
    batch = chain.activated().batch
    path = f"/scan/01/{batch.code}/21/{actions.serial_at(batch, batch.start)}/"
    with django_assert_max_num_queries(16):
        client.get(path)
