"""The producer's self-declaration that its traceability system conforms to the standards of a product group.

TT 02/2024/TT-BKHCN: a system covers the whole process under the standard for its products and is declared
conforming, on the producer's own assessment or on a certifier's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from documents.contexts.producers import CheckedItem, ConformityDeclaration
from documents.contexts.products import CitedStandard
from documents.contexts.standards import CodedPlace
from projects.contexts import CompletenessRow
from registry.models import Producer, Product, ProductGroup
from stamps.models import Activation
from workflows.contexts import case
from workflows.contexts.application import RETENTION
from workflows.contexts.declared import MINIMUM_ITEMS, completeness
from workflows.contexts.parties import (
    cited,
    coded_places,
    group_product,
    party,
    place_and_blank_day,
    system_address,
)

SELF, CERTIFIER = "self", "certifier"


def declared_groups(producer: Producer) -> list[ProductGroup]:
    """Return the groups in which the producer has products, by name: each has a declaration of its own."""
    return list(ProductGroup.objects.filter(products__producer=producer).distinct().order_by("name", "pk"))


def conformity_declaration(producer: Producer, day: date, typed: Mapping[str, Any], code: str) -> ConformityDeclaration:
    """Return the declaration for the product group of a code; NotReady while a product lacks minimum data."""
    group = ProductGroup.objects.filter(code=code).first()
    products = _products(producer, group) if group else []
    if group is None or not products:
        raise case.not_ready([_("%(producer)s has no product in this group.") % {"producer": producer}])
    standards = cited(day, groups=group, products__in=[product.pk for product in products])
    places, rows = coded_places(producer), completeness(products)
    case.refuse_if(_missing(group, standards, places, rows))
    return ConformityDeclaration(
        place_date=place_and_blank_day(producer),
        party=party(producer),
        group_name=group.name,
        products=tuple(map(group_product, products)),
        places=places,
        standards=standards,
        system_name=typed["system_name"],
        system_address=system_address(),
        basis=_basis(typed),
        checks=_checks(group, products, places, rows),
        retention=RETENTION,
    )


def _products(producer: Producer, group: ProductGroup) -> list[Product]:
    rows = Product.objects.filter(producer=producer, group=group).select_related("producer", "group")
    return list(rows.prefetch_related("standards", "group__steps").order_by("name", "pk"))


def _missing(
    group: ProductGroup,
    standards: Sequence[CitedStandard],
    places: Sequence[CodedPlace],
    rows: Sequence[CompletenessRow],
) -> list[str]:
    missing = []
    if not standards:
        missing.append(_("No standard in force is attached to product group “%(group)s”.") % {"group": group})
    if not places:
        missing.append(_("The producer has no place with a location trace code; add one on its page."))
    return missing + [
        _("“%(product)s” lacks minimum data: %(items)s.") % {"product": row.product, "items": row.missing}
        for row in rows
        if row.missing
    ]


def _basis(typed: Mapping[str, Any]) -> str:
    day = case.dated(typed["assessed_on"])
    if typed["basis"] == SELF:
        return f"Chủ thể tự đánh giá, hoàn thành ngày {day}"
    return f"Kết quả chứng nhận của {typed['certifier']}, số {typed['certificate']} ngày {day}"


def _checks(
    group: ProductGroup, products: Sequence[Product], places: Sequence[CodedPlace], rows: Sequence[CompletenessRow]
) -> tuple[CheckedItem, ...]:
    """What the records show; nothing is found by assertion."""
    count = case.counted(len(products))
    coded = case.counted(sum(bool(product.gtin) for product in products))
    used = Activation.objects.filter(batch__product__in=products).aggregate(sum=Sum(F("end") - F("start")))["sum"] or 0
    required = [step.name for step in group.steps.all() if step.is_required]
    found = {
        "Mã truy vết sản phẩm": f"{count} sản phẩm có mã không trùng lặp, trong đó {coded} sản phẩm có GTIN",
        "Mã truy vết địa điểm": f"{case.counted(len(places))} địa điểm có mã",
        "Vật mang dữ liệu": f"Tem mã QR, mỗi tem một số; đã kích hoạt {case.counted(used)} tem",
        "Các công đoạn bắt buộc có ghi nhận": ", ".join(required) or "Không có công đoạn bắt buộc",
        "Dữ liệu tối thiểu": f"{case.counted(len(rows))} sản phẩm có lô đủ {len(MINIMUM_ITEMS)} nội dung",
    }
    return tuple(CheckedItem(item=item, finding=finding) for item, finding in found.items())
