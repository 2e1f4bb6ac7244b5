"""What pages say while a key of the stamps is missing in the settings: 503 and whom to tell, nothing about a stamp.

Without its key a stamp that we printed cannot be told from a forged one; whoever scans it must not read that it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stamps.errors import StampsNotConfigured
from stamps.public.answers import answer, private

logger = logging.getLogger(__name__)
PUBLIC = "/scan/"  # below it lies all that a consumer reads
RETRY_SECONDS = 60  # a person has to mend the settings


class MissingKeys:
    """Middleware: answers StampsNotConfigured from any view; the log names the setting that lacks the key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a missing key, None for every other exception."""
        if not isinstance(exception, StampsNotConfigured):
            return None
        logger.error("A page needs a key of the stamps: %s", exception)
        if request.path.startswith(PUBLIC):
            response = answer(request, "public/no_data.html", {}, status=503)
        else:
            response = private(render(request, "stamps/keys_missing.html", status=503))
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
