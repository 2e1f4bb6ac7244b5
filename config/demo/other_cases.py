"""The cases beside the main job, each left where somebody has something to do: late, returned, in review, new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from config.demo import cohort, declared, dossiers, steering
from config.demo import fieldwork as classes
from config.demo.acts import Case, Cast, line_of
from config.demo.producers import classify_product, register_new
from config.demo.source import day, read, workbook
from projects.actions import fieldwork
from projects.actions.project import enrol_product
from projects.actions.roster import import_roster
from projects.models import Enrolment, StageKind
from registry.models import Producer, Product

Report = Callable[[str], None]
REMARKS_GL01 = (
    {"Mục III. Các công đoạn": "Công đoạn thu mua chưa nêu cách chia lô khi gom hàng của nhiều hộ; bổ sung."},
    {"Mục I. Tiêu chuẩn áp dụng": "Nêu rõ điều khoản của TCVN 13275:2020 áp dụng cho mã vùng trồng."},
)
# What the roster's rule (first group of the OCOP set) gets wrong for these kinds of product.
GROUPS_OF_KINDS = {
    "Mận": "rau-qua-say",
    "Xoài": "rau-qua-say",
    "Chuối": "rau-qua-say",
    "Tỏi đen": "gia-vi-cham",
    "Tinh dầu": "duoc-lieu",
}
TRAINED = 30  # of Sơn La's 54 producers so far


def run(today: date, report: Report) -> None:
    """Make every case of the data as of `today`, from which their starts are counted in days."""
    for row in read("cases"):
        report(f"{row['code']} {row['title']}")
        cast = Cast.of(row["office"])
        case = Case.create(
            cast,
            template=row["template"],
            line=line_of(row["programme"], row["line"]),
            code=row["code"],
            title=row["title"],
            starts_on=today + timedelta(days=row["starts"]),
            parties=row["parties"],
        )
        for product in register_new(row["producers"], by=cast.manager):
            enrol_product(case.project, product, by=cast.manager)
        STORIES[row["code"]](case, row, today)


# --- the stories -----------------------------------------------------------------------------
def chain_in_documentation(case: Case, row: dict[str, Any], today: date) -> None:
    """GL-01: the document set came back with two remarks, a milestone is late, and a leader is asked."""
    for producer in Producer.objects.filter(tax_code__in=row["enrolled_already"]):
        enrol_product(case.project, producer.products.get(), by=case.cast.manager)
    case.start()
    survey_rows(case, row["producers"], row["surveys_of_enrolled"], on=case.project.starts_on + timedelta(days=18))
    case.finish_stage(StageKind.SURVEY)
    case.submit("D2")
    case.check_format("D2")
    for reviewer, remarks in enumerate(REMARKS_GL01):
        case.review("D2", reviewer=reviewer, returned=remarks)
    steering.difficulty(case)


def late_draft(case: Case, row: dict[str, Any], today: date) -> None:
    """QT-01: the producers are surveyed, the report is drafted and five days late."""
    case.start()
    survey_rows(case, row["producers"], {}, on=case.project.starts_on + timedelta(days=20))
    case.reach_milestones(StageKind.SURVEY, until=case.project.starts_on + timedelta(days=7))
    case.prepare("D1")
    classes.run(case, today)


def in_review(case: Case, row: dict[str, Any], today: date) -> None:
    """QT-02: the report is with the reviewers, one of the two has approved."""
    case.start()
    survey_rows(case, row["producers"], {}, on=case.project.starts_on + timedelta(days=15))
    case.reach_milestones(StageKind.SURVEY)
    case.submit("D1")
    case.check_format("D1")
    case.review("D1", reviewer=0)


def many_products_in_training(case: Case, row: dict[str, Any], today: date) -> None:
    """SL-01: 81 products from the province's workbook, surveyed and documented; 30 of 54 producers are trained.

    The leader's deputy approved the documents and the new dates while he is away.
    """
    by = case.cast.manager
    import_roster(case.project, workbook(row["workbook"]), by=by, on=day(row["enrolled_on"]))
    products = case.project.enrolled_products().select_related("producer__province")
    for product in products:
        if group := _group_of(product):
            classify_product(product, group, by=by)
    case.start()
    for number, enrolment in enumerate(case.project.enrolments.select_related("product__producer").order_by("pk")):
        on = case.project.starts_on + timedelta(days=10 + number // 5)
        fieldwork.record_survey(enrolment, by=case.cast.field_worker, surveyed_on=on, **_finding(number, enrolment))
    case.finish_stage(StageKind.SURVEY)
    deputy = steering.deputy_stands_in(case)
    case.finish_stage(StageKind.DOCUMENTATION, approver=deputy)
    _train(case, [product.producer for product in products], on=today - timedelta(days=4))
    steering.new_dates(case, days=10, approver=deputy)
    if decided_on := day(row["enrolled_on"]):
        cohort.run(case, decided_on=decided_on)
        dossiers.run(case)
        declared.run(case)


def just_started(case: Case, row: dict[str, Any], today: date) -> None:
    """HUE-01: running for three days, nothing surveyed yet."""
    case.start()


def draft(case: Case, row: dict[str, Any], today: date) -> None:
    """BK-01: not started; it still lacks a receiving party, because the decision's annex names none."""


STORIES: Mapping[str, Callable[[Case, dict[str, Any], date], None]] = {
    "GL-01": chain_in_documentation,
    "QT-01": late_draft,
    "QT-02": in_review,
    "SL-01": many_products_in_training,
    "HUE-01": just_started,
    "BK-01": draft,
}


# --- field work ------------------------------------------------------------------------------
def survey_rows(case: Case, rows: list[dict[str, Any]], more: Mapping[str, dict[str, Any]], *, on: date) -> None:
    """Record the surveys that the data has, by the producers' tax codes."""
    found = {row["tax_code"]: row["survey"] for row in rows if row["survey"]} | dict(more)
    for enrolment in case.project.enrolments.select_related("product__producer").order_by("pk"):
        if findings := found.get(enrolment.product.producer.tax_code):
            fieldwork.record_survey(enrolment, by=case.cast.field_worker, surveyed_on=on, **findings)


def _group_of(product: Product) -> str:
    return next((group for kind, group in GROUPS_OF_KINDS.items() if product.name.startswith(kind)), "")


def _finding(number: int, enrolment: Enrolment) -> dict[str, Any]:
    """What a short visit to one of 81 products writes down; the pattern of yes and no repeats after 30."""
    has_diary, has_barcode, has_standard = number % 2 == 0, bool(enrolment.product.gtin), number % 3 == 0
    return {
        "has_diary": has_diary,
        "has_barcode": has_barcode,
        "has_declared_standard": has_standard,
        "quality_system": "VietGAP" if number % 5 == 0 else "",
        "production": "Tự sản xuất và liên kết với các hộ trong xã.",
        "purchasing": "Thu mua theo vụ của các hộ trong xã.",
        "processing": "Sơ chế tại cơ sở.",
        "traceability": "Có nhật ký giấy, chưa có mã lô." if has_diary else "Chưa ghi nhật ký sản xuất.",
        "needs": "Cần tem truy xuất nguồn gốc." if has_barcode else "Cần đăng ký mã số mã vạch và tem.",
        "process": "Ghi theo các công đoạn của nhóm sản phẩm.",
    }


def _train(case: Case, producers: list[Producer], *, on: date) -> None:
    """Hold the first class, with one person of each of the first producers."""
    by = case.cast.field_worker
    session = fieldwork.hold_training(
        case.project,
        by=by,
        title="Tập huấn ghi nhật ký và kê khai thông tin truy xuất nguồn gốc, lớp 1",
        audience="producers",
        held_on=on,
        place="Hội trường Chi cục Tiêu chuẩn Đo lường Chất lượng, Sơn La",
        topics="Mã số mã vạch; nhật ký theo công đoạn; kê khai lô; kích hoạt tem.",
        seats=40,
    )
    for producer in list(dict.fromkeys(producers))[:TRAINED]:
        fieldwork.record_attendance(
            session, by=by, producer=producer, person_name=producer.representative, passed_check=True
        )
