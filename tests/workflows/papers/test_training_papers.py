"""Papers on classes and surveys, and the handbook of a product group."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.actions import issue
from documents.errors import NotReady
from documents.models import Document
from projects.actions import attendance as door
from projects.actions import training
from projects.errors import NotAllowedForYou
from projects.models import ClassMeeting, TrainingSession, TrainingTopic
from registry.models import Standard
from tests.factories.fieldwork import NOON, invite, make_class, questionnaires
from tests.factories.onboarding import Cohort, cohort
from tests.factories.people import Office
from tests.workflows.papers.cast import Case, coffee_group, table_after, text_of
from workflows import papers
from workflows.builtin_templates import register_builtin_template

PLAN = {
    "purpose": "Hiểu quy định\nLàm được phần việc của mình",
    "partners": "",
    "funding": "",
    "in_charge": "Trần Phụ Trách (giả lập)",
    "duties": "Mời giảng viên",
}
INVITATION = {"began": "08:00", "place": "Hội trường A", "to_bring": "", "contact": "bà B"}
MINUTES = {
    "began": "08:00",
    "ended": "16:30",
    "chair_name": "Trần Chủ Trì (giả lập)",
    "chair_title": "Phó Chi cục trưởng",
    "secretary_name": "Lê Thư Ký (giả lập)",
    "secretary_title": "chuyên viên",
    "teachers": "Phạm Giảng (giả lập), đơn vị tư vấn",
    "handouts": "",
    "opinions": "",
    "conclusions": "Hướng dẫn tại cơ sở",
}
REPORT = {"assessment": "Sát với việc hằng ngày", "next_steps": "Cấp giấy chứng nhận"}


def prepared(subject: Any, kind: str, by: Any, occasion: str = "", **entries: str) -> list[str]:
    register_builtin_template(kind)
    return text_of(papers.prepare_about(subject, kind, by=by, occasion=occasion, entries=entries, now=NOON))


@pytest.fixture
def held(ocop: Case, gia_lai: Office) -> TrainingSession:
    """A class with topics: one producer's person came and passed, one did not come; an agency's came unasked."""
    session = make_class(ocop.project, gia_lai.helper, topics="Mã số mã vạch; Nhật ký điện tử")
    first, second = (enrolment.product.producer for enrolment in ocop.enrolments[:2])
    came = invite(session, gia_lai, name="Hồ Văn An (giả lập)", producer=first)
    invite(session, gia_lai, name="Trần Vắng (giả lập)", producer=second)
    person, _is_new = door.check_in(came, by=gia_lai.helper, now=NOON)
    door.mark_passed(session, [person.pk], by=gia_lai.helper)
    session.attendances.create(agency="Phòng Kinh tế (giả lập)", person_name="Lê Tự Đến (giả lập)")
    return session


# --- survey form -----------------------------------------------------------------------------------
@pytest.mark.requirement("QT-PL.3")
def test_the_form_of_a_product_not_surveyed_yet_is_blank_and_has_every_question(ocop: Case, gia_lai: Office) -> None:
    questionnaire = questionnaires()
    text = prepared(ocop.enrol(name="Sầu riêng"), "survey_form", gia_lai.manager)
    whole = "\n".join(text)
    assert all(question.text in whole for question in questionnaire.questions.all())
    assert "☐ Có" in whole
    assert "☒" not in whole
    assert any(line.endswith("ngày …… tháng …… năm ………") for line in text)
    assert Document.objects.get().symbol == ""


def test_the_form_of_a_surveyed_product_prints_what_was_found_and_by_whom(ocop: Case, gia_lai: Office) -> None:
    questionnaires()
    text = prepared(ocop.enrolments[0], "survey_form", gia_lai.manager)
    whole = "\n".join(text)
    assert "Trồng tập trung, vườn 1." in whole
    assert "☒ Có" in whole
    assert any("ngày 10 tháng 3 năm 2022" in line for line in text)
    assert text[-1].split(" | ")[-1].endswith(gia_lai.helper.full_name)


def test_answers_are_printed_with_the_version_they_were_given_to(ocop: Case, gia_lai: Office) -> None:
    used = questionnaires()
    survey = ocop.enrolments[0].survey
    survey.questionnaire, survey.answers = used, {"production": "Theo phiếu cũ"}
    survey.save()
    newer = type(used).objects.create(
        province=gia_lai.province, subject="product", version=7, title="Phiếu mới", published_at=timezone.now()
    )
    newer.questions.create(position=1, section="I", key="new", text="Câu hỏi mới", kind="text")
    old, new = (
        "\n".join(prepared(enrolment, "survey_form", gia_lai.manager))
        for enrolment in (ocop.enrolments[0], ocop.enrol(name="Sầu riêng"))
    )
    assert "Theo phiếu cũ" in old
    assert "phiên bản 1" in old
    assert "Câu hỏi mới" not in old
    assert "“Phiếu mới”, phiên bản 7" in new


def test_without_a_published_questionnaire_there_is_no_form(ocop: Case, gia_lai: Office) -> None:
    with pytest.raises(NotReady, match="No questionnaire on products is published"):
        prepared(ocop.enrol(name="Sầu riêng"), "survey_form", gia_lai.manager)


# --- plan ------------------------------------------------------------------------------------------
@pytest.mark.requirement("QT-PL.2")
@pytest.mark.requirement("BK-A4")
def test_the_plan_lists_the_classes_that_a_line_asks_for_with_seats_days_and_funding(
    ocop: Case, gia_lai: Office
) -> None:
    line = ocop.project.line.plan.lines.create(
        position=9, title="Tổ chức 02 lớp tập huấn.", lead="Đơn vị A", partners="Phòng Kinh tế các huyện",
        period_text="Quý II/2021", funding_text="Kinh phí sự nghiệp",
    )  # fmt: skip
    topic = TrainingTopic.objects.create(code="txng", name="Quy định về truy xuất nguồn gốc")
    training.plan_classes(
        ocop.project, count=2, seats=50, due_on=date(2021, 6, 30), title="Tập huấn cơ quan", audience="agencies",
        line=line, by=gia_lai.manager, topic_list=[topic],
    )  # fmt: skip
    initial = dict(papers.ALL_KINDS["training_plan"].initial(ocop.project, ""))
    assert (initial["partners"], initial["funding"]) == ("Phòng Kinh tế các huyện", "Kinh phí sự nghiệp")
    text = prepared(ocop.project, "training_plan", gia_lai.manager, **initial)
    assert any("“Tổ chức 02 lớp tập huấn”; thời gian theo kế hoạch: Quý II/2021." in row for row in text)
    rows = [row for row in table_after(text, "Tổ chức 03 lớp") if "Cơ quan quản lý" in row[1]]
    assert [row[2:5] for row in rows] == [["- Quy định về truy xuất nguồn gốc", "50", "Chậm nhất 30/06/2021"]] * 2
    assert "Nguồn kinh phí: Kinh phí sự nghiệp." in text
    assert Document.objects.get().symbol == "KH"


def test_what_nobody_knows_of_a_plan_is_a_dotted_line(held: TrainingSession, gia_lai: Office) -> None:
    text = prepared(held.project, "training_plan", gia_lai.manager, **PLAN)
    assert any(line.startswith("Nguồn kinh phí: ……") for line in text)


def test_a_project_without_classes_has_no_plan_of_them(chain: Case, gia_lai: Office) -> None:
    for session in chain.project.training_sessions.all():
        session.attendances.all().delete()
        session.delete()
    with pytest.raises(NotReady, match="No class is planned"):
        prepared(chain.project, "training_plan", gia_lai.manager, **PLAN)


# --- invitation ------------------------------------------------------------------------------------
def test_one_invitation_names_everybody_who_is_invited_and_each_day_of_the_class(
    held: TrainingSession, gia_lai: Office
) -> None:
    ClassMeeting.objects.create(session=held, held_on=date(2026, 6, 15), begins_at=time(7, 30), about="Thực hành")
    text = prepared(held, "class_invitation", gia_lai.helper, **INVITATION)
    assert "- 08 giờ 00 phút, ngày 14/06/2026;" in text
    assert "- 07 giờ 30 phút, ngày 15/06/2026: Thực hành." in text
    rows = table_after(text, "(Kèm theo Giấy mời số")
    assert [row[2] for row in rows[1:]] == ["Hồ Văn An (giả lập)", "Trần Vắng (giả lập)", ""]
    assert any("kính mời 02 đại biểu của 02 cơ quan" in line for line in text)
    assert not any("Lê Tự Đến" in line for line in text)


def test_the_issued_invitation_bears_a_number_of_its_kind(held: TrainingSession, gia_lai: Office) -> None:
    prepared(held, "class_invitation", gia_lai.helper, **INVITATION)
    entry = issue(Document.objects.get(), signer=gia_lai.leader, on=date(2026, 6, 1), by=gia_lai.leader)
    assert entry.full_number == "01/GM-CCTĐC"


def test_an_invitation_without_a_day_topics_or_anybody_invited_names_all_three(ocop: Case, gia_lai: Office) -> None:
    session = make_class(ocop.project, gia_lai.helper, held_on=None)
    with pytest.raises(NotReady) as refused:
        prepared(session, "class_invitation", gia_lai.helper, **INVITATION)
    words = ("has no day", "does not say what it is about", "Nobody is invited")
    assert all(word in str(refused.value) for word in words)


# --- minutes and report ------------------------------------------------------------------------------
def test_the_minutes_count_each_side_and_print_what_was_taught_and_said(held: TrainingSession, gia_lai: Office) -> None:
    text = prepared(held, "class_minutes", gia_lai.helper, **MINUTES)
    assert "- Nhật ký điện tử." in text
    assert any("Mời 02 người, vắng 01 người. Có mặt 02 người của 02 chủ thể" in line for line in text)
    assert [row[2:] for row in table_after(text, "Mời 02 người")[1:]] == [
        ["Chủ thể", "1", "1", "1"],
        ["Chủ thể", "1", "0", "0"],
        ["Cơ quan", "0", "1", "0"],
        ["", "2", "2", "1"],
    ]
    assert "Người tham dự nhất trí với nội dung tập huấn, không có ý kiến khác." in text
    assert "- Hướng dẫn tại cơ sở." in text


def test_a_class_of_one_day_that_ends_before_it_begins_is_refused(held: TrainingSession, gia_lai: Office) -> None:
    late = MINUTES | {"ended": "07:30"}
    with pytest.raises(NotReady, match="ends before it began"):
        prepared(held, "class_minutes", gia_lai.helper, **late)
    ClassMeeting.objects.create(session=held, held_on=date(2026, 6, 15), begins_at=time(7, 0))
    text = prepared(held, "class_minutes", gia_lai.helper, **late)
    assert any("kết thúc lúc 07 giờ 30 phút, ngày 15/06/2026" in line for line in text)


@pytest.mark.requirement("GL-2.2")
def test_the_report_counts_whom_the_class_reached_and_names_whom_no_class_reached(
    held: TrainingSession, ocop: Case, gia_lai: Office
) -> None:
    left_out = ocop.enrol(name="Sầu riêng").product.producer
    text = prepared(held, "class_report", gia_lai.helper, **REPORT)
    assert any("01 người đạt kiểm tra, bằng 50 % số người có mặt" in line for line in text)
    assert any("01/04 chủ thể của nhiệm vụ (25 %)" in line for line in text)
    start = text.index("Chủ thể chưa có người tham dự lớp nào của nhiệm vụ:")
    assert text[start + 1 : start + 3] == [f"- {left_out.name}.", "III. ĐÁNH GIÁ"]
    assert "- Cấp giấy chứng nhận." in text


def test_a_class_to_which_nobody_came_has_no_report(ocop: Case, gia_lai: Office) -> None:
    with pytest.raises(NotReady, match="Nobody is entered"):
        prepared(make_class(ocop.project, gia_lai.helper), "class_report", gia_lai.helper, **REPORT)


def test_a_reviewer_prepares_no_paper_of_a_class(held: TrainingSession, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        prepared(held, "class_report", gia_lai.reviewers[0], **REPORT)


# --- handbook --------------------------------------------------------------------------------------
@pytest.fixture
def board(gia_lai: Office) -> Cohort:
    """Two groups of one product each; the process of the second is written and the agencies were asked."""
    made = cohort(gia_lai)
    for group in (coffee_group(), None):
        made.add(**({"group": group} if group else {}))
    groups = [made.grouped(journey) for journey in made.journeys]
    made.consulted(groups[1])
    return made


@pytest.mark.requirement("BK-A8")
def test_the_decision_issues_the_handbook_with_process_data_codes_and_whom_to_ask(
    board: Cohort, gia_lai: Office
) -> None:
    text = prepared(board.project, "handbook", gia_lai.manager, occasion="qua-tuoi")
    product = board.journeys[1].enrolment.product
    assert "Điều 1. Ban hành kèm theo Quyết định này Sổ tay hướng dẫn thực hiện truy xuất nguồn gốc nhóm sản phẩm " \
        "Quả tươi." in text  # fmt: skip
    assert "Thu hoạch, sơ chế, đóng gói" in text
    assert [row[1] for row in table_after(text, "Sổ tay dành cho người")[1:]] == [product.name]
    assert [row[1] for row in table_after(text, "1. Ghi tại từng công đoạn")[1:]] == [
        "Thu hoạch", "Sơ chế", "Phân phối",
    ]  # fmt: skip
    contacts = table_after(text, "Đăng nhập, kê khai")[1:]
    assert gia_lai.manager.full_name in [row[1] for row in contacts]
    entry = issue(Document.objects.get(), signer=gia_lai.leader, on=date(2026, 6, 20), by=gia_lai.leader)
    assert entry.full_number == "01/QĐ-CCTĐC"
    caption = "(Ban hành kèm theo Quyết định số 01/QĐ-CCTĐC ngày 20 tháng 6 năm 2026"
    assert any(line.startswith(caption) for line in text_of(entry.version))


def test_a_group_without_a_written_process_has_no_handbook(board: Cohort, gia_lai: Office) -> None:
    with pytest.raises(NotReady, match="not written yet"):
        prepared(board.project, "handbook", gia_lai.manager, occasion="ca-phe")


def test_each_group_of_the_project_has_a_handbook_of_its_own(board: Cohort) -> None:
    occasions = papers.ALL_KINDS["handbook"].occasions(board.project)
    assert [known.key for known in occasions] == ["ca-phe", "qua-tuoi"]


def test_a_handbook_cites_only_standards_in_force(board: Cohort, gia_lai: Office) -> None:
    for code, ended in (("TCVN 1:2020", None), ("TCVN 2:2010", date(2020, 1, 1))):
        board.project.standards.add(
            Standard.objects.create(
                code=code, title="Chuẩn", kind="tcvn", effective_from=date(2010, 1, 1), effective_to=ended
            )
        )
    whole = "\n".join(prepared(board.project, "handbook", gia_lai.manager, occasion="qua-tuoi"))
    assert "TCVN 1:2020" in whole
    assert "TCVN 2:2010" not in whole


# --- pages -----------------------------------------------------------------------------------------
def test_a_field_helper_prints_the_form_from_the_page_of_the_survey(
    client: Client, ocop: Case, gia_lai: Office
) -> None:
    questionnaires()
    register_builtin_template("survey_form")
    enrolment = ocop.enrolments[0]
    client.force_login(gia_lai.helper)
    about = f"/papers/about/enrolment/{enrolment.pk}/"
    assert f'href="{about}"' in client.get(f"/projects/GL-02/surveys/{enrolment.pk}/").content.decode()
    assert "survey_form" in client.get(about).content.decode()
    client.post(f"{about}survey_form/")
    assert Document.objects.get().enrolment == enrolment


def test_the_papers_of_a_class_lead_to_those_that_ask_for_facts(
    client: Client, held: TrainingSession, gia_lai: Office
) -> None:
    client.force_login(gia_lai.helper)
    about = f"/papers/about/training/{held.pk}/"
    assert f'href="{about}"' in client.get(f"/projects/GL-02/training/{held.pk}/").content.decode()
    for kind in ("class_invitation", "class_minutes", "class_report"):
        page = client.get(f"{about}{kind}/")
        assert page.status_code == 200
        assert "<form" in page.content.decode()
    wrong = client.post(f"{about}class_report/", {"assessment": "", "next_steps": "Cấp giấy"})
    assert wrong.status_code == 422


@pytest.mark.parametrize("kind", ["training_plan", "class_invitation", "class_minutes", "class_report"])
def test_the_papers_ask_no_more_for_more_people_and_products(
    kind: str, held: TrainingSession, ocop: Case, gia_lai: Office, django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    entries = {"training_plan": PLAN, "class_invitation": INVITATION, "class_minutes": MINUTES, "class_report": REPORT}
    known = papers.ALL_KINDS[kind]
    form = known.form(entries[kind]) if known.form else None
    assert form is not None
    assert form.is_valid()
    subject = held.project if kind == "training_plan" else held

    def build() -> None:
        known.build(
            papers.Wanted(type(subject).objects.get(pk=subject.pk), timezone.localdate(), "", form.cleaned_data)
        )

    with django_assert_max_num_queries(14) as few:
        build()
    for number in range(3):
        producer = ocop.enrol(name=f"Sản phẩm thêm {number}").product.producer
        came = invite(held, gia_lai, name=f"Người thêm {number} (giả lập)", phone="", producer=producer)
        door.check_in(came, by=gia_lai.helper, now=NOON)
    with django_assert_num_queries(len(few.captured_queries)):
        build()
