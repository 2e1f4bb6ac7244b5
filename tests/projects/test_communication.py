"""Communication: evidence decides what counts, a plan by years, channels, and the log of legal texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects import policies
from projects.actions import communication as actions
from projects.communication_plan import years_of
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Channel, CommunicationEvent, LegalText, PilotProject, Publication
from registry.models import Standard
from tests.factories.fieldwork import questionnaires
from tests.factories.files import PDF
from tests.factories.people import Office
from tests.factories.projects import make_project

BASE = "/projects/GL-99/communication/"
DAY = date(2026, 6, 1)
EVENT: dict[str, Any] = {"kind": "article", "title": "Bài viết", "held_on": "01/06/2026", "channel": "Báo",
                         "evidence": "12/GM"}  # fmt: skip


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.helper)
    questionnaires()
    return make_project(gia_lai)


def record(project: PilotProject, office: Office, **values: Any) -> CommunicationEvent:
    facts = {"kind": "article", "title": "Bài viết", "held_on": DAY, "channel": "Báo", "evidence": "12/GM", **values}
    return actions.record_communication(project, by=office.helper, **facts)


def counted(project: PilotProject) -> int:
    return project.communication_events.counted().count()


# --- what counts -----------------------------------------------------------------------------
@pytest.mark.requirement("QT-II.1e")
def test_a_television_report_counts_from_its_broadcast(project: PilotProject, gia_lai: Office) -> None:
    report = record(project, gia_lai, kind="television", evidence="https://vidu.example/ps")
    assert (counted(project), bool(report.missing)) == (0, True)
    actions.change_communication(report, broadcast_on=DAY, by=gia_lai.helper)
    assert (counted(project), report.missing) == (1, "")


@pytest.mark.requirement("QT-II.1f")
def test_a_workshop_counts_with_its_minutes(project: PilotProject, gia_lai: Office) -> None:
    workshop = record(project, gia_lai, kind="workshop", evidence="")
    assert "minutes" in workshop.missing
    assert policies.communication_events_at_least(project, 1) != ""
    actions.change_communication(workshop, evidence="03/BB-CCTĐC", by=gia_lai.helper)
    assert policies.communication_events_at_least(project, 1) == ""


def test_a_file_is_evidence_and_is_only_ever_downloaded(client: Client, project: PilotProject) -> None:
    posted = {**EVENT, "evidence": "", "file": SimpleUploadedFile("x.html", PDF)}
    assert client.post(f"{BASE}new/", posted).status_code == 302
    event = CommunicationEvent.objects.get()
    assert counted(project) == 1
    answer = client.get(f"{BASE}{event.pk}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="GL-99-bai-viet.pdf"'
    assert b"".join(answer.streaming_content) == PDF


def test_a_file_of_another_kind_is_refused(client: Client, project: PilotProject) -> None:
    posted = {**EVENT, "evidence": "", "file": SimpleUploadedFile("x.pdf", b"<html>")}
    assert client.post(f"{BASE}new/", posted).status_code == 422
    assert not CommunicationEvent.objects.exists()


def test_an_event_keeps_its_file_when_only_words_change(client: Client, project: PilotProject) -> None:
    client.post(f"{BASE}new/", {**EVENT, "evidence": "", "file": SimpleUploadedFile("x.pdf", PDF)})
    event = CommunicationEvent.objects.get()
    assert client.post(f"{BASE}{event.pk}/", {**EVENT, "evidence": "", "title": "Bài khác"}).status_code == 302
    changed = CommunicationEvent.objects.get()
    assert (changed.title, str(changed.file)) == ("Bài khác", str(event.file))


# --- the plan --------------------------------------------------------------------------------
@pytest.mark.requirement("TH-T1")
def test_each_year_needs_an_event_with_evidence(project: PilotProject, gia_lai: Office) -> None:
    first = project.starts_on.year
    record(project, gia_lai, held_on=date(first, 12, 1))
    record(project, gia_lai, held_on=date(first + 1, 3, 1), evidence="", title="Chưa có minh chứng")
    actions.plan_communication(
        project, kind="article", title="Chuyên đề", due_on=date(first + 1, 12, 15), by=gia_lai.helper
    )
    today = date(first + 1, 6, 1)
    met, open_year, *later = years_of(project, project.communication_events.all(), today)
    assert (met.number, met.is_met) == (first, True)
    assert (open_year.is_met, open_year.is_late(today)) == (False, False)
    assert [event.title for event in open_year.waiting] == ["Chưa có minh chứng"]
    assert [line.title for line in open_year.planned] == ["Chuyên đề"]
    assert open_year.is_late(date(first + 2, 1, 1))
    assert not any(year.is_met for year in later)


def test_a_line_is_added_to_the_plan_on_its_page(client: Client, project: PilotProject) -> None:
    client.post(f"{BASE}plan/", {"kind": "article", "title": "Chuyên đề cuối năm", "due_on": "15/12/2026"})
    assert "Chuyên đề cuối năm" in client.get(BASE).content.decode()


# --- channels --------------------------------------------------------------------------------
@pytest.mark.requirement("QT-II.1d")
@pytest.mark.requirement("BK-III.1a")
def test_an_event_has_a_channel_of_the_catalogue_a_day_and_a_link(client: Client, project: PilotProject) -> None:
    site = Channel.objects.get(name="Trang thông tin điện tử của Sở Công Thương")
    posted = {**EVENT, "channel": "", "outlet": site.pk, "evidence": "https://vidu.example/bai"}
    assert client.post(f"{BASE}new/", posted).status_code == 302
    event = CommunicationEvent.objects.get()
    assert (event.outlet, event.held_on, event.where) == (site, DAY, site.name)


def test_an_event_is_told_somewhere(client: Client, project: PilotProject) -> None:
    assert client.post(f"{BASE}new/", {**EVENT, "channel": "", "outlet": ""}).status_code == 422


def test_a_channel_of_another_province_is_not_offered(client: Client, project: PilotProject, son_la: Office) -> None:
    theirs = actions.add_channel(son_la.province, kind="press", name="Báo Sơn La", address="", by=son_la.manager)
    assert client.post(f"{BASE}new/", {**EVENT, "outlet": theirs.pk}).status_code == 422


def test_a_manager_adds_a_channel_and_a_helper_does_not(client: Client, project: PilotProject, gia_lai: Office) -> None:
    posted = {"kind": "press", "name": "Báo Gia Lai (giả lập)", "address": ""}
    assert client.post("/communication/channels/", posted).status_code == 403
    client.force_login(gia_lai.manager)
    assert client.post("/communication/channels/", posted).status_code == 302
    assert Channel.objects.get(province=gia_lai.province).name == "Báo Gia Lai (giả lập)"


# --- legal texts -----------------------------------------------------------------------------
@pytest.mark.requirement("QT-II.1c")
def test_the_library_flags_a_superseded_text_and_the_log_refuses_it(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    codes = set(LegalText.objects.values_list("code", flat=True))
    assert {"100/QĐ-TTg", "TCVN 12827:2019", "TCVN 12850:2019", "TCVN 12851:2019"} <= codes
    client.force_login(gia_lai.manager)
    site = Channel.objects.get(name="Trang thông tin điện tử của Sở Công Thương")
    old, new = (LegalText.objects.get(code=code) for code in ("TCVN 12827:2019", "TCVN 12850:2019"))
    line = {"channel": site.pk, "published_on": "01/06/2026", "evidence": "https://vidu.example/vb"}
    assert client.post("/communication/legal-texts/", {**line, "text": old.pk}).status_code == 422
    assert client.post("/communication/legal-texts/", {**line, "text": new.pk}).status_code == 302
    entry = Publication.objects.get()
    assert (entry.text, entry.channel, entry.published_on) == (new, site, DAY)
    page = client.get("/communication/legal-texts/").content.decode()
    assert "by TCVN 12827:2023" in page


@pytest.mark.requirement("QT-II.1c")
def test_the_provinces_own_plan_is_added_to_the_library(client: Client, project: PilotProject, gia_lai: Office) -> None:
    posted = {"code": "5883/KH-UBND", "title": "Kế hoạch", "issuer": "UBND tỉnh", "issued_on": "21/12/2020"}
    assert client.post("/communication/legal-texts/new/", posted).status_code == 403
    client.force_login(gia_lai.manager)
    assert client.post("/communication/legal-texts/new/", posted).status_code == 302
    assert LegalText.objects.get(code="5883/KH-UBND").issued_on == date(2020, 12, 21)
    again = client.post("/communication/legal-texts/new/", posted)
    assert again.status_code == 422
    assert "The register has a text of this number already" in again.content.decode()


def test_the_same_line_of_the_log_twice_is_one(project: PilotProject, gia_lai: Office) -> None:
    text, channel = LegalText.objects.get(code="100/QĐ-TTg"), Channel.objects.all()[0]
    for _again in range(2):
        actions.publish_text(
            gia_lai.province, text=text, channel=channel, published_on=DAY, evidence="x", by=gia_lai.manager
        )
    assert Publication.objects.count() == 1


def test_a_standard_of_the_register_that_ended_is_superseded_too(project: PilotProject, gia_lai: Office) -> None:
    ended = Standard.objects.create(
        code="TCVN 1:2010", title="Cũ", kind="tcvn", effective_from=date(2010, 1, 1), effective_to=date(2020, 1, 1)
    )
    text = LegalText.objects.create(code="TCVN 1:2010", title="Cũ", standard=ended)
    assert not text.is_superseded_on(date(2019, 1, 1))
    with pytest.raises(NotAllowedNow):
        actions.publish_text(
            gia_lai.province, text=text, channel=Channel.objects.all()[0], published_on=DAY, evidence="x",
            by=gia_lai.manager,
        )  # fmt: skip


def test_a_helper_does_not_write_the_log_and_a_stranger_does_not_read_it(
    client: Client, project: PilotProject, gia_lai: Office, son_la: Office
) -> None:
    text, channel = LegalText.objects.get(code="100/QĐ-TTg"), Channel.objects.all()[0]
    facts = {"text": text, "channel": channel, "published_on": DAY, "evidence": "12/GM"}
    with pytest.raises(NotAllowedForYou):
        actions.publish_text(gia_lai.province, by=gia_lai.helper, **facts)
    actions.publish_text(gia_lai.province, by=gia_lai.manager, **facts)
    client.force_login(son_la.manager)
    assert list(client.get("/communication/legal-texts/").context["published"]) == []
