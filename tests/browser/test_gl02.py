"""Mission 2 of notice 29/TB-CCTĐC in the browser, by the roles' own logins: from the plan's line to the scanned stamp.

Every kind of page is used at least once. The surveys, classes, lots and stamps of the other sixteen
products, which would only repeat the first one's pages, go through the same actions without a browser.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from config import invariants
from config.demo import council, load, main_job
from config.demo.acts import Cast
from config.demo.producers import complete_product, let_producers_in
from config.demo.source import DATA, read
from documents.models import DocumentVersion, RegisterEntry
from jobs.worker import Worker
from people.models import User
from projects.models import Deliverable, PilotProject, PlanLine, StageKind
from registry.models import Product, ProductGroup
from stamps import actions as stamps
from stamps.models import StampBatch, StampOrder
from stamps.public.paths import scan_path
from tests.browser.conftest import Visit
from tests.browser.office import CLERK, FARMER, HELPER, LEADER, MANAGER, REVIEWERS, STAMP_OFFICER, FieldWork, Office
from tests.browser.visitor import PHONE, Visitor
from workflows.builtin_templates import register_builtin_templates

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PROJECT = "/projects/GL-02/"
TODAY = timezone.localdate()


def project() -> PilotProject:
    return PilotProject.objects.get(code="GL-02")


def paper(code: str) -> Deliverable:
    return Deliverable.objects.get(stage__project__code="GL-02", code=code)


def case() -> FieldWork:
    return FieldWork(project(), Cast.of("gl-cctdc"))


@pytest.fixture
def office(transactional_db: None, visit: Visit) -> Office:
    """Gia Lai before the mission: units, people, standards, the five programmes, the Word templates."""
    load.load_reference()
    register_builtin_templates()
    return Office(visit)


def test_gl_02_from_the_line_of_the_notice_to_the_scanned_stamp(office: Office) -> None:
    data = read("survey_gl02")
    create_the_project(office)
    import_the_workbook(office)
    complete_the_products(office, data)
    office.at(MANAGER).open(PROJECT)
    office.at(MANAGER).press('form[action$="/start/"]')

    survey_with_one_return(office, data)
    documentation(office)
    training(office, data)
    roll_out(office, data)
    final_report_and_acceptance(office)

    scan(office)
    assert [str(violation) for violation in invariants.violations()] == []


# --- before it starts ------------------------------------------------------------------------
def create_the_project(office: Office) -> None:
    line = PlanLine.objects.get(plan__programme__code="gl-2022", position=2)
    window = office.at(MANAGER)
    window.open("/programmes/")
    window.follow('a[href="/programmes/gl-2022/"]')
    window.follow(f'a[href="{line.plan.get_absolute_url()}"]')
    window.follow(f'a[href="/plans/lines/{line.pk}/project/"]')
    window.choose(template=line_template(window))
    window.fill(
        code="GL-02", title="Mô hình truy xuất nguồn gốc các sản phẩm OCOP tỉnh Gia Lai", starts_on="2022-03-01"
    )
    window.choose(owner=Cast.of("gl-cctdc").office.pk)
    for reviewer in (*REVIEWERS, "gl.thamdinh3"):
        window.tick("reviewer", user(reviewer).pk)
    window.tick("helper", user(HELPER).pk)
    window.choose(clerk=user(CLERK).pk, leader=user(LEADER).pk, stamp_officer=user(STAMP_OFFICER).pk)
    window.send()
    assert window.page.url.endswith(PROJECT)


def line_template(window: Visitor) -> str:
    option = window.field("template").locator("option", has_text="OCOP").first
    return str(option.get_attribute("value"))


def user(name: str) -> User:
    return User.objects.get(username=name)


def import_the_workbook(office: Office) -> None:
    window = office.at(MANAGER)
    window.open(f"{PROJECT}products/import/")
    window.field("file").set_input_files(DATA / "gl-02-san-pham.xlsx")
    window.fill(on="2022-03-01")
    window.send()
    assert project().enrolled_products().count() == 17


def complete_the_products(office: Office, data: dict[str, Any]) -> None:
    """The first product and its person on their pages, the others by the demo's data."""
    groups = {row["producer_tax_code"]: row["group"] for row in data["surveys"]}
    first, *others = project().enrolled_products().select_related("producer__province")
    window, group = office.at(MANAGER), ProductGroup.objects.get(code=groups[first.producer.tax_code])
    window.open(f"/products/{first.pk}/edit/")
    window.choose(group=group.pk)
    window.fill(shelf_life_days="7")
    window.field("picture").set_input_files({"name": "anh.png", "mimeType": "image/png", "buffer": picture()})
    window.send()
    window.open(f"/products/{first.pk}/standards/")
    window.tick("standards", group.standards.in_force(TODAY).first().pk)
    window.send()
    farmer = user(FARMER)
    window.open(f"/producers/{first.producer_id}/people/new/")
    window.fill(full_name=farmer.full_name, phone=str(farmer.phone))
    window.press("main form")  # the number has an account: the page asks whether it is the same person
    window.tick("is_same_person")
    window.send()
    for product in others:
        complete_product(product, groups[product.producer.tax_code], by=user(MANAGER))
    let_producers_in([product.producer for product in others], by=user(MANAGER))


def picture() -> bytes:
    output = BytesIO()
    Image.new("RGB", (1200, 900), "#b02a1f").save(output, "PNG")
    return output.getvalue()


# --- the stages ------------------------------------------------------------------------------
def survey_with_one_return(office: Office, data: dict[str, Any]) -> None:
    helper, row = office.at(HELPER), data["surveys"][0]
    main_job.survey(case(), data)
    enrolment = project().enrolments.order_by("pk").first()
    helper.open(f"{PROJECT}surveys/")
    helper.follow(f'a[href="{PROJECT}surveys/{enrolment.pk}/"]')
    helper.fill(surveyed_on="2022-03-15", needs=row["needs"] + " Cần tập huấn ghi nhật ký.")
    helper.send()

    report = paper("D1")
    office.submit(report)
    office.check_format(report)
    office.review(report, returned=["Nêu rõ số cơ sở chưa có mã số mã vạch.", "Tách nhu cầu về tem thành mục riêng."])
    assert paper("D1").status == Deliverable.Status.RETURNED
    office.submit(report, answer="Đã bổ sung theo ý kiến thẩm định.")
    office.check_format(report)
    office.review(report)
    office.approve(report)
    assert RegisterEntry.objects.get(version__document__deliverable=report).full_number == "01/BC-CCTĐC"
    window = office.at(MANAGER)
    milestone = project().stage(StageKind.SURVEY).milestones.first()
    window.open(f"{PROJECT}milestones/{milestone.pk}/")
    window.fill(percent="100", note="Biên bản thống nhất phiếu khảo sát; chậm vì nhập lại hồ sơ cũ")
    window.send()
    milestone.refresh_from_db()
    assert milestone.reached_at is not None
    close(office, StageKind.SURVEY)


def close(office: Office, kind: str) -> None:
    office.close_stage(str(StageKind(kind).label))
    assert project().stage(kind).closed_at is not None


def documentation(office: Office) -> None:
    office.issue(paper("D4"))
    close(office, StageKind.DOCUMENTATION)


def training(office: Office, data: dict[str, Any]) -> None:
    helper = office.at(HELPER)
    main_job.train(case(), data)
    helper.open(f"{PROJECT}training/new/")
    helper.fill(title="Lớp nhắc lại", held_on="2022-07-02", place="xã Ia Tô", seats="10")
    helper.choose(audience="producers")
    helper.send()
    helper.fill(person_name="Rơ Châm Hyit (giả lập)")
    helper.choose(producer=project().enrolled_products().first().producer_id)
    helper.tick("passed_check")
    helper.send()
    helper.open(f"{PROJECT}communication/new/")
    helper.fill(title="Phóng sự truyền hình", held_on="2022-07-05", channel="Đài tỉnh", evidence="Tệp video (giả lập)")
    helper.choose(kind="television")
    helper.send()
    assert project().communication_events.filter(kind="television").exists()
    office.issue(paper("D5"))
    close(office, StageKind.TRAINING)


def roll_out(office: Office, data: dict[str, Any]) -> None:
    """The first product's lot and stamps on their pages, the farmer's own on a phone; then the papers."""
    main_job.roll_out(case(), {**data, "lots": data["lots"][1:]}, TODAY)
    product = project().enrolled_products().first()
    farmer = office.at(FARMER, PHONE)
    record_the_lot(farmer, product)
    order_and_hand_over(office, farmer, product)
    activate_on_the_phone(farmer, product)
    for code in ("D2", "D3"):
        office.issue(paper(code))
    close(office, StageKind.ROLLOUT)


def record_the_lot(farmer: Visitor, product: Product) -> None:
    day = TODAY - timedelta(days=3)
    farmer.open(f"/lots/new/{product.pk}/")
    farmer.fill(number="L-01", produced_from=day.isoformat(), produced_to=day.isoformat(), quantity="1200", unit="kg")
    farmer.fill(expires_on=(day + timedelta(days=7)).isoformat())
    farmer.choose(place=product.producer.places.first().pk)
    farmer.send()
    lot = product.lots.get()
    for step in product.group.steps.order_by("position"):
        farmer.open(f"/lots/{lot.pk}/events/new/")
        farmer.choose(step=step.pk, biz_location=product.producer.places.first().pk)
        farmer.fill(event_time=f"{day.isoformat()}T08:00")
        farmer.send()
    assert lot.events.count() == product.group.steps.count()


def order_and_hand_over(office: Office, farmer: Visitor, product: Product) -> None:
    manager = office.at(MANAGER)
    manager.open(f"{PROJECT}products/stamps/")
    manager.fill(all="1000")
    manager.send()
    farmer.open("/stamps/orders/new/")
    farmer.choose(enrolment=project().enrolments.get(product=product).pk)
    farmer.fill(quantity="65")
    farmer.send()
    order = StampOrder.objects.get(enrolment__product=product)

    leader = office.open_step(LEADER, product.name, tab="group")
    leader.tick("decision", "issue")
    office.answer(leader)

    officer = office.open_step(STAMP_OFFICER, product.name, tab="group")
    step = officer.page.url
    officer.press('form[action$="/rolls/a4/"]')
    batch = StampBatch.objects.get(order=order)
    Worker().run(until_empty=True)
    sheet = officer.context.request.get(f"/stamps/rolls/{batch.rolls.get().pk}/file/")
    assert sheet.body().startswith(b"%PDF")
    officer.open(f"/stamps/orders/{order.pk}/")
    officer.press('form[action$="/rolls/printed/"]')
    officer.page.goto(step)
    officer.tick("confirm")
    office.answer(officer)
    assert StampOrder.objects.get(pk=order.pk).status == StampOrder.Status.HANDED_OVER


def activate_on_the_phone(farmer: Visitor, product: Product) -> None:
    batch = StampBatch.objects.get(product=product)
    farmer.open("/stamps/mine/")
    farmer.follow(f'a[href="/stamps/batches/{batch.pk}/activate/"]')
    farmer.tick("way", "count")
    farmer.fill(quantity="50")
    farmer.press("main form")
    farmer.send()  # what was looked at is activated
    assert batch.activations.get().quantity == 50


def final_report_and_acceptance(office: Office) -> None:
    office.issue(paper("D6"))
    close(office, StageKind.FINAL_REPORT)
    council.hold(case())
    leader = office.open_step(LEADER, "GL-02", tab="group")
    leader.tick("confirm")
    office.answer(leader)
    assert project().status == PilotProject.Status.ACCEPTED

    manager = office.at(MANAGER)
    manager.open("/documents/")
    expect(manager.page.locator("main table")).to_contain_text("BC-CCTĐC")
    version = DocumentVersion.objects.get(document__deliverable=paper("D6"), state="issued")
    assert manager.context.request.get(version.get_absolute_url()).body().startswith(b"PK")
    for page in ("", "products/", "history/", "diagram/"):
        assert manager.open(PROJECT + page).status == 200
    manager.open(f"{PROJECT}history/")
    expect(manager.page.locator("main")).to_contain_text("GL-02")


def scan(office: Office) -> None:
    """Anybody, with a cheap phone: activated, not activated, and made up."""
    batch = StampBatch.objects.get(product=project().enrolled_products().first())
    phone = office.visit(PHONE)
    activated, waiting = (scan_path(batch.code, stamps.serial_at(batch, batch.start + n)) for n in (0, 60))

    assert phone.open(activated).status == 200
    expect(phone.page.locator("body")).to_contain_text(batch.product.name)
    expect(phone.page.locator("body")).to_contain_text(batch.product.producer.name)
    assert not phone.scrolls_sideways()
    assert phone.accessibility_problems() == []

    assert phone.open(waiting).status == 200
    expect(phone.page.locator("body")).not_to_contain_text(batch.product.name)

    assert phone.open(scan_path(batch.code, "0" * 14)).status == 404
