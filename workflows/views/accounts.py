"""Opening a producer's account and printing its claim card; the card's QR code is drawn by the stamps room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.actions import accounts
from people.claims import Issued
from people.errors import Refusal
from projects.views.case import PersonRequest
from registry.forms import PersonForm
from registry.models import Producer, ProducerMember
from registry.views.frame import may_keep, refuse_unless
from stamps.printing import qr

MODULE_MM = 0.9  # 33 modules and the quiet zone: 37 mm, read from an arm's length by a cheap camera


class AccountForm(PersonForm):
    """A producer's person; the box is shown only when the phone number has an account already."""

    is_same_person = forms.BooleanField(
        label=gettext_lazy("Yes, it is the same person; one PIN for all"), required=False, widget=forms.HiddenInput
    )

    def ask_whether_same(self) -> None:
        """Show the box."""
        self.fields["is_same_person"].widget = forms.CheckboxInput()


def _producer_for(request: PersonRequest, pk: int) -> Producer:
    found: Producer = get_object_or_404(Producer.objects.visible_to(request.user).for_page(), pk=pk)
    refuse_unless(may_keep(request.user, found.province_id))
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a person act for a producer. The answer shows the claim card once, so it is not a redirect."""
    producer = _producer_for(request, pk)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            opened = accounts.open_account(producer, **form.cleaned_data, by=request.user)
        except accounts.SharedPhone as refusal:
            form.ask_whether_same()
            form.add_error("is_same_person", str(refusal))
        except Refusal as refusal:
            form.add_error("phone", str(refusal))
        else:
            return _opened(request, producer, opened)
    context = {"form": form, "producer": producer}
    return render(request, "workflows/account_new.html", context, status=422 if form.errors else 200)


def _opened(request: PersonRequest, producer: Producer, opened: accounts.Opened) -> HttpResponse:
    if opened.issued:
        return _card(request, producer, opened.issued)
    text = _("%(name)s now acts for %(producer)s and signs in as before; no new card is needed.")
    messages.success(request, text % {"name": opened.member.user, "producer": producer})
    return redirect(producer)


@login_required
@require_POST
@never_cache
def card(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Print a new claim card: shown once, so POST is not a redirect; the earlier cards no longer work."""
    producer = _producer_for(request, pk)
    members = ProducerMember.objects.filter(producer=producer).select_related("user", "producer__province")
    member = get_object_or_404(members, pk=member_pk)
    try:
        issued = accounts.print_card(member, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(producer)
    return _card(request, producer, issued)


def _card(request: PersonRequest, producer: Producer, issued: Issued) -> HttpResponse:
    return render(request, "workflows/claim_card.html", {"producer": producer, **card_context(issued)})


def card_context(issued: Issued) -> dict[str, Any]:
    """What is printed on a card: `workflows/_claim_card.html`."""
    path = reverse("people:claim", args=[issued.token])
    return {
        "producers": accounts.card_producers(issued.card.user),
        "issued": issued,
        "officer": issued.card.issued_by,
        "qr": mark_safe(qr.svg(f"{settings.SITE_URL}{path}".upper(), MODULE_MM)),  # noqa: S308  our own drawing
        "host": settings.SITE_URL.partition("://")[2],
        "code": f"{issued.code[:3]} {issued.code[3:]}",
    }
