"""The producer's phone, 360 px wide: from claim card to sent dossier, with script, without, and with a helper."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from onboarding.models import Answer, Dossier
from onboarding.questions import QUESTIONS, Kind
from people.models import User
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor, weight
from tests.factories import people
from tests.factories.dossiers import ANSWERS
from tests.factories.registry import producer_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PIN = "280469"
PASSWORD = "mat-khau-thu-1"
BUDGET, NODES = 90_000, 600


@pytest.fixture
def office(transactional_db: None) -> people.Office:
    office = people.gia_lai()
    office.helper.phone = "0900000099"
    office.helper.save()
    return office


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A photo as a phone takes it: 12 megapixels, far above what may be sent."""
    noise = Image.frombytes("RGB", (400, 300), hashlib.shake_128(b"noise").digest(400 * 300 * 3)).resize((4000, 3000))
    file = tmp_path / "anh.jpg"
    noise.save(file, "JPEG", quality=95)
    assert file.stat().st_size > 1_000_000
    return file


def card(visit: Visit, dossier: Dossier) -> tuple[str, str]:
    """Let the helper open the account; return the link and the code of the printed card."""
    officer = visit().log_in("gl-canbo", PASSWORD)
    officer.open(f"/producers/{dossier.producer.pk}/people/new/")
    officer.fill(full_name="Rơ Châm H’Lan (giả lập)", phone="0900 000 012")
    officer.press("main form")
    text = officer.page.locator(".claim-card").inner_html()
    link = re.search(r"/CLAIM/[A-Z2-7]{26}/", text)
    assert link
    return link.group(), officer.page.locator(".claim-code b").inner_text()


def test_a_claim_card_prints_on_one_sheet_of_a6(visit: Visit, dossier: Dossier) -> None:
    officer = visit().log_in("gl-canbo", PASSWORD)
    officer.open(f"/producers/{dossier.producer.pk}/people/new/")
    officer.fill(full_name="Rơ Châm H’Lan (giả lập)", phone="0900 000 012")
    officer.press("main form")
    # Without the page's own size a browser prints on the paper that is in the printer.
    printed = officer.page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in sheets] == [
        (105, 148)
    ]


def claim(page: Page, link: str, code: str) -> None:
    """Come in with the card and choose a PIN."""
    page.goto(link)
    page.fill('[name="code"]', code)
    press(page)
    page.fill('[name="pin"]', PIN)
    page.fill('[name="again"]', PIN)
    page.check('[name="is_own_phone"]')
    press(page)


def press(page: Page, form: str = "main form") -> None:
    with page.expect_navigation():
        page.locator(form).last.locator("button[type=submit]").first.click()


def answer(page: Page, file: Path) -> None:
    """Answer the question that the page shows, whichever it is."""
    key = page.url.rstrip("/").rpartition("/")[2]
    question = QUESTIONS[key]
    if question.kind == Kind.CONSENT:
        assert not page.is_checked('[name="agree"]')
        page.check('[name="agree"]')
    elif question.kind in (Kind.YES_NO, Kind.CHOICE):
        page.check(f'[name="value"][value="{ANSWERS[key]}"]')
    elif question.kind == Kind.PHOTO:
        page.set_input_files('[name="value"]', str(file))
    else:
        page.fill('[name="value"]', ANSWERS[key])
    press(page, 'main form[method="post"]')


def answer_everything(page: Page, file: Path, home: str = "/stamps/mine/") -> None:
    """Follow the one next thing until nothing is left but to send."""
    for _step in range(60):
        if "/q/" in page.url:
            answer(page, file)
            continue
        page.goto(home)
        onward = page.locator(".next-task a")
        assert onward.count() == 1
        if "/check/" in (onward.get_attribute("href") or ""):
            return
        with page.expect_navigation():
            onward.click()
    raise AssertionError("the task list does not come to an end")


def send(page: Page, dossier: Dossier) -> None:
    page.goto(f"/dossiers/{dossier.reference}/check/")
    press(page, 'main form[action$="/send/"]')
    assert "ĐÃ GỬI" in page.locator("main").inner_text()
    assert "CHƯA GỬI" not in page.locator("main").inner_text()
    assert dossier.reference in page.locator(".confirm").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_one_producer_comes_from_the_claim_card_to_the_sent_dossier(
    visit: Visit, dossier: Dossier, camera: Path, script: bool
) -> None:
    link, code = card(visit, dossier)
    if script:
        page = visit(PHONE).page
    else:
        browser = visit().context.browser
        assert browser
        size: Any = PHONE
        context = browser.new_context(java_script_enabled=False, viewport=size, base_url=visit().base, locale="vi-VN")
        page = context.new_page()

    claim(page, link, code)
    assert page.url.endswith("/stamps/mine/")
    assert "CHƯA GỬI" in page.locator("main").inner_text()
    answer_everything(page, camera)
    send(page, dossier)

    dossier.refresh_from_db()
    assert dossier.status == Dossier.Status.SENT
    assert dossier.sent_by == User.objects.get(phone="0900000012")
    assert dossier.answers.filter(state=Answer.State.CURRENT).count() == len(ANSWERS) + 3  # and three photos
    if not script:
        page.context.close()


def test_a_photo_is_shrunk_on_the_phone_before_it_is_sent(visit: Visit, dossier: Dossier, camera: Path) -> None:
    link, code = card(visit, dossier)
    visitor = visit(PHONE)
    claim(visitor.page, link, code)
    visitor.open(f"/dossiers/{dossier.reference}/q/product_photo/")
    visitor.page.set_input_files('[name="value"]', str(camera))
    visitor.page.wait_for_selector("[data-shrunk]")
    size = visitor.page.evaluate("document.querySelector('[name=value]').files[0].size")
    side = visitor.page.evaluate(
        "createImageBitmap(document.querySelector('[name=value]').files[0]).then(p => Math.max(p.width, p.height))"
    )
    assert size <= 250 * 1024
    assert side <= 1280
    visitor.send('main form[method="post"]')
    assert dossier.answers.get(question="product_photo").value["picture"]


def test_with_a_helper_the_producer_consents_by_code_and_confirms_at_the_end(
    visit: Visit, dossier: Dossier, camera: Path
) -> None:
    link, code = card(visit, dossier)
    own = visit(PHONE)
    claim(own.page, link, code)
    own.open(f"/dossiers/{dossier.reference}/help/code/")
    press(own.page)
    spoken = own.page.locator(".confirm .code").inner_text()

    helper = visit(PHONE).log_in("gl-canbo", PASSWORD)
    helper.open(f"/dossiers/{dossier.reference}/help/start/")
    helper.fill(code=spoken)
    helper.send()
    assert f"Đang làm hộ {dossier.producer}" in helper.page.locator(".helping").inner_text()
    answer_everything(helper.page, camera, home=f"/dossiers/{dossier.reference}/")
    helper.open(f"/dossiers/{dossier.reference}/")
    helper.press(".helping form")

    own.open("/stamps/mine/")
    own.follow(f'a[href*="/dossiers/{dossier.reference}/help/"]:not([href*="code"])')
    assert own.accessibility_problems() == []
    press(own.page, 'main form:has(button[value="confirm"])')
    send(own.page, dossier)

    helped = dossier.answers.filter(assistance__isnull=False)
    assert helped.count() >= len(ANSWERS)
    assert {each.answered_by.username for each in helped} == {"gl-canbo"}
    assert dossier.assistances.get().confirmed_at
    assert dossier.assistances.get().consent.given_by.phone == "0900000012"


def looked_at(visitor: Visitor, paths: list[str]) -> list[str]:
    wrong = []
    for path in paths:
        visitor.open(path)
        wrong += visitor.accessibility_problems()
        if visitor.scrolls_sideways():
            wrong.append(f"{path} scrolls sideways")
    return wrong


def test_every_page_of_the_producer_is_accessible_and_fits_the_phone(visit: Visit, dossier: Dossier) -> None:
    link, code = card(visit, dossier)
    visitor = visit(PHONE)
    assert looked_at(visitor, [link, "/login/?by=pin", "/forgot-pin/"]) == []
    claim(visitor.page, link, code)
    base = f"/dossiers/{dossier.reference}/"
    pages = ["/stamps/mine/", base, f"{base}check/", f"{base}help/code/", link]
    assert looked_at(visitor, pages + [f"{base}q/{key}/" for key in QUESTIONS]) == []

    visitor.open(f"{base}q/contact_phone/")
    visitor.fill(value="12")
    visitor.press('main form[method="post"]')
    assert visitor.refused()
    assert visitor.accessibility_problems() == []


def test_the_first_page_of_the_producer_is_light(visit: Visit, dossier: Dossier) -> None:
    link, code = card(visit, dossier)
    signed_in = visit(PHONE)
    claim(signed_in.page, link, code)
    for path in ("/stamps/mine/", f"/dossiers/{dossier.reference}/q/label_photo/"):
        visitor = visit(PHONE)  # an empty cache
        visitor.context.add_cookies(signed_in.context.cookies())  # type: ignore[arg-type]
        with visitor.measured() as answers:
            visitor.open(path)
        nodes = visitor.page.evaluate("document.querySelectorAll('*').length")
        print(f"{path}: {weight(answers)} bytes, {nodes} nodes")
        assert weight(answers) <= BUDGET
        assert nodes <= NODES


def test_two_helpers_on_one_answer_see_both_values(visit: Visit, dossier: Dossier, office: people.Office) -> None:
    one, other = producer_user(dossier.producer, "chu-the-a"), producer_user(dossier.producer, "chu-the-b")
    windows = [visit(PHONE).log_in(user.username, PASSWORD) for user in (one, other)]
    for window in windows:
        window.open(f"/dossiers/{dossier.reference}/q/contact_name/")
    for window, name in zip(windows, ("Siu H’Nghi", "Rơ Châm H’Lan"), strict=True):
        window.fill(value=name)
        window.press('main form[method="post"]')

    both = windows[1].page.locator("main").inner_text()
    assert "Siu H’Nghi" in both
    assert "Rơ Châm H’Lan" in both
    assert windows[1].accessibility_problems() == []
    assert not windows[1].scrolls_sideways()
    windows[1].page.locator('main [name="answer"]').last.check()
    windows[1].press("main form")
    assert dossier.answers.get(question="contact_name", state=Answer.State.CURRENT).value == "Rơ Châm H’Lan"
