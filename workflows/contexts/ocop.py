"""Forms 01 and 02 of an OCOP dossier, filled from the registry, the producer's declaration and the renewal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from documents.contexts.producers import AssessedPart, EvidencePaper, OcopAssessment, OcopRegistration
from documents.contexts.products import CitedStandard
from onboarding.models import Answer
from registry.models import Evidence, OcopCriteria, OcopRecognition, Product, RecognitionRenewal, RenewalItem
from stamps.models import Activation
from workflows.contexts import case
from workflows.contexts.parties import DOTS, party, place_and_blank_day, written_or_dots

State = RenewalItem.State
AGAIN, HIGHER = "again", "higher"
STAGES = {
    AGAIN: "đánh giá lại khi kết quả công nhận hết hiệu lực",
    HIGHER: "đánh giá nâng hạng",
}
# The papers of the dossier in its order, as it names them (QĐ 148/QĐ-TTg, annex III).
EVIDENCE = {
    Evidence.REGISTRATION: "Phiếu đăng ký (Mẫu số 01)",
    Evidence.ASSESSMENT: "Báo cáo tự đánh giá (Mẫu số 02)",
    Evidence.ORGANISATION: "Giới thiệu bộ máy tổ chức của chủ thể",
    Evidence.LICENCE: "Giấy đăng ký kinh doanh, hợp tác xã hoặc tổ hợp tác",
    Evidence.FOOD_SAFETY: "Giấy chứng nhận đủ điều kiện an toàn thực phẩm hoặc tương đương",
    Evidence.DECLARATION: "Bản tự công bố hoặc công bố chất lượng sản phẩm",
    Evidence.TEST_REPORT: "Phiếu kết quả kiểm nghiệm",
    Evidence.ORIGIN: "Hợp đồng, tài liệu chứng minh nguồn gốc nguyên liệu",
    Evidence.ENVIRONMENT: "Tài liệu về bảo vệ môi trường",
    Evidence.PACKAGING: "Nhãn, bao bì và câu chuyện sản phẩm",
    Evidence.TRACEABILITY: "Tài liệu về mã số mã vạch, truy xuất nguồn gốc",
    Evidence.CERTIFICATES: "Các giấy chứng nhận hệ thống quản lý chất lượng",
    Evidence.SALES: "Hợp đồng, chứng từ tiêu thụ sản phẩm",
    Evidence.PICTURES: "Ảnh sản phẩm và hoạt động sản xuất",
}
STATES = {State.MISSING: "Còn thiếu", State.THERE: "Đã có", State.NOT_NEEDED: "Không phải nộp"}
# The three parts of the criteria (QĐ 26/2026/QĐ-TTg, article 3.1); their points are data of the criteria.
PARTS = {
    "a": "Tổ chức sản xuất, phát triển sản phẩm, sức mạnh cộng đồng",
    "b": "Tiếp thị, câu chuyện sản phẩm",
    "c": "Chất lượng sản phẩm",
}
MATERIALS = {"own": "Tự trồng, tự nuôi", "bought": "Thu mua của các hộ", "both": "Tự sản xuất và thu mua của các hộ"}


def ocop_registration(renewal: RecognitionRenewal, day: date, typed: Mapping[str, Any]) -> OcopRegistration:
    """Return the registration of the product for being assessed again."""
    product, criteria = renewal.product, _criteria(day)
    return OcopRegistration(
        place_date=place_and_blank_day(product.producer),
        addressee=f"Ủy ban nhân dân {product.producer.commune.name}",
        party=party(product.producer),
        product_name=product.name,
        industry=product.ocop_set.industry,
        ocop_set=f"bộ {product.ocop_set}",
        group_name=product.group.name if product.group else DOTS,
        trace_code=product.trace_code,
        registered_for=STAGES[typed["stage"]],
        recognition=_recognition(renewal.recognition),
        wanted_stars=f"{typed['wanted_stars']} sao",
        criteria=f"Quyết định số {criteria.decision}",
        description=written_or_dots(typed["description"]),
        materials=written_or_dots(typed["materials"]),
        yearly_output=written_or_dots(typed["yearly_output"]),
        workers=written_or_dots(typed["workers"]),
        market=written_or_dots(typed["market"]),
        papers=_papers(renewal),
    )


def ocop_assessment(renewal: RecognitionRenewal, day: date, typed: Mapping[str, Any]) -> OcopAssessment:
    """Return the producer's points by part, none above what the criteria give, and what proves them."""
    product, criteria = renewal.product, _criteria(day)
    case.refuse_if(_too_many(typed, criteria))
    points = [typed[f"points_{part}"] for part in PARTS]
    return OcopAssessment(
        place_date=place_and_blank_day(product.producer),
        party=party(product.producer),
        product_name=product.name,
        ocop_set=str(product.ocop_set),
        criteria=f"Quyết định số {criteria.decision}",
        parts=tuple(_part(part, typed, criteria) for part in PARTS),
        total=DOTS[:2] if None in points else str(sum(points)),
        wanted_stars=f"{typed['wanted_stars']} sao",
        standards=tuple(
            CitedStandard(code=row.code, title=row.title)
            for row in product.standards.all().in_force(day).order_by("code")
        ),
        traceability=_traced(product),
        papers=_papers(renewal),
        strengths=written_or_dots(typed["strengths"]),
        to_improve=written_or_dots(typed["to_improve"]),
    )


def declared_of(product: Product) -> Mapping[str, str]:
    """Return what the producer declared on the phone: the registration's form begins with it; any of it may be ""."""
    rows = Answer.objects.filter(
        dossier__onboarding__enrolment__product=product,
        state=Answer.State.CURRENT,
        question__in=("product_description", "raw_material", "yearly_amount"),
    )
    answers = {row.question: row.value for row in rows.order_by("pk") if row.value not in (None, "")}
    amount = answers.get("yearly_amount")
    return {
        "description": product.description or str(answers.get("product_description", "")),
        "materials": MATERIALS.get(str(answers.get("raw_material")), ""),
        "yearly_output": f"{case.counted(int(amount))} kg" if amount is not None else "",
    }


def _criteria(day: date) -> OcopCriteria:
    """The version of the criteria in force on the paper's day. Raises NotReady while none is known."""
    found = OcopCriteria.objects.in_force(day).order_by("-effective_from").first()
    if found is None:
        raise case.not_ready(
            [_("No OCOP criteria are in force on %(day)s; enter them in the registry.") % {"day": case.dated(day)}]
        )
    criteria: OcopCriteria = found
    return criteria


def _recognition(recognition: OcopRecognition) -> str:
    last = recognition.valid_until - timedelta(days=1)
    return (
        f"{recognition.stars} sao, Quyết định số {recognition.decision_number} "
        f"ngày {case.dated(recognition.decided_on)}, có hiệu lực đến hết ngày {case.dated(last)}"
    )


def _papers(renewal: RecognitionRenewal) -> tuple[EvidencePaper, ...]:
    items = {item.evidence: item for item in renewal.items.all()}
    return tuple(
        EvidencePaper(name=name, state=STATES[State(items[evidence].state)], note=items[evidence].note)
        for evidence, name in EVIDENCE.items()
        if evidence in items
    )


def _too_many(typed: Mapping[str, Any], criteria: OcopCriteria) -> list[str]:
    return [
        _("Part %(part)s has at most %(most)d points under %(criteria)s, not %(points)d.")
        % {"part": part.upper(), "most": most, "criteria": criteria, "points": typed[f"points_{part}"]}
        for part in PARTS
        if (typed[f"points_{part}"] or 0) > (most := getattr(criteria, f"points_{part}"))
    ]


def _part(part: str, typed: Mapping[str, Any], criteria: OcopCriteria) -> AssessedPart:
    points = typed[f"points_{part}"]
    return AssessedPart(
        code=part.upper(),
        name=PARTS[part],
        most=getattr(criteria, f"points_{part}"),
        points="……" if points is None else str(points),
        grounds=typed[f"grounds_{part}"] or "………………………",
    )


def _traced(product: Product) -> tuple[str, ...]:
    """What the system itself proves: the code, the lots, the stamps on lots."""
    kind = "GTIN" if product.gtin else "mã nội bộ của hệ thống"
    used = Activation.objects.filter(batch__product=product).aggregate(sum=Sum(F("end") - F("start")))["sum"] or 0
    return (
        f"Mã truy vết của sản phẩm: {product.trace_code} ({kind})",
        f"Đã lập {case.counted(product.lots.count())} lô trên hệ thống",
        f"Đã kích hoạt {case.counted(used)} tem truy xuất nguồn gốc",
    )
