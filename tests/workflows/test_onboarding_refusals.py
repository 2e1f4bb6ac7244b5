"""What the steps of one product refuse, each for its own reason: dates, names, other people's things, twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from onboarding.actions import accounts, journey, portal, supply
from onboarding.actions.group import group_for
from onboarding.errors import NotAllowedNow
from onboarding.models import CohortGroup, Onboarding, OnboardingRules, SolutionProvider
from projects.actions.project import withdraw_product
from projects.models import Enrolment
from registry.actions import end_producer_member
from registry.models import ProducerMember
from tests.factories import onboarding as made
from tests.factories.onboarding import Cohort, fresh
from tests.factories.people import Office
from tests.factories.registry import fruit_group, producer_user
from workflows import journeys

TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def cohort(gia_lai: Office) -> Cohort:
    return made.cohort(gia_lai)


@pytest.fixture
def manager(gia_lai: Office) -> Any:
    return gia_lai.manager


@pytest.fixture
def product(cohort: Cohort) -> Onboarding:
    """A product at step 2."""
    return cohort.add()


@pytest.fixture
def group(cohort: Cohort, manager: Any) -> CohortGroup:
    return group_for(cohort.project, fruit_group(), by=manager)


@pytest.fixture
def selected(product: Onboarding, manager: Any) -> Onboarding:
    return journey.select_product(product, can_trace=True, by=manager)


@pytest.fixture
def with_module(cohort: Cohort, product: Onboarding) -> Onboarding:
    """A funded product whose group has its module."""
    cohort.with_module(cohort.grouped(product))
    return fresh(product)


# --- rules and the beginning -----------------------------------------------------------------
@pytest.mark.parametrize("funded", [{"funded_from": 3}, {"funded_to": 4}, {"funded_from": 4, "funded_to": 3}])
def test_the_funded_stars_are_a_range_or_nothing(cohort: Cohort, manager: Any, funded: dict[str, int]) -> None:
    with pytest.raises(NotAllowedNow, match="as a range"):
        journey.set_rules(cohort.project, minimum_stars=3, **funded, by=manager)


def test_rules_without_a_range_fund_nobody(cohort: Cohort, manager: Any) -> None:
    assert not OnboardingRules(project=cohort.project, minimum_stars=0).funds(3)


def test_a_product_that_was_taken_out_does_not_begin(cohort: Cohort, manager: Any) -> None:
    enrolment = cohort.add(start=False).enrolment
    withdraw_product(enrolment, by=manager, reason="Ngừng sản xuất")
    with pytest.raises(NotAllowedNow, match="no longer takes part"):
        journey.start_onboarding(enrolment, by=manager)


def test_a_product_that_never_began_is_taken_out_too(cohort: Cohort, manager: Any) -> None:
    enrolment = cohort.add(start=False).enrolment
    journeys.withdraw(enrolment, by=manager, reason="Ngừng sản xuất")
    assert Enrolment.objects.get(pk=enrolment.pk).withdrawn_at


def test_no_step_is_done_for_a_product_that_was_taken_out(product: Onboarding, manager: Any) -> None:
    withdraw_product(product.enrolment, by=manager, reason="Ngừng sản xuất")
    with pytest.raises(NotAllowedNow, match="no longer takes part"):
        journey.close_survey(product, by=manager)


# --- selection -------------------------------------------------------------------------------
def test_a_decision_of_tomorrow_is_recorded_tomorrow(product: Onboarding, manager: Any) -> None:
    with pytest.raises(NotAllowedNow, match="still to come"):
        journey.select_product(product, can_trace=True, on=TOMORROW, by=manager)


def test_nobody_is_selected_before_the_survey_is_closed(cohort: Cohort, manager: Any) -> None:
    with pytest.raises(NotAllowedNow, match="the survey, is not closed"):
        journey.select_product(cohort.add(is_surveyed=False), can_trace=True, by=manager)


def test_a_refusal_gives_its_reason(product: Onboarding, manager: Any) -> None:
    with pytest.raises(NotAllowedNow, match="Give the reason"):
        journey.refuse_product(product, reason="  ", by=manager)


def test_a_product_is_decided_once(selected: Onboarding, manager: Any) -> None:
    with pytest.raises(NotAllowedNow, match="is decided already"):
        journey.refuse_product(selected, reason="Nghĩ lại", by=manager)


def test_a_refused_product_is_closed_for_every_step(product: Onboarding, manager: Any) -> None:
    refused = journey.refuse_product(product, reason="Không tham gia", by=manager)
    with pytest.raises(NotAllowedNow, match="are closed"):
        journey.close_survey(refused, waiver="x", by=manager)


# --- grouping --------------------------------------------------------------------------------
def test_only_a_selected_product_is_grouped(product: Onboarding, group: CohortGroup, manager: Any) -> None:
    with pytest.raises(NotAllowedNow, match="is not selected"):
        journey.assign_group(product, group, by=manager)


def test_a_product_is_grouped_once(selected: Onboarding, group: CohortGroup, manager: Any) -> None:
    grouped = journey.assign_group(selected, group, by=manager)
    with pytest.raises(NotAllowedNow, match="belongs to one group"):
        journey.assign_group(grouped, group, by=manager)


def test_a_group_of_another_project_takes_no_product_of_this_one(
    selected: Onboarding, gia_lai: Office, manager: Any
) -> None:
    elsewhere = group_for(made.cohort(gia_lai, code="GL-82").project, fruit_group(), by=manager)
    with pytest.raises(NotAllowedNow, match="another project"):
        journey.assign_group(selected, elsewhere, by=manager)


# --- supply ----------------------------------------------------------------------------------
PROVIDER = {"name": "Đơn vị (giả lập)", "portal_proof": "15/TT", "proved_on": made.TODAY}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"name": "  "}, "Name the provider"), ({"proved_on": TOMORROW}, "still to come")],
    ids=["name", "day"],
)
def test_a_provider_has_a_name_and_a_proof_that_was_issued(
    cohort: Cohort, manager: Any, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotAllowedNow, match=words):
        supply.choose_provider(cohort.project, **{**PROVIDER, **wrong}, by=manager)


def test_a_provider_is_recorded_once_however_its_name_is_spaced(cohort: Cohort, manager: Any) -> None:
    supply.choose_provider(cohort.project, **PROVIDER, by=manager)
    with pytest.raises(NotAllowedNow, match="recorded already"):
        supply.choose_provider(cohort.project, **{**PROVIDER, "name": " Đơn  vị (giả lập) "}, by=manager)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quantity": 0}, "at least 1"),
        ({"supplied_on": TOMORROW}, "still to come"),
        ({"state_share": -10, "producer_share": 110}, "must make 100"),
        ({"state_share": 70, "producer_share": 20}, "must make 100"),
    ],
    ids=["none", "tomorrow", "less than nothing", "not the whole"],
)
def test_a_delivery_has_stamps_a_day_and_shares(
    cohort: Cohort, with_module: Onboarding, gia_lai: Office, wrong: dict[str, Any], words: str
) -> None:
    facts = {"quantity": 10, "state_share": 70, "producer_share": 30, "supplied_on": made.TODAY, **wrong}
    with pytest.raises(NotAllowedNow, match=words):
        supply.record_supply(with_module, made.provider(gia_lai, cohort.project), **facts, by=gia_lai.manager)


def test_a_provider_of_another_province_supplies_nothing_here(
    with_module: Onboarding, gia_lai: Office, son_la: Office
) -> None:
    stranger = SolutionProvider.objects.create(province=son_la.province, **PROVIDER)
    with pytest.raises(NotAllowedNow, match="another province"):
        supply.record_supply(
            with_module, stranger, quantity=10, state_share=70, producer_share=30, supplied_on=made.TODAY,
            by=gia_lai.manager,
        )  # fmt: skip


def test_no_more_stamps_are_received_than_were_handed_out(with_module: Onboarding, gia_lai: Office) -> None:
    delivery = made.delivered(with_module, gia_lai, 10)
    for received in (-1, 11):
        with pytest.raises(NotAllowedNow, match="no more can have been received"):
            supply.record_receipt(delivery, received=received, by=gia_lai.manager)


def test_the_portal_is_not_recorded_for_a_product_that_was_taken_out(selected: Onboarding, manager: Any) -> None:
    withdraw_product(selected.enrolment, by=manager, reason="Ngừng sản xuất")
    with pytest.raises(NotAllowedNow, match="no longer takes part"):
        portal.record_portal_status(selected, reference="CT-1", connected_on=made.TODAY, by=manager)


# --- accounts --------------------------------------------------------------------------------
def test_no_card_is_printed_for_a_person_who_no_longer_acts(product: Onboarding, gia_lai: Office) -> None:
    producer = product.enrolment.product.producer
    person = producer_user(producer, "chu-the-1")
    member = end_producer_member(ProducerMember.objects.get(user=person, producer=producer), by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="no longer acts"):
        accounts.print_card(member, by=gia_lai.helper)
