"""Papers of a programme: the priority list, the reports of its units, the consolidated one, its indicators."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from config.demo.load import load_reference
from documents import actions as documents
from documents.errors import NotReady
from documents.models import Document, DocumentVersion
from people.models import Organisation, User
from projects.models import Matter, PilotProject, PlanLine, Programme, ProjectTemplate, TrainingSession
from tests.workflows.papers.cast import table_after, text_of
from workflows import papers
from workflows.builtin_templates import register_builtin_template
from workflows.contexts.programme_year import lines_of_year
from workflows.contexts.standing import units_named
from workflows.papers.catalogue import ALL_KINDS, kinds_about

ZONE = timezone(timedelta(hours=7))
NOW = datetime(2021, 12, 6, 9, 0, tzinfo=ZONE)
ADDRESSEES = "Bộ Demo (giả lập)\nỦy ban nhân dân tỉnh Bắc Kạn"
ROWS = "Miến dong | Thực phẩm | HTX Demo (giả lập) | Có đơn hàng xuất khẩu | Kiểm soát phụ gia | Sở Công Thương"
pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(time_machine_day: None) -> Programme:
    """Seed 002's programme: fifteen lines of its first phase, three of its second."""
    load_reference()
    return Programme.objects.get(code="bk-2020")


@pytest.fixture
def time_machine_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is a day in December 2021."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def prepare(programme: Programme, kind: str, occasion: str = "2021", **entries: str) -> DocumentVersion:
    register_builtin_template(kind)
    given = dict(ALL_KINDS[kind].initial(programme, occasion)) | entries
    manager = User.objects.get(username="bk.quanly")
    return papers.prepare_about(programme, kind, by=manager, occasion=occasion, entries=given, now=NOW)


def issued(version: DocumentVersion, day: date) -> str:
    leader = User.objects.get(username="bk.lanhdao")
    return documents.issue(version.document, signer=leader, on=day, by=leader, now=NOW).full_number


def running_project(programme: Programme) -> PilotProject:
    """A project of line 7, the pilot model."""
    return PilotProject.objects.create(
        code="BK-01",
        title="Mô hình điểm (giả lập)",
        province=programme.province,
        owner=Organisation.objects.get(code="bk-skhcn"),
        line=PlanLine.objects.get(plan__programme=programme, position=7),
        template=ProjectTemplate.objects.first(),
        manager=User.objects.get(username="bk.quanly"),
        status=PilotProject.Status.RUNNING,
        starts_on=date(2021, 1, 1),
        due_on=date(2022, 12, 31),
    )


# --- reports of units ------------------------------------------------------------------------
@pytest.mark.requirement("BK-V.9")
def test_every_unit_that_the_plans_name_owes_a_report_of_the_year(programme: Programme) -> None:
    occasions = {occasion.key for occasion in ALL_KINDS["unit_report"].occasions(programme)}
    assert {"2021-bk-sct", "2021-bk-snnptnt", "2020-bk-sct"} <= occasions
    assert "2021-bk-skhcn" not in occasions  # it gathers the reports


def test_after_a_merger_the_successor_reports_on_the_lines_that_print_the_old_name(programme: Programme) -> None:
    lines = lines_of_year(programme, 2026)
    units = {unit.code for unit in units_named(programme, lines, date(2026, 12, 31))}
    assert {"bk-snnmt", "bk-sct"} <= units
    assert not {"bk-snnptnt", "bk-stttt"} & units


@pytest.mark.requirement("BK-V.9")
def test_a_units_report_lists_the_lines_of_the_year_that_name_it_under_its_own_letterhead(programme: Programme) -> None:
    version = prepare(programme, "unit_report", "2021-bk-sct", results="Đã phổ biến đến 25 doanh nghiệp.")
    text = text_of(version)
    assert version.document.organisation.code == "bk-sct"
    assert "Kính gửi: Sở Khoa học và Công nghệ tỉnh Bắc Kạn" in text
    assert "Đã phổ biến đến 25 doanh nghiệp." in text
    header, *rows = table_after(text, "Bảng 1.")
    assert header[2] == "Vai trò"
    # 2021, and every year; 2020, 2022 and 2023 are not of the year, 2025 - 2030 is not of the phase.
    assert [row[0] for row in rows] == ["3", "5", "10", "12", "13", "14", "15"]
    assert {row[2] for row in rows} == {"Phối hợp"}


def test_in_2025_the_yearly_lines_of_both_phases_are_due_and_in_2026_those_of_the_second(
    programme: Programme,
) -> None:
    sections = {year: {line.section for line in lines_of_year(programme, year)} for year in (2024, 2025, 2026)}
    assert sections[2024] == {"I. Giai đoạn 2020 - 2025"}
    assert sections[2025] == {"I. Giai đoạn 2020 - 2025", "II. Giai đoạn 2025 - 2030"}
    assert sections[2026] == {"II. Giai đoạn 2025 - 2030"}


# --- the consolidated report -----------------------------------------------------------------
def test_the_consolidated_report_goes_to_the_ministry_and_the_committee(programme: Programme) -> None:
    version = prepare(programme, "consolidated_report", addressees=ADDRESSEES)
    assert version.document.organisation.code == "bk-skhcn"
    assert version.context["letterhead"]["recipients"][:2] == [
        "Bộ Demo (giả lập) (b/c)",
        "Ủy ban nhân dân tỉnh Bắc Kạn (b/c)",
    ]


def test_without_both_recipients_there_is_no_consolidated_report(programme: Programme) -> None:
    with pytest.raises(NotReady, match="ministry"):
        prepare(programme, "consolidated_report")


@pytest.mark.requirement("BK-V.9")
@pytest.mark.parametrize(("day", "state"), [(date(2021, 11, 29), "Đúng hạn"), (date(2021, 11, 30), "Gửi chậm")])
def test_a_report_of_30_november_itself_is_late_and_who_sent_none_is_listed(
    programme: Programme, day: date, state: str
) -> None:
    number = issued(prepare(programme, "unit_report", "2021-bk-sct"), day)
    text = text_of(prepare(programme, "consolidated_report", addressees=ADDRESSEES))
    rows = {row[1]: row[2:] for row in table_after(text, "(Kèm theo Báo cáo số")[1:]}
    assert rows["Sở Công Thương tỉnh Bắc Kạn"] == [number, f"{day:%d/%m/%Y}", state]
    assert rows["Sở Nông nghiệp và Phát triển nông thôn tỉnh Bắc Kạn"] == ["–", "–", "Chưa gửi báo cáo"]
    assert any(line.startswith(f"Chế độ báo cáo: 01/{len(rows):02d} đơn vị") for line in text)


@pytest.mark.requirement("BK-V.10")
def test_an_open_difficulty_stands_in_the_report_until_it_is_answered(programme: Programme) -> None:
    project = running_project(programme)
    manager = User.objects.get(username="bk.quanly")
    matter = Matter.objects.create(
        kind=Matter.Kind.BLOCKER, project=project, text="Chưa có đơn vị tư vấn.", needed="Chọn đơn vị tư vấn.",
        raised_by=manager, raised_at=NOW, addressee=User.objects.get(username="bk.lanhdao"), due_on=NOW.date(),
    )  # fmt: skip
    rows = table_after(text_of(prepare(programme, "consolidated_report", addressees=ADDRESSEES)), "Bảng 3.")
    assert [row[1:4] for row in rows[1:]] == [["BK-01", "Chưa có đơn vị tư vấn.", "Chọn đơn vị tư vấn."]]
    Matter.objects.filter(pk=matter.pk).update(answered_at=NOW, answered_by=manager, answer="Đã chọn.")
    rows = table_after(text_of(prepare(programme, "consolidated_report", addressees=ADDRESSEES)), "Bảng 3.")
    assert rows[1:] == [["–"] * 6]


def test_what_came_of_a_line_is_read_from_its_classes_and_projects(programme: Programme) -> None:
    project = running_project(programme)
    line = PlanLine.objects.get(plan__programme=programme, position=4)
    TrainingSession.objects.create(
        project=project, line=line, title="Lớp 1", audience="agencies", held_on=date(2021, 6, 1), place="Bắc Kạn"
    )
    text = text_of(prepare(programme, "consolidated_report", addressees=ADDRESSEES))
    results = {row[0]: row[4] for row in table_after(text, "Bảng 1.")}
    assert results["4"] == "01 lớp, 00 lượt người."
    assert results["3"] == "Chưa ghi nhận kết quả trên hệ thống."
    assert "- Đào tạo, tập huấn: 01 lớp, 0 lượt người của 0 chủ thể." in text


# --- indicators ------------------------------------------------------------------------------
def test_the_report_on_indicators_needs_targets(programme: Programme) -> None:
    with pytest.raises(NotReady, match="targets"):
        prepare(programme, "indicator_report")


@pytest.mark.requirement("TH-K1")
def test_a_share_of_nothing_is_no_data_in_the_report_on_indicators(programme: Programme) -> None:
    hue = Programme.objects.get(code="hue-2025")
    register_builtin_template("indicator_report")
    manager = User.objects.get(username="hue.quanly")
    version = papers.prepare_about(hue, "indicator_report", by=manager, occasion="2021", now=NOW)
    rows = version.context["paper"]["indicators"]
    assert len(rows) == 4
    assert (rows[0]["value"], rows[0]["target"], rows[0]["verdict"]) == ("Chưa có số liệu", "100 %", "Chưa có số liệu")
    assert rows[1]["value"] == "0"


# --- the priority list -----------------------------------------------------------------------
@pytest.mark.requirement("BK-A3")
def test_the_list_of_2021_to_2025_is_submitted_with_its_criteria_and_approved_under_a_number(
    programme: Programme,
) -> None:
    line = PlanLine.objects.get(plan__programme=programme, printed_number="3", section__startswith="I.")
    assert (line.period_text, "phê duyệt danh mục" in line.title) == ("2021", True)
    submission = prepare(programme, "priority_submission", period="giai đoạn 2021 - 2025", rows=ROWS)
    criteria = " ".join(submission.context["paper"]["criteria"])
    for each in ("thị trường xuất khẩu", "an toàn thực phẩm", "bảo vệ môi trường"):
        assert each in criteria
        assert any(each in text for text in text_of(submission))
    issued(submission, NOW.date())
    decision = prepare(programme, "priority_decision")
    assert decision.context["paper"]["listing"]["period"] == "giai đoạn 2021 - 2025"
    assert issued(decision, NOW.date()) == "01/QĐ-UBND"


@pytest.mark.requirement("BK-II.2.1a")
def test_the_submission_asks_the_committee_to_approve_the_list(programme: Programme) -> None:
    version = prepare(programme, "priority_submission", period="giai đoạn 2021 - 2025", rows=ROWS)
    text = text_of(version)
    assert version.document.symbol == "TTr"
    assert version.document.organisation.code == "bk-skhcn"
    assert "Kính gửi: Ủy ban nhân dân tỉnh Bắc Kạn" in text
    assert any(line.startswith("1 | Miến dong | Thực phẩm | HTX Demo (giả lập) | Có đơn hàng") for line in text)
    [row] = version.context["paper"]["listing"]["rows"]
    assert (row["export_reason"], row["safety_reason"]) == ("Có đơn hàng xuất khẩu", "Kiểm soát phụ gia")


@pytest.mark.requirement("BK-II.2.1a")
@pytest.mark.parametrize("row", ["Miến dong | Thực phẩm | HTX", "Miến dong | Thực phẩm | HTX |  | Kiểm soát phụ gia"])
def test_a_product_without_the_reason_of_market_or_food_safety_is_refused_by_name(
    programme: Programme, row: str
) -> None:
    with pytest.raises(NotReady, match="Miến dong"):
        prepare(programme, "priority_submission", period="giai đoạn 2021 - 2025", rows=row)


@pytest.mark.requirement("BK-00b")
def test_the_decision_takes_list_and_number_from_the_issued_submission(programme: Programme) -> None:
    submission = prepare(programme, "priority_submission", period="giai đoạn 2021 - 2025", rows=ROWS)
    number = issued(submission, NOW.date())
    version = prepare(programme, "priority_decision")
    assert version.document.organisation.code == "bk-ubnd"
    assert version.context["letterhead"]["legal_bases"][-1] == (
        f"Theo đề nghị của Sở Khoa học và Công nghệ tỉnh Bắc Kạn tại Tờ trình số {number} ngày 06 tháng 12 năm 2021"
    )
    assert version.context["paper"]["listing"]["count"] == 1


def test_the_decision_names_no_submission_that_was_revoked(programme: Programme) -> None:
    submission = prepare(programme, "priority_submission", period="giai đoạn 2021 - 2025", rows=ROWS)
    issued(submission, NOW.date())
    DocumentVersion.objects.filter(document=submission.document, state="issued").update(state="revoked")
    assert ALL_KINDS["priority_decision"].initial(programme, "2021")["proposal"] == ""


def test_a_decision_on_the_list_without_a_submission_is_refused(programme: Programme) -> None:
    with pytest.raises(NotReady, match="no submission"):
        prepare(programme, "priority_decision", period="giai đoạn 2021 - 2025", rows=ROWS)


def test_a_plan_that_was_issued_before_keeps_its_number_and_gets_no_other(programme: Programme) -> None:
    register_builtin_template("phase_decision")
    plan = programme.plans.get(number="1633/QĐ-UBND")
    kind, manager = ALL_KINDS["phase_decision"], User.objects.get(username="bk.quanly")
    version = papers.prepare_about(plan, "phase_decision", by=manager, entries=kind.initial(plan, ""), now=NOW)
    assert version.context["letterhead"]["number"] == "1633/QĐ-UBND"
    with pytest.raises(NotReady, match="keeps its number"):
        issued(version, NOW.date())
    assert Document.objects.get().issued is None


@pytest.mark.parametrize(
    ("code", "own"),
    [
        ("gl-2022", {"mission_notice"}),
        ("qt-2021", {"yearly_plan"}),
        ("bk-2020", {"phase_decision"}),
    ],
)
def test_each_kind_of_plan_has_papers_of_its_own(programme: Programme, code: str, own: set[str]) -> None:
    plan = Programme.objects.get(code=code).plans.get(children=None)
    assert set(kinds_about(plan)) == own


def test_a_plan_without_lines_has_no_paper(programme: Programme) -> None:
    register_builtin_template("yearly_plan")
    parent = Programme.objects.get(code="qt-2021").plans.get(number="5883/KH-UBND")
    with pytest.raises(NotReady, match="no lines"):
        papers.prepare_about(
            parent, "yearly_plan", by=User.objects.get(username="qt.quanly"), entries={"body": "I. A\nB"}, now=NOW
        )
