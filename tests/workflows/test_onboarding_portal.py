"""A product is on board only with its place on the national portal, or with a reason why it goes without."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError
from django.utils import timezone
from openpyxl import load_workbook

from onboarding.actions import portal
from onboarding.errors import NotAllowedForYou, NotAllowedNow
from onboarding.models import Onboarding
from tests.factories import onboarding as made
from tests.factories.onboarding import fresh, position
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db
BASE = "/projects/GL-81/supplies/portal"
REFERENCE = "CTXQG-0001 (giả lập)"


@pytest.fixture
def product(cohort, office):
    """A product at step 7 whose stamps are all received."""
    product = cohort.add()
    cohort.with_module(cohort.grouped(product))
    cohort.sent(product)
    cohort.do(product, "check_dossier", decision="accept")
    cohort.trained(product)
    made.activated_stamps(cohort, product)
    cohort.do(product, "training")
    made.delivered(product, office)
    return product


@pytest.mark.requirement("SL-07")
def test_a_product_without_a_portal_status_stays_at_step_seven_and_hears_rule_and_way_out(cohort, product, office):
    with pytest.raises(NotAllowedNow) as refused:
        cohort.do(product, "supply", office.stamp_officer)
    for words in (product.enrolment.product.name, "national traceability portal before step 7", "“Supply of stamps”"):
        assert words in str(refused.value)
    assert position(product) == ["supply"]
    assert fresh(product).closed_at is None


@pytest.mark.requirement("SL-07")
def test_a_recorded_place_on_the_portal_lets_step_seven_close(cohort, product, office):
    made.on_portal(product, office.stamp_officer)
    cohort.do(product, "supply", office.stamp_officer)
    row = fresh(product)
    assert (row.portal_reference, row.portal_connected_on) == (REFERENCE, made.TODAY)
    assert row.closed_at
    assert position(product) == []


@pytest.mark.requirement("SL-07")
def test_a_waiver_with_its_reason_lets_step_seven_close(cohort, product, office):
    with pytest.raises(NotAllowedNow, match="Give the reason"):
        portal.waive_portal(product, reason=" ", by=office.manager)
    portal.waive_portal(product, reason="Cổng chưa nhận nhóm hàng này", by=office.manager)
    cohort.do(product, "supply", office.stamp_officer)
    assert fresh(product).closed_at


def test_only_the_manager_waives(product, office):
    with pytest.raises(NotAllowedForYou):
        portal.waive_portal(product, reason="x", by=office.stamp_officer)
    with pytest.raises(NotAllowedForYou):
        made.on_portal(product, office.helper)


def test_a_product_that_was_waived_may_follow_after_it_is_on_board_and_is_then_never_waived_again(
    cohort, product, office
):
    portal.waive_portal(product, reason="Cổng chưa nhận", by=office.manager)
    cohort.do(product, "supply")
    made.on_portal(product, office.manager)
    assert (fresh(product).portal_reference, fresh(product).portal_waiver) == (REFERENCE, "")
    with pytest.raises(NotAllowedNow, match="stands on the national portal already"):
        portal.waive_portal(product, reason="x", by=office.manager)


def test_neither_an_empty_reference_nor_a_day_to_come_nor_an_unselected_product_is_recorded(cohort, product, office):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAllowedNow, match="Give the reference"):
        made.on_portal(product, office.manager, reference=" ")
    with pytest.raises(NotAllowedNow, match="still to come"):
        portal.record_portal_status(product, reference=REFERENCE, connected_on=tomorrow, by=office.manager)
    with pytest.raises(NotAllowedNow, match="not selected"):
        made.on_portal(cohort.add(), office.manager)


@pytest.mark.parametrize(
    "fields",
    [
        {"portal_reference": REFERENCE},
        {"portal_connected_on": made.TODAY},
        {"portal_reference": REFERENCE, "portal_connected_on": made.TODAY, "portal_waiver": "x"},
    ],
)
def test_the_database_takes_reference_and_day_together_and_never_beside_a_waiver(cohort, fields):
    row = cohort.add()
    with pytest.raises(IntegrityError, match="onboarding_portal_recorded_or_waived"):
        Onboarding.objects.filter(pk=row.pk).update(**fields)


# --- pages -------------------------------------------------------------------------------------
def test_the_stamp_officer_records_on_the_page_what_the_letter_says(product, office):
    browser = signed_in(office.stamp_officer)
    url = f"{BASE}/{product.pk}/"
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reference": "", "connected_on": "31/02/2026"}).status_code == 422
    assert browser.post(url, {"reference": REFERENCE, "connected_on": "01/01/2999"}).status_code == 422
    assert browser.post(url, {"reference": REFERENCE, "connected_on": "20/11/2026"}).status_code == 302
    assert REFERENCE in browser.get("/projects/GL-81/supplies/").content.decode()


def test_the_manager_waives_on_the_page_and_the_officer_sees_no_link_to_it(product, office):
    url = f"{BASE}/{product.pk}/waive/"
    officer = signed_in(office.stamp_officer)
    assert officer.get(url).status_code == 403
    assert url not in officer.get("/projects/GL-81/supplies/").content.decode()
    manager = signed_in(office.manager)
    assert url in manager.get("/projects/GL-81/supplies/").content.decode()
    assert manager.post(url, {"reason": " "}).status_code == 422
    assert manager.post(url, {"reason": "Cổng chưa nhận"}).status_code == 302
    assert "Cổng chưa nhận" in manager.get("/projects/GL-81/supplies/").content.decode()


def test_the_step_leads_to_where_the_status_is_recorded(product, office):
    page = signed_in(office.stamp_officer).get(f"/tasks/{made.step(product, 'supply').pk}/").content.decode()
    assert "/projects/GL-81/supplies/#portal" in page


def test_the_workbook_of_the_cohort_has_the_portal_in_its_last_column(product, cohort, office):
    made.on_portal(product, office.manager)
    waived = cohort.add(name="Sản phẩm miễn")
    cohort.grouped(waived)
    portal.waive_portal(waived, reason="Cổng chưa nhận", by=office.manager)
    answer = signed_in(office.manager).get("/projects/GL-81/cohort/?export=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    last = {row[-1] for row in sheet.iter_rows(values_only=True)}
    assert f"{REFERENCE}, 20/11/2026" in last
    assert any("Cổng chưa nhận" in str(cell) for cell in last)
