"""Claim cards: issuing one, checking its code, and setting the PIN with it.

A card is the way in for people without an e-mail address (reference: job PR1): a link of 128 random bits, printed
as a QR code, and a code of six digits apart from it. Ten wrong codes close the card; the officer prints a new one.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.claim_models import ClaimCard
from people.errors import Refusal
from people.models import AdminUnit, User
from people.pins import check_pin
from people.scope import scope_of

VALID_FOR = timedelta(days=14)
MAX_WRONG_CODES = 10
TOKEN_LENGTH = 26  # letters of base 32 for 16 bytes: capitals and digits make the smallest QR code


class CardRefused(Refusal):
    """The card is used, closed or past its day, or the account may not have one."""


class WrongCode(Refusal):
    """The code is not the card's."""


@dataclass(frozen=True)
class Issued:
    """A new card with its secrets, which can be shown this once and never again."""

    card: ClaimCard
    token: str
    code: str


def holds_office(user: User) -> bool:
    """Whether the account is an official's: those keep their passwords and get no card."""
    return user.is_superuser or bool(scope_of(user).memberships)


@transaction.atomic
def issue_card(user: User, *, by: User, province: AdminUnit | None = None, now: datetime | None = None) -> Issued:
    """Return a new card for the account; the earlier ones are closed. Raises CardRefused for an official's account.

    The PIN in use stays valid until the new card is used, so a card left lying locks nobody out.
    """
    now = now or timezone.now()
    user = User.objects.select_for_update().get(pk=user.pk)
    _check_may_have_card(user)
    ClaimCard.objects.open().filter(user=user).update(closed_at=now, closing=ClaimCard.Closing.REPLACED)
    token = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")
    code = f"{secrets.randbelow(1_000_000):06d}"
    card = ClaimCard.objects.create(
        user=user,
        token_sha256=_hashed(token),
        code_hash=make_password(code),
        issued_by=by,
        issued_at=now,
        expires_at=now + VALID_FOR,
    )
    audit.record("people.card_issued", by=by, target=card, case=user, province=province, at=now)
    return Issued(card, token, code)


def _check_may_have_card(user: User) -> None:
    if holds_office(user):
        raise CardRefused(
            _("%(name)s is an official and signs in with a password; an administrator sets a new one.") % {"name": user}
        )
    if not user.is_active:
        raise CardRefused(
            _("The account of %(name)s is closed; ask the administrator to open it again.") % {"name": user}
        )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.upper().encode()).hexdigest()


def card_of(token: str) -> ClaimCard | None:
    """Return the card of a link, whatever its state, or None."""
    return ClaimCard.objects.select_related("user", "issued_by").filter(token_sha256=_hashed(token)).first()


def check_usable(card: ClaimCard, *, now: datetime | None = None) -> None:
    """Raise CardRefused with the way out unless the card can still be used."""
    officer = {"officer": card.issued_by, "phone": card.issued_by.phone or _("(no phone number known)")}
    if card.closing == ClaimCard.Closing.CLAIMED:
        raise CardRefused(
            _(
                "This card has been used. Sign in with your phone number and PIN; "
                "if you forgot it, call %(officer)s, %(phone)s."
            )
            % officer
        )
    if card.closing == ClaimCard.Closing.GUESSED:
        raise CardRefused(
            _("A wrong code was entered 10 times, so this card is closed. Call %(officer)s, %(phone)s, for a new card.")
            % officer
        )
    if card.closing:
        raise CardRefused(
            _("A newer card has replaced this one. Use the newer card, or call %(officer)s, %(phone)s.") % officer
        )
    if card.expires_at <= (now or timezone.now()):
        raise CardRefused(_("This card is past its day. Call %(officer)s, %(phone)s, for a new card.") % officer)
    _check_may_have_card(card.user)  # who took an office, or was closed, after the card was printed


def check_code(card: ClaimCard, code: str, *, now: datetime | None = None) -> ClaimCard:
    """Return the card if the code is right. Raises WrongCode, and CardRefused once the card is closed.

    A wrong code is counted under the card's lock and stays counted; the tenth closes the card.
    """
    now = now or timezone.now()
    with transaction.atomic():
        card = ClaimCard.objects.select_for_update(of=("self",)).select_related("user", "issued_by").get(pk=card.pk)
        check_usable(card, now=now)
        if check_password(code, card.code_hash):
            return card
        _count_wrong(card, now)
    if card.closing:
        check_usable(card, now=now)
    left = MAX_WRONG_CODES - card.wrong_codes
    raise WrongCode(
        _("This is not the code of the card. Look at the card again; %(left)d tries are left.") % {"left": left}
    )


def _count_wrong(card: ClaimCard, now: datetime) -> None:
    card.wrong_codes += 1
    if card.wrong_codes >= MAX_WRONG_CODES:
        card.closed_at, card.closing = now, ClaimCard.Closing.GUESSED
        audit.record("people.card_closed", by=None, target=card, case=card.user, at=now, wrong_codes=card.wrong_codes)
    card.save(update_fields=["wrong_codes", "closed_at", "closing"])


@transaction.atomic
def claim(card: ClaimCard, *, pin: str, now: datetime | None = None) -> User:
    """Set the account's PIN with a card whose code was right, use the card up, and return the user.

    Raises CardRefused, and WeakPin for a PIN that is easy to guess. Sessions of an earlier PIN end with it.
    """
    now = now or timezone.now()
    # First the account, then the card, as issue_card does: the other way round the two would wait for each other.
    User.objects.select_for_update().get(pk=card.user_id)
    card = ClaimCard.objects.select_for_update(of=("self",)).select_related("user", "issued_by").get(pk=card.pk)
    check_usable(card, now=now)
    user = set_pin(card.user, pin=pin)
    card.closed_at, card.closing = now, ClaimCard.Closing.CLAIMED
    card.save(update_fields=["closed_at", "closing"])
    audit.record("people.account_claimed", by=user, target=card, case=user, at=now)
    return user


def set_pin(user: User, *, pin: str) -> User:
    """Write the PIN of an account that signs in with one. Raises WeakPin."""
    check_pin(pin, phone=user.phone or "")
    user.set_password(pin)
    user.has_pin = True
    user.save(update_fields=["password", "has_pin"])
    return user
