"""Claim cards for many people at once: those who come to a class get theirs there, several on a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding.actions.accounts import open_account, print_card
from people.claims import Issued
from people.errors import Refusal
from people.models import User
from projects.models import Attendance, Invitation, TrainingSession
from registry.models import Producer, ProducerMember


@dataclass
class Guest:
    """A person of a producer who came to a class or is invited to it, and why a card makes no sense, if so."""

    key: str  # the phone number and the producer: the same person on both lists is one
    name: str
    phone: str
    producer: Producer
    came: bool
    member: ProducerMember | None = None
    why_not: str = ""
    issued: Issued | None = None


def guests(session: TrainingSession) -> list[Guest]:
    """Return the producers' people of the class by producer and name: those who came, then those invited."""
    found: dict[str, Guest] = {}
    for people, came in ((session.attendances, True), (session.invitations, False)):
        for person in people.select_related("producer__province").order_by("pk"):
            if person.producer is None:  # an agency's people have accounts of another kind
                continue
            guest = _guest(person, person.producer, came=came)
            found.setdefault(guest.key, guest)
    known = sorted(found.values(), key=lambda guest: (guest.producer.name, guest.name, guest.key))
    _say_who_is_in(known)
    return known


def _guest(person: Attendance | Invitation, producer: Producer, *, came: bool) -> Guest:
    key = f"{producer.pk}-{person.phone or person.person_name}"
    guest = Guest(key, person.person_name, person.phone, producer, came)
    if not person.phone:
        guest.why_not = _("no phone number: enter it in the list of the class first")
    return guest


def _say_who_is_in(known: list[Guest]) -> None:
    """Find whose phone number has an account already, in two queries for the whole class."""
    phones = {guest.phone for guest in known if guest.phone}
    users = {user.phone: user for user in User.objects.filter(phone__in=phones)}
    members = {
        (member.producer_id, member.user_id): member
        for member in ProducerMember.objects.filter(user__in=users.values(), is_active=True).select_related(
            "user", "producer__province"
        )
    }
    for guest in known:
        user = users.get(guest.phone)
        if user is None:
            continue
        guest.member = members.get((guest.producer.pk, user.pk))
        if guest.member is None:
            taken = _("%(phone)s has an account already: add the person on the producer's page")
            guest.why_not = taken % {"phone": guest.phone}
        elif user.has_usable_password():
            guest.why_not = _("signs in with a PIN already")


def print_cards(chosen: Iterable[Guest], *, by: User) -> list[Guest]:
    """Open the accounts of the chosen people and return them with a new card each, or with why there is none.

    One person's refusal keeps nobody else's card back. Earlier cards of the same people no longer work.
    """
    done = list(chosen)
    for guest in done:
        if guest.why_not:
            continue
        try:
            guest.issued = _card(guest, by)
        except Refusal as refusal:
            guest.why_not = str(refusal)
    return done


@transaction.atomic
def _card(guest: Guest, by: User) -> Issued | None:
    if guest.member is not None:
        return print_card(guest.member, by=by)
    return open_account(guest.producer, full_name=guest.name, phone=guest.phone, by=by).issued
