"""Rules about personal data: which words are in force, who agreed, who may record, what is shown in public."""

from __future__ import annotations

from datetime import date

from people.models import Membership, User
from people.scope import scope_of
from privacy import texts
from privacy.models import Consent, ConsentText, Purpose
from registry import policies as registry_policies
from registry.models import Producer

Role = Membership.Role
HANDLERS = (Role.MANAGER, Role.LEADER, Role.ADMINISTRATOR)


def current_text(purpose: str, day: date) -> ConsentText:
    """Return the words of the purpose that are in force on `day`.

    Until the office has words of its own these are the ones that come with the product, as a row that
    is not stored yet (`give_consent` stores it); they also stand in for days before the first words.
    """
    known = ConsentText.objects.filter(purpose=purpose)
    stored = known.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    return stored or known.order_by("effective_from", "version").first() or built_in(purpose)


def built_in(purpose: str) -> ConsentText:
    """Return the words of the purpose that come with the product, not stored."""
    words = texts.WORDS[Purpose(purpose)]
    return ConsentText(purpose=purpose, version=texts.VERSION, text=words, effective_from=texts.SINCE)


def has_consent(producer: Producer, purpose: str) -> bool:
    """Whether the producer agreed to the purpose, in any version of the words, and has not withdrawn it."""
    return Consent.objects.in_force(purpose).filter(producer=producer).exists()


def can_record(user: User, producer: Producer) -> bool:
    """Whether the user may take down what the producer says about its data: its own people, and its officials."""
    return is_official(user, producer.province_id) or registry_policies.acts_for(user, producer)


def is_official(user: User, province_id: int) -> bool:
    """Whether the user takes down consents and requests for people of the province."""
    return scope_of(user).has_role(*registry_policies.KEEPERS, *HANDLERS, province_id=province_id)


def can_handle(user: User, province_id: int) -> bool:
    """Whether the user answers and closes the requests of the province, and erases."""
    return scope_of(user).has_role(*HANDLERS, province_id=province_id)


def records_somewhere(user: User) -> bool:
    """Whether the user takes down requests in any province."""
    return bool(scope_of(user).provinces_with(*registry_policies.KEEPERS, *HANDLERS))


def may_read_all(user: User, producer: Producer) -> bool:
    """Whether the user may read all that is held about the producer: its own people, and who handles requests."""
    return can_handle(user, producer.province_id) or registry_policies.acts_for(user, producer)


def shows_name(producer: Producer) -> bool:
    """Whether the public may read the producer's name and address: a legal entity's always, a person's with consent.

    Law 91/2025/QH15, article 9; TT 02/2024/TT-BKHCN asks for the unit's name, so it is asked for at onboarding.
    """
    return not producer.is_individual or has_consent(producer, Purpose.PUBLIC_NAME)
