"""The addresses that are printed: GS1 Digital Links and our own codes. GS1-Conformant Resolver 1.2.0.

Without login, session or cookie; a stamp that is forged or void resolves like any other, because the page
behind it says so.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import is_valid_path
from django.views import defaults
from django.views.decorators.http import require_http_methods

from gs1.digital_link import DigitalLink, InvalidDigitalLink, parse_path
from registry.trace_codes import is_own_code
from stamps.hosts import with_query
from stamps.resolver import answers
from stamps.resolver.asking import Asked, read
from stamps.resolver.description import description
from stamps.resolver.handed_over import handler_of
from stamps.resolver.levels import levels_of, product_levels
from stamps.resolver.linkset import Level, links_of
from stamps.resolver.negotiation import narrowed, wanted_linkset
from stamps.resolver.words import DEFAULT, HANDLED_BY, LINKSET, LINKSET_JSON

require_resolving = require_http_methods(answers.METHODS)


@require_resolving
def resolve(request: HttpRequest) -> HttpResponse:
    """Answer a GS1 Digital Link: 307 to what is asked for, or its linkset; 400 for what breaks the standard."""
    asked = read(request)
    try:
        link = parse_path(asked.path, asked.query)
    except InvalidDigitalLink as error:
        return _bad_address(request, asked, error.rule)
    levels = levels_of(link)
    if not levels and (handler := handler_of(link)):
        return answers.finished(_handed_over(handler, link, asked))
    return _answer(request, asked, levels)


@require_resolving
def resolve_own(request: HttpRequest, code: str, serial: str | None = None) -> HttpResponse:
    """Answer an address with a code of our own, which a product without a GTIN carries (ISO/IEC 18975)."""
    asked, code = read(request), code.upper()
    if not is_own_code(code):
        return _bad_address(request, asked, "check-digit")
    return _answer(request, asked, product_levels(code, serial=serial or ""))


@require_resolving
def describe(request: HttpRequest) -> HttpResponse:
    """The resolver's description file."""
    if request.method == "OPTIONS":
        return answers.finished(answers.options(request, []))
    return answers.finished(JsonResponse(description(), json_dumps_params={"ensure_ascii": False}))


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of the whole site; 400 on the stamps' host for an address of no page, which is no Digital Link either."""
    is_page = request.resolver_match is not None or is_valid_path(f"{request.path_info}/")
    if request.get_host() != settings.STAMPS_HOST or is_page:
        return defaults.page_not_found(request, exception)
    return _bad_address(request, read(request), "no-key")


def _answer(request: HttpRequest, asked: Asked, levels: list[Level]) -> HttpResponse:
    if request.method == "OPTIONS":
        return answers.finished(answers.options(request, levels))
    if not levels:
        return answers.finished(answers.page("public/no_product.html", {}, asked.readers, status=404))
    return answers.finished(_chosen(asked, levels))


def _chosen(asked: Asked, levels: list[Level]) -> HttpResponse:
    if asked.link_type == LINKSET:
        return answers.linkset(levels, asked)
    # With a link type only the linkset's own media type asks for it: JSON may be what the link leads to.
    media_type = wanted_linkset(asked.accept, (LINKSET_JSON,)) if asked.link_type else wanted_linkset(asked.accept)
    if media_type:
        return answers.linkset(levels, asked, media_type=media_type)
    if asked.link_type in ("", DEFAULT):
        return answers.redirect(levels[0].default, asked, levels)
    links = links_of(levels, asked.link_type)
    if not links:
        return answers.page("public/no_link.html", {}, asked.readers, status=404)
    best = narrowed(links, languages=asked.languages, accept=asked.accept, context=asked.context)
    return answers.choices(best, levels, asked) if len(best) > 1 else answers.redirect(best[0], asked, levels)


def _bad_address(request: HttpRequest, asked: Asked, rule: str) -> HttpResponse:
    if request.method == "OPTIONS":
        return answers.finished(answers.options(request, []))
    return answers.finished(answers.page("public/bad_address.html", {"reason": rule}, asked.readers, status=400))


def _handed_over(root: str, link: DigitalLink, asked: Asked) -> HttpResponse:
    """Send the client to the resolver that answers the keys of a prefix."""
    response = HttpResponseRedirect(with_query(root + link.path(), asked.query), preserve_request=True)
    response.headers["Link"] = f'<{root}>; rel="{HANDLED_BY}"'
    return response
