"""What papers on products and producers have in common: the party, places, codes, steps, cited standards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.text import capfirst

from documents.contexts.producers import Party
from documents.contexts.products import CitedStandard, GroupProduct, TracedStep
from documents.contexts.standards import CodedPlace
from people.models import AdminUnit
from registry.models import Place, ProcessStep, Producer, Product, Standard
from workflows.contexts import case

DOTS = "…………………………………"  # a person writes it on the printed sheet
BLANK_DAY = "ngày …… tháng …… năm ………"
# As papers name them, whatever the language of the interface.
PRODUCER_KINDS = {
    Producer.Kind.COMPANY: "Doanh nghiệp",
    Producer.Kind.COOPERATIVE: "Hợp tác xã",
    Producer.Kind.GROUP: "Tổ hợp tác",
    Producer.Kind.HOUSEHOLD: "Hộ kinh doanh",
}
PLACE_KINDS = {
    Place.Kind.PLOT: "Vùng trồng",
    Place.Kind.WORKSHOP: "Xưởng sản xuất",
    Place.Kind.STORE: "Kho",
    Place.Kind.SHOP: "Cửa hàng",
}
UNIT_WORDS = ("xã ", "phường ", "thị trấn ", "đặc khu ", "thành phố ", "tỉnh ")


def party(producer: Producer) -> Party:
    """Return the producer as its own papers name it, dotted where the registry knows nothing."""
    return Party(
        name=producer.name,
        kind=PRODUCER_KINDS[Producer.Kind(producer.kind)],
        tax_code=producer.tax_code or DOTS,
        address=producer.full_address(),
        representative=producer.representative or DOTS,
        phone=producer.phone or DOTS,
    )


def place_name(unit: AdminUnit) -> str:
    """Return a unit as the line with place and day names it: "Ia Tô" for "xã Ia Tô"."""
    name: str = unit.name
    word = next((word for word in UNIT_WORDS if name.casefold().startswith(word)), "")
    return capfirst(name[len(word) :])


def place_and_blank_day(producer: Producer) -> str:
    """Return the line with the producer's commune and a day to be written by hand."""
    return f"{place_name(producer.commune)}, {BLANK_DAY}"


def system_address() -> str:
    """Return the address at which producers declare and buyers look products up."""
    return f"https://{settings.STAMPS_HOST.lower()}"


def group_product(product: Product) -> GroupProduct:
    """Return a product with the code by which it is traced."""
    return GroupProduct(
        name=product.name,
        producer=product.producer.name,
        code=product.trace_code,
        code_kind="GTIN" if product.gtin else "Mã nội bộ",
    )


def traced_steps(steps: Iterable[ProcessStep]) -> tuple[TracedStep, ...]:
    """Return a group's steps with who records what."""
    return tuple(
        TracedStep(
            name=step.name,
            actor=case.actor_of(step),
            records=case.records_of(step),
            required="Bắt buộc" if step.is_required else "Khi có",
        )
        for step in steps
    )


def coded_places(producer: Producer) -> tuple[CodedPlace, ...]:
    """Return the producer's places; a place with a GLN is named by it."""
    return tuple(
        CodedPlace(
            name=place.name,
            kind=PLACE_KINDS[Place.Kind(place.kind)],
            commune=capfirst(place.commune.name),
            code=place.gln or place.code,
        )
        for place in producer.places.select_related("commune").order_by("name", "pk")
    )


def cited(day: date, **of: object) -> tuple[CitedStandard, ...]:
    """Return the standards in force on the day that are attached to any of these: `cited(day, groups=group)`."""
    attached = Q(*of.items(), _connector=Q.OR)
    rows = Standard.objects.in_force(day).filter(attached).distinct().order_by("code")
    return tuple(CitedStandard(code=row.code, title=row.title) for row in rows)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a text that a person wrote, empty ones left away."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def written_or_dots(text: object) -> str:
    """Return what was typed, or a dotted line to write on."""
    return str(text).strip() if text else DOTS
