"""Adding producers, products, recognitions and places to the registry."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from registry import policies
from registry.errors import DuplicateEntry, NotAllowedForYou
from registry.models import (
    OcopCriteria,
    OcopRecognition,
    OcopSet,
    Place,
    Producer,
    ProducerMember,
    Product,
    ProductGroup,
)
from registry.trace_codes import own_code


@transaction.atomic
def register_producer(
    *,
    name: str,
    kind: str,
    commune: AdminUnit,
    by: User,
    tax_code: str = "",
    representative: str = "",
    phone: str = "",
    address: str = "",
    now: datetime | None = None,
) -> Producer:
    """Return a new producer with the next number of its province. Raises DuplicateEntry on a known tax code."""
    province = _keep(commune.province, by)
    if tax_code and province.producers.filter(tax_code=tax_code).exists():
        raise DuplicateEntry(
            _("A producer with tax code %(tax_code)s is already registered in %(province)s.")
            % {"tax_code": tax_code, "province": province}
        )
    last = province.producers.aggregate(last=Max("number"))["last"] or 0
    producer = Producer.objects.create(
        number=last + 1,
        province=province,
        kind=kind,
        name=name,
        commune=commune,
        tax_code=tax_code,
        representative=representative,
        phone=phone,
        address=address,
    )
    audit.record("registry.producer_registered", by=by, target=producer, province=province, at=now, name=name)
    return producer


@transaction.atomic
def register_product(
    producer: Producer,
    *,
    name: str,
    ocop_set: OcopSet,
    by: User,
    group: ProductGroup | None = None,
    gtin: str | None = None,
    brand: str = "",
    shelf_life_days: int | None = None,
    now: datetime | None = None,
) -> Product:
    """Return a new product of the producer, with our own trace code beside its GTIN, if it has one.

    Raises DuplicateEntry when the producer has a product of that name or another product has the GTIN.
    """
    province = _keep(producer.province, by)
    if producer.products.filter(name=name).exists():
        raise DuplicateEntry(_("%(producer)s already has a product “%(name)s”.") % {"producer": producer, "name": name})
    if gtin and (other := Product.objects.filter(gtin=gtin).first()):
        raise DuplicateEntry(
            _("GTIN %(gtin)s already belongs to “%(product)s”; check the barcode certificate.")
            % {"gtin": gtin, "product": other}
        )
    number = (producer.products.aggregate(last=Max("number"))["last"] or 0) + 1
    product = Product.objects.create(
        producer=producer,
        number=number,
        name=name,
        ocop_set=ocop_set,
        group=group,
        gtin=gtin or None,
        own_code=own_code(province.code, producer.number, number),
        brand=brand,
        shelf_life_days=shelf_life_days,
    )
    product.standards.set(group.standards.all() if group else [])
    audit.record("registry.product_registered", by=by, target=product, province=province, at=now, name=name)
    return product


@transaction.atomic
def record_recognition(
    product: Product,
    *,
    stars: int,
    decision_number: str,
    decided_on: date,
    criteria: OcopCriteria,
    by: User,
    now: datetime | None = None,
) -> OcopRecognition:
    """Record the decision that gives a product its stars, for 36 months; the same decision twice is one."""
    province = _keep(product.producer.province, by)
    recognition, is_new = OcopRecognition.objects.get_or_create(
        product=product,
        decision_number=decision_number,
        defaults={
            "stars": stars,
            "decided_on": decided_on,
            "criteria": criteria,
            "valid_until": OcopRecognition.end_of(decided_on),
        },
    )
    if is_new:
        audit.record(
            "registry.recognition_recorded",
            by=by,
            target=product,
            province=province,
            at=now,
            name=product.name,
            stars=stars,
            decision=decision_number,
        )
    return recognition


@transaction.atomic
def register_place(producer: Producer, *, name: str, kind: str, commune: AdminUnit, by: User, gln: str = "") -> Place:
    """Return a new place of the producer, with the location trace code that its events carry."""
    province = _keep(producer.province, by, producer=producer)
    number = producer.places.count() + 1
    place = Place.objects.create(
        producer=producer,
        code=gln or f"DD{province.code}{producer.number:05}-{number:02}",
        name=name,
        kind=kind,
        commune=commune,
        gln=gln,
    )
    audit.record("registry.place_registered", by=by, target=place, case=producer, province=province, name=name)
    return place


@transaction.atomic
def add_producer_member(producer: Producer, user: User, *, by: User) -> ProducerMember:
    """Let a user act for the producer; doing it twice changes nothing."""
    province = _keep(producer.province, by)
    member, is_new = ProducerMember.objects.update_or_create(producer=producer, user=user, defaults={"is_active": True})
    if is_new:
        audit.record("registry.producer_member_added", by=by, target=member, case=producer, province=province)
    return member


def _keep(province: AdminUnit, user: User, *, producer: Producer | None = None) -> AdminUnit:
    """Return the province, locked so that its numbers are given out one by one, if the user may write there."""
    allowed = policies.can_keep_registry(user, province.pk) or (producer and policies.acts_for(user, producer))
    if not allowed:
        raise NotAllowedForYou(
            _("You do not keep the registry of %(province)s; ask an office there.") % {"province": province}
        )
    return AdminUnit.objects.select_for_update().get(pk=province.pk)
