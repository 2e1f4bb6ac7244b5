"""What the resolver knows of a key: the levels of its linkset, from the finest that was asked for up to the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gs1.digital_link import DigitalLink
from lots.models import LogisticUnit, Recall
from registry.models import Place, Producer, Product
from registry.trace_codes import is_own_code
from stamps.hosts import link_target
from stamps.models import ProductLink, StampBatch
from stamps.public.paths import scan_path
from stamps.resolver.linkset import Level, Link
from stamps.resolver.names import place_name, producer_name

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class ProductKey:
    """A product under a code as it was printed, and how it is narrowed."""

    product: Product
    code: str
    lot: str = ""
    serial: str = ""

    def path(self, *, lot: str = "", serial: str = "") -> str:
        """Return the address of the product, of a lot or of a stamp: lot and serial never stand together."""
        if is_own_code(self.code):
            return f"/vn/tx/{self.code}" + (f"/s/{quote(serial, safe='')}" if serial else "")
        narrowing = (("10", lot),) if lot else (("21", serial),) if serial else ()
        return DigitalLink("01", self.code, narrowing).path()


def levels_of(link: DigitalLink) -> list[Level]:
    """Return the levels of a GS1 key, the finest first; empty when the key is not ours."""
    if link.key == "01":
        return product_levels(link.value, lot=link.lot or "", serial=link.serial or "")
    found = _OTHERS.get(link.key, _nothing)(link.value)
    return [found] if found else []


def product_levels(code: str, *, lot: str = "", serial: str = "") -> list[Level]:
    """Return the levels of a product's code, GTIN or ours, that it has or had when stamps were printed."""
    product = product_of(code)
    if product is None:
        return []
    key = ProductKey(product, code, lot=lot, serial=serial)
    return [level for level in (_of_stamp(key), _of_lot(key), _of_product(key)) if level]


def product_of(code: str) -> Product | None:
    """Return the product that has the code, or whose stamps were printed with it."""
    field = "own_code" if is_own_code(code) else "gtin"
    product: Product | None = Product.objects.filter(**{field: code}).select_related("producer").first()
    if product is not None:
        return product
    batch = StampBatch.objects.filter(code=code).select_related("product__producer").order_by("pk").first()
    return batch.product if batch else None


def _of_product(key: ProductKey) -> Level:
    product = key.product
    # Under the printed code as long as stamps carry it; a code that was never printed leads to the one in use.
    is_printed = StampBatch.objects.filter(code=key.code, activations__isnull=False).exists()
    page = scan_path(key.code if is_printed else product.trace_code, None)
    links = [*_pages("pip", page, _("%(name)s: product page"), product.name)]
    links += _pages("traceability", page, _("%(name)s: how it is made"), product.name)
    if _has_certificates(product):
        links += _pages("certificationInfo", page, _("%(name)s: certificates"), product.name)
    if Recall.objects.in_force().filter(product=product).exists():
        links += _pages("recallStatus", page, _("%(name)s: recall"), product.name)
    links += _own_links(product)
    newer = ProductKey(product, product.trace_code).path()
    same_as = () if key.code == product.trace_code else (newer,)
    return Level(key.path(), product.name, links[0], tuple(links), same_as)


def _of_lot(key: ProductKey) -> Level | None:
    """A lot has links of its own only while it is recalled; otherwise it takes those of its product."""
    if not key.lot or not Recall.objects.in_force().filter(product=key.product, lot__number=key.lot).exists():
        return None
    name = f"{key.product.name} · {key.lot}"
    page = scan_path(key.code, None)
    links = tuple(_pages("recallStatus", page, _("%(name)s: recall"), name))
    return Level(key.path(lot=key.lot), name, links[0], links)


def _of_stamp(key: ProductKey) -> Level | None:
    """Any serial has this level, issued or not: whether it is one of ours is for the scan page to say.

    A slash is in no serial of ours and can be in no address of the scan page.
    """
    if not key.serial or "/" in key.serial:
        return None
    page, name = scan_path(key.code, key.serial), key.product.name
    links = [*_pages("pip", page, _("%(name)s: this stamp"), name)]
    links += _pages("traceability", page, _("%(name)s: the way of the goods with this stamp"), name)
    links += _pages("verificationService", page, _("%(name)s: check this stamp"), name)
    if Recall.objects.in_force().filter(product=key.product, lot=None).exists():
        links += _pages("recallStatus", page, _("%(name)s: recall"), name)
    # No other key of the same stamp: its serial holds only with the code that it was printed with.
    return Level(key.path(serial=key.serial), name, links[0], tuple(links))


def _pages(relation: str, path: str, title: Promise | str, name: str) -> Iterator[Link]:
    """Yield a page of ours in each language: the first without a word, as it is scanned; the others by `lang`."""
    for language in LANGUAGES:
        with translation.override(language):
            said = str(title) % {"name": name}
        query = "" if language == LANGUAGES[0] else f"?lang={language}"
        yield Link(relation, path + query, said, language)


def _own_links(product: Product) -> list[Link]:
    kept = ProductLink.objects.current().filter(product=product).order_by("link_type", "pk")
    return [Link(own.link_type, link_target(own), own.title, own.language, own.media_type, own.context) for own in kept]


def _has_certificates(product: Product) -> bool:
    today = timezone.localdate()
    in_force = Q(issued_on__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))
    found: bool = product.certificates.filter(in_force).exists()
    return found


def _place(gln: str) -> Level | None:
    place = Place.objects.filter(gln=gln).select_related("producer", "commune").order_by("pk").first()
    if place is None:
        return None
    return _page_level("414", gln, "locationInfo", place_name(place), _("%(name)s: place"))


def _party(gln: str) -> Level | None:
    producer = Producer.objects.filter(gln=gln).select_related("commune").order_by("pk").first()
    if producer is None:
        return None
    return _page_level("417", gln, "traceability", producer_name(producer.survivor()), _("%(name)s: producer"))


def _unit(sscc: str) -> Level | None:
    unit = LogisticUnit.objects.standing().filter(sscc=sscc).first()
    if unit is None:
        return None
    level = _page_level("00", sscc, "traceability", f"SSCC {sscc}", _("%(name)s: what is in it"))
    if not Recall.objects.in_force().of_unit(unit).exists():
        return level
    page = reverse("public_key", args=["00", sscc])
    recall = tuple(_pages("recallStatus", page, _("%(name)s: recall"), level.description))
    return Level(level.path, level.description, level.default, level.links + recall)


def _page_level(ai: str, value: str, relation: str, name: str, title: Promise | str) -> Level:
    links = tuple(_pages(relation, reverse("public_key", args=[ai, value]), title, name))
    return Level(DigitalLink(ai, value).path(), name, links[0], links)


def _nothing(value: str) -> None:
    return None


# Keys that we answer besides products; the description file says the same.
_OTHERS: dict[str, Callable[[str], Level | None]] = {"00": _unit, "414": _place, "417": _party}
PRIMARY_KEYS = ("01", *_OTHERS)
