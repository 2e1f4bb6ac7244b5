"""Adding and changing products, their pictures, recognitions and standards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from registry import pictures
from registry.actions.keeping import keep, keep_current, save_changes
from registry.actions.renewal import end_renewal
from registry.errors import DuplicateEntry, NotNow
from registry.models import OcopCriteria, OcopRecognition, OcopSet, Producer, Product, ProductGroup, Standard
from registry.policies import OWN_FIELDS
from registry.trace_codes import MOST_PRODUCTS, own_code


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
    description: str = "",
    shelf_life_days: int | None = None,
    picture: IO[bytes] | None = None,
    now: datetime | None = None,
) -> Product:
    """Return a new product of the producer, with our own trace code beside its GTIN, if it has one.

    Raises DuplicateEntry when the producer has a product of that name or another product has the
    GTIN, NotNow when codes have no digits for one more, and PictureRefused.
    """
    province = keep_current(producer, by)
    if producer.products.filter(name=name).exists():
        raise DuplicateEntry(_("%(producer)s already has a product “%(name)s”.") % {"producer": producer, "name": name})
    if gtin and (other := Product.objects.filter(gtin=gtin).first()):
        raise DuplicateEntry(
            _("GTIN %(gtin)s already belongs to “%(product)s”; check the barcode certificate.")
            % {"gtin": gtin, "product": other}
        )
    number = (producer.products.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > MOST_PRODUCTS:
        raise NotNow(
            _(
                "%(producer)s has used up its %(most)d product numbers, all that codes have room for; "
                "tell the administrator."
            )
            % {"producer": producer, "most": MOST_PRODUCTS}
        )
    product = Product.objects.create(
        producer=producer,
        number=number,
        name=name,
        ocop_set=ocop_set,
        group=group,
        gtin=gtin or None,
        own_code=own_code(province.code, producer.number, number),
        brand=brand,
        description=description,
        shelf_life_days=shelf_life_days,
    )
    product.standards.set(group.standards.all() if group else [])
    audit.record("registry.product_registered", by=by, target=product, province=province, at=now, name=name)
    return set_picture(product, picture, by=by) if picture else product


@transaction.atomic
def edit_product(
    product: Product, *, changes: Mapping[str, Any], by: User, picture: IO[bytes] | None = None
) -> Product:
    """Write plain edits (field → checked value); the producer's own people may change `policies.OWN_FIELDS` only.

    A new GTIN counts from the next stamps on: printed ones keep the code they carry. Raises
    DuplicateEntry and PictureRefused.
    """
    producer = product.producer
    own = producer if OWN_FIELDS.issuperset(changes) else None
    province = keep(producer.province, by, producer=own)
    product = Product.objects.select_for_update().get(pk=product.pk)
    save_changes(product, changes, "registry.product_edited", by=by, province=province)
    return set_picture(product, picture, by=by) if picture else product


@transaction.atomic
def set_picture(product: Product, upload: IO[bytes], *, by: User) -> Product:
    """Replace the product's picture, made clean and small; the old files go when the change is committed.

    Raises PictureRefused.
    """
    province = keep(product.producer.province, by, producer=product.producer)
    product = Product.objects.select_for_update().get(pk=product.pk)
    old = [str(file.name) for file in (product.image, product.small_image) if file]
    large, small = pictures.prepare(upload), pictures.prepare_small(upload)
    product.image.save(str(large.name), large, save=False)
    product.small_image.save(str(small.name), small, save=False)
    product.save(update_fields=["image", "small_image"])
    audit.record("registry.picture_changed", by=by, target=product, province=province, file=product.image.name)
    for name in old:
        transaction.on_commit(partial(product.image.storage.delete, name), robust=True)
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
    """Record the decision that gives a product its stars, for 36 months; the same decision twice is one.

    It ends the open renewal of the product. Raises DuplicateEntry when the decision is recorded with
    other stars or another day.
    """
    province = keep(product.producer.province, by)
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
    if (recognition.stars, recognition.decided_on) != (stars, decided_on):
        raise DuplicateEntry(
            _("Decision %(number)s is already recorded for “%(product)s” with %(stars)s stars; check the paper.")
            % {"number": decision_number, "product": product, "stars": recognition.stars}
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
        end_renewal(recognition, by=by, now=now)
    return recognition


@transaction.atomic
def set_standards(product: Product, standards: Iterable[Standard], *, by: User) -> Product:
    """Make `standards` the ones that the product applies; the same again writes nothing."""
    province = keep(product.producer.province, by)
    before = set(product.standards.values_list("code", flat=True))
    product.standards.set(standards)
    after = set(product.standards.values_list("code", flat=True))
    if before != after:
        audit.record(
            "registry.standards_changed",
            by=by,
            target=product,
            province=province,
            added=sorted(after - before),
            removed=sorted(before - after),
        )
    return product
