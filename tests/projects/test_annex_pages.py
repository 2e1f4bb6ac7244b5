"""Entering a plan and adding the lines of its annex: dry run first, nothing kept before it is confirmed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.models import AuditEvent
from projects.actions import annex as actions
from projects.annex.draft import draft
from projects.annex.grid import from_text
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Funding, Plan, PlanLine, Programme
from tests.factories.people import Office, signed_in
from tests.projects import annex_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(gia_lai: Office) -> Plan:
    """A plan without lines."""
    programme = Programme.objects.create(province=gia_lai.province, code="gl", title="Chương trình (giả lập)")
    return Plan.objects.create(
        programme=programme, kind="plan", number="27/KH-SKHCN", issuer=gia_lai.organisation, title="Kế hoạch"
    )


def url(plan: Plan) -> str:
    return f"/plans/{plan.pk}/lines/"


def dry_run(client: Client, plan: Plan, **data: Any) -> tuple[str, dict[str, str]]:
    """Give the table; return the page and what its form would send."""
    answer = client.post(url(plan), data or {"text": annex_files.pasted(), "body": annex_files.BODY})
    page = answer.content.decode()
    fields = {"source": unescape(re.findall(r'name="source" value="([^"]+)"', page)[0])}
    for name, options in re.findall(r'<select name="(column-\d+)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = next(iter(re.findall(r'value="(\w*)" selected', options)), "")
    return page, fields


def test_a_dry_run_shows_the_lines_and_keeps_nothing(plan: Plan, gia_lai: Office) -> None:
    page, _fields = dry_run(signed_in(gia_lai.manager), plan)
    assert "8 lines were read. Nothing is kept yet." in page
    assert "3 lines do not fit together as printed" in page
    assert "01/04/2021 – 30/09/2021" in page
    assert "The body of the plan says 02 mô hình, the annex says 2-5 mô hình." in page
    assert not PlanLine.objects.exists()


@pytest.mark.requirement("QT-PL.7")
@pytest.mark.requirement("QT-PL.8")
def test_the_lines_are_added_once_they_are_confirmed(plan: Plan, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    _page, fields = dry_run(client, plan)
    answer = client.post(url(plan), {**fields, "add": ""})
    assert answer.headers["Location"] == plan.get_absolute_url()
    lines = list(plan.lines.all())
    assert [line.printed_number for line in lines] == ["1", "3", "3", "4", "5", "6", "7", "8"]
    assert [line.period_text for line in lines[:3]] == ["Quý II/2021", "Quý II/2021", "Quý II-III/2021"]
    assert (lines[6].target_min, lines[6].target_max) == (2, 5)
    assert "02 mô hình" in lines[6].flags[0]
    event = AuditEvent.objects.get(verb="plan.annex_imported")
    assert event.facts == {"count": 8, "lines": [line.pk for line in lines]}
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert "Quý II-III/2021" in shown
    assert "Bộ Khoa học và Công nghệ" in shown


@pytest.mark.parametrize(
    ("name", "data"), [("phu-luc.xlsx", annex_files.workbook()), ("phu-luc.docx", annex_files.document())]
)
def test_a_file_gives_the_same_lines(plan: Plan, gia_lai: Office, name: str, data: bytes) -> None:
    client = signed_in(gia_lai.manager)
    _page, fields = dry_run(client, plan, file=SimpleUploadedFile(name, data))
    client.post(url(plan), {**fields, "add": ""})
    assert plan.lines.count() == 8


def test_the_same_form_sent_twice_adds_the_lines_once(plan: Plan, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    _page, fields = dry_run(client, plan)
    client.post(url(plan), {**fields, "add": ""})
    again = client.post(url(plan), {**fields, "add": ""})
    assert again.status_code == 422
    assert "already" in again.content.decode()
    assert plan.lines.count() == 8


def test_lines_that_are_there_stay_and_new_ones_come_after(plan: Plan, gia_lai: Office) -> None:
    first = PlanLine.objects.create(plan=plan, position=1, printed_number="1", title="Việc cũ")
    made = draft(from_text("STT\tNội dung\n2\tViệc mới")).lines
    actions.add_lines(plan, made, by=gia_lai.manager)
    first.refresh_from_db()
    assert first.title == "Việc cũ"
    assert [line.title for line in plan.lines.all()] == ["Việc cũ", "Việc mới"]


def test_columns_are_changed_before_the_lines_are_added(plan: Plan, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    _page, fields = dry_run(client, plan, text="STT\tNhiệm vụ\tAi làm\n1\tTập huấn\tChi cục")
    assert fields["column-2"] == ""
    shown = client.post(url(plan), {**fields, "column-2": "lead", "check": ""}).content.decode()
    assert "Nothing is kept yet" in shown
    client.post(url(plan), {**fields, "column-2": "lead", "add": ""})
    assert plan.lines.get().lead == "Chi cục"


def test_one_meaning_for_two_columns_is_refused_beside_the_column(plan: Plan, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    _page, fields = dry_run(client, plan)
    answer = client.post(url(plan), {**fields, "column-2": "title", "add": ""})
    assert answer.status_code == 422
    assert "chosen for two columns" in answer.content.decode()
    assert not plan.lines.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"text": "không phải bảng"}, {"file": SimpleUploadedFile("a.docx", b"MZ")},
     {"file": SimpleUploadedFile("a.pdf", b"%PDF")}, {"source": "nonsense", "add": ""}],
    ids=["nothing", "no table", "no document", "wrong type", "forged"],
)  # fmt: skip
def test_bad_input_is_refused_in_words(plan: Plan, gia_lai: Office, data: dict[str, Any]) -> None:
    for file in data.values():
        getattr(file, "seek", lambda _place: None)(0)
    answer = signed_in(gia_lai.manager).post(url(plan), data)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not plan.lines.exists()


def test_a_dry_run_of_another_plan_is_not_taken(plan: Plan, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    _page, fields = dry_run(client, plan)
    other = Plan.objects.create(programme=plan.programme, kind="plan", issuer=plan.issuer, title="Kế hoạch khác")
    assert client.post(url(other), {**fields, "add": ""}).status_code == 422
    assert not other.lines.exists()


def added(plan: Plan, office: Office) -> list[PlanLine]:
    return actions.add_lines(plan, draft(from_text(annex_files.pasted())).lines, by=office.manager)


def test_the_lines_added_last_are_taken_back(plan: Plan, gia_lai: Office) -> None:
    old = PlanLine.objects.create(plan=plan, position=1, printed_number="0", title="Việc cũ")
    added(plan, gia_lai)
    client = signed_in(gia_lai.manager)
    assert "Take 8 lines back?" in client.get(f"{url(plan)}undo/").content.decode()
    client.post(f"{url(plan)}undo/")
    assert list(plan.lines.all()) == [old]
    with pytest.raises(NotAllowedNow, match="taken back already"):
        actions.undo_import(plan, by=gia_lai.manager)


def test_lines_with_money_or_a_project_are_not_taken_back(plan: Plan, gia_lai: Office) -> None:
    line = added(plan, gia_lai)[1]
    Funding.objects.create(line=line, source="state", year=2021, planned=1)
    with pytest.raises(NotAllowedNow, match="lines in use"):
        actions.undo_import(plan, by=gia_lai.manager)
    assert plan.lines.count() == 8
    assert "can no longer be taken back" in signed_in(gia_lai.manager).get(url(plan)).content.decode()


def test_lines_and_plans_are_the_managers_to_enter(plan: Plan, gia_lai: Office, son_la: Office) -> None:
    lines = draft(from_text(annex_files.pasted())).lines
    for user in (gia_lai.clerk, gia_lai.leader, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            actions.add_lines(plan, lines, by=user)
        with pytest.raises(NotAllowedForYou):
            actions.undo_import(plan, by=user)
        with pytest.raises(NotAllowedForYou):
            actions.register_plan(
                plan.programme, kind="plan", number="1", title="Kế hoạch", issuer=plan.issuer, by=user
            )
    assert signed_in(gia_lai.clerk).get(url(plan)).status_code == 403
    assert signed_in(son_la.manager).get(url(plan)).status_code == 404


def test_a_manager_enters_a_plan_and_goes_on_to_its_lines(plan: Plan, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    page = f"/programmes/{plan.programme.code}/plans/new/"
    assert page in client.get(plan.programme.get_absolute_url()).content.decode()
    data = {"kind": "notice", "number": "29/TB-CCTĐC", "issued_on": "17/02/2022", "title": "Thông báo",
            "issuer": gia_lai.organisation.pk}  # fmt: skip
    answer = client.post(page, data)
    new = Plan.objects.get(number="29/TB-CCTĐC")
    assert answer.headers["Location"] == url(new)
    assert f"{new.issued_on:%d/%m/%Y}" == "17/02/2022"
    again = client.post(page, data)
    assert again.status_code == 422
    assert "already" in again.content.decode()


def test_an_issuer_of_another_province_is_refused(plan: Plan, gia_lai: Office, son_la: Office) -> None:
    with pytest.raises(NotAllowedNow, match="another province"):
        actions.register_plan(
            plan.programme, kind="plan", number="9", title="Kế hoạch", issuer=son_la.organisation, by=gia_lai.manager
        )


def test_an_empty_plan_says_what_to_do_first(plan: Plan, gia_lai: Office) -> None:
    assert url(plan) in signed_in(gia_lai.manager).get(plan.get_absolute_url()).content.decode()
    assert url(plan) not in signed_in(gia_lai.clerk).get(plan.get_absolute_url()).content.decode()


def test_no_lines_are_not_added(plan: Plan, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="no line to add"):
        actions.add_lines(plan, [], by=gia_lai.manager)
