"""The notice of missions and its annex: the list in five columns."""

from __future__ import annotations

import json

import pytest

from documents import actions as documents
from documents.errors import NotReady
from documents.models import Document
from projects.errors import NotAllowedForYou
from projects.models import ExpectedDeliverable, Plan, PlanLine, Programme
from tests.factories.people import Office
from tests.workflows.papers.cast import DATA, NOW, text_of
from workflows import papers, sending
from workflows.builtin_templates import register_builtin_template

NOTICE = "mission_notice"


@pytest.fixture
def notice(gia_lai: Office) -> Plan:
    """Thông báo 29/TB-CCTĐC with its two missions, from the demo's data."""
    register_builtin_template(NOTICE)
    gia_lai.organisation.name = "Chi cục Tiêu chuẩn Đo lường Chất lượng"
    gia_lai.organisation.save(update_fields=["name"])
    programmes = json.loads((DATA / "programmes.json").read_text(encoding="utf-8"))["programmes"]
    row = programmes[0]["plans"][0]
    plan = Plan.objects.create(
        programme=Programme.objects.create(province=gia_lai.province, code="gl-2022", title="Chương trình"),
        issuer=gia_lai.organisation,
        **{name: row[name] for name in ("kind", "number", "issued_on", "title", "annex_title")},
    )
    for position, line in enumerate(row["sections"][0]["lines"], start=1):
        made = PlanLine.objects.create(
            plan=plan,
            position=position,
            **{name: line[name] for name in ("printed_number", "title", "objective", "recipients", "note")},
        )
        for number, title in enumerate(line["products"], start=1):
            ExpectedDeliverable.objects.create(line=made, position=number, title=title)
    return plan


@pytest.mark.requirement("GL-01")
def test_the_annex_has_the_five_columns_of_the_notice_in_order_and_two_rows(notice, gia_lai):
    text = text_of(papers.prepare_about(notice, NOTICE, by=gia_lai.manager, now=NOW))
    header, *rows = [line.split(" | ") for line in text if line.count(" | ") == 4]
    assert header == [
        "TT",
        "Tên nhiệm vụ",
        "Mục tiêu",
        "Dự kiến sản phẩm chính",
        "Dự kiến địa chỉ tiếp nhận và áp dụng",
    ]
    assert [row[0] for row in rows] == ["1", "2"]
    assert [row[3].count("\n") + 1 for row in rows] == [5, 6]
    assert "17 sản phẩm OCOP (cho 17 chủ thể sản phẩm)" in text[-1]  # the note, below the table


@pytest.mark.requirement("GL-02")
def test_the_line_below_the_title_is_written_from_the_notice(notice, gia_lai):
    text = text_of(papers.prepare_about(notice, NOTICE, by=gia_lai.manager, now=NOW))
    assert "Phụ lục 01" in text
    assert (
        "(Kèm theo Thông báo số 29/TB-CCTĐC ngày 17 tháng 02 năm 2022 của Chi cục Tiêu chuẩn Đo lường Chất lượng)"
        in text
    )


@pytest.mark.requirement("GL-02")
def test_a_notice_that_is_numbered_here_gives_its_annex_the_number_and_day(notice, gia_lai):
    Plan.objects.filter(pk=notice.pk).update(number="", issued_on=None)
    draft = papers.prepare_about(notice, NOTICE, by=gia_lai.manager, now=NOW)
    assert any(line.startswith("(Kèm theo Thông báo số      /TB-CCTĐC ngày      tháng") for line in text_of(draft))
    entry = documents.issue(draft.document, signer=gia_lai.leader, on=NOW.date(), by=gia_lai.leader, now=NOW)
    caption = f"(Kèm theo Thông báo số 01/TB-CCTĐC {documents.written(NOW.date())} của Chi cục"
    assert any(line.startswith(caption) for line in text_of(entry.version))


def test_another_plan_has_no_such_notice(notice, gia_lai):
    Plan.objects.filter(pk=notice.pk).update(kind=Plan.Kind.DECISION)
    with pytest.raises(NotReady):
        papers.prepare_about(notice, NOTICE, by=gia_lai.manager, now=NOW)


def test_only_the_managers_of_the_province_generate_it(notice, gia_lai, son_la):
    for person in (gia_lai.leader, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            papers.prepare_about(notice, NOTICE, by=person, now=NOW)


# --- the annex by itself, as it was made once ------------------------------------------------------


@pytest.fixture
def old_annex(notice, gia_lai) -> Document:
    draft = papers.prepare_about(notice, NOTICE, by=gia_lai.manager, now=NOW)
    Document.objects.filter(pk=draft.document_id).update(kind="task_list_annex", title="Phụ lục 01")
    return Document.objects.get(pk=draft.document_id)


def test_an_annex_that_was_made_by_itself_stays_in_the_list_of_its_plan(old_annex, gia_lai, client):
    client.force_login(gia_lai.manager)
    page = client.get(f"/papers/about/plan/{old_annex.plan_id}/")
    rows = {row.name: row.url for row in page.context["rows"]}
    assert rows["Phụ lục 01"] == ""
    assert len(rows) == 2  # and the notice, to be generated


def test_its_page_can_be_read_by_its_name_and_offers_nothing(old_annex, gia_lai, client):
    client.force_login(gia_lai.manager)
    page = client.get(old_annex.get_absolute_url())
    assert "Phụ lục danh mục nhiệm vụ" in page.content.decode()
    assert not page.context["may_prepare"]
    assert not page.context["may_send"]


def test_it_gets_no_number_of_its_own(old_annex, gia_lai):
    with pytest.raises(NotReady, match="made no more"):
        sending.send(old_annex, by=gia_lai.manager, now=NOW)
