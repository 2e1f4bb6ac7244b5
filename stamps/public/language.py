"""In which language a public page answers: the one asked for in the address, else the browser's, else Vietnamese."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

VIETNAMESE, ENGLISH = "vi", "en"
KNOWN = (VIETNAMESE, ENGLISH)


def language_of(request: HttpRequest) -> str:
    """Return "vi" or "en" for a request; no cookie and no session are read."""
    return language_asked(request.GET.get("lang", ""), request.headers.get("Accept-Language", ""))


def language_asked(chosen: str, header: str) -> str:
    """Return "vi" or "en" by `?lang=` and Accept-Language. Whoever asks for neither reads Vietnamese, as the stamp is.

    >>> language_asked("", "fr-FR, en-GB;q=0.8, vi;q=0.5")
    'en'
    """
    if chosen in KNOWN:
        return chosen
    for tag, quality in parse_accept_lang_header(header):
        if quality and (base := tag.partition("-")[0]) in KNOWN:
            return base
    return VIETNAMESE
