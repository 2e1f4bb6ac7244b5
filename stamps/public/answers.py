"""How every public page is answered: rendered without the request, so that nothing of a login can slip in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from stamps.public.language import ENGLISH, VIETNAMESE, language_of
from stamps.public.paths import query_for


def rendered(template: str, context: dict[str, Any], language: str) -> str:
    """Return the page in a language, with what every public page shows: the host, and the way to the other language."""
    with translation.override(language):
        frame = {
            "host": settings.STAMPS_HOST,
            "is_demo": settings.DEMO,
            "query": query_for(language),
            # From a stamp's page: relative, so that the page names no stamp but in its foot.
            "report_url": f"report/{query_for(language)}",
            "other_language": ENGLISH if language == VIETNAMESE else VIETNAMESE,
        }
        return render_to_string(template, frame | context)


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a public page in the language of the request; lazy texts in `context` are put into it too."""
    return private(HttpResponse(rendered(template, context, language_of(request)), status=status))


def private(response: HttpResponse) -> HttpResponse:
    """A recall must show at once, and the next site must not learn which stamp was scanned."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept-Language"])
    return response
