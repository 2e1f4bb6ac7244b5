"""Rules about personal data: which words are in force, who agreed, who may record, what is shown in public."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import timezone

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


def has_consent(producer: Producer, purpose: str, day: date | None = None) -> bool:
    """Whether the producer agreed to the purpose and has not withdrawn it.

    A yes to earlier words holds until words that ask everybody anew are in force on `day`, which is today if left out.
    """
    counting = Consent.objects.counting(purpose, day or timezone.localdate())
    return counting.filter(producer=producer).exists()


def producers_with_consent(producers: Iterable[int], purpose: str) -> set[int]:
    """Return the keys of the producers for which `has_consent` is true today; one query."""
    counting = Consent.objects.counting(purpose, timezone.localdate()).filter(producer__in=producers)
    return set(counting.order_by().values_list("producer", flat=True))


def keeps_texts(user: User) -> bool:
    """Whether the user issues the words that people agree to; they are one for all provinces of the house."""
    scope = scope_of(user)
    return scope.is_keeper or Role.ADMINISTRATOR in scope.roles


def reads_texts(user: User) -> bool:
    """Whether the user reads all versions of the words: every official; producers read theirs with their consents."""
    return scope_of(user).is_official


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


def named_among(producers: Collection[Producer]) -> set[int]:
    """Return the keys of the producers for which `shows_name` is true today; one query at most."""
    legal = {producer.pk for producer in producers if not producer.is_individual}
    others = {producer.pk for producer in producers} - legal
    return legal | (producers_with_consent(others, Purpose.PUBLIC_NAME) if others else set())
