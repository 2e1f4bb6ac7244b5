"""Producers and products of the demonstration prefix 952."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import factory
from django.core.files.base import ContentFile
from PIL import Image

from gs1.keys import check_digit
from people.models import AdminUnit, User
from registry.models import (
    OcopCriteria,
    OcopRecognition,
    OcopSet,
    Place,
    ProcessStep,
    Producer,
    ProducerMember,
    Product,
    ProductGroup,
    Standard,
)
from registry.trace_codes import own_code
from tests.factories.people import AdminUnitFactory, UserFactory

GROUP_STEPS = (
    ("thu-hoach", "Thu hoạch", "https://tx.vidu.example/voc/bizstep/thu-hoach"),
    ("so-che", "Sơ chế", "other"),
    ("phan-phoi", "Phân phối", "shipping"),
)


def demo_gtin(number: int) -> str:
    """Return the n-th GTIN-14 of GS1's demonstration prefix 952."""
    body = f"952{number:09d}"
    return f"0{body}{check_digit(body)}"


class OcopSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OcopSet
        django_get_or_create = ("number",)

    number = 1
    name = "Rau, củ, quả, hạt tươi"
    industry = "Thực phẩm"


class StandardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standard
        django_get_or_create = ("code",)

    code = "TCVN 12850:2019"
    title = "Truy xuất nguồn gốc – Yêu cầu chung đối với hệ thống truy xuất nguồn gốc"
    kind = Standard.Kind.TCVN
    effective_from = date(2019, 12, 31)


def fruit_group() -> ProductGroup:
    """Return the group of fresh fruit with three required steps and one standard."""
    group, is_new = ProductGroup.objects.get_or_create(
        code="qua-tuoi", defaults={"name": "Quả tươi", "ocop_set": OcopSetFactory()}
    )
    if is_new:
        for position, (key, name, biz_step) in enumerate(GROUP_STEPS, start=1):
            ProcessStep.objects.create(group=group, position=position, key=key, name=name, biz_step=biz_step)
        group.standards.add(StandardFactory())
    return group


class ProducerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Producer

    number = factory.Sequence(lambda n: n + 1)
    province = factory.SubFactory(AdminUnitFactory)
    kind = Producer.Kind.COOPERATIVE
    name = factory.LazyAttribute(lambda producer: f"HTX số {producer.number} (giả lập)")
    tax_code = factory.LazyAttribute(lambda producer: f"9999{producer.number:06d}")
    address = "Thôn 6"
    commune = factory.LazyAttribute(lambda producer: commune_of(producer.province))


def commune_of(province: AdminUnit) -> AdminUnit:
    """Return a commune of the province."""
    return AdminUnitFactory(
        code=f"{province.code}-001", name="xã Ia Tô", level=AdminUnit.Level.COMMUNE, parent=province
    )


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    producer = factory.SubFactory(ProducerFactory)
    number = 1
    name = factory.LazyAttribute(lambda product: f"Chôm chôm số {product.producer.number}")
    ocop_set = factory.SubFactory(OcopSetFactory)
    group = factory.LazyFunction(fruit_group)
    gtin = factory.LazyAttribute(lambda product: demo_gtin(product.producer.number))
    own_code = factory.LazyAttribute(
        lambda product: own_code(product.producer.province.code, product.producer.number, product.number)
    )


def recognise(product: Product, *, stars: int = 3, decided_on: date = date(2021, 6, 1)) -> OcopRecognition:
    """Give a product its OCOP stars."""
    criteria, _ = OcopCriteria.objects.get_or_create(
        decision="781/QĐ-TTg", effective_from=date(2020, 6, 8), points_a=35, points_b=25, points_c=40
    )
    return OcopRecognition.objects.create(
        product=product,
        criteria=criteria,
        stars=stars,
        decision_number=f"{product.pk}/QĐ-UBND",
        decided_on=decided_on,
        valid_until=OcopRecognition.end_of(decided_on),
    )


def complete_product(producer: Producer, **fields: object) -> Product:
    """Return a product whose own record lacks none of the ten minimum items."""
    product = ProductFactory(producer=producer, **fields)
    picture = BytesIO()
    Image.new("RGB", (8, 8), "#b02a1f").save(picture, "PNG")
    product.image.save("anh.png", ContentFile(picture.getvalue()))
    product.standards.add(StandardFactory())
    if not producer.places.exists():
        Place.objects.create(
            producer=producer, code=f"DD{producer.pk:07d}", name="Vườn thôn 6", kind="plot", commune=producer.commune
        )
    return product


def producer_user(producer: Producer, username: str) -> User:
    """Return a user who acts for the producer."""
    user = UserFactory(username=username)
    ProducerMember.objects.get_or_create(producer=producer, user=user)
    return user
