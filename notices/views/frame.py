"""What the pages of the notices room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from notices import policies
from people.models import User


def tabs(user: User, here: str) -> list[dict[str, Any]]:
    """Return the pages of the room that the user may open; `here` is the name of the one that is shown."""
    pages = [("mine", _("Mine")), ("preferences", _("My wishes"))]
    if policies.may_call(user):
        pages.append(("calls", _("Call list")))
    if policies.may_read_log(user):
        pages.append(("deliveries", _("Delivery log")))
    if policies.may_set_rules(user):
        pages.append(("rules", _("Rules")))
    return [{"label": label, "url": reverse(f"notices:{name}"), "active": name == here} for name, label in pages]


def is_own_page(url: str) -> bool:
    """Whether an address is a page of this installation, written as a path."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def back_to(request: HttpRequest, name: str) -> HttpResponse:
    """Redirect to the page of that name, with the filter that the form was sent from."""
    query = request.POST.get("query", "")
    address = f"{reverse(name)}?{query}" if query else reverse(name)
    return redirect(address if is_own_page(address) else reverse(name))
