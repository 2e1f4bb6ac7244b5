"""Milestones: who may report, what a report needs, the evidence, and the row on the project's page."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people import audit
from projects.actions.milestones import assign_milestone, reach_milestone, report_progress
from projects.actions.project import start_project
from projects.doors import EVIDENCE
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Milestone, MilestoneReport, PilotProject
from registry.errors import FileRefused
from tests.factories.files import PDF, package, picture
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.steering import milestone_of

TODAY = date(2022, 3, 15)
NOW = datetime(2022, 3, 15, 3, tzinfo=UTC)


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return start_project(make_project(gia_lai), by=gia_lai.manager)


@pytest.fixture
def milestone(project: PilotProject) -> Milestone:
    return milestone_of(project, due_on=TODAY + timedelta(days=5))


def report(milestone: Milestone, **given: Any) -> MilestoneReport:
    return report_progress(milestone, **{"percent": 40, "by": milestone.stage.project.manager, "now": NOW, **given})


def upload(data: bytes, name: str = "bien-ban.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# --- reporting -------------------------------------------------------------------------------
def test_a_report_moves_the_percent_and_stays_in_the_history(milestone: Milestone) -> None:
    report(milestone, percent=40, note="Đã xong 7 chủ thể")
    report(milestone, percent=70, note="Đã xong 12 chủ thể")
    milestone.refresh_from_db()
    assert milestone.percent == 70
    assert [one.percent for one in milestone.reports.all()] == [70, 40]
    assert milestone.reached_at is None


def test_the_same_report_twice_is_one_report(milestone: Milestone) -> None:
    first = report(milestone, note="Gửi hai lần")
    assert report(milestone, note="Gửi hai lần") == first
    assert milestone.reports.count() == 1


def test_a_hundred_percent_reaches_the_milestone(milestone: Milestone, gia_lai: Office) -> None:
    report(milestone, percent=100, note="Biên bản 12/BB-CCTĐC")
    milestone.refresh_from_db()
    assert (milestone.reached_at, milestone.reached_by, milestone.percent) == (NOW, gia_lai.manager, 100)


def test_reaching_needs_a_file_or_a_note_that_names_the_paper(milestone: Milestone) -> None:
    with pytest.raises(NotAllowedNow, match="evidence"):
        report(milestone, percent=100)
    assert report(milestone, percent=100, evidence=EVIDENCE.accept(io.BytesIO(PDF))).percent == 100


def test_a_late_milestone_needs_a_note_that_explains_even_with_a_file(project: PilotProject) -> None:
    late = milestone_of(project, due_on=TODAY - timedelta(days=1))
    with pytest.raises(NotAllowedNow, match="explain"):
        report(late, percent=100, evidence=EVIDENCE.accept(io.BytesIO(PDF)))
    report(late, percent=100, note="Mưa lũ, lùi hai ngày", evidence=EVIDENCE.accept(io.BytesIO(PDF)))
    late.refresh_from_db()
    assert late.reached_at == NOW


def test_on_its_day_a_milestone_is_not_late_yet(project: PilotProject) -> None:
    today = milestone_of(project, due_on=TODAY)
    assert report(today, percent=50).percent == 50


def test_reaching_twice_changes_nothing(milestone: Milestone, gia_lai: Office) -> None:
    reach_milestone(milestone, by=gia_lai.manager, note="Biên bản 12/BB", now=NOW)
    reach_milestone(milestone, by=gia_lai.manager, note="Biên bản 12/BB", now=NOW + timedelta(days=3))
    milestone.refresh_from_db()
    assert milestone.reached_at == NOW
    assert audit.history(milestone.stage.project).filter(verb="project.milestone_reached").count() == 1


def test_a_reached_milestone_takes_more_evidence_but_does_not_go_back(milestone: Milestone) -> None:
    report(milestone, percent=100, note="Biên bản 12/BB")
    with pytest.raises(NotAllowedNow, match="is reached"):
        report(milestone, percent=90, note="Chưa xong")
    report(
        milestone, percent=100, note="Bản ký", evidence=EVIDENCE.accept(io.BytesIO(PDF)), now=NOW + timedelta(days=1)
    )
    milestone.refresh_from_db()
    assert (milestone.reached_at, milestone.reports.count()) == (NOW, 2)


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_between_0_and_100_percent(milestone: Milestone, percent: int) -> None:
    with pytest.raises(NotAllowedNow):
        report(milestone, percent=percent, note="?")


def test_a_draft_project_takes_no_reports(gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="running"):
        report(milestone_of(make_project(gia_lai), due_on=TODAY))


# --- who -------------------------------------------------------------------------------------
def test_the_owner_reports_although_no_manager(milestone: Milestone, gia_lai: Office) -> None:
    assign_milestone(milestone, owner=gia_lai.helper, is_legal=False, by=gia_lai.manager)
    assert report(milestone, by=gia_lai.helper).by == gia_lai.helper


@pytest.mark.parametrize("role", ["clerk", "helper", "leader"])
def test_others_do_not_report(milestone: Milestone, gia_lai: Office, role: str) -> None:
    with pytest.raises(NotAllowedForYou):
        report(milestone, by=getattr(gia_lai, role))


def test_only_a_manager_names_the_owner(milestone: Milestone, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        assign_milestone(milestone, owner=gia_lai.helper, is_legal=False, by=gia_lai.helper)


def test_an_owner_takes_part_in_the_project(milestone: Milestone, gia_lai: Office, son_la: Office) -> None:
    with pytest.raises(NotAllowedNow, match="takes no part"):
        assign_milestone(milestone, owner=son_la.helper, is_legal=False, by=gia_lai.manager)


def test_a_reached_milestone_keeps_its_owner(milestone: Milestone, gia_lai: Office) -> None:
    reach_milestone(milestone, by=gia_lai.manager, note="Biên bản 12/BB", now=NOW)
    with pytest.raises(NotAllowedNow, match="its owner stays"):
        assign_milestone(milestone, owner=gia_lai.helper, is_legal=False, by=gia_lai.manager)


def test_the_log_says_who_became_the_owner_by_id_only(milestone: Milestone, gia_lai: Office) -> None:
    assign_milestone(milestone, owner=gia_lai.helper, is_legal=True, by=gia_lai.manager)
    facts = {event.verb: event.facts for event in audit.history(milestone.stage.project)[:2]}
    assert facts["project.milestone_assigned"]["to"] == gia_lai.helper.pk
    assert "project.milestone_made_legal" in facts


# --- evidence --------------------------------------------------------------------------------
def test_a_pdf_and_a_word_document_are_kept_as_they_came() -> None:
    assert EVIDENCE.accept(io.BytesIO(PDF)).data == PDF
    assert EVIDENCE.accept(io.BytesIO(package("word/document.xml"))).suffix == ".docx"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew(kind: str) -> None:
    kept = EVIDENCE.accept(io.BytesIO(picture(kind) + b"<script>hidden</script>"))
    assert (kept.suffix, kept.data[:3]) == (".jpg", b"\xff\xd8\xff")
    assert b"hidden" not in kept.data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00 program",
        b"\x89PNG\r\n\x1a\n damaged",
        b"PK\x03\x04 damaged",
        PDF[:-7],
        package("xl/workbook.xml"),
        package("word/document.xml", "word/vbaProject.bin"),
        b"%PDF-1.4" + b"0" * EVIDENCE.max_bytes,
    ],
    ids=["empty", "html", "program", "png", "zip", "cut_pdf", "workbook", "macros", "large"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        EVIDENCE.accept(io.BytesIO(data))


def test_a_file_is_named_by_its_content_and_stored_once(milestone: Milestone) -> None:
    first = report(milestone, percent=10, evidence=EVIDENCE.accept(io.BytesIO(PDF)))
    second = report(milestone, percent=20, evidence=EVIDENCE.accept(io.BytesIO(PDF)))
    assert first.file.name == second.file.name
    assert first.file_sha256 in first.file.name


# --- pages -----------------------------------------------------------------------------------
@pytest.fixture
def desk(client: Client, gia_lai: Office) -> Client:
    client.force_login(gia_lai.manager)
    return client


@pytest.fixture
def soon(project: PilotProject) -> Milestone:
    return milestone_of(project, due_on=date(2999, 1, 1))


def url(milestone: Milestone) -> str:
    return f"/projects/GL-99/milestones/{milestone.pk}/"


def test_without_script_a_report_leads_back_to_the_project(desk: Client, soon: Milestone) -> None:
    answer = desk.post(url(soon), {"percent": "100", "note": "", "file": upload(PDF)})
    assert answer["Location"] == "/projects/GL-99/"
    assert soon.reports.get().file_sha256


def test_with_script_the_row_becomes_a_form_and_a_row_again(desk: Client, soon: Milestone) -> None:
    form = desk.get(url(soon), headers={"HX-Request": "true"}).content.decode()
    assert form.lstrip().startswith(f'<tr id="milestone-{soon.pk}">')
    assert 'type="file"' in form
    answer = desk.post(url(soon), {"percent": "60"}, headers={"HX-Request": "true"})
    assert "announce" in answer["HX-Trigger"]
    assert "60%" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_cancelling_gives_the_row_back(desk: Client, soon: Milestone) -> None:
    row = desk.get(f"{url(soon)}?row", headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in row
    assert soon.title in row


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"percent": "101"},
        {"percent": "ba"},
        {"percent": "9" * 400},
        {"percent": "50", "note": "\x00"},
        {"percent": "50", "file": upload(b"<html>", "x.pdf")},
        {"percent": "100"},
    ],
    ids=["nothing", "too much", "no number", "long", "nul", "html as pdf", "no evidence"],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "row"])
def test_a_wrong_report_shows_the_form_again(
    desk: Client, soon: Milestone, sent: dict[str, Any], headers: dict[str, str]
) -> None:
    assert desk.post(url(soon), sent, headers=headers).status_code == 422
    assert not soon.reports.exists()


def test_evidence_is_sent_as_an_attachment_that_no_browser_guesses(desk: Client, soon: Milestone) -> None:
    desk.post(url(soon), {"percent": "100", "file": upload(PDF)})
    answer = desk.get(f"/projects/GL-99/evidence/{soon.reports.get().pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


def test_evidence_is_not_there_for_another_province(desk: Client, soon: Milestone, son_la: Office) -> None:
    desk.post(url(soon), {"percent": "100", "file": upload(PDF)})
    desk.force_login(son_la.manager)
    assert desk.get(f"/projects/GL-99/evidence/{soon.reports.get().pk}/").status_code == 404


def test_a_file_that_was_changed_on_the_disk_is_not_sent(desk: Client, soon: Milestone, settings: Any) -> None:
    desk.post(url(soon), {"percent": "100", "file": upload(PDF)})
    kept = soon.reports.get()
    with open(f"{settings.MEDIA_ROOT}/{kept.file.name}", "wb") as stored:
        stored.write(b"something else")
    assert desk.get(f"/projects/GL-99/evidence/{kept.pk}/")["Location"] == url(soon)


def test_the_owner_is_set_on_the_milestones_page(
    desk: Client, soon: Milestone, gia_lai: Office, son_la: Office
) -> None:
    desk.post(f"{url(soon)}owner/", {"owner": gia_lai.helper.pk, "is_legal": "on"})
    desk.post(f"{url(soon)}owner/", {"owner": son_la.helper.pk})
    desk.post(f"{url(soon)}owner/", {"owner": "9" * 30})
    soon.refresh_from_db()
    assert (soon.owner, soon.is_legal) == (gia_lai.helper, True)


def test_the_owner_sees_the_report_button_and_a_clerk_does_not(
    client: Client, soon: Milestone, gia_lai: Office
) -> None:
    assign_milestone(soon, owner=gia_lai.helper, is_legal=False, by=gia_lai.manager)
    for user, sees in ((gia_lai.helper, True), (gia_lai.clerk, False)):
        client.force_login(user)
        assert (f'hx-get="{url(soon)}"' in client.get("/projects/GL-99/").content.decode()) is sees
