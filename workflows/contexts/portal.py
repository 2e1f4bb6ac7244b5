"""The grounds for the province's portal, read from what the seven steps left behind (SL-06)."""

from __future__ import annotations

from collections import Counter, defaultdict

from onboarding.models import CohortGroup, Onboarding, StampSupply
from onboarding.progress import Progress, counts, journeys_of
from projects.contexts import PortalGrounds, PortalGroup, PortalProduct, PortalStep, RefusalRow, SupplyRow
from projects.models import PilotProject
from workflows.contexts import case
from workflows.contexts.charts import steps_chart

# As the plan of seed 003 names them, whatever language the page is read in.
STEPS = (
    "Khảo sát, đánh giá thực trạng từng sản phẩm",
    "Lựa chọn sản phẩm",
    "Tổng hợp nhóm sản phẩm có quy trình tương tự",
    "Xây dựng quy trình, tài liệu hướng dẫn cho nhóm sản phẩm",
    "Mô-đun phù hợp với nhóm sản phẩm",
    "Đào tạo, kê khai, kích hoạt tem",
    "Cung cấp tem truy xuất nguồn gốc",
)
Selection = Onboarding.Selection


def portal_grounds(project: PilotProject) -> PortalGrounds | None:
    """Return what steps 1 to 7 achieved; None for a project none of whose products came on board. Three queries."""
    known = list(journeys_of(project))
    if not known:
        return None
    selected = [journey for journey in known if journey.selection == Selection.SELECTED]
    refused = [journey for journey in known if journey.selection == Selection.REFUSED]
    supplies = _supplies(known)
    steps = tuple(
        PortalStep(number=step.value, name=name, done=done, total=len(known))
        for name, (step, done) in zip(STEPS, counts(map(Progress, known)), strict=True)
    )
    return PortalGrounds(
        steps=steps,
        steps_chart=steps_chart(steps),
        selected=len(selected),
        refused=len(refused),
        refusals=_refusals(refused),
        groups=_groups(selected),
        supplies=supplies,
        stamps_supplied=sum(row.quantity for row in supplies),
        products=tuple(_product(journey) for journey in selected),
        on_portal=sum(bool(journey.portal_reference) for journey in selected),
        waived=sum(bool(journey.portal_waiver) for journey in selected),
        not_recorded=sum(not (journey.portal_reference or journey.portal_waiver) for journey in selected),
    )


def _refusals(refused: list[Onboarding]) -> tuple[RefusalRow, ...]:
    reasons = Counter(journey.selection_reason.strip().rstrip(".;") for journey in refused)
    return tuple(RefusalRow(reason=reason, products=count) for reason, count in reasons.most_common())


def _groups(selected: list[Onboarding]) -> tuple[PortalGroup, ...]:
    sizes = Counter(journey.group for journey in selected if journey.group is not None)
    return tuple(_group(group, sizes[group]) for group in sorted(sizes, key=lambda group: group.product_group.name))


def _group(group: CohortGroup, products: int) -> PortalGroup:
    order = getattr(group, "module_order", None)
    return PortalGroup(
        name=group.product_group.name,
        products=products,
        process_on=case.dated(group.approved_at) or "Chưa duyệt",
        module=(order.module_code if order else "") or "Chưa có",
        module_on=case.dated(order.answered_on) if order else "",
    )


def _supplies(known: list[Onboarding]) -> tuple[SupplyRow, ...]:
    """Deliveries by provider and shares: what each paid stands together."""
    parts: dict[tuple[str, int, int], list[StampSupply]] = defaultdict(list)
    for row in StampSupply.objects.filter(onboarding__in=known).select_related("provider").order_by("pk"):
        parts[row.provider.name, row.state_share, row.producer_share].append(row)
    return tuple(
        SupplyRow(
            provider=provider,
            products=len({row.onboarding_id for row in rows}),
            quantity=sum(row.quantity for row in rows),
            received=sum(row.received or 0 for row in rows),
            state_share=state,
            producer_share=producer,
        )
        for (provider, state, producer), rows in sorted(parts.items())
    )


def _product(journey: Onboarding) -> PortalProduct:
    product, state = journey.enrolment.product, "Chưa ghi nhận"
    if journey.portal_reference:
        state = f"Mã {journey.portal_reference}, ngày {case.dated(journey.portal_connected_on)}"
    elif journey.portal_waiver:
        state = f"Được miễn: {journey.portal_waiver}"
    return PortalProduct(name=product.name, producer=product.producer.name, state=state)
