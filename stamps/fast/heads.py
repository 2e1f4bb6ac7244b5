"""The headers of the layer's answers: exactly those that Django's middleware gives a scan page here."""

from __future__ import annotations

import io
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse

from stamps.fast.port import headed

MOST = 256  # kinds of requests; whoever writes other names into Host all the time only makes it forget
# What the middleware may look at to redirect, refuse, or add headers; nothing of the visitor.
_ASKED = ("wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "SERVER_NAME", "SERVER_PORT")

Head = tuple[str, tuple[tuple[str, str], ...]]


class _Middleware(WSGIHandler):
    """Django's own handler, with the middleware of the settings around an answer that is given beforehand."""

    def around(self, environ: Mapping[str, Any], answer: HttpResponse) -> HttpResponse:
        """Return what becomes of the answer on its way out; another one if the request gets no page at all."""
        request = WSGIRequest({**environ, "REQUEST_METHOD": "GET", "PATH_INFO": "/scan/", "wsgi.input": io.BytesIO()})
        request.answer = answer  # type: ignore[attr-defined]
        found: HttpResponse = self._middleware_chain(request)  # type: ignore[attr-defined]
        return found

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = request.answer  # type: ignore[attr-defined]
        return answer


class Heads:
    """Status line and headers by status and kind of request; None where Django has to answer itself."""

    def __init__(self) -> None:
        self._middleware = _Middleware()
        self._kept: dict[tuple[Any, ...], Head | None] = {}

    def of(self, environ: Mapping[str, Any], status: int) -> Head | None:
        """Return the head without Content-Length; None if the request is redirected or refused before any view."""
        key = (status, *(environ.get(name) for name in _ASKED))
        if key in self._kept:
            return self._kept[key]
        if len(self._kept) >= MOST:
            self._kept.clear()
        head = self._kept[key] = self._asked(dict(zip(_ASKED, key[1:], strict=True)), status)
        return head

    def _asked(self, environ: dict[str, Any], status: int) -> Head | None:
        given = {name: value for name, value in environ.items() if value is not None}
        answer = headed(HttpResponse(b"", status=status))
        found = self._middleware.around(given, answer)
        if found is not answer or found.cookies:
            return None
        headers = tuple((name, value) for name, value in found.items() if name != "Content-Length")
        return f"{status} {HTTPStatus(status).phrase}", headers
