"""The reviewer's desk at the keyboard: ten steps in twenty keys, the help, the preflight, and a link on a phone."""

from __future__ import annotations

import gzip

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from projects.models import Deliverable, Remark, Review
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor, weight
from tests.factories import desk, people
from tests.factories.people import Office
from workflows.decision_links import link_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PASSWORD = "mat-khau-thu-1"
# product.md §3.8, compressed
LIGHT_PAGE_BUDGET = 90_000
FIRST_VISIT_BUDGET, REPEATED_VISIT_BUDGET = 150_000, 40_000


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        """Press keys that stay on the page."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def go(self, *keys: str) -> None:
        """Press keys of which the last leads to another page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])


@pytest.fixture
def office(transactional_db: None) -> Office:
    return people.gia_lai()


def in_review(office: Office, count: int) -> list[Deliverable]:
    """Bring one deliverable of each of so many projects to the reviewers."""
    papers = [desk.first_deliverable(desk.running_project(office, code=f"GL-{n:02}")) for n in range(1, count + 1)]
    return [desk.in_review(paper, office) for paper in papers]


def reviewer(visit: Visit) -> Visitor:
    return visit().log_in("gl-thamdinh1", PASSWORD)


def test_ten_steps_are_cleared_with_two_keys_each(visit: Visit, office: Office) -> None:
    in_review(office, 10)
    window = reviewer(visit)
    keyboard = Keyboard(window.page)
    window.open("/inbox/")
    keyboard.press("j")
    keyboard.go("o")
    opening, seen = keyboard.pressed, []

    for left in range(9, -1, -1):
        seen.append(window.page.url)
        keyboard.go("a", "Enter")
        expect(window.page.locator("#messages .tone-ok")).to_have_count(1)
        assert ("/inbox/" in window.page.url) == (left == 0)

    assert len(set(seen)) == 10
    assert keyboard.pressed - opening == 20
    assert Review.objects.filter(reviewer=office.reviewers[0], verdict="approve").count() == 10
    expect(window.page.locator(".empty")).to_be_visible()


def test_keys_walk_the_list_and_the_views_and_r_leads_to_the_first_remark(visit: Visit, office: Office) -> None:
    in_review(office, 3)
    window = reviewer(visit)
    keyboard, page = Keyboard(window.page), window.page
    window.open("/inbox/?project=GL-02")
    keyboard.press("j")
    keyboard.go("o")
    assert page.url.endswith("?project=GL-02")
    expect(page.locator(".desk-list > a")).to_have_count(1)

    window.open("/inbox/")
    keyboard.press("j")
    keyboard.go("o")
    first = page.url
    keyboard.go("j")
    assert page.url != first
    keyboard.go("k")
    assert page.url == first
    keyboard.press("g")
    keyboard.go("n")
    assert page.url != first
    keyboard.go("d")
    assert "show=changes" in page.url
    keyboard.go("o")
    assert "show" not in page.url
    keyboard.press("r")
    expect(page.locator('[name="decision"][value="return"]')).to_be_checked()
    page.keyboard.type("j a o: nêu nguồn số liệu")
    expect(page.locator("#id_remark_1")).to_have_value("j a o: nêu nguồn số liệu")
    with page.expect_navigation():
        page.locator("#confirm").click()
    assert Remark.objects.get().text == "j a o: nêu nguồn số liệu"
    keyboard.press("g")
    keyboard.go("l")
    assert "/inbox/" in page.url


def test_the_help_lists_the_keys_closes_with_escape_and_turns_them_off(visit: Visit, office: Office) -> None:
    in_review(office, 2)
    window = reviewer(visit)
    page = window.page
    window.open("/inbox/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert window.accessibility_problems() == []
    page.keyboard.press("j")  # a key of the page below does nothing now
    expect(page.locator(".in-hand")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/tasks/**")
    page.keyboard.press("?")
    page.locator("#keys [data-keys-toggle]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator('[name="decision"][value="approve"]')).not_to_be_checked()
    expect(page.locator("kbd").first).not_to_be_visible()


def test_keys_with_a_modifier_belong_to_the_browser(visit: Visit, office: Office) -> None:
    in_review(office, 1)
    window = reviewer(visit)
    page = window.page
    window.open("/inbox/")
    page.locator("main table a").first.click()

    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+r")

    expect(page.locator('[name="decision"]:checked')).to_have_count(0)


def test_ticked_steps_are_approved_after_a_preflight_that_leaves_one_out(visit: Visit, office: Office) -> None:
    papers = in_review(office, 3)
    Remark.objects.create(
        deliverable=papers[1], round=1, by=office.reviewers[1], text="Nêu nguồn", made_at=timezone.now()
    )
    window = reviewer(visit)
    page = window.page
    window.open("/inbox/")
    for _row in papers:
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-ticked]")).to_have_text("3")

    window.press("#batch")
    expect(page.locator("main tbody tr")).to_have_count(3)
    expect(page.locator("main tbody .tone-wait").filter(has_text="Không")).to_have_count(1)
    assert window.accessibility_problems() == []
    page.fill("#note", "Đồng ý")
    window.press("main form")

    expect(page.locator("main tbody .tone-ok")).to_have_count(2)
    assert window.accessibility_problems() == []
    assert Review.objects.filter(verdict="approve").count() == 2
    assert not Review.objects.filter(deliverable=papers[1]).exclude(verdict="").exists()


def test_a_link_from_a_message_decides_on_a_phone_and_is_light(visit: Visit, office: Office) -> None:
    [paper] = in_review(office, 1)
    link = link_for(desk.step(paper, "review", office.reviewers[0]), office.reviewers[0])
    phone = visit(PHONE)
    phone.open(link)
    assert "/login/" in phone.page.url
    phone.fill(username="gl-thamdinh1", password=PASSWORD)
    phone.press("main form")
    assert phone.page.url.endswith(link)
    assert not phone.scrolls_sideways()
    assert phone.accessibility_problems() == []

    empty = visit(PHONE)  # an empty cache
    empty.context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]
    with empty.measured() as answers:
        empty.open(link)
    assert weight(answers) <= LIGHT_PAGE_BUDGET
    assert not Review.objects.exclude(verdict="").exists()  # opened twice, and nothing was decided

    phone.tick("decision", "approve")
    phone.press("main .decide form")
    assert Review.objects.get(reviewer=office.reviewers[0]).verdict == "approve"


def test_the_desk_is_accessible_and_fits_a_phone(visit: Visit, office: Office) -> None:
    papers = in_review(office, 2)
    window = reviewer(visit)
    window.open(f"/tasks/{desk.step(papers[0], 'review', office.reviewers[0]).pk}/")
    assert window.accessibility_problems() == []

    window.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert not window.scrolls_sideways()
    assert window.accessibility_problems() == []
    window.page.locator('a[href="#decide"]').click()
    expect(window.page.locator('[name="decision"]').first).to_be_in_viewport()
    expect(window.page.locator("#confirm")).to_be_in_viewport()


def test_the_inbox_and_a_step_are_light_on_the_first_and_on_every_visit(visit: Visit, office: Office) -> None:
    papers = in_review(office, 12)
    cookies = reviewer(visit).context.cookies()
    heavy = []
    for path in ("/inbox/", f"/tasks/{desk.step(papers[0], 'review', office.reviewers[0]).pk}/"):
        window = visit()  # an empty cache
        window.context.add_cookies(cookies)  # type: ignore[arg-type]
        with window.measured() as answers:
            window.open(path)
        # Static files are kept for a year (their names change with them), so a repeated visit is the page alone.
        first, page = (sum(map(compressed, some)) for some in (answers, answers[:1]))
        if first > FIRST_VISIT_BUDGET or page > REPEATED_VISIT_BUDGET:
            heavy.append(f"{path}: {first} bytes, then {page}")
    assert heavy == []


def compressed(answer: Response) -> int:
    """Bytes on the wire behind a server that compresses."""
    return len(gzip.compress(answer.body(), 6))
