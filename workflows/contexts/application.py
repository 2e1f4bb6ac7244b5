"""The set of documents by which a chain runs its traceability (GL-1.D2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from projects.contexts import ApplicationDocument, ApplicationSet, CodeRule, StandardRow
from projects.models import Deliverable, Enrolment
from registry.models import ProcessStep
from workflows.contexts import case

# Words of a standard's title by which a document finds the one it fulfils; "" takes the general one.
GENERAL, CODES, CARRIERS, CHAIN = "yêu cầu chung", "mã dùng cho truy vết", "vật mang dữ liệu", "chuỗi cung ứng"
HOLDER, KEEPER = "Chủ chuỗi", "Quản trị hệ thống"
# What such a set holds (title, purpose, keeper, theme of its standard); record forms follow, one per stage.
DOCUMENTS = (
    ("Chính sách và phạm vi truy xuất", "Cam kết của chuỗi, phạm vi sản phẩm và các khâu", HOLDER, GENERAL),
    ("Phân công trách nhiệm", "Ai ghi nhận, ai kiểm tra ở từng khâu", HOLDER, GENERAL),
    ("Danh mục mã truy vết sản phẩm", "Mã của từng sản phẩm, từng lô", KEEPER, CODES),
    ("Danh mục mã truy vết địa điểm", "Mã của vườn, xưởng, kho, cửa hàng", KEEPER, CODES),
    ("Sơ đồ quy trình và sự kiện chính", "Sự kiện và phần tử dữ liệu chính của từng khâu", HOLDER, CHAIN),
    ("Quy định dùng tem", "In, cấp, kích hoạt, hủy tem", KEEPER, CARRIERS),
    ("Quy định chia sẻ dữ liệu", "Dữ liệu công khai, dữ liệu giữa các bên, dữ liệu nội bộ", KEEPER, GENERAL),
    ("Quy trình kiểm tra và khắc phục", "Kiểm tra nội bộ, xử lý sai sót", HOLDER, GENERAL),
    ("Quy trình thu hồi và diễn tập", "Các bước thu hồi, biên bản diễn tập", HOLDER, GENERAL),
    ("Hồ sơ đào tạo", "Người được đào tạo, kết quả kiểm tra", HOLDER, GENERAL),
    ("Quy định kiểm soát, lưu giữ tài liệu", "Soát xét, ban hành, thu hồi bản cũ, thời hạn lưu", KEEPER, GENERAL),
)
CODE_RULES = (
    (
        "Sản phẩm",
        "Mã số thương phẩm toàn cầu (GTIN) nếu đã đăng ký; nếu chưa, mã nội bộ do hệ thống cấp, không trùng GTIN",
        CODES,
    ),
    ("Địa điểm", "Mã số địa điểm toàn cầu (GLN) nếu đã đăng ký; nếu chưa, mã nội bộ do hệ thống cấp", CODES),
    ("Lô", "Từ 1 đến 20 chữ cái, chữ số, dấu chấm, dấu gạch; không trùng trong một sản phẩm", CODES),
    ("Tem trên sản phẩm", "Mã QR chứa địa chỉ truy xuất và số tem không trùng lặp, không đoán được", CARRIERS),
)
# The longest period known for food (12 months after expiry or 24 from production), counted from expiry.
RETENTION = "24 tháng kể từ ngày hết hạn sử dụng của lô"


def application_set(deliverable: Deliverable, day: date) -> ApplicationSet:
    """Return the list of the chain's documents, each with a standard of the project that is in force on the day."""
    project = case.project_of(deliverable)
    enrolled, standards = case.enrolments_of(project), case.standards_of(project, day)
    case.refuse_if(case.missing_products(enrolled) + case.missing_standards(standards))
    steps = case.chain_steps(enrolled)
    documents = _documents(steps, standards)
    return ApplicationSet(
        project_title=project.title,
        product_name=case.product_name(enrolled),
        scope=_scope(enrolled, steps),
        standards=standards,
        documents=documents,
        document_count=len(documents),
        stages=tuple(case.stage_row(step) for step in steps),
        codes=tuple(
            CodeRule(subject=subject, rule=rule, standard=_standard(standards, theme))
            for subject, rule, theme in CODE_RULES
        ),
        retention=RETENTION,
    )


def _scope(enrolled: Sequence[Enrolment], steps: Sequence[ProcessStep]) -> str:
    parties = case.counted(len(case.producers_of(enrolled)))
    return (
        f"Bộ tài liệu áp dụng cho {parties} cơ sở của chuỗi {case.product_name(enrolled)} tham gia nhiệm vụ, "
        f"ở các khâu: {', '.join(step.name for step in steps)}."
    )


def _documents(steps: Sequence[ProcessStep], standards: Sequence[StandardRow]) -> tuple[ApplicationDocument, ...]:
    forms = [
        (f"Biểu mẫu nhật ký khâu {step.name}", case.records_of(step), case.actor_of(step), CHAIN) for step in steps
    ]
    return tuple(
        ApplicationDocument(
            code=f"TL-{number:02d}",
            title=title,
            purpose=purpose,
            keeper=keeper,
            standard=_standard(standards, theme),
        )
        for number, (title, purpose, keeper, theme) in enumerate((*DOCUMENTS, *forms), start=1)
    )


def _standard(standards: Sequence[StandardRow], theme: str) -> str:
    """Return the code of the standard about the theme; the general one, else the first, stands in for it."""
    for words in (theme, GENERAL):
        for standard in standards:
            if words in standard.title.casefold():
                return standard.code
    return standards[0].code
