"""Ordering: quota, shares, price, hidden code, and what the product must have first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from projects.models import StageKind
from stamps import actions, policies
from stamps.errors import OrderRefused
from stamps.models import StampOrder
from stamps.quota import Cost, cost_of, quota_of
from tests.factories.people import Office
from tests.factories.stamps import NOW, Chain, chain

pytestmark = pytest.mark.django_db

NEW = "/stamps/orders/new/"


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def browser(client: Client, line: Chain) -> Client:
    client.force_login(line.producer)
    return client


def ask(browser: Client, line: Chain, **answers: Any) -> Any:
    usual = {"enrolment": line.enrolment.pk, "quantity": 10, "state_share": 100, "producer_share": 0}
    return browser.post(NEW, {**usual, **answers})


@pytest.mark.requirement("SL-S7")
def test_the_order_says_who_pays_which_part(browser: Client, line: Chain) -> None:
    answer = ask(browser, line, state_share=70, producer_share=30, unit_price=350, has_pin="on")

    order = StampOrder.objects.get()
    assert (order.state_share, order.producer_share, order.unit_price, order.has_pin) == (70, 30, 350, True)
    assert cost_of(order) == Cost(3500, 2450, 1050)
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "budget 70 %" in page


def test_shares_that_do_not_make_a_hundred_are_refused_at_their_field(browser: Client, line: Chain) -> None:
    form = ask(browser, line, state_share=70, producer_share=40).context["form"]

    assert "make 110 %" in form.errors["producer_share"][0]
    assert not StampOrder.objects.exists()


def test_the_form_says_what_is_left_of_the_quota(browser: Client, line: Chain) -> None:
    line.order(10)

    assert "999990 stamps left" in browser.get(NEW).content.decode()


def test_what_is_left_counts_neither_refused_nor_cancelled_orders(line: Chain) -> None:
    actions.refuse_order(line.order(10), by=line.office.leader, reason="Chưa cần")
    line.order(20)

    assert quota_of(line.enrolment).left == 999_980
    assert policies.orderable_enrolments(line.producer).get().ordered == 20


@pytest.mark.parametrize("missing", ["image", "group", "address", "standards"])
def test_a_product_without_its_minimum_data_gets_no_stamps(browser: Client, line: Chain, missing: str) -> None:
    waiting = line.order(5)
    take_away(line, missing)

    page = ask(browser, line)

    assert "lacks minimum data" in page.context["form"].errors["enrolment"][0]
    owner = line.product.producer if missing == "address" else line.product
    assert f'href="{owner.get_absolute_url()}"' in page.content.decode()
    waiting.refresh_from_db()
    with pytest.raises(OrderRefused, match="lacks minimum data"):
        actions.issue_stamps(StampOrder.objects.get(pk=waiting.pk), by=line.office.leader)


def take_away(line: Chain, missing: str) -> None:
    product = line.product
    if missing == "standards":
        product.standards.clear()
    elif missing == "address":
        product.producer.address = ""
        product.producer.save()
    else:
        setattr(product, missing, None if missing == "group" else "")
        product.save()
    line.enrolment.refresh_from_db()


@pytest.mark.requirement("SL-S6")
@pytest.mark.parametrize(
    ("kind", "may"), [(StageKind.DOCUMENTATION, False), (StageKind.TRAINING, True), (StageKind.ROLLOUT, True)]
)
def test_stamps_are_ordered_in_training_and_rollout(line: Chain, kind: str, may: bool) -> None:
    line.project.stages.update(opened_at=None)
    line.project.stages.filter(kind=kind).update(opened_at=NOW)

    assert policies.orderable_enrolments(line.producer).exists() is may
    if may:
        assert line.order(5).quantity == 5
    else:
        with pytest.raises(OrderRefused, match="training and the rollout"):
            line.order(5)


# --- granting --------------------------------------------------------------------------------
def test_the_manager_grants_each_product_its_number(client: Client, line: Chain) -> None:
    client.force_login(line.office.manager)
    url = f"/projects/{line.project.code}/products/stamps/"
    assert 'value="1000000"' in client.get(url).content.decode()

    client.post(url, {f"quota_{line.enrolment.pk}": "65"})

    line.enrolment.refresh_from_db()
    assert line.enrolment.stamp_quota == 65


def test_one_number_may_be_granted_to_all(client: Client, line: Chain) -> None:
    other = chain(line.office, project=line.project)
    client.force_login(line.office.manager)

    client.post(f"/projects/{line.project.code}/products/stamps/", {"all": "500"})

    assert set(line.project.enrolments.values_list("stamp_quota", flat=True)) == {500}
    assert other.enrolment.project_id == line.project.pk


def test_an_impossible_number_changes_nothing_and_is_shown_at_its_product(client: Client, line: Chain) -> None:
    client.force_login(line.office.manager)

    answer = client.post(f"/projects/{line.project.code}/products/stamps/", {f"quota_{line.enrolment.pk}": "-1"})

    assert f"quota_{line.enrolment.pk}" in answer.context["form"].errors
    line.enrolment.refresh_from_db()
    assert line.enrolment.stamp_quota == 1_000_000


def test_others_do_not_grant(client: Client, line: Chain) -> None:
    client.force_login(line.office.stamp_officer)

    assert client.get(f"/projects/{line.project.code}/products/stamps/").status_code == 403


def test_the_products_tab_says_what_is_left(client: Client, line: Chain) -> None:
    line.order(10)
    client.force_login(line.office.manager)

    (row,) = client.get(f"/projects/{line.project.code}/products/").context["rows"]

    assert (row["stamps"], row["left"]) == (10, 999_990)
