"""What makes the product installable on a phone: its manifest and its service worker, both from the root."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ICONS = (("icon-192.png", "192x192", "image/png"), ("icon-512.png", "512x512", "image/png"))
PAPER, RICE = "#fdfcf8", "#0e4429"  # the tokens of the look


@require_safe
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name, colours and icons for the phone's home screen."""
    icons = [{"src": static(name), "sizes": sizes, "type": kind, "purpose": "any"} for name, sizes, kind in ICONS]
    icons.append({"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    facts = {
        "id": "/",
        "name": _("TXNG – product traceability"),
        "short_name": "TXNG",
        "description": _("The producer's dossier, also without a connection."),
        "lang": get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": RICE,
        "icons": icons,
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker (assets/js/sw.js). At the root, because a worker rules over its own folder only."""
    headers = {"Service-Worker-Allowed": "/"}
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _script() -> bytes:
    return (settings.BASE_DIR / "static" / "sw.js").read_bytes()
