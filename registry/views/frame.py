"""What the registry's pages share: who asks, in which frame, and a refused form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from people.browsers import in_app
from people.frame import PersonRequest, layout_for
from people.models import User
from registry import policies


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


def render_form(request: PersonRequest, form: BaseForm, **context: Any) -> HttpResponse:
    """Show a form page; a form with errors answers 422, which htmx swaps too."""
    takes_photos = form.is_multipart()
    context = {"form": form, "layout": layout_for(request.user), "in_app": takes_photos and in_app(request), **context}
    answer = render(request, "registry/form.html", context, status=422 if form.errors else 200)
    if takes_photos:
        patch_vary_headers(answer, ["User-Agent"])
    return answer
