"""The list of products with priority for traceability: its submission and its decision (QT-II.3a, BK-A3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.contexts.plans import PriorityDecision, PriorityList, PriorityRow, PrioritySubmission
from projects.models import Programme
from registry.models import Product
from workflows.contexts import case
from workflows.contexts.plan_texts import or_dots, typed, typed_lines
from workflows.contexts.plans import authority_of
from workflows.contexts.standing import committee_of, standing_agency

CELLS = 6
CRITERIA = (
    "Nhu cầu của thị trường, ưu tiên thị trường xuất khẩu",
    "Yêu cầu về vệ sinh, an toàn thực phẩm và bảo vệ môi trường",
    "Sản phẩm chủ lực, đặc trưng, sản phẩm tham gia Chương trình mỗi xã một sản phẩm của địa phương",
)
_CUT = re.compile(r"\s*[|\t]\s*")


def priority_submission(programme: Programme, day: date, entries: Mapping[str, Any]) -> PrioritySubmission:
    """Return the submission with the typed list. Raises NotReady for rows without their two reasons (BK-II.2.1a)."""
    committee = committee_of(programme)
    missing = [] if committee else [_no_committee()]
    listing = _listing(programme, entries, missing)
    case.refuse_if(missing)
    return PrioritySubmission(
        addressee=str(committee),
        about=f"Phê duyệt danh mục sản phẩm, hàng hóa trọng điểm ưu tiên truy xuất nguồn gốc {listing.period}",
        reasons=or_dots(typed_lines(entries, "reasons")),
        process=or_dots(typed_lines(entries, "process")),
        criteria=typed_lines(entries, "criteria") or CRITERIA,
        listing=listing,
        funding=typed(entries, "funding", ""),
        attachments=typed_lines(entries, "attachments") or ("Dự thảo Quyết định phê duyệt danh mục",),
    )


def priority_decision(programme: Programme, day: date, entries: Mapping[str, Any]) -> PriorityDecision:
    """Return the committee's decision on the list. Raises NotReady like the submission, and without a submission."""
    committee, department = committee_of(programme), standing_agency(programme, day)
    missing = [] if committee else [_no_committee()]
    if department is None:
        missing.append(_("No department of the province is in the lead of the programme's plans: enter their lines."))
    if not typed(entries, "proposal", ""):
        missing.append(_("The decision has no submission: write who proposes it, with number and date."))
    listing = _listing(programme, entries, missing)
    case.refuse_if(missing)
    return PriorityDecision(
        about=f"Phê duyệt danh mục sản phẩm, hàng hóa trọng điểm ưu tiên truy xuất nguồn gốc {listing.period}",
        authority=authority_of(committee) if committee else "",
        executing_agency=str(department),
        duties=typed_lines(entries, "duties") or DUTIES,
        executors=typed(entries, "executors"),
        listing=listing,
    )


DUTIES = (
    "Công bố danh mục, hướng dẫn các tổ chức, cá nhân triển khai truy xuất nguồn gốc đối với sản phẩm trong danh mục",
    "Định kỳ hằng năm rà soát, đề xuất sửa đổi, bổ sung danh mục cho phù hợp với thực tế",
)


def suggested_rows(programme: Programme, day: date) -> str:
    """Return the province's recognised products to choose from, a line each with its cells apart; reasons are typed."""
    products = Product.objects.recognised_on(day).current().filter(producer__province=programme.province)
    rows = products.select_related("group", "ocop_set", "producer").order_by("name", "pk")
    return "\n".join(f"{row.name} | {row.group or row.ocop_set} | {row.producer.name} |  |  | " for row in rows)


def suggested_executors(programme: Programme, day: date) -> str:
    """Return who carries the decision out: the head of the department in the lead, the others together."""
    department = standing_agency(programme, day)
    heads = [f"{department.head_title} {department.name}"] if department else []
    return "; ".join([*heads, "Thủ trưởng các cơ quan, đơn vị và các tổ chức, cá nhân có liên quan"])


def _listing(programme: Programme, entries: Mapping[str, Any], missing: list[str]) -> PriorityList:
    rows = tuple(_row(line) for line in typed_lines(entries, "rows"))
    bare = [row.name for row in rows if not row.export_reason or not row.safety_reason]
    if not rows:
        missing.append(_("The list has no product: write each on a line of its own."))
    if bare:
        missing.append(
            _("Products without the reason of the market or of food safety (cells 4 and 5): %s.") % case.listed(bare)
        )
    return PriorityList(
        period=typed(entries, "period"),
        place=f"trên địa bàn {programme.province.name}",
        rows=rows,
        count=len(rows),
    )


def _row(line: str) -> PriorityRow:
    cells = [*_CUT.split(line.strip()), *[""] * CELLS]
    name, field, place, export_reason, safety_reason, proposed_by = (cell.strip() for cell in cells[:CELLS])
    return PriorityRow(
        name=name,
        field=field,
        place=place,
        export_reason=export_reason,
        safety_reason=safety_reason,
        proposed_by=proposed_by,
    )


def _no_committee() -> str:
    return str(_("The province has no people's committee among its organisations: enter it."))
