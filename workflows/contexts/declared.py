"""Accounts and declared data of the enrolled products (GL-2.D2), and the guide by which they declare (GL-2.D4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext as _

from lots.models import Event, Lot
from lots.policies import gaps_of
from people.models import Membership
from projects.contexts import AccountRow, CompletenessRow, DeclaredData, GuideGroup, GuideStep, UserGuide
from projects.models import Attendance, Deliverable, PilotProject
from registry.models import ProcessStep, Producer, ProducerMember, Product
from workflows.contexts import case

# TT 02/2024/TT-BKHCN: the ten minimum items, in the circular's words; lots.policies counts them.
MINIMUM_ITEMS = (
    "Tên sản phẩm, hàng hóa",
    "Hình ảnh sản phẩm, hàng hóa",
    "Tên đơn vị sản xuất, kinh doanh",
    "Địa chỉ đơn vị sản xuất, kinh doanh",
    "Các công đoạn trong sản xuất, kinh doanh",
    "Thời gian sản xuất, kinh doanh",
    "Mã truy xuất nguồn gốc sản phẩm, hàng hóa",
    "Thương hiệu, nhãn hiệu, mã ký hiệu, số sê-ri (nếu có)",
    "Thời hạn sử dụng (nếu có)",
    "Tiêu chuẩn, quy chuẩn được áp dụng",
)
PRODUCTION_TIME = 6  # the item that only a lot can answer


def declared_data(deliverable: Deliverable, day: date) -> DeclaredData:
    """Return every producer's login, never a password, and how complete each product's data is."""
    project = case.project_of(deliverable)
    enrolled = case.enrolments_of(project)
    producers = case.producers_of(enrolled)
    members, trained = _members(producers), _trained(project, producers)
    case.refuse_if(case.missing_enrolments(enrolled) + _missing_accounts(producers, members, trained))
    products = completeness([enrolment.product for enrolment in enrolled])
    return DeclaredData(
        project_title=project.title,
        counted_on=case.dated(day),
        accounts=tuple(_account(member, trained) for producer in producers for member in members[producer.pk]),
        account_count=len(producers),
        products=products,
        product_count=len(products),
        complete_count=sum(not product.missing for product in products),
    )


def user_guide(deliverable: Deliverable, day: date) -> UserGuide:
    """Return the guide to declaring: one part for each product group, by the group's own steps."""
    project = case.project_of(deliverable)
    enrolled = case.enrolments_of(project)
    case.refuse_if(case.missing_products(enrolled))
    return UserGuide(
        project_title=project.title,
        system_address=f"https://{settings.STAMPS_HOST.lower()}",
        support_contact=support_of(project),
        groups=tuple(
            GuideGroup(
                name=group.name,
                products=tuple(product.name for product in products),
                steps=tuple(_guide_step(step) for step in group.steps.all()),
            )
            for group, products in case.groups_of(enrolled).items()
        ),
        minimum_items=MINIMUM_ITEMS,
    )


# --- accounts --------------------------------------------------------------------------------
def _members(producers: Sequence[Producer]) -> dict[int, list[ProducerMember]]:
    rows = ProducerMember.objects.filter(producer__in=producers, is_active=True, user__is_active=True)
    members: dict[int, list[ProducerMember]] = {}
    for row in rows.select_related("user", "producer").order_by("pk"):
        members.setdefault(row.producer_id, []).append(row)
    return members


def _trained(project: PilotProject, producers: Sequence[Producer]) -> dict[int | None, date]:
    """Return the first day on which somebody of the producer passed the check."""
    passed = Attendance.objects.filter(session__project=project, producer__in=producers, passed_check=True)
    days = passed.values("producer").annotate(first=Min("session__held_on"))
    return dict(days.values_list("producer", "first"))


def _missing_accounts(
    producers: Sequence[Producer], members: dict[int, list[ProducerMember]], trained: dict[int | None, date]
) -> list[str]:
    missing = []
    if without := [producer for producer in producers if producer.pk not in members]:
        missing.append(
            _("Producers without an account (add a person on the producer's page): %s.") % case.listed(without)
        )
    if untrained := [producer for producer in producers if producer.pk not in trained]:
        missing.append(
            _("Producers without a trained person (record the attendance of a class): %s.") % case.listed(untrained)
        )
    return missing


def _account(member: ProducerMember, trained: dict[int | None, date]) -> AccountRow:
    user, producer = member.user, member.producer
    return AccountRow(
        producer=producer.name,
        representative=producer.representative or user.full_name,
        login=user.phone or user.username,
        opened_on=case.dated(user.date_joined),
        trained_on=case.dated(trained[producer.pk]),
    )


# --- completeness ----------------------------------------------------------------------------
def completeness(products: Sequence[Product]) -> tuple[CompletenessRow, ...]:
    """Return each product's minimum data by its most complete lot; two queries for all of them."""
    with_lot = set(Lot.objects.filter(product__in=products).values_list("product", flat=True))
    events = Event.objects.filter(lot__product__in=products, corrected_by=None).order_by()
    by_lot: dict[int, dict[int, set[int]]] = {}
    for product, lot, step in events.values_list("lot__product", "lot", "step").distinct():
        by_lot.setdefault(product, {}).setdefault(lot, set()).add(step)
    return tuple(
        _complete_row(
            product, max(by_lot.get(product.pk, {}).values(), key=len, default=set()), has_lot=product.pk in with_lot
        )
        for product in products
    )


def _complete_row(product: Product, recorded: set[int], *, has_lot: bool) -> CompletenessRow:
    numbers = {gap.item for gap in gaps_of(product, recorded)} | (set() if has_lot else {PRODUCTION_TIME})
    return CompletenessRow(
        product=product.name,
        producer=product.producer.name,
        code=product.trace_code,
        filled=len(MINIMUM_ITEMS) - len(numbers),
        required=len(MINIMUM_ITEMS),
        missing="; ".join(MINIMUM_ITEMS[number - 1] for number in sorted(numbers)),
    )


# --- guide -----------------------------------------------------------------------------------
def _guide_step(step: ProcessStep) -> GuideStep:
    return GuideStep(
        name=step.name, records=case.records_of(step), required="Bắt buộc" if step.is_required else "Khi có"
    )


def support_of(project: PilotProject) -> str:
    """Return whom a producer calls: the first field helper, else the manager, with the phone number if known."""
    person = next(iter(project.people(Membership.Role.HELPER)), project.manager)
    return f"{person.full_name}, điện thoại {person.phone}" if person.phone else person.full_name
