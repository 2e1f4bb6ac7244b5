"""The producer's phone without a connection, 360 px wide: answers wait in a box, arrive once, and are never lost.

Feature rows 69 (check of photos), 150 (installable, visible outbox), 151 (mark of the phone), 152 (nothing is
overwritten), 154 (browsers inside other apps), 155 (signing out and export).
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Page, Route

from onboarding.actions.answers import save_answer
from onboarding.models import Answer, Dossier
from onboarding.questions import QUESTIONS
from people.models import User
from tests.browser.conftest import Visit
from tests.browser.line import back_too_early
from tests.browser.visitor import PHONE, Visitor
from tests.factories import people
from tests.factories.registry import producer_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

PASSWORD = "mat-khau-thu-1"
FORM = "form[data-receive]"
KEPT = "caches.keys().then(async names => { const n = names.find(name => name.startsWith('pages'));" + (
    " return n ? (await (await caches.open(n)).keys()).length : 0 })"
)


@pytest.fixture
def office(transactional_db: None) -> people.Office:
    return people.gia_lai()


@pytest.fixture
def farmer(dossier: Dossier) -> User:
    return producer_user(dossier.producer, "chu-the-a")


Phone = Callable[..., Visitor]


@pytest.fixture
def phone(visit: Visit, farmer: User) -> Phone:
    """Open a phone with somebody signed in, by default the producer's person. A lost connection is no error here."""

    def taken(user: User = farmer) -> Visitor:
        visitor = visit(PHONE)
        visitor.log_in(user.username, PASSWORD)
        return visitor

    return taken


def heard(visitor: Visitor) -> None:
    """Take what the browser says of lost connections off the list of errors; anything else stays there."""
    visitor.problems[:] = [each for each in visitor.problems if "net::ERR_" not in each]


def at(dossier: Dossier, key: str) -> str:
    return f"/dossiers/{dossier.reference}/q/{key}/"


def press(page: Page) -> None:
    page.locator(f"{FORM} button[type=submit]").first.click()


def wait(visitor: Visitor, script: str, wanted: Any = True, seconds: float = 60) -> None:
    """Ask the page again and again; the driver's own waiting is refused by the content security policy."""
    until = time.monotonic() + seconds
    while (found := visitor.page.evaluate(script)) != wanted:
        assert time.monotonic() < until, f"{found} instead of {wanted}: {script}"
        visitor.page.wait_for_timeout(100)


def kept_ahead(visitor: Visitor, dossier: Dossier) -> None:
    """Open the task list and wait until the phone has it, every question, the answers, and the list of what waits."""
    visitor.open(f"/dossiers/{dossier.reference}/")
    wait(visitor, "caches.match('/unsent/').then(Boolean)")  # the last one
    assert visitor.page.evaluate(KEPT) >= len(QUESTIONS) + 3
    wait(visitor, "navigator.serviceWorker.controller !== null")


def states(visitor: Visitor) -> list[str]:
    return visitor.page.locator("#unsent-list > li [data-state]:visible").all_inner_texts()


def until(visitor: Visitor, expected: list[str]) -> None:
    """Wait until the list shows these states."""
    script = (
        "[...document.querySelectorAll('#unsent-list > li [data-state]')]"
        ".filter(node => !node.hidden).map(node => node.innerText.trim())"
    )
    wait(visitor, script, expected, 30)


def waiting(page: Page) -> int:
    line = page.locator('#outbox [data-say="waiting"]')
    line.wait_for()
    return int(line.locator("b").inner_text())


def photo_of(tmp_path: Path, name: str = "anh.jpg", *, blur: float = 0, light: float = 1.0) -> Path:
    """A label before a wall: letters, lines, a picture; blurred or darkened on demand."""
    picture = Image.new("RGB", (2000, 1500), "#d8d2c4")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((500, 200, 1500, 1300), fill="#ffffff", outline="#14532d", width=12)
    pen.ellipse((850, 260, 1150, 560), fill="#a3241b")
    for line in range(14):
        pen.text((560, 600 + line * 48), "Chôm chôm Ia Grai – hái buổi sáng, 500 g", fill="#222222", font_size=40)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    file = tmp_path / name
    picture.point(lambda value: int(value * light)).save(file, "JPEG", quality=92)
    return file


# --- without a connection --------------------------------------------------------------------
def test_answers_and_a_photo_given_offline_arrive_once_when_the_line_is_back(
    phone: Phone, dossier: Dossier, tmp_path: Path
) -> None:
    """Rows 150, 151: the pages come from the phone, the box shows each state, everything is kept once."""
    visitor = phone()
    kept_ahead(visitor, dossier)
    visitor.context.set_offline(True)
    visitor.page.goto(at(dossier, "contact_name"))
    assert "bản lưu lúc" in visitor.page.locator('[data-say="copy"]').inner_text()
    visitor.fill(value="Rơ Châm H’Lan")
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'contact_phone')}")
    visitor.fill(value="0900000012")
    press(visitor.page)
    visitor.page.wait_for_url(f"**/dossiers/{dossier.reference}/")
    task = visitor.page.locator('li[data-questions~="contact_name"]')
    task.locator("[data-waits]").wait_for()
    assert "Chưa làm" not in task.inner_text()
    visitor.page.goto(at(dossier, "product_photo"))
    visitor.page.set_input_files('[name="value"]', str(photo_of(tmp_path)))
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'label_photo')}")
    visitor.page.reload()
    assert waiting(visitor.page) == 3
    assert visitor.accessibility_problems() == []
    visitor.page.goto("/unsent/")
    until(visitor, ["Chờ", "Chờ", "Chờ"])
    assert visitor.accessibility_problems() == []
    assert not visitor.scrolls_sideways()
    assert Answer.objects.count() == 0

    visitor.context.set_offline(False)
    until(visitor, ["Đã nhận", "Đã nhận", "Đã nhận"])
    visitor.page.reload()
    until(visitor, ["Đã nhận", "Đã nhận", "Đã nhận"])
    assert visitor.page.locator("#unsent-list .buttons:visible").count() == 0

    heard(visitor)
    kept = dossier.answers.order_by("pk")
    assert [each.question for each in kept] == ["contact_name", "contact_phone", "product_photo"]  # text first
    assert {each.state for each in kept} == {Answer.State.CURRENT}
    assert kept[0].client_id


def test_an_answer_whose_receipt_is_lost_is_sent_again_and_kept_once(phone: Phone, dossier: Dossier) -> None:
    """Row 151: the server has committed, the line dies before its answer; the second sending is the same answer."""
    visitor = phone()
    kept_ahead(visitor, dossier)
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    visitor.page.route("**/receive/", lose)
    visitor.open(at(dossier, "contact_name"))
    visitor.fill(value="Rơ Châm H’Lan")
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'contact_phone')}")
    assert waiting(visitor.page) == 1
    assert (lost[0], dossier.answers.count()) == (200, 1)

    visitor.page.unroute("**/receive/")
    visitor.open("/unsent/")
    visitor.page.locator("[data-do=all]").click()
    until(visitor, ["Đã nhận"])

    heard(visitor)
    assert dossier.answers.get().state == Answer.State.CURRENT


def test_what_somebody_else_answered_meanwhile_is_not_overwritten(
    phone: Phone, dossier: Dossier, office: people.Office
) -> None:
    """Row 152: both answers stay, and the list says so."""
    visitor = phone()
    kept_ahead(visitor, dossier)
    visitor.context.set_offline(True)
    visitor.page.goto(at(dossier, "contact_name"))
    visitor.fill(value="H’Lan")
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'contact_phone')}")
    save_answer(dossier, "contact_name", "H’Nghi", by=producer_user(dossier.producer, "chu-the-b"))
    visitor.page.goto("/unsent/")
    visitor.context.set_offline(False)
    until(visitor, ["Đã nhận"])

    heard(visitor)
    assert "người khác đã trả lời" in visitor.page.locator("#unsent-list").inner_text()
    assert sorted(dossier.answers.values_list("value", "state")) == [("H’Lan", "disputed"), ("H’Nghi", "current")]


def test_a_refused_answer_says_why_and_is_dropped_only_after_a_question(phone: Phone, dossier: Dossier) -> None:
    visitor = phone()
    kept_ahead(visitor, dossier)
    visitor.context.set_offline(True)
    visitor.page.goto(at(dossier, "contact_phone"))
    visitor.fill(value="12")
    press(visitor.page)
    visitor.page.wait_for_url(f"**/dossiers/{dossier.reference}/")
    visitor.page.goto("/unsent/")
    visitor.context.set_offline(False)
    until(visitor, ["Lỗi"])
    assert "bắt đầu bằng 0" in visitor.page.locator("#unsent-list").inner_text()

    visitor.page.locator("[data-do=drop]").click()
    assert visitor.accessibility_problems() == []
    visitor.page.locator("dialog [data-do=stay]").click()
    assert states(visitor) == ["Lỗi"]
    visitor.page.locator("[data-do=drop]").click()
    visitor.page.locator("dialog [data-do=drop-now]").click()
    until(visitor, [])
    heard(visitor)
    assert not dossier.answers.exists()


def test_a_dossier_is_not_sent_while_its_answers_wait(phone: Phone, dossier: Dossier) -> None:
    visitor = phone()
    left_unsent(visitor, dossier)
    back_too_early(visitor)
    visitor.open(f"/dossiers/{dossier.reference}/check/")
    assert waiting(visitor.page) == 1
    # The page of a complete dossier has this form; the server's own refusal is tested elsewhere.
    visitor.page.evaluate(
        """reference => document.querySelector('main').insertAdjacentHTML('beforeend',
        `<form method=post action=/khong/ data-all-sent=${reference}><button id=send>x</button></form>`)""",
        dossier.reference,
    )
    visitor.page.locator("#send").click()
    assert "Chưa gửi hồ sơ" in visitor.page.locator('[data-say="first"]').inner_text()
    assert visitor.page.url.endswith("/check/")
    heard(visitor)


# --- people ----------------------------------------------------------------------------------
def left_unsent(visitor: Visitor, dossier: Dossier) -> None:
    """Answer one question while the server cannot be reached."""
    kept_ahead(visitor, dossier)
    visitor.context.set_offline(True)
    visitor.page.goto(at(dossier, "contact_name"))
    visitor.fill(value="H’Lan")
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'contact_phone')}")


def test_another_person_on_the_same_phone_sends_nothing_and_finds_no_kept_page(
    phone: Phone, dossier: Dossier, farmer: User
) -> None:
    """Rows 151, 155: an answer stays its owner's; signing out is led to the list first, and empties the pages."""
    visitor = phone()
    left_unsent(visitor, dossier)
    back_too_early(visitor)
    visitor.open(f"/dossiers/{dossier.reference}/")
    visitor.page.locator("details.me summary").click()
    visitor.page.locator("details.me form button").click()
    visitor.page.wait_for_url("**/unsent/?out=1")
    panel = visitor.page.locator('[data-show="leaving"]')
    panel.wait_for()
    assert "1" in panel.locator("h2").inner_text()
    assert visitor.accessibility_problems() == []
    with visitor.page.expect_navigation():
        panel.locator("button").click()
    assert "/login/" in visitor.page.url
    wait(visitor, KEPT, 0)

    other = producer_user(dossier.producer, "chu-the-b")
    visitor.log_in(other.username, PASSWORD)
    visitor.open("/unsent/")
    visitor.page.locator('[data-show="others"]').wait_for()
    assert "1" in visitor.page.locator('[data-show="others"]').inner_text()
    assert visitor.page.locator("#unsent-list > li").count() == 0
    for is_lost in (True, False):  # hearing of the line again, a page sends all that is its person's
        visitor.context.set_offline(is_lost)
    visitor.page.wait_for_timeout(1000)
    assert not dossier.answers.exists()

    visitor.page.locator("details.me summary").click()
    with visitor.page.expect_navigation():
        visitor.page.locator("details.me form button").click()
    visitor.log_in(farmer.username, PASSWORD)
    visitor.open("/unsent/")
    visitor.page.locator("[data-do=all]").click()
    until(visitor, ["Đã nhận"])
    heard(visitor)
    assert dossier.answers.get().answered_by == farmer


def test_no_page_of_the_officials_is_kept(visit: Visit, phone: Phone, dossier: Dossier, office: people.Office) -> None:
    visitor = phone()
    kept_ahead(visitor, dossier)
    visitor.context.clear_cookies()
    visitor.log_in(office.manager.username, PASSWORD)
    for path in ("/inbox/", f"/dossiers/{dossier.reference}/", f"/projects/{dossier.project.code}/"):
        visitor.open(path)
    assert visitor.page.evaluate(KEPT) == 0


def test_what_waits_is_exported_as_a_file_that_opens(phone: Phone, dossier: Dossier, tmp_path: Path) -> None:
    """Row 155: facts for a program, lines for a person, photos as they are."""
    visitor = phone()
    left_unsent(visitor, dossier)
    visitor.page.goto(at(dossier, "product_photo"))
    visitor.page.set_input_files('[name="value"]', str(photo_of(tmp_path)))
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'label_photo')}")
    visitor.page.goto("/unsent/")
    with visitor.page.expect_download() as download:
        visitor.page.locator("[data-do=export]").click()
    heard(visitor)

    with zipfile.ZipFile(download.value.path()) as file:
        assert file.testzip() is None
        facts: dict[str, Any] = json.loads(file.read("hang-cho.json"))
        lines = file.read("hang-cho.txt").decode("utf-8-sig").splitlines()
        photo = Image.open(io.BytesIO(file.read(facts["items"][1]["photo"])))
    assert [item["key"] for item in facts["items"]] == ["contact_name", "product_photo"]
    assert facts["items"][0]["fields"]["value"] == "H’Lan"
    assert len(lines) == 2
    assert "H’Lan" in lines[0]
    assert max(photo.size) <= 1280


# --- without a service worker ----------------------------------------------------------------
def test_without_a_service_worker_the_answer_is_kept_and_the_person_stays(
    visit: Visit, dossier: Dossier, farmer: User
) -> None:
    visitor = visit(PHONE)
    visitor.context.add_init_script("delete Navigator.prototype.serviceWorker")
    visitor.log_in(farmer.username, PASSWORD)
    visitor.open(at(dossier, "contact_name"))
    visitor.context.set_offline(True)
    visitor.fill(value="H’Lan")
    press(visitor.page)
    visitor.page.locator('[data-say="kept"]').wait_for()
    assert "Đã lưu trên máy này" in visitor.page.locator('[data-say="kept"]').inner_text()
    visitor.context.set_offline(False)
    wait(visitor, "document.querySelector('[data-say=waiting]').hidden")
    heard(visitor)
    assert dossier.answers.get().value == "H’Lan"


# --- photos ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("blur", "light", "fault"), [(0, 1.0, ""), (0, 0.5, ""), (14, 1.0, "blurred"), (0, 0.12, "dark")]
)
def test_a_dark_or_blurred_photo_is_warned_of_and_still_sent(
    phone: Phone, dossier: Dossier, tmp_path: Path, blur: float, light: float, fault: str
) -> None:
    """Row 69."""
    visitor = phone()
    visitor.open(at(dossier, "product_photo"))
    visitor.page.set_input_files('[name="value"]', str(photo_of(tmp_path, blur=blur, light=light)))
    visitor.page.wait_for_selector("[data-sharp]")
    shown = visitor.page.locator("#photo-warning [data-fault]:visible")
    assert [each.get_attribute("data-fault") for each in shown.all()] == ([fault] if fault else [])
    if fault:
        assert visitor.accessibility_problems() == []
        visitor.page.locator("[data-photo=use]").click()
        assert not visitor.page.locator("#photo-warning").is_visible()
    press(visitor.page)
    visitor.page.wait_for_url(f"**{at(dossier, 'label_photo')}")
    assert dossier.answers.get().value["picture"]
