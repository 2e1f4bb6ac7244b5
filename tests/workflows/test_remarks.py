"""Remarks tied to a place: chosen in the form, answered by the author, and checked against the next version."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.test import Client
from viewflow.workflow.models import Task

from documents import actions as documents
from documents.actions import Paper
from documents.blueprints import template_path
from documents.models import DocumentVersion
from documents.samples import SAMPLES
from people.models import User
from projects.actions import phrases
from projects.models import Deliverable, Remark
from tests.factories import desk
from tests.factories.people import Office, OrganisationFactory, member
from tests.factories.projects import make_project
from tests.workflows import steps
from workflows import actions
from workflows.changes import History, changes_of
from workflows.engine import perform
from workflows.errors import FormInvalid
from workflows.models import DeliverableProcess
from workflows.steps import Step

SECTION = "IV. KẾT LUẬN, KIẾN NGHỊ"


@pytest.fixture
def paper(gia_lai: Office) -> Deliverable:
    project = actions.start_project(make_project(gia_lai), by=gia_lai.manager)
    return Deliverable.objects.select_related("stage__project").get(stage__project=project, code="D1")


def prepare(paper: Deliverable, office: Office, **changed: Any) -> DocumentVersion:
    """Make the paper's next version, some of its data changed."""
    kind = paper.document_kind
    data = SAMPLES[kind][1]
    documents.register_template(kind, template_path(kind).read_bytes(), paper_class=type(data), by=None)
    written = Paper(kind=kind, symbol="BC", data=dataclasses.replace(data, **changed))
    return documents.prepare_draft(written, paper, by=office.manager)


def submit(paper: Deliverable, office: Office, **changed: Any) -> DocumentVersion:
    """Make the next version and submit it; every open remark is called corrected."""
    version = prepare(paper, office, **changed)
    done = {f"done_{remark.pk}": "on" for remark in paper.remarks.filter(addressed_at=None)}
    perform(steps.step(paper, "prepare"), user=office.manager, data=done)
    return version


def give_back(paper: Deliverable, user: User, node: str = "check_format", **fields: str) -> None:
    """Return the paper with the form's fields."""
    perform(steps.step(paper, node), user=user, data={"decision": "return", **fields})


def step_page(user: User, task: Task, **query: str) -> Any:
    browser = Client()
    browser.force_login(user)
    return browser.get(f"/tasks/{task.pk}/", query)


# --- choosing the place and the words --------------------------------------------------------
def test_a_remark_is_tied_to_a_section_a_field_or_the_whole(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    give_back(
        paper,
        gia_lai.clerk,
        place_1=f"section:{SECTION}", section_1="dòng 2", remark_1="Nêu rõ kiến nghị",
        place_2="field:proposals", remark_2="Thêm kinh phí",
        section_3="trang 2", remark_3="Lỗi chính tả",
        remark_4="Sai cỡ chữ",
    )  # fmt: skip
    assert list(paper.remarks.order_by("pk").values_list("anchor", "section")) == [
        ("section", f"{SECTION}, dòng 2"),
        ("field", "Proposals"),
        ("section", "trang 2"),
        ("whole", ""),
    ]


def test_the_form_offers_the_sections_and_fields_of_the_newest_version(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    page = step_page(gia_lai.clerk, steps.step(paper, "check_format"))
    groups = dict(page.context["form"].places)
    assert (f"section:{SECTION}", SECTION) in groups["Sections of the document"]
    assert ("field:proposals", "Proposals") in groups["Fields of the form"]


@pytest.mark.parametrize("place", ["section:Không có", "field:nothing", "x" * 500, "section:"])
def test_a_place_that_is_not_offered_is_refused_beside_the_field(
    paper: Deliverable, gia_lai: Office, place: str
) -> None:
    submit(paper, gia_lai)
    with pytest.raises(FormInvalid) as refused:
        give_back(paper, gia_lai.clerk, place_1=place, remark_1="Sai")
    assert list(refused.value.form.errors) == ["place_1"]


def test_the_agencys_own_active_remarks_are_offered_and_counted(
    paper: Deliverable, gia_lai: Office, son_la: Office
) -> None:
    used, retired = (phrases.add_phrase(gia_lai.organisation, text=text, by=gia_lai.clerk) for text in "AB")
    other = phrases.add_phrase(son_la.organisation, text="C", by=son_la.clerk)
    neighbour = OrganisationFactory(code="sct-gl", province=gia_lai.province, name="Sở Công Thương (giả lập)")
    next_door = phrases.add_phrase(neighbour, text="D", by=member("sct-vanthu", "clerk", neighbour))
    phrases.retire_phrase(retired, by=gia_lai.clerk)
    submit(paper, gia_lai)
    form = step_page(gia_lai.clerk, steps.step(paper, "check_format")).context["form"]
    assert [text for _key, text in form.phrase_choices[1:]] == ["A"]
    for wrong in (retired.pk, other.pk, next_door.pk, "x", 10**30):
        with pytest.raises(FormInvalid):
            give_back(paper, gia_lai.clerk, phrase_1=str(wrong))
    give_back(paper, gia_lai.clerk, phrase_1=str(used.pk))
    assert list(used.remarks.values_list("text", flat=True)) == ["A"]


def test_without_standard_remarks_the_form_does_not_offer_any(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    page = step_page(gia_lai.clerk, steps.step(paper, "check_format")).content.decode()
    assert "phrase_1" not in page
    assert "place_1" in page


def test_more_rows_than_the_four_are_taken_when_the_page_adds_them(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    give_back(paper, gia_lai.clerk, **{f"remark_{row}": f"Góp ý {row}" for row in (1, 4, 7, 30, 31, 999)})
    assert [remark.text for remark in paper.remarks.order_by("pk")] == ["Góp ý 1", "Góp ý 4", "Góp ý 7", "Góp ý 30"]


def test_a_return_without_a_remark_is_refused(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    with pytest.raises(FormInvalid) as refused:
        give_back(paper, gia_lai.clerk, place_1=f"section:{SECTION}", section_1="dòng 2")
    assert list(refused.value.form.errors) == ["remark_1"]


def test_without_script_the_sections_link_chooses_the_place(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    task = steps.step(paper, "check_format")
    page = step_page(gia_lai.clerk, task)
    assert "place=section%3AIV.%20K" in page.content.decode() or "place=section:IV.%20K" in page.content.decode()
    chosen = step_page(gia_lai.clerk, task, place=f"section:{SECTION}")
    assert f'<option value="section:{SECTION}" selected>' in chosen.content.decode()
    for odd in ("\0", "x" * 2000, "section:"):
        assert step_page(gia_lai.clerk, task, place=odd).status_code == 200


def test_a_paper_without_a_readable_file_can_still_be_returned(gia_lai: Office) -> None:
    paper = desk.first_deliverable(desk.running_project(gia_lai))
    desk.submitted(paper, gia_lai)
    desk.do(paper, "check_format", gia_lai.clerk, {"decision": "return", "remark_1": "Tệp hỏng"})
    assert paper.remarks.get().anchor == Remark.Anchor.WHOLE


# --- the author answers ----------------------------------------------------------------------
def test_the_author_sees_each_remark_with_a_link_to_its_place(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    give_back(paper, gia_lai.clerk, place_1=f"section:{SECTION}", remark_1="Nêu rõ", remark_2="Sai cỡ chữ")
    page = step_page(gia_lai.manager, steps.step(paper, "prepare"))
    first, second = page.context["form"].answer_rows()
    assert f'<a href="#{first.anchor}">{SECTION}</a>' in page.content.decode()
    assert f'id="{first.anchor}"' in page.content.decode()
    assert second.anchor == ""


def test_declining_a_remark_needs_a_reason_and_is_an_answer(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    give_back(paper, gia_lai.clerk, remark_1="Bỏ bảng 2")
    remark = paper.remarks.get()
    prepare(paper, gia_lai)
    declined = {f"done_{remark.pk}": "declined"}
    with pytest.raises(FormInvalid) as refused:
        perform(steps.step(paper, "prepare"), user=gia_lai.manager, data=declined)
    assert list(refused.value.form.errors) == [f"answer_{remark.pk}"]
    answer = {f"answer_{remark.pk}": "Bảng 2 theo mẫu"}
    perform(steps.step(paper, "prepare"), user=gia_lai.manager, data=declined | answer)
    page = step_page(gia_lai.clerk, steps.step(paper, "check_format")).content.decode()
    assert "Not corrected, with a reason" in page
    assert "Bảng 2 theo mẫu" in page


def test_before_there_is_a_new_version_nothing_is_said_about_the_places(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    give_back(paper, gia_lai.clerk, place_1=f"section:{SECTION}", remark_1="Nêu rõ")
    [row] = step_page(gia_lai.manager, steps.step(paper, "prepare")).context["form"].answer_rows()
    assert row.mark is None


# --- the next reader -------------------------------------------------------------------------
def marks_after(paper: Deliverable, office: Office, remarks: dict[str, str], **changed: Any) -> list[str]:
    """What the clerk reads about each place, after a new version with the changes."""
    submit(paper, office)
    give_back(paper, office.clerk, **remarks)
    submit(paper, office, **changed)
    page = step_page(office.clerk, steps.step(paper, "check_format"))
    return [remark["mark"].label if remark["mark"] else "" for remark in page.context["done_remarks"]]


def test_a_place_that_did_not_change_is_a_warning_although_the_author_says_corrected(
    paper: Deliverable, gia_lai: Office
) -> None:
    remarks = {"place_1": f"section:{SECTION}", "remark_1": "Nêu rõ", "place_2": "field:figures", "remark_2": "Sai"}
    found = marks_after(paper, gia_lai, remarks, survey_from="01/02/2026")
    assert found == ["This place did not change"] * 2
    page = step_page(gia_lai.clerk, steps.step(paper, "check_format")).content.decode()
    assert "This place did not change" in page


def test_a_place_that_changed_is_told(paper: Deliverable, gia_lai: Office) -> None:
    remarks = {
        "place_1": f"section:{SECTION}", "section_1": "dòng 1", "remark_1": "Nêu rõ",
        "place_2": "field:proposals", "remark_2": "Thêm", "remark_3": "Sai cỡ chữ",
    }  # fmt: skip
    found = marks_after(paper, gia_lai, remarks, proposals=("Cấp kinh phí tem cho 17 chủ thể",))
    assert found == ["This place changed", "This place changed", ""]


def test_a_place_that_is_gone_is_told(paper: Deliverable, gia_lai: Office) -> None:
    data = SAMPLES["survey_report_products"][1]
    submit(paper, gia_lai)
    group = data.groups[0].name
    give_back(paper, gia_lai.clerk, remark_1="x", place_2=f"section:{SECTION}", remark_2="y")
    paper.remarks.filter(text="x").update(anchor="section", section=f"Nhóm {group}")
    submit(paper, gia_lai, proposals=("Mới",))
    page = step_page(gia_lai.clerk, steps.step(paper, "check_format"))
    assert [r["mark"].label if r["mark"] else "" for r in page.context["done_remarks"]] == ["", "This place changed"]


def test_the_changes_are_those_since_the_version_that_the_reader_returned(paper: Deliverable, gia_lai: Office) -> None:
    first = submit(paper, gia_lai)
    give_back(paper, gia_lai.clerk, remark_1="Sai cỡ chữ")
    second = submit(paper, gia_lai, survey_from="01/02/2026")
    steps.pass_format(paper, gia_lai)
    for reviewer in gia_lai.reviewers[:2]:
        steps.review(paper, reviewer, "return", "Bổ sung")
    prepare(paper, gia_lai, survey_from="02/02/2026")
    third = submit(paper, gia_lai, survey_from="03/02/2026")
    seen = History(paper)
    assert (seen.rounds, seen.newest) == ({1: first, 2: second, 3: third}, third)
    step = Step(steps.step(paper, "check_format"))
    for user, since in ((gia_lai.clerk, first), (gia_lai.reviewers[0], second), (gia_lai.leader, second)):
        changes = changes_of(step, user)
        assert changes is not None
        assert (changes["comparison"].before, changes["comparison"].after) == (since, third)
    clerk, leader = changes_of(step, gia_lai.clerk), changes_of(step)
    assert clerk is not None
    assert leader is not None
    assert clerk["reason"] == "Changes since version 1, which you returned in round 1."
    assert leader["reason"] == "Changes since version 2, submitted in round 2."


def test_there_is_nothing_to_compare_in_the_first_round(paper: Deliverable, gia_lai: Office) -> None:
    submit(paper, gia_lai)
    assert changes_of(Step(steps.step(paper, "check_format")), gia_lai.clerk) is None


def test_the_desk_shows_the_changes_beside_the_decision(paper: Deliverable, gia_lai: Office) -> None:
    first = submit(paper, gia_lai)
    give_back(paper, gia_lai.clerk, remark_1="Sai cỡ chữ")
    second = submit(paper, gia_lai, survey_from="01/02/2026")
    page = step_page(gia_lai.clerk, steps.step(paper, "check_format"), show="changes")
    text = page.content.decode()
    assert f"/documents/{second.pk}/compare/{first.pk}/" in text
    assert "<ins>" in text
    assert 'name="decision"' in text


def test_a_cancelled_run_is_a_round_of_its_own(paper: Deliverable, gia_lai: Office) -> None:
    first = submit(paper, gia_lai)
    process = DeliverableProcess.objects.get(deliverable=paper)
    actions.cancel_deliverable(process, by=gia_lai.manager, reason="Lập lại từ đầu")
    actions.restart_deliverable(paper, by=gia_lai.manager)
    second = submit(paper, gia_lai, survey_from="01/02/2026")
    changes = changes_of(Step(steps.step(paper, "check_format")), gia_lai.clerk)
    assert changes is not None
    assert (changes["comparison"].before, changes["comparison"].after) == (first, second)
