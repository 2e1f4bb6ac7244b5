"""The public pages over HTTP: they take no session, set no cookie, run no script and name no visitor."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from people import throttle
from stamps.actions import check_pin
from stamps.codes.references import read_reference
from stamps.life.scan import look_up
from stamps.life.standing import GONE, Standing
from stamps.life.wrong_pins import takes_pin
from stamps.models import StampAlert, StampSeen
from stamps.public.answers import answer, private
from stamps.public.facts import lots_of, picture_url, product_stages, stamped_product, visible_facts
from stamps.public.language import language_of
from stamps.public.pages import render_scan, render_unknown
from stamps.public.pin_words import HTTP_STATUS

PICTURE_SECONDS = 3600
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
FREE_PINS = 30  # hidden codes from one network before it is slowed down: a shop checks its shelves
FREE_REFERENCES = 20
MOST_TYPED = 40  # letters of a hidden code that are looked at, and shown again


@csrf_exempt  # No cookie, so no one whose rights a foreign site could borrow; it could only count up a try.
@require_http_methods(["GET", "HEAD", "POST"])
def scan_page(request: HttpRequest, code: str, serial: str) -> HttpResponse:
    """What a stamp says: 200, 410 for one that ended, 404 for one that is none of ours, without a reason.

    A hidden code is posted to the page itself, which answers with the outcome on it.
    """
    language, standing = language_of(request), look_up(code.upper(), serial)
    if standing is None:
        status, page = render_unknown(language)
    elif request.method == "POST":
        return _pin_checked(request, standing, language)
    else:
        status, page = render_scan(standing, language, _seen(standing))
    return private(HttpResponse(page, status=status))


def _pin_checked(request: HttpRequest, standing: Standing, language: str) -> HttpResponse:
    """Check a hidden code. Slowed down per network, too: nobody may lock a whole shelf in a minute."""
    outcome, typed = None, request.POST.get("pin", "")[:MOST_TYPED].replace("\0", "")
    if takes_pin(standing) and standing.verdict(timezone.localdate()) not in GONE:
        try:
            throttle.take([throttle.Counter("stamp.pin.network", throttle.network_of(request), FREE_PINS)])
        except throttle.TooManyTries as refusal:
            return _too_many(request, language, refusal)
        outcome = check_pin(standing, typed)
    status, page = render_scan(standing, language, _seen(standing), answer=outcome, typed=typed)
    return private(HttpResponse(page, status=HTTP_STATUS[outcome.outcome] if outcome else status))


def _seen(standing: Standing) -> StampSeen | None:
    seen: StampSeen | None = StampSeen.objects.filter(index=standing.index).first()
    return seen


@require_safe
def report_state(request: HttpRequest) -> HttpResponse:
    """How far a report is, by its reference: open or closed, and the answer; nothing of its contents."""
    language, typed = language_of(request), request.GET.get("reference", "")[:40]
    context: dict[str, object] = {"typed": typed.replace("\0", "")}
    if not typed:
        return answer(request, "public/report_state.html", context)
    try:
        throttle.take([throttle.Counter("stamp.reference.network", throttle.network_of(request), FREE_REFERENCES)])
    except throttle.TooManyTries as refusal:
        return _too_many(request, language, refusal)
    reports = StampAlert.objects.filter(kind=StampAlert.Kind.REPORT).select_related("province")
    alert = reports.filter(reference=read_reference(typed)).first()
    if alert is None:
        return answer(request, "public/report_state.html", context | {"is_missing": True}, status=404)
    template = "public/report_sent.html" if request.GET.get("sent") and alert.is_open else "public/report_state.html"
    return answer(request, template, context | {"alert": alert})


@require_safe
def product_page(request: HttpRequest, code: str) -> HttpResponse:
    """How a product is made (GL-2.5); only for products with activated stamps."""
    code = code.upper()
    product = stamped_product(code)
    if product is None:
        return answer(request, "public/no_product.html", {}, status=404)
    lots = lots_of(code)
    with translation.override(language_of(request)):
        facts = visible_facts(product, today=timezone.localdate())
    context = {
        "product": product,
        "code": code,
        "facts": facts,
        "stages": product_stages(product, lots),
        "lot_count": lots.count(),
        "picture_url": picture_url(product, code),
    }
    return answer(request, "public/product.html", context)


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


def _too_many(request: HttpRequest, language: str, refusal: throttle.TooManyTries) -> HttpResponse:
    with translation.override(language):
        wait = throttle.words(refusal.wait)
    response = answer(request, "public/too_many.html", {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(max(1, int(refusal.wait.total_seconds())))
    return response
