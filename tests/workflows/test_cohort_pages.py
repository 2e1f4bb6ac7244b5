"""Groups, letters, providers, supplies, and the steps' own pages of onboarding."""

from datetime import timedelta

import pytest
from django.utils import timezone
from viewflow.workflow.models import Task

from notices.models import Message
from onboarding.models import SolutionProvider, StampSupply
from tests.factories import onboarding as made
from tests.factories.onboarding import position
from tests.factories.people import signed_in, son_la
from workflows import inbox
from workflows.reminders import remind

pytestmark = pytest.mark.django_db
BASE = "/projects/GL-81"


@pytest.fixture
def browser(office):
    return signed_in(office.manager)


def today():
    return f"{timezone.localdate():%d/%m/%Y}"


def words(answer):
    return answer.content.decode()


@pytest.mark.requirement("SL-S4")
def test_letters_and_replies_are_recorded_on_the_page_of_the_group(cohort, browser):
    group = cohort.grouped(cohort.add())
    cohort.work(group, "write", process="Thu hoạch", guide="Kê khai")
    page = f"{BASE}/groups/{group.pk}/"

    browser.post(f"{page}consult/", {"agency": "Sở Y tế (giả lập)", "letter_number": "10/CV", "sent_on": today()})
    letter = group.consultations.get()
    late = browser.post(f"{page}letters/{letter.pk}/reply/", {"replied_on": "01/01/2020", "reply": "Đồng ý"})
    assert late.status_code == 422
    browser.post(f"{page}letters/{letter.pk}/reply/", {"replied_on": today(), "reply": "Thống nhất (giả lập)"})

    assert "Thống nhất (giả lập)" in words(browser.get(page))
    assert "1/1" in words(browser.get(f"{BASE}/groups/"))


def test_the_same_letter_is_recorded_once(cohort, browser):
    group = cohort.grouped(cohort.add())
    cohort.work(group, "write", process="Thu hoạch", guide="Kê khai")
    fields = {"agency": "Sở Y tế (giả lập)", "letter_number": "10/CV", "sent_on": today()}
    statuses = [browser.post(f"{BASE}/groups/{group.pk}/consult/", fields).status_code for _ in range(2)]
    assert statuses == [302, 422]


def test_a_group_of_another_province_is_not_there(cohort):
    group = cohort.grouped(cohort.add())
    stranger = signed_in(son_la().manager)
    assert stranger.get(f"{BASE}/groups/{group.pk}/").status_code == 404
    assert stranger.post(f"{BASE}/groups/{group.pk}/consult/", {}).status_code == 404


@pytest.mark.requirement("SL-05")
def test_the_page_refuses_a_provider_without_proof(cohort, browser):
    url = f"{BASE}/supplies/providers/new/"
    fields = {"name": "Công ty A (giả lập)", "proved_on": today()}
    assert browser.post(url, {**fields, "portal_proof": " "}).status_code == 422
    assert not SolutionProvider.objects.exists()
    browser.post(url, {**fields, "portal_proof": "15/XN (giả lập)"})
    assert "15/XN (giả lập)" in words(browser.get(f"{BASE}/supplies/"))


@pytest.mark.requirement("SL-S7")
def test_stamps_handed_out_and_received_stand_in_the_ledger(cohort, browser, office):
    product = cohort.add()
    cohort.with_module(cohort.grouped(product))
    chosen = made.provider(office, cohort.project)
    fields = {"onboarding": product.pk, "provider": chosen.pk, "quantity": 500, "supplied_on": today()}

    wrong = browser.post(f"{BASE}/supplies/new/", {**fields, "state_share": 70, "producer_share": 40})
    assert wrong.status_code == 422
    browser.post(f"{BASE}/supplies/new/", {**fields, "state_share": 70, "producer_share": 30})
    row = StampSupply.objects.get()
    assert browser.post(f"{BASE}/supplies/{row.pk}/receive/", {"received": 501}).status_code == 422
    browser.post(f"{BASE}/supplies/{row.pk}/receive/", {"received": 500})

    assert "70 % / 30 %" in words(browser.get(f"{BASE}/supplies/"))
    row.refresh_from_db()
    assert row.received == row.quantity


def test_every_step_of_a_product_has_a_page_on_which_it_is_done(cohort, browser, office):
    product = cohort.add(is_surveyed=False)

    def do(node, **answers):
        url = f"/tasks/{made.step(product, node).pk}/"
        assert browser.get(url).status_code == 200
        return browser.post(url, answers).status_code

    assert do("survey") == 422
    assert do("survey", waiver="Cơ sở nghỉ vụ") == 302
    assert do("select", decision="select") == 422
    assert do("select", decision="select", can_trace="on") == 302
    assert do("group", product_group=product.enrolment.product.group_id) == 302
    cohort.with_module(made.fresh(product).group)
    cohort.sent(product)
    assert do("check_dossier", decision="return") == 422
    assert do("check_dossier", decision="accept") == 302
    assert do("training") == 422
    assert position(product) == ["training"]


def test_every_step_of_a_group_has_a_page_on_which_it_is_done(cohort, browser, office):
    group = cohort.grouped(cohort.add())
    leader = signed_in(office.leader)

    def do(client, node, **answers):
        url = f"/tasks/{made.group_step(group, node).pk}/"
        assert client.get(url).status_code == 200
        return client.post(url, answers).status_code

    assert do(browser, "write", process="Thu hoạch") == 422
    assert do(browser, "write", process="Thu hoạch", guide="Kê khai") == 302
    assert do(browser, "consult") == 422
    made.reply(cohort, group)
    assert do(browser, "consult") == 302
    assert do(leader, "approve", decision="return") == 422
    assert do(leader, "approve", decision="approve") == 302
    assert do(browser, "order_module", letter_number="1/CV", sent_on="01/01/2099") == 422
    assert do(browser, "order_module", letter_number="1/CV", sent_on=today()) == 302
    assert do(browser, "record_module", answered_on=today(), module_code="M1") == 302


def test_taking_a_product_out_on_its_page_ends_its_steps(cohort, browser):
    product = cohort.add()
    browser.post(f"{BASE}/products/{product.enrolment_id}/withdraw/", {"reason": "Ngừng sản xuất"})
    assert position(product) == []


def test_steps_of_a_cohort_are_in_the_inbox_and_open_no_notice_each(cohort, office):
    told = Message.objects.filter(recipient=office.manager).count()
    cohort.add(), cohort.add()
    assert inbox.to_do(office.manager).filter(owner_permission="workflows.select_product").count() == 2
    assert Message.objects.filter(recipient=office.manager).count() == told


def test_the_end_of_the_project_is_not_told_for_every_product(cohort, office):
    cohort.grouped(cohort.add())
    for _ in range(3):
        cohort.add()
    day = timezone.now() + timedelta(days=1)
    while timezone.localdate(day).weekday() > 4:
        day += timedelta(days=1)
    type(cohort.project).objects.filter(pk=cohort.project.pk).update(due_on=timezone.localdate(day))
    known = set(Message.objects.values_list("pk", flat=True))

    remind(day)

    steps = Task.objects.filter(process__onboardingprocess__isnull=False).values_list("pk", flat=True)
    new = Message.objects.exclude(pk__in=known)
    assert new.exists(), "the work of the group has one step, and that is told"
    assert not new.filter(url__in=[f"/tasks/{pk}/" for pk in steps]).exists()
