"""The cohort's page: everybody at their step, narrowed, exported, and done in bulk."""

import io
import re
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from notices.models import Message
from onboarding.models import Onboarding
from onboarding.progress import Progress, journeys_of
from people.models import AuditEvent
from projects.models import Enrolment
from registry.models import Product
from tests.factories import onboarding as made
from tests.factories.onboarding import fresh, position
from tests.factories.people import signed_in, son_la
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user
from workflows import cohort as bulk

pytestmark = pytest.mark.django_db
PAGE = "/projects/GL-81/cohort/"
ACT = f"{PAGE}act/"


@pytest.fixture
def manager(office):
    return signed_in(office.manager)


def many(cohort, number):
    """Journeys without their runs: what the page reads, in bulk."""
    producer = ProducerFactory(province=cohort.office.province)
    known = ProductFactory(producer=producer)
    products = Product.objects.bulk_create(
        Product(producer=producer, number=n, name=f"Sản phẩm {n}", ocop_set=known.ocop_set, group=known.group,
                own_code=f"952{n}")
        for n in range(2, number + 2)
    )  # fmt: skip
    now = timezone.now()
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(project=cohort.project, product=product, enrolled_at=now, enrolled_by=cohort.office.manager)
        for product in products
    )
    Onboarding.objects.bulk_create(
        Onboarding(enrolment=enrolment, started_at=now, surveyed_at=now) for enrolment in enrolments
    )


# --- reading -----------------------------------------------------------------------------------
@pytest.mark.requirement("SL-01")
def test_the_page_counts_how_many_of_all_products_have_each_step_behind_them(cohort, manager):
    first, second, third = cohort.add(), cohort.add(), cohort.add(is_surveyed=False)
    cohort.select(first)
    cohort.do(second, "select", decision="refuse", reason="Không sản xuất nữa")

    page = manager.get(PAGE)

    assert [(count["step"].value, count["done"]) for count in page.context["counts"]][:3] == [(1, 2), (2, 1), (3, 0)]
    assert page.context["total"] == 3
    assert "Không sản xuất nữa" in page.content.decode()
    assert third.enrolment.product.name in page.content.decode()


@pytest.mark.requirement("SL-01")
@pytest.mark.parametrize("number", [81, 1000])
def test_the_page_asks_the_same_few_questions_for_81_and_for_1000_products(
    cohort, manager, number, django_assert_max_num_queries
):
    many(cohort, number)
    manager.get(PAGE)

    with django_assert_max_num_queries(12):
        page = manager.get(PAGE)

    assert page.context["total"] == number


def test_the_matrix_itself_is_one_question(cohort, django_assert_num_queries):
    cohort.grouped(cohort.add())
    cohort.add()
    with django_assert_num_queries(1):
        for row in [Progress(journey) for journey in journeys_of(cohort.project)]:
            assert len(row.cells) == 7


def test_days_at_a_step_count_from_the_step_before(cohort):
    product = cohort.add()
    Onboarding.objects.filter(pk=product.pk).update(surveyed_at=timezone.now() - timedelta(days=9))
    Onboarding.objects.filter(pk=product.pk).update(started_at=timezone.now() - timedelta(days=20))

    (row,) = [Progress(journey) for journey in journeys_of(cohort.project)]

    assert (row.step, row.days) == (2, 9)


def test_filters_narrow_by_step_stuck_days_group_funding_and_words_and_keep_in_the_address(cohort, manager):
    stuck, grouped = cohort.add(name="Chè Tà Xùa"), cohort.add(name="Mật ong rừng")
    Onboarding.objects.filter(pk=stuck.pk).update(
        started_at=timezone.now() - timedelta(days=30), surveyed_at=timezone.now() - timedelta(days=30)
    )
    group = cohort.grouped(grouped)

    def names(query):
        return [row["product"].name for row in manager.get(f"{PAGE}?{query}").context["rows"]]

    assert names("stuck=on") == ["Chè Tà Xùa"]
    assert names("step=2") == ["Chè Tà Xùa"]
    assert names("step=4") == ["Mật ong rừng"]
    assert names(f"group={group.pk}") == ["Mật ong rừng"]
    assert names("funded=yes") == ["Mật ong rừng"]
    assert names("q=che+ta+xua") == ["Chè Tà Xùa"]
    assert len(names("step=99&group=zzz&funded=perhaps")) == 2, "what makes no sense asks nothing"


def test_the_workbook_has_the_rows_that_the_filter_leaves(cohort, manager):
    cohort.add(name="Chè Tà Xùa"), cohort.add(name="Mật ong rừng")
    answer = manager.get(f"{PAGE}?q=che&export=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Chè Tà Xùa" in cells
    assert "Mật ong rừng" not in cells


def test_strangers_do_not_find_the_cohort_and_colleagues_may_not_act(cohort, office):
    product = cohort.add()
    assert signed_in(son_la().manager).get(PAGE).status_code == 404
    assert signed_in(producer_user(product.enrolment.product.producer, "nong-dan")).get(PAGE).status_code == 404
    clerk = signed_in(office.clerk)
    assert clerk.get(PAGE).status_code == 200
    assert clerk.post(ACT, {"act": "refuse", "journey": product.pk, "reason": "x"}).status_code == 403
    assert position(product) == ["select"]


# --- doing -------------------------------------------------------------------------------------
def test_starting_sets_the_rules_and_begins_every_product(office, manager):
    cohort = made.cohort(office)
    cohort.project.onboarding_rules.delete()
    waiting = [cohort.add(start=False) for _ in range(2)]
    page = manager.post(f"{PAGE}start/", {"minimum_stars": "3", "funded_from": "3", "funded_to": "4"})
    assert page.context["done"] == 2
    assert Onboarding.objects.filter(enrolment__in=[one.enrolment for one in waiting]).count() == 2
    wrong = manager.post(f"{PAGE}start/", {"minimum_stars": "3", "funded_from": "4", "funded_to": "3"})
    assert wrong.status_code == 422


def test_one_product_that_cannot_be_selected_does_not_stop_the_others(cohort, manager):
    good, bad, other = cohort.add(), cohort.add(stars=0), cohort.add(stars=4)
    fields = {"act": "select", "can_trace": "on", "journey": [good.pk, bad.pk, other.pk]}

    page = manager.post(ACT, fields)

    assert (page.context["done"], page.context["left"]) == (2, 1)
    assert [position(one) for one in (good, bad, other)] == [["group"], ["select"], ["group"]]
    assert "no OCOP recognition in force" in page.content.decode()
    assert AuditEvent.objects.filter(verb="onboarding.selected").count() == 2


def test_a_fault_in_one_product_is_recorded_and_the_others_are_done(cohort, office, monkeypatch, caplog):
    first, second = cohort.add(), cohort.add()
    real = bulk.engine.perform

    def failing(task, **kwargs):
        if task == made.step(first, "select"):
            raise ZeroDivisionError
        return real(task, **kwargs)

    monkeypatch.setattr(bulk.engine, "perform", failing)
    chosen = bulk.chosen(cohort.project, [first.pk, second.pk])
    results = bulk.act(chosen, "select", by=office.manager, answers={"can_trace": "on"})

    assert sorted(result.outcome for result in results) == ["done", "failed"]
    assert position(second) == ["group"]
    assert "the others go on" in caplog.text


def test_refusing_many_asks_for_one_reason(cohort, manager):
    product = cohort.add()
    assert manager.post(ACT, {"act": "refuse", "journey": product.pk}).status_code == 422
    manager.post(ACT, {"act": "refuse", "journey": product.pk, "reason": "Ngừng sản xuất"})
    assert fresh(product).selection_reason == "Ngừng sản xuất"


def test_many_come_into_the_groups_of_their_kinds(cohort, manager):
    products = [cohort.add(), cohort.add()]
    for product in products:
        cohort.select(product)
    page = manager.post(ACT, {"act": "group", "journey": [product.pk for product in products]})
    assert page.context["done"] == 2
    assert cohort.project.cohort_groups.get().onboardings.count() == 2


def test_doing_it_twice_does_nothing_the_second_time(cohort, office):
    product = cohort.add()
    chosen = bulk.chosen(cohort.project, [product.pk])
    answers = {"can_trace": "on"}
    outcomes = [bulk.act(chosen, "select", by=office.manager, answers=answers)[0].outcome for _ in range(2)]
    assert outcomes == ["done", "already"]


def test_products_of_other_projects_are_left_out(cohort, office):
    other = made.cohort(office, code="GL-82")
    assert bulk.chosen(cohort.project, [other.add().pk]) == []


# --- the filter goes along ---------------------------------------------------------------------
NARROWED = "q=che&stuck=on"


def sent_along(answer):
    """What the form of the matrix sends besides the ticked boxes."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()))


@pytest.fixture
def stuck(cohort):
    """A product that the filter leaves; another one is hidden by it."""
    product = cohort.add(name="Chè Tà Xùa")
    cohort.add(name="Mật ong rừng")
    Onboarding.objects.update(started_at=timezone.now() - timedelta(days=30))
    Onboarding.objects.update(surveyed_at=timezone.now() - timedelta(days=30))
    return product


def test_an_act_without_a_tick_leads_back_to_the_narrowed_matrix_and_says_so_beside_the_buttons(manager, stuck):
    sent = sent_along(manager.get(f"{PAGE}?{NARROWED}"))
    answer = manager.get(ACT, sent | {"act": "remind"}, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}?{NARROWED}&ticked=none#acts", 302)]
    assert [row["product"].name for row in answer.context["rows"]] == ["Chè Tà Xùa"]
    acts = answer.content.decode().split('id="acts"')[1].split("</div>")[0]
    assert "No product was ticked." in acts


def test_too_many_ticks_lead_back_to_the_narrowed_matrix_too(manager, stuck, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 0)
    answer = manager.get(ACT, {"act": "remind", "journey": stuck.pk, **dict(parse_qsl(NARROWED))})
    assert answer["Location"] == f"{PAGE}?{NARROWED}&ticked=many#acts"
    assert "at most 0 products" in manager.get(f"{PAGE}?ticked=many").content.decode()


def test_the_pages_of_an_act_lead_back_to_the_narrowed_matrix(manager, stuck):
    fields = {"act": "remind", "journey": stuck.pk}
    asked = manager.get(ACT, sent_along(manager.get(f"{PAGE}?{NARROWED}")) | fields)
    done = manager.post(f"{ACT}?{asked.request['QUERY_STRING']}", fields)
    assert (asked.context["back_url"], done.context["back_url"]) == (f"{PAGE}?{NARROWED}", f"{PAGE}?{NARROWED}")


def test_the_call_list_without_a_tick_has_what_the_filter_leaves(manager, stuck):
    (call,) = manager.get(f"{PAGE}calls/", sent_along(manager.get(f"{PAGE}?{NARROWED}"))).context["calls"]
    assert [product["name"] for product in call["products"]] == ["Chè Tà Xùa"]


# --- reminding ---------------------------------------------------------------------------------
def test_a_reminder_goes_to_the_producers_people_once_a_day_and_the_others_are_to_be_called(cohort, manager):
    known, unknown = cohort.add(), cohort.add()
    farmer = producer_user(known.enrolment.product.producer, "nong-dan")
    Product.objects.get(pk=unknown.enrolment.product_id)
    type(unknown.enrolment.product.producer).objects.filter(pk=unknown.enrolment.product.producer_id).update(
        phone="0900000011"
    )
    fields = {"act": "remind", "journey": [known.pk, unknown.pk]}

    first, second = manager.post(ACT, fields), manager.post(ACT, fields)

    assert (first.context["done"], second.context["done"]) == (1, 0)
    assert "0900000011" in first.content.decode()
    assert list(Message.objects.filter(event="onboarding.reminder").values_list("recipient", flat=True)) == [farmer.pk]


def test_the_call_list_has_phones_steps_and_who_has_no_account(cohort, manager):
    product = cohort.add()
    producer = product.enrolment.product.producer
    type(producer).objects.filter(pk=producer.pk).update(phone="0900000012")
    ended = cohort.add()
    cohort.do(ended, "select", decision="refuse", reason="x")

    (call,) = manager.get(f"{PAGE}calls/").context["calls"]

    assert (call["phone"], call["account"]) == ("0900000012", "no account")


def test_a_producer_with_two_products_is_called_once_about_both(cohort, manager):
    first, second = cohort.add(), cohort.add()
    Product.objects.filter(pk=second.enrolment.product_id).update(producer=first.enrolment.product.producer, number=2)

    (call,) = manager.get(f"{PAGE}calls/").context["calls"]

    names = {first.enrolment.product.name, second.enrolment.product.name}
    assert {product["name"] for product in call["products"]} == names
