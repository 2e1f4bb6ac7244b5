"""What a producer agreed to: the page, giving a consent, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.frame import PersonRequest, accepted, layout_for
from privacy import policies
from privacy.actions import give_consent, withdraw_consent
from privacy.forms import AgreeForm, PaperForm
from privacy.models import Consent, DataRequest, Purpose
from registry.models import Producer
from registry.policies import acts_for

Channel = Consent.Channel


def producer_for(request: PersonRequest, pk: int) -> Producer:
    """Return a producer that the user sees, or answer 404."""
    found: Producer = get_object_or_404(Producer.objects.visible_to(request.user).for_page(), pk=pk)
    return found


def crumb(producer: Producer) -> dict[str, str]:
    """The way back to the producer's page of consents."""
    return {"parent_label": _("My data and consents"), "parent_url": reverse("producer_privacy", args=[producer.pk])}


@login_required
@require_safe
def producer_privacy(request: PersonRequest, pk: int) -> HttpResponse:
    """What the producer agreed to, word for word, and what was asked about its data."""
    producer = producer_for(request, pk)
    consents = Consent.objects.filter(producer=producer).select_related("text", "recorded_by", "withdrawn_by")
    by_purpose: dict[str, list[Consent]] = {}
    for consent in consents:
        by_purpose.setdefault(consent.text.purpose, []).append(consent)
    own = DataRequest.objects.visible_to(request.user).filter(producer=producer).by_next_date()
    context = {
        "producer": producer,
        "layout": layout_for(request.user),
        "purposes": [_purpose(producer, purpose, by_purpose.get(purpose, [])) for purpose in Purpose.values],
        "requests": own,
        "may_record": policies.can_record(request.user, producer),
        "may_read_all": policies.may_read_all(request.user, producer),
        "may_erase": producer.is_individual and policies.can_handle(request.user, producer.province_id),
        "is_own": acts_for(request.user, producer),
    }
    return render(request, "privacy/producer.html", context)


def _purpose(producer: Producer, purpose: str, consents: list[Consent]) -> dict[str, Any]:
    """One purpose: the yes that holds, the words of today, and what was before."""
    given = next((consent for consent in consents if consent.withdrawn_at is None), None)
    today = timezone.localdate()
    text = policies.current_text(purpose, today)
    return {
        "key": purpose,
        "label": Purpose(purpose).label,
        "consent": given,
        "text": given.text if given else text,
        "has_newer": bool(given and given.text.version < text.version),
        "is_asked_anew": bool(given and not policies.has_consent(producer, purpose, today)),
        "new_text": text,
        "earlier": [consent for consent in consents if consent is not given],
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent_give(request: PersonRequest, pk: int, purpose: str) -> HttpResponse:
    """Agree to one purpose: its people by themselves, an official from a signed paper."""
    if purpose not in Purpose.values:
        raise Http404
    producer = producer_for(request, pk)
    if not policies.can_record(request.user, producer):
        raise PermissionDenied(
            _("You may read these consents; the producer's people and those who help them enter one.")
        )
    is_own = acts_for(request.user, producer)
    kind = AgreeForm if is_own else PaperForm
    form = kind(
        request.POST or None, initial={"given_by_name": str(request.user) if is_own else producer.representative}
    )
    given = accepted(
        form, lambda: _give(request, producer, purpose, form, is_own=is_own), field=lambda _refusal: "given_by_name"
    )
    if given:
        messages.success(request, _("The consent is kept. It can be withdrawn here at any time."))
        return redirect("producer_privacy", pk)
    context = {
        "producer": producer,
        "layout": layout_for(request.user),
        "form": form,
        "text": policies.current_text(purpose, timezone.localdate()),
        "title": Purpose(purpose).label,
        "back": reverse("producer_privacy", args=[pk]),
    }
    return render(request, "privacy/give.html", context, status=422 if form.errors else 200)


def _give(request: PersonRequest, producer: Producer, purpose: str, form: Any, *, is_own: bool) -> Consent:
    return give_consent(
        producer,
        purpose,
        given_by_name=form.cleaned_data["given_by_name"],
        channel=Channel.PHONE if is_own else Channel.PAPER,
        evidence=form.cleaned_data.get("evidence", ""),
        given_by=request.user if is_own else None,
        by=request.user,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a consent back, after saying what that means."""
    consent: Consent = get_object_or_404(
        Consent.objects.visible_to(request.user).select_related("text", "producer"), pk=pk
    )
    if not policies.can_record(request.user, consent.producer):
        raise PermissionDenied(_("The producer's people and those who help them withdraw a consent."))
    if request.method == "POST":
        withdraw_consent(consent, by=request.user)
        messages.success(request, _("The consent is withdrawn. What was done before stays lawful."))
        return redirect("producer_privacy", consent.producer_id)
    back = reverse("producer_privacy", args=[consent.producer_id])
    context = {"consent": consent, "back": back, "layout": layout_for(request.user)}
    return render(request, "privacy/withdraw.html", context)
