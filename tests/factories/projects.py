"""A small project template and projects made from it by the product's own actions."""

from __future__ import annotations

from datetime import date

from projects.actions import project as actions
from projects.models import (
    DeliverableTemplate,
    GateTemplate,
    PilotProject,
    Plan,
    PlanLine,
    Programme,
    ProjectTemplate,
    StageKind,
    StageTemplate,
)
from tests.factories.people import Office

PAPERS = {
    StageKind.SURVEY: ("D1", "Báo cáo kết quả khảo sát", "survey_report_products"),
    StageKind.DOCUMENTATION: ("D2", "Tài liệu hướng dẫn sử dụng", "user_guide"),
    StageKind.TRAINING: ("D3", "Tài liệu hội nghị và tập huấn", "conference_pack"),
    StageKind.ROLLOUT: ("D4", "Thông tin truy xuất được kê khai", "declared_data"),
    StageKind.FINAL_REPORT: ("D5", "Báo cáo tổng kết nhiệm vụ", "final_report"),
}


def small_template(*, products: int = 2, minimum_stars: int = 0) -> ProjectTemplate:
    """Return a template with one paper per stage and a closing gate of `products` products and producers."""
    template = ProjectTemplate.objects.create(
        code=f"nho-{products}-{minimum_stars}", name="Mô hình nhỏ", minimum_stars=minimum_stars
    )
    stages = StageTemplate.objects.bulk_create(
        StageTemplate(template=template, kind=kind, title=kind.label, days=30) for kind in PAPERS
    )
    DeliverableTemplate.objects.bulk_create(
        DeliverableTemplate(
            stage=stage, code=code, title=title, document_kind=document_kind, days=20, checklist=["Đúng thể thức"]
        )
        for stage, (code, title, document_kind) in zip(stages, PAPERS.values(), strict=True)
    )
    GateTemplate.objects.bulk_create(
        GateTemplate(template=template, rule=rule, minimum=products)
        for rule in ("products_at_least", "producers_at_least")
    )
    return template


def plan_line(office: Office) -> PlanLine:
    """Return the second line of a notice like seed 000."""
    programme = Programme.objects.create(
        province=office.province, code=f"ct-{office.province.code}", title="Chương trình"
    )
    plan = Plan.objects.create(
        programme=programme,
        kind=Plan.Kind.NOTICE,
        number="29/TB-CCTĐC",
        issued_on=date(2022, 2, 17),
        issuer=office.organisation,
        title="Thông báo danh mục nhiệm vụ",
        legal_bases=["Căn cứ Quyết định số 100/QĐ-TTg ngày 19/01/2019 của Thủ tướng Chính phủ"],
    )
    return PlanLine.objects.create(
        plan=plan,
        position=2,
        printed_number="2",
        title="Mô hình OCOP",
        objective="Thống nhất, đúng quy định",
        recipients="Các chủ thể sản phẩm OCOP, đơn vị cung ứng, cơ quan quản lý nhà nước và người tiêu dùng.",
    )


def make_project(office: Office, *, code: str = "GL-99", template: ProjectTemplate | None = None) -> PilotProject:
    """Return a draft project of the office, made by its manager."""
    return actions.create_project(
        template or small_template(),
        line=plan_line(office),
        code=code,
        title="Mô hình truy xuất nguồn gốc (giả lập)",
        owner=office.organisation,
        manager=office.manager,
        members=office.members,
        starts_on=date(2022, 3, 1),
        by=office.manager,
    )
