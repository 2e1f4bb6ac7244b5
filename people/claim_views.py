"""Getting in with a claim card: its code, then a PIN of one's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import claims, throttle
from people.claim_models import ClaimCard
from people.errors import Refusal
from people.forms import CodeForm, NewPinForm
from people.models import User

OWN_PHONE = 30 * 24 * 3600  # seconds
STEP_MINUTES = 15  # between the code and the PIN
FREE_TRIES = 20
PROVED = "claim_card"  # session key: which card's code was right, and when
PIN_COOKIE = "signs_in_with_pin"
BACKEND = "people.auth.PhoneOrUsernameBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the QR code of a card: ask for the code."""
    card = claims.card_of(token)
    if card is None:
        return unknown(request)
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"card": card, "form": form, "officer": card.issued_by}
    try:
        claims.check_usable(card)
        if form.is_valid():
            return _with_code(request, card, form.cleaned_data["code"], token)
    except claims.CardRefused as refusal:
        return render(request, "people/claim_refused.html", {**context, "refusal": str(refusal)}, status=410)
    except claims.WrongCode as refusal:
        form.add_error("code", str(refusal))
    except throttle.TooManyTries as refusal:
        form.add_error("code", str(refusal))
        return render(request, "people/claim.html", context, status=429)
    return render(request, "people/claim.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def unknown(request: HttpRequest, address: str = "") -> HttpResponse:
    """An address that no card has, as when it was typed: look at the card again."""
    return render(request, "people/claim_unknown.html", status=404)


def _with_code(request: HttpRequest, card: ClaimCard, code: str, token: str) -> HttpResponse:
    counters = [throttle.Counter("claim.network", throttle.network_of(request), FREE_TRIES)]
    throttle.take(counters)
    claims.check_code(card, code)
    throttle.forgive(counters)
    request.session.cycle_key()
    request.session[PROVED] = [card.pk, int(timezone.now().timestamp())]
    return redirect("people:claim_pin", token=token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_pin(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a PIN; then the person is signed in."""
    card = claims.card_of(token)
    if card is None:
        return unknown(request)
    if not _proved(request, card):
        return redirect("people:claim", token=token)
    form = NewPinForm(request.POST or None, phone=card.user.phone or "")
    if form.is_valid():
        try:
            user = claims.claim(card, pin=form.cleaned_data["pin"])
        except Refusal as refusal:
            form.add_error("pin", str(refusal))
        else:
            return _signed_in(request, user, is_own_phone=form.cleaned_data["is_own_phone"])
    context = {"card": card, "form": form, "officer": card.issued_by}
    return render(request, "people/claim_pin.html", context, status=422 if form.errors else 200)


def _proved(request: HttpRequest, card: ClaimCard) -> bool:
    proved = request.session.get(PROVED)
    if not proved or proved[0] != card.pk:
        return False
    return bool(timezone.now().timestamp() - proved[1] <= STEP_MINUTES * 60)


def _signed_in(request: HttpRequest, user: User, *, is_own_phone: bool) -> HttpResponse:
    request.session.pop(PROVED, None)
    login(request, user, backend=BACKEND)
    request.session.set_expiry(OWN_PHONE if is_own_phone else 0)
    answer = redirect("home")
    if is_own_phone:  # tells the login page to ask for a PIN with the number keys; it names nobody
        answer.set_cookie(
            PIN_COOKIE,
            "1",
            max_age=400 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


@require_safe
def forgot_pin(request: HttpRequest) -> HttpResponse:
    """Whom to call for a new card; nobody's phone number is shown to those who are not signed in."""
    return render(request, "people/forgot_pin.html")
