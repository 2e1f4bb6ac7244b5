"""What the registry's pages share: who asks, in which frame, and a refused form."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from people.errors import Refusal
from people.models import User
from people.scope import scope_of
from registry import files, papers, policies
from registry.search import fold

log = logging.getLogger(__name__)


class UserRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


def layout_for(user: User) -> str:
    """Return the base template: the officials' frame, or the producers' with larger type."""
    scope = scope_of(user)
    return "base.html" if scope.memberships or scope.is_keeper else "layout_simple.html"


def tabs(here: str) -> list[dict[str, Any]]:
    """Return the lists of the registry as tabs; `here` is the address of the one that is shown."""
    pages = (
        (_("Producers"), "registry:producers"),
        (_("Products"), "registry:products"),
        (_("Recognition"), "registry:recognitions"),
        (_("Certificates"), "registry:certificates"),
        (_("GS1 registrations"), "registry:barcodes"),
        (_("TCCS and QCĐP"), "registry:local_standards"),
        (_("Product groups"), "registry:product_groups"),
        (_("Standards"), "registry:standards"),
        (_("Personal data"), "data_requests"),
    )
    return [{"label": label, "url": reverse(name), "active": reverse(name) == here} for label, name in pages]


def refuse_unless(allowed: bool) -> None:  # noqa: FBT001  reads as a sentence
    """Answer 403 to those who may see the thing but not change it."""
    if not allowed:
        raise PermissionDenied(_("You may read this part of the registry; those who keep it may change it."))


def may_keep(user: User, province_id: int) -> bool:
    """Whether to offer the user what changes the province's registry."""
    return policies.can_keep_registry(user, province_id)


def render_form(request: UserRequest, form: BaseForm, **context: Any) -> HttpResponse:
    """Show a form page; a form with errors answers 422, which htmx swaps too."""
    context = {"form": form, "layout": layout_for(request.user), **context}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def send_paper(request: UserRequest, row: Any, field: str, *, name: str, back: Any) -> HttpResponseBase:
    """Answer with a stored paper as an attachment, only while it is what its hash says; 404 if there is none."""
    paper = getattr(row, field)
    if not paper:
        raise Http404
    if not files.is_intact(str(paper.name), getattr(row, f"{field}_sha256")):
        log.error("The paper of %s %s is missing or differs from its SHA-256.", row._meta.label, row.pk)
        messages.error(request, _("The stored file is damaged; tell the administrator."))
        return redirect(back)
    suffix = "." + str(paper.name).rpartition(".")[2]
    return FileResponse(
        paper.open("rb"),
        as_attachment=True,
        filename=f"{slugify(fold(name))[:60] or 'giay-to'}{suffix}",
        content_type=papers.TYPES.get(suffix, "application/octet-stream"),
        headers={"X-Content-Type-Options": "nosniff"},
    )


def accepted(form: BaseForm, act: Callable[[], Any], *, field: Callable[[Refusal], str | None]) -> Any:
    """Return what the act returns, or None with its refusal beside the field that it is about."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        name = field(refusal)
        form.add_error(name if name in form.fields else None, str(refusal))
        return None
