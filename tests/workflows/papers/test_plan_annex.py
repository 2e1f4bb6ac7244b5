"""The annex of a notice: the list of missions in five columns."""

from __future__ import annotations

import json

import pytest

from documents.errors import NotReady
from projects.errors import NotAllowedForYou
from projects.models import ExpectedDeliverable, Plan, PlanLine, Programme
from tests.factories.people import Office
from tests.workflows.papers.cast import DATA, NOW, text_of
from workflows import papers
from workflows.builtin_templates import register_builtin_template


@pytest.fixture
def notice(gia_lai: Office) -> Plan:
    """Thông báo 29/TB-CCTĐC with its two missions, from the demo's data."""
    register_builtin_template(papers.ANNEX)
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
    text = text_of(papers.prepare_plan_annex(notice, by=gia_lai.manager, now=NOW))
    header, *rows = [line.split(" | ") for line in text if " | " in line]
    assert header == [
        "TT",
        "Tên nhiệm vụ",
        "Mục tiêu",
        "Dự kiến sản phẩm chính",
        "Dự kiến địa chỉ tiếp nhận và áp dụng",
    ]
    assert [row[0] for row in rows] == ["1", "2"]
    assert [row[3].count("\n") + 1 for row in rows] == [5, 6]
    assert "17 sản phẩm OCOP (cho 17 chủ thể sản phẩm)" in text[-1]


@pytest.mark.requirement("GL-02")
def test_the_line_below_the_title_is_written_from_the_notice(notice, gia_lai):
    text = text_of(papers.prepare_plan_annex(notice, by=gia_lai.manager, now=NOW))
    assert text[0] == "PHỤ LỤC 01"
    assert (
        "(Kèm theo Thông báo số 29/TB-CCTĐC ngày 17 tháng 02 năm 2022 của Chi cục Tiêu chuẩn Đo lường Chất lượng)"
        in text
    )


@pytest.mark.requirement("GL-02")
@pytest.mark.parametrize("empty", [{"number": ""}, {"issued_on": None}])
def test_without_a_number_or_a_date_of_the_notice_there_is_no_annex(notice, gia_lai, empty):
    Plan.objects.filter(pk=notice.pk).update(**empty)
    with pytest.raises(NotReady):
        papers.prepare_plan_annex(notice, by=gia_lai.manager, now=NOW)
    assert not notice.documents.exists()


def test_only_a_notice_has_such_an_annex(notice, gia_lai):
    Plan.objects.filter(pk=notice.pk).update(kind=Plan.Kind.DECISION)
    with pytest.raises(NotReady):
        papers.prepare_plan_annex(notice, by=gia_lai.manager, now=NOW)


def test_only_the_managers_of_the_province_generate_it(notice, gia_lai, son_la):
    for person in (gia_lai.leader, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            papers.prepare_plan_annex(notice, by=person, now=NOW)
