"""A paper returned with remarks, corrected, compared and approved, by the roles' own logins in the browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from documents.models import DocumentVersion, RegisterEntry
from people.models import User
from projects.actions import phrases
from projects.models import Deliverable, PilotProject, Remark
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor
from tests.factories.people import Office, gia_lai
from tests.workflows import steps
from tests.workflows.papers.cast import Case, make_case
from workflows import actions
from workflows.builtin_templates import register_builtin_template

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

PASSWORD = "mat-khau-thu-1"
ANSWER = "main form:has([name^=decision]), main form:has([name^=done_])"
SECTION = "II. NHU CẦU"
PHRASE = "Số liệu không khớp với phụ lục"


@pytest.fixture
def case(transactional_db: None) -> Case:
    """A running project with two surveyed products and one standard remark of its office."""
    office = gia_lai()
    case = make_case(office, "ocop_products", code="GL-02")
    for _number in range(2):
        case.survey(case.enrol())
    phrases.add_phrase(office.organisation, text=PHRASE, by=office.clerk)
    register_builtin_template("survey_report_products")
    actions.start_project(PilotProject.objects.get(pk=case.project.pk), by=office.manager)
    return case


def paper_of(case: Case) -> Deliverable:
    return Deliverable.objects.get(stage__project=case.project, document_kind="survey_report_products")


def window(visit: Visit, user: User, *size: dict[str, int]) -> Visitor:
    return visit(*size).log_in(user.username, PASSWORD)


def open_step(here: Visitor, paper: Deliverable, node: str, of: User | None = None, query: str = "") -> None:
    here.open(f"/tasks/{steps.step(paper, node, of=of).pk}/{query}")


def decide(here: Visitor, decision: str = "approve") -> None:
    here.tick("decision", decision)
    here.send("main form:has([name=decision])")


def generate(here: Visitor, paper: Deliverable) -> None:
    open_step(here, paper, "prepare")
    here.press('form[action$="/prepare/"]')


def picture(here: Visitor, name: str) -> None:
    """Keep a picture for the eye when a folder is named."""
    if folder := os.environ.get("PICTURES"):
        here.page.screenshot(path=Path(folder) / f"{name}.png", full_page=not here.page.locator("main.desk").count())


def test_returned_with_remarks_corrected_compared_and_approved(case: Case, visit: Visit) -> None:
    office, paper = case.office, paper_of(case)
    author, clerk = window(visit, office.manager), window(visit, office.clerk)
    first, second = (window(visit, reviewer) for reviewer in office.reviewers[:2])

    generate(author, paper)
    author.send("main form:has(#confirm)")
    pass_format(clerk, paper)
    return_with_remarks(first, paper, office)
    return_in_own_words(second, paper, office)

    correct(case)
    answer_each_remark(author, paper)
    pass_format(clerk, paper)

    read_what_changed(first, paper, office)
    decide(first)
    open_step(second, paper, "review", of=office.reviewers[1])
    decide(second)
    leader = window(visit, office.leader)
    open_step(leader, paper, "approve")
    decide(leader)
    assert RegisterEntry.objects.get(version__document__deliverable=paper).full_number == "01/BC-CCTĐC"

    compare_on_a_phone(window(visit, office.leader, PHONE), paper)
    keep_the_list(clerk)


def pass_format(clerk: Visitor, paper: Deliverable) -> None:
    open_step(clerk, paper, "check_format")
    for line in range(1, len(paper.checklist) + 1):
        clerk.tick(f"check_{line}")
    decide(clerk)


def return_with_remarks(here: Visitor, paper: Deliverable, office: Office) -> None:
    """By the section's own link and by the button, with and without the agency's own words."""
    open_step(here, paper, "review", of=office.reviewers[0])
    expect(here.field("remark_2")).to_be_hidden()
    # The panes scroll, the page does not: what a pane hides must not lengthen it.
    assert here.page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    here.page.locator(f'a[data-remark-place="section:{SECTION}"]').click()
    expect(here.field("place_1")).to_have_value(f"section:{SECTION}")
    expect(here.field("remark_1")).to_be_focused()
    here.page.keyboard.type("nêu rõ nhu cầu về tem")
    here.page.locator("[data-add-remark]").click()
    expect(here.field("remark_2")).to_be_visible()
    here.page.locator('[name="phrase_2"]').select_option(label=PHRASE)
    here.choose(place_2="field:figures")
    for number in (3, 4, 5):
        here.page.locator("[data-add-remark]").click()
        expect(here.field(f"remark_{number}")).to_be_visible()
    here.fill(remark_5="Sai cỡ chữ")
    here.tick("decision", "return")
    picture(here, "return-1280")
    assert here.accessibility_problems() == []
    here.send("main form:has([name=decision])")
    assert sorted(paper.remarks.values_list("section", "text")) == [
        ("", "Sai cỡ chữ"),
        (SECTION, "nêu rõ nhu cầu về tem"),
        ("Số liệu tổng hợp", PHRASE),
    ]


def return_in_own_words(here: Visitor, paper: Deliverable, office: Office) -> None:
    """Without script the link chooses the place by the address."""
    open_step(here, paper, "review", of=office.reviewers[1], query=f"?place=section:{SECTION}#remark")
    expect(here.field("place_1")).to_have_value(f"section:{SECTION}")
    here.fill(remark_1="Tách nhu cầu về tập huấn")
    decide(here, "return")


def correct(case: Case) -> None:
    """The field helper asks again, so that the next report says something else about the needs."""
    response = case.enrolments[0].survey
    response.needs = "Cần 5.000 tem và một lớp tập huấn."
    response.save(update_fields=["needs"])


def answer_each_remark(here: Visitor, paper: Deliverable) -> None:
    generate(here, paper)
    link = here.page.locator("main .remark-row legend a", has_text=SECTION).first
    expect(link).to_be_visible()
    target = str(link.get_attribute("href"))
    link.click()
    expect(here.page.locator(f"{target} p").first).to_have_text(SECTION)
    expect(here.page.locator(target)).to_be_in_viewport()
    for remark in paper.remarks.filter(addressed_at=None):
        declined = remark.anchor == Remark.Anchor.WHOLE
        here.tick(f"done_{remark.pk}", "declined" if declined else "on")
        here.fill(**{f"answer_{remark.pk}": "Cỡ chữ theo NĐ 30." if declined else "Đã bổ sung."})
    picture(here, "answer-1280")
    assert here.accessibility_problems() == []
    here.send("main form:has(#confirm)")


def read_what_changed(here: Visitor, paper: Deliverable, office: Office) -> None:
    open_step(here, paper, "review", of=office.reviewers[0])
    aside = here.page.locator(".desk-side")
    expect(aside).to_contain_text("Cỡ chữ theo NĐ 30.")
    picture(here, "remarks-1280")
    here.page.keyboard.press("d")
    expect(here.page.locator(".compare ins").first).to_be_visible()
    expect(here.page.locator(".compare")).to_contain_text("5.000")
    expect(here.page.locator(".desk-main .remarks")).to_contain_text("Mục này đã thay đổi")
    expect(here.page.locator(".desk-main .remarks")).to_contain_text("Mục này không thay đổi")
    picture(here, "changes-1280")
    assert here.accessibility_problems() == []


def compare_on_a_phone(here: Visitor, paper: Deliverable) -> None:
    before, after, _issued = DocumentVersion.objects.filter(document__deliverable=paper).order_by("number")
    here.open(f"/documents/{after.pk}/compare/{before.pk}/")
    expect(here.page.locator(".compare ins").first).to_be_visible()
    assert not here.scrolls_sideways()
    assert here.accessibility_problems() == []
    picture(here, "compare-360")
    here.page.locator('a[href="#d-1"]').first.click()
    here.page.locator('#d-1 nav a[href^="#"]').last.click()
    here.page.set_viewport_size({"width": 1280, "height": 900})
    picture(here, "compare-1280")


def keep_the_list(here: Visitor) -> None:
    """The clerk adds a standard remark, and sees which were used."""
    here.open("/remarks/phrases/")
    here.fill(text="Thiếu căn cứ pháp lý")
    here.send("main form.panel")
    expect(here.page.locator("main table")).to_contain_text("Thiếu căn cứ pháp lý")
    for page, name in (("/remarks/phrases/", "phrases"), ("/remarks/reasons/", "reasons")):
        here.open(page)
        picture(here, f"{name}-1280")
        assert here.accessibility_problems() == []
        here.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert not here.scrolls_sideways()
        picture(here, f"{name}-360")
        here.page.set_viewport_size({"width": 1280, "height": 900})
