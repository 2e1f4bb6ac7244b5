"""One product through the seven steps: in their order, with its group, and out again."""

import pytest

from onboarding.actions import supply
from onboarding.actions.journey import assign_group
from onboarding.errors import NotAllowedForYou, NotAllowedNow, NotSelectable
from onboarding.models import Onboarding
from projects.errors import NotAllowedForYou as ProjectNotForYou
from tests.factories import onboarding as made
from tests.factories.onboarding import SELECT, fresh, position
from workflows import engine, journeys, traced
from workflows.engine import pass_waits
from workflows.errors import AlreadyHandled
from workflows.models import GroupWorkProcess, OnboardingProcess

pytestmark = pytest.mark.django_db


def process_of(onboarding):
    return OnboardingProcess.objects.get(onboarding=onboarding)


# --- step 1 ------------------------------------------------------------------------------------
def test_a_product_that_was_surveyed_begins_at_the_selection(cohort):
    assert position(cohort.add()) == ["select"]


@pytest.mark.requirement("SL-S1")
def test_a_product_without_a_survey_needs_the_survey_or_a_reason(cohort, office):
    missing, waived = cohort.add(is_surveyed=False), cohort.add(is_surveyed=False)
    with pytest.raises(NotAllowedNow, match="not surveyed yet"):
        cohort.do(missing, "survey", office.helper)
    assert position(missing) == ["survey"]

    made.survey(missing.enrolment, office)
    cohort.do(missing, "survey", office.helper)
    cohort.do(waived, "survey", office.helper, waiver="Cơ sở nghỉ vụ")

    assert position(missing) == position(waived) == ["select"]
    assert fresh(missing).surveyed_at
    assert fresh(waived).survey_waiver == "Cơ sở nghỉ vụ"


# --- step 2 ------------------------------------------------------------------------------------
@pytest.mark.requirement("SL-S2")
def test_a_product_with_too_few_stars_or_unable_to_trace_cannot_be_selected(office):
    cohort = made.cohort(office, minimum_stars=4)
    three_stars, unable, none = cohort.add(stars=3), cohort.add(stars=4), cohort.add(stars=0)

    with pytest.raises(NotSelectable, match="3 stars, the rule asks for at least 4"):
        cohort.do(three_stars, "select", **SELECT)
    with pytest.raises(NotSelectable, match="able to trace"):
        cohort.do(unable, "select", decision="select")
    with pytest.raises(NotSelectable, match="no OCOP recognition in force"):
        cohort.do(none, "select", **SELECT)
    assert [position(one) for one in (three_stars, unable, none)] == [["select"]] * 3


@pytest.mark.requirement("SL-S2")
def test_a_refused_product_ends_with_its_reason_and_never_reaches_step_three(cohort):
    product = cohort.add()
    with pytest.raises(NotAllowedNow, match="Give the reason"):
        cohort.do(product, "select", decision="refuse")

    cohort.do(product, "select", decision="refuse", reason="Chưa tách được lô")

    assert position(product) == []
    assert process_of(product).status == "DONE"
    row = fresh(product)
    assert (row.selection, row.selection_reason, row.closed_at is None) == ("refused", "Chưa tách được lô", False)


@pytest.mark.requirement("SL-S2")
def test_the_database_refuses_a_group_for_a_product_that_is_not_selected(cohort):
    group = cohort.grouped(cohort.add())
    product = cohort.add()
    with pytest.raises(Exception, match="onboarding_only_selected_in_a_group"):
        Onboarding.objects.filter(pk=product.pk).update(group=group)


@pytest.mark.requirement("SL-02")
@pytest.mark.parametrize(("stars", "funded"), [(3, True), (4, True), (5, False)])
def test_three_and_four_stars_are_funded_and_five_are_not(cohort, stars, funded):
    product = cohort.add(stars=stars)
    cohort.select(product)
    assert fresh(product).is_funded is funded


@pytest.mark.requirement("SL-02")
def test_the_plan_funds_neither_two_nor_five_stars(cohort):
    rules = cohort.project.onboarding_rules
    assert [stars for stars in range(6) if rules.funds(stars)] == [3, 4]


# --- steps 3 to 5 ------------------------------------------------------------------------------
@pytest.mark.requirement("SL-S3")
def test_a_selected_product_comes_into_exactly_one_group_whose_work_begins_once(cohort):
    first, second = cohort.add(), cohort.add()
    group = cohort.grouped(first)

    assert cohort.grouped(second) == group
    assert GroupWorkProcess.objects.filter(group=group).count() == 1
    with pytest.raises(NotAllowedNow, match="one group"):
        assign_group(first, group, by=cohort.office.manager)


@pytest.mark.requirement("SL-S4")
def test_the_process_is_approved_only_after_an_agency_has_replied(cohort, office):
    group = cohort.grouped(cohort.add())
    cohort.work(group, "write", process="Thu hoạch", guide="Kê khai")

    with pytest.raises(NotAllowedNow, match="No agency has answered"):
        cohort.work(group, "consult")


def test_whoever_wrote_the_process_does_not_approve_it(cohort, office):
    group = cohort.grouped(cohort.add())
    cohort.consulted(group)
    type(group).objects.filter(pk=group.pk).update(written_by=office.leader)
    with pytest.raises(NotAllowedForYou, match="You wrote the process"):
        cohort.work(group, "approve", office.leader, decision="approve")


def test_a_returned_process_is_written_again(cohort, office):
    group = cohort.grouped(cohort.add())
    cohort.consulted(group)
    cohort.work(group, "approve", office.leader, decision="return", note="Thiếu công đoạn thu mua")

    cohort.work(group, "write", process="Thu mua, sơ chế", guide="Kê khai")
    cohort.work(group, "consult")
    cohort.work(group, "approve", office.leader, decision="approve")
    assert type(group).objects.get(pk=group.pk).approved_by == office.leader


@pytest.mark.requirement("SL-S5")
def test_products_wait_for_their_group_and_go_on_when_the_module_is_recorded(cohort, office):
    first, second, other = cohort.add(), cohort.add(), cohort.add()
    group = cohort.grouped(first)
    cohort.grouped(second)
    assert position(first) == position(second) == ["wait_process"]

    cohort.consulted(group)
    cohort.work(group, "approve", office.leader, decision="approve")
    assert position(first) == position(second) == ["wait_module"]

    cohort.work(group, "order_module", letter_number="20/CV", sent_on="01/10/2026")
    assert position(first) == ["wait_module"], "an order without the Centre's answer is not enough"
    cohort.work(group, "record_module", answered_on="02/10/2026", module_code="MOD-1")
    assert position(first) == position(second) == ["declare"]

    cohort.grouped(other)
    assert position(other) == ["declare"], "a group that is ready lets a late product pass at once"


# --- step 6 ------------------------------------------------------------------------------------
@pytest.fixture
def declared(cohort):
    """A product whose declaration is sent."""
    product = cohort.add()
    cohort.with_module(cohort.grouped(product))
    cohort.sent(product)
    return product


def test_a_sent_declaration_comes_to_the_check_and_a_returned_one_goes_back_to_waiting(cohort, declared, office):
    assert position(declared) == ["check_dossier"]

    answers = {"decision": "return", "question_1": "product_description", "remark_1": "Ghi rõ vùng trồng"}
    cohort.do(declared, "check_dossier", office.helper, **answers)
    assert position(declared) == ["declare"]
    assert fresh(declared).dossier.status == "returned"

    cohort.sent(declared)
    cohort.do(declared, "check_dossier", office.helper, decision="accept")
    assert position(declared) == ["training"]


@pytest.mark.requirement("SL-S6")
def test_step_six_closes_only_when_somebody_is_trained_a_lot_declared_and_stamps_activated(cohort, declared):
    cohort.do(declared, "check_dossier", decision="accept")
    with pytest.raises(NotAllowedNow) as refused:
        cohort.do(declared, "training")
    for words in ("passed the check", "No lot of", "No stamps of"):
        assert words in str(refused.value)

    cohort.trained(declared)
    made.activated_stamps(cohort, declared)
    cohort.do(declared, "training")
    assert position(declared) == ["supply"]


# --- step 7 ------------------------------------------------------------------------------------
@pytest.fixture
def at_supply(cohort, declared):
    """A product whose step 6 is closed."""
    cohort.do(declared, "check_dossier", decision="accept")
    cohort.trained(declared)
    made.activated_stamps(cohort, declared)
    cohort.do(declared, "training")
    return declared


@pytest.mark.requirement("SL-S7")
def test_step_seven_closes_when_what_was_handed_out_was_received_and_the_product_is_on_board(cohort, at_supply, office):
    chosen = made.provider(office, cohort.project)
    with pytest.raises(NotAllowedNow, match="No delivery"):
        cohort.do(at_supply, "supply", office.stamp_officer)
    row = supply.record_supply(
        at_supply, chosen, quantity=500, state_share=70, producer_share=30, supplied_on=made.TODAY,
        by=office.stamp_officer,
    )  # fmt: skip
    with pytest.raises(NotAllowedNow, match="Nobody has confirmed"):
        cohort.do(at_supply, "supply", office.stamp_officer)
    supply.record_receipt(row, received=480, by=office.stamp_officer)
    with pytest.raises(NotAllowedNow, match="480 were received"):
        cohort.do(at_supply, "supply", office.stamp_officer)

    supply.record_receipt(row, received=500, by=office.stamp_officer)
    made.on_portal(at_supply, office.stamp_officer)
    cohort.do(at_supply, "supply", office.stamp_officer)

    assert position(at_supply) == []
    assert fresh(at_supply).closed_at
    assert process_of(at_supply).status == "DONE"


@pytest.mark.requirement("SL-S7")
def test_shares_make_a_hundred_and_the_budget_pays_for_funded_products_only(cohort, at_supply, office):
    chosen = made.provider(office, cohort.project)
    facts = {"quantity": 10, "supplied_on": made.TODAY, "by": office.manager}
    with pytest.raises(NotAllowedNow, match="must make 100"):
        supply.record_supply(at_supply, chosen, state_share=70, producer_share=20, **facts)
    Onboarding.objects.filter(pk=at_supply.pk).update(is_funded=False)
    with pytest.raises(NotAllowedNow, match="does not fund"):
        supply.record_supply(at_supply, chosen, state_share=70, producer_share=30, **facts)


@pytest.mark.requirement("SL-05")
def test_a_provider_without_proof_of_its_portal_connection_is_refused(cohort, office):
    with pytest.raises(NotAllowedNow, match="without proof"):
        supply.choose_provider(
            cohort.project, name="Công ty A (giả lập)", portal_proof=" ", proved_on=made.TODAY, by=office.manager
        )


def test_no_stamps_are_supplied_before_the_module_is_here(cohort, office):
    product = cohort.add()
    cohort.grouped(product)
    with pytest.raises(NotAllowedNow, match="after step 5"):
        supply.record_supply(
            product, made.provider(office, cohort.project), quantity=10, state_share=0, producer_share=100,
            supplied_on=made.TODAY, by=office.manager,
        )  # fmt: skip


# --- out ---------------------------------------------------------------------------------------
def test_taking_a_product_out_cancels_its_run_wherever_it_stands(cohort, office):
    waiting, choosing = cohort.add(), cohort.add()
    cohort.grouped(waiting)
    task = made.step(choosing, "select")

    for one in (waiting, choosing):
        journeys.withdraw(one.enrolment, by=office.manager, reason="Chủ thể ngừng sản xuất")

    assert position(waiting) == position(choosing) == []
    assert {process_of(one).status for one in (waiting, choosing)} == {"CANCELED"}
    with pytest.raises(AlreadyHandled):
        engine.perform(task, user=office.manager, data=SELECT)


def test_who_may_not_take_a_product_out_leaves_its_run_as_it_is(cohort, office):
    product = cohort.add()
    with pytest.raises(ProjectNotForYou):
        journeys.withdraw(product.enrolment, by=office.clerk, reason="x")
    assert position(product) == ["select"]


def test_a_product_is_started_once_and_only_under_rules(cohort, office):
    product = cohort.add()
    with pytest.raises(NotAllowedNow, match="on its way already"):
        journeys.start(product.enrolment, by=office.manager)
    cohort.project.onboarding_rules.delete()
    other = cohort.add(start=False)
    with pytest.raises(NotAllowedNow, match="no rules of selection"):
        journeys.start(other.enrolment, by=office.manager)


def test_the_tick_lets_go_on_what_nobody_poked(cohort, declared):
    product = cohort.add()
    cohort.grouped(product)
    accept_or_send = fresh(product).dossier
    type(accept_or_send).objects.filter(pk=accept_or_send.pk).update(status="sent")
    assert position(product) == ["declare"]

    assert [pass_waits(), pass_waits()] == [1, 0]
    assert position(product) == ["check_dossier"]


def test_what_lots_and_stamps_say_is_asked_of_their_rooms(cohort):
    product = cohort.add()
    assert all(look(product) for look in traced.REQUIREMENTS)


def test_the_one_who_sent_the_declaration_does_not_check_it(cohort, declared, office):
    dossier = fresh(declared).dossier
    type(dossier).objects.filter(pk=dossier.pk).update(sent_by=office.helper)
    with pytest.raises(NotAllowedForYou, match="somebody else must check"):
        cohort.do(declared, "check_dossier", office.helper, decision="accept")
    assert position(declared) == ["check_dossier"]
