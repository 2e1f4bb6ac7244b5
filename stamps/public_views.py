"""What anybody may see without login: the resolver of printed codes, the scan page, the product page.

These pages take no session, set no cookie, run no script and name no visitor. They are rendered
without the request, so that nothing of a login can slip in.
"""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gs1.digital_link import InvalidDigitalLink, parse_path
from lots.checklist import produced
from lots.history import public_history
from registry.models import Product
from registry.trace_codes import is_own_code
from stamps import serials
from stamps.models import Activation, StampBatch
from stamps.public_pages import lots_of, product_stages, stamped_product, visible_facts
from stamps.scan import look_up

PICTURE_SECONDS = 3600
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")


@require_safe
def resolve(request: HttpRequest) -> HttpResponse:
    """Answer a GS1 Digital Link: 307 to the page of the item or the product, 400 if it breaks the standard.

    GS1-Conformant Resolver 1.2.0: 307, the query string passed on untouched, one trailing slash tolerated.
    """
    # The server has taken the percent-encoding off; an encoded slash can no longer be told apart and gives 400.
    path, query = quote(request.path_info, safe="/"), request.META.get("QUERY_STRING", "")
    try:
        link = parse_path(path, query)
    except InvalidDigitalLink as error:
        return _page("public/bad_address.html", {"reason": error.rule}, status=400)
    return _redirect(link.gtin or "", link.serial, query)


@require_safe
def resolve_own(request: HttpRequest, code: str, serial: str | None = None) -> HttpResponse:
    """Answer an address with a code of our own, which a product without a GTIN carries (ISO/IEC 18975)."""
    code = code.upper()
    if not is_own_code(code):
        return _page("public/bad_address.html", {"reason": "check-digit"}, status=400)
    return _redirect(code, serial, request.META.get("QUERY_STRING", ""))


@require_safe
def scan_page(request: HttpRequest, code: str, serial: str) -> HttpResponse:
    """What a stamp says: 200 for a stamp of ours, activated or not; 404 for any other, without a reason."""
    scan = look_up(code.upper(), serial)
    if scan is None:
        return _page("public/no_stamp.html", {}, status=404)
    shown = serials.grouped(scan.serial)
    if scan.activation is None:
        return _page("public/not_activated.html", {"serial": shown})
    return _page("public/stamp.html", {"serial": shown, **_stamp(scan.batch, scan.activation)})


@require_safe
def product_page(request: HttpRequest, code: str) -> HttpResponse:
    """How a product is made (GL-2.5); only for products with activated stamps."""
    code = code.upper()
    product = stamped_product(code)
    if product is None:
        return _page("public/no_product.html", {}, status=404)
    lots = lots_of(code)
    context = {
        "product": product,
        "code": code,
        "facts": visible_facts(product, today=timezone.localdate()),
        "stages": product_stages(product, lots),
        "lot_count": lots.count(),
        "picture_url": _picture_url(product, code),
    }
    return _page("public/product.html", context)


@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponseBase:
    """The small picture of a product with activated stamps."""
    product = stamped_product(code.upper())
    image = product and (product.small_image or product.image)
    name = image.name if image else None
    if not name or not default_storage.exists(name):
        raise Http404
    kind = mimetypes.guess_type(name)[0]
    if kind not in PICTURE_TYPES:
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={PICTURE_SECONDS}"
    return response


def scan_path(code: str, serial: str | None) -> str:
    """Return the path of the page behind a code: of one stamp, or of the product."""
    own = "_own" if is_own_code(code) else ""
    return reverse(f"scan{own}", args=[code, serial]) if serial else reverse(f"public_product{own}", args=[code])


def _redirect(code: str, serial: str | None, query: str) -> HttpResponse:
    if not _is_known(code):
        return _page("public/no_product.html", {}, status=404)
    target = scan_path(code, serial) + (f"?{query}" if query else "")
    return _private(HttpResponseRedirect(target, preserve_request=True))


def _is_known(code: str) -> bool:
    """Whether the code is, or was when stamps were printed, the code of a product here."""
    field = "own_code" if is_own_code(code) else "gtin"
    return Product.objects.filter(**{field: code}).exists() or StampBatch.objects.filter(code=code).exists()


def _stamp(batch: StampBatch, activation: Activation) -> dict[str, Any]:
    lot, product, today = activation.lot, batch.product, timezone.localdate()
    facts = visible_facts(product, today=today)
    return {
        "product": product,
        "code": batch.code,  # as printed, even if the product has a GTIN by now
        "activation": activation,
        "lot": lot,
        "produced": produced(lot),
        "is_expired": bool(lot.expires_on and lot.expires_on < today),
        "facts": facts,
        "history": public_history(lot, names_places=facts.is_named),
        "picture_url": _picture_url(product, batch.code),
    }


def _picture_url(product: Product, code: str) -> str:
    return reverse("public_picture", args=[code]) if product.small_image or product.image else ""


def _page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    frame = {"host": settings.STAMPS_HOST, "is_demo": settings.DEMO}
    return _private(HttpResponse(render_to_string(template, frame | context), status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """A recall must show at once, and the next site must not learn which stamp was scanned."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept-Language"])
    return response
