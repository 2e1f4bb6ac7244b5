"""What the public reads behind the key of a place, a producer or a carton, and before it leaves for another site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lots.models import LogisticUnit, Recall
from privacy.policies import shows_name
from registry.models import Place, Producer, Product
from stamps.hosts import host_of, is_public_address, with_query
from stamps.models import ProductLink, StampBatch
from stamps.public.paths import scan_path
from stamps.resolver import answers
from stamps.resolver.levels import LANGUAGES
from stamps.resolver.names import place_name, producer_name


@require_safe
def key_page(request: HttpRequest, ai: str, value: str) -> HttpResponse:
    """The page of a place (414), of a producer (417) or of a carton or pallet (00)."""
    template, context = {"414": _place, "417": _party, "00": _unit}[ai](value)
    status = 200 if context else 404
    return _page(request, template if context else "public/no_key.html", context, status=status)


@require_safe
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which site a link leads to, before the reader goes: the site is not ours, and nobody here vouches for it."""
    link = ProductLink.objects.current().filter(pk=pk).select_related("product__producer").first()
    if link is None or not is_public_address(link.href):
        return _page(request, "public/no_link.html", {}, status=404)
    target = with_query(link.href, request.META.get("QUERY_STRING", ""))
    producer = link.product.producer
    # Called by the template, so that "hộ ở xã…" is said in the language of the page.
    context = {"link": link, "link_host": host_of(link.href), "target": target}
    context["producer"] = lambda: producer_name(producer)
    return _page(request, "public/leaving.html", context)


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render in the language of `lang`, else in the browser's."""
    asked = request.GET.get("lang", "")
    languages = asked if asked in LANGUAGES else request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return answers.finished(answers.page(template, context, languages, status=status))


def _place(gln: str) -> tuple[str, dict[str, Any]]:
    places = Place.objects.select_related("producer", "commune__parent__parent")
    place = places.filter(gln=gln).order_by("pk").first()
    if place is None:
        return "", {}
    return "public/place.html", {
        "gln": gln,
        "place": place,
        "name": lambda: place_name(place),
        "producer": lambda: producer_name(place.producer),
    }


def _party(gln: str) -> tuple[str, dict[str, Any]]:
    producers = Producer.objects.select_related("commune__parent__parent")
    found = producers.filter(gln=gln).order_by("pk").first()
    if found is None:
        return "", {}
    producer = found.survivor()
    commune, is_named = producer.commune, shows_name(producer)
    above = commune if is_named or commune.parent is None else commune.parent
    products = [(product, _page_of(product)) for product in producer.products.order_by("name", "pk")]
    return "public/party.html", {
        "gln": gln,
        "producer": producer,
        "name": lambda: producer_name(producer),
        "address": above.full_name(),
        # Only what the public can scan: of the rest of the register it learns nothing.
        "products": [(product, page) for product, page in products if page],
    }


def _unit(sscc: str) -> tuple[str, dict[str, Any]]:
    unit = LogisticUnit.objects.standing().filter(sscc=sscc).select_related("producer__commune").first()
    if unit is None:
        return "", {}
    contents = unit.contents.select_related("lot__product") if unit.is_packed else ()
    recalls = Recall.objects.in_force().of_unit(unit).select_related("lot", "product")
    return "public/unit.html", {
        "unit": unit,
        "producer": lambda: producer_name(unit.producer),
        "contents": [(content, content.quantity.normalize(), _page_of(content.lot.product)) for content in contents],
        "recalls": list(recalls),
    }


def _page_of(product: Product) -> str:
    """Return the path of the product's public page, "" while no stamp of it is activated."""
    codes = StampBatch.objects.filter(product=product, activations__isnull=False).values_list("code", flat=True)
    printed = list(codes)
    code = next((code for code in (product.trace_code, *printed) if code in printed), "")
    return scan_path(code, None) if code else ""
