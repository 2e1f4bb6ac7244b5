"""Saying yes to a use of personal data, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from privacy import policies
from privacy.actions.texts import stored
from privacy.errors import ConsentMissing, NotAllowedForYou
from privacy.models import Consent
from registry.models import Producer

Channel = Consent.Channel


@transaction.atomic
def give_consent(
    producer: Producer,
    purpose: str,
    *,
    given_by_name: str,
    channel: str,
    by: User,
    given_by: User | None = None,
    evidence: str = "",
    now: datetime | None = None,
) -> Consent:
    """Write down that the producer agrees to the words of the purpose that are in force; saying it twice is one yes.

    `by` is who enters it; `given_by` the account of the person who agreed, None on paper. Raises NotAllowedForYou
    for a stranger, ConsentMissing when nobody is named or a paper is not.
    """
    producer = _locked(producer, by)
    name, evidence, now = given_by_name.strip(), evidence.strip(), now or timezone.now()
    if not name:
        raise ConsentMissing(
            _("Enter the full name of the person who agrees; a consent without a name proves nothing.")
        )
    if channel == Channel.PAPER and not evidence:
        raise ConsentMissing(_("Enter the number of the paper, or where it is kept."))
    text = stored(policies.current_text(purpose, timezone.localdate(now)))
    if known := Consent.objects.filter(producer=producer, text=text, withdrawn_at=None).first():
        return known
    consent = Consent.objects.create(
        text=text,
        producer=producer,
        given_by_name=name,
        given_by=given_by,
        recorded_by=None if given_by == by else by,
        channel=channel,
        evidence=evidence,
        given_at=now,
    )
    facts = {"purpose": str(purpose), "version": text.version, "channel": str(channel)}
    audit.record(
        "privacy.consent_given", by=by, target=consent, case=producer, province=producer.province, at=now, **facts
    )
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User, now: datetime | None = None) -> Consent:
    """Take the yes back, whichever versions of the words it was said to; doing it twice changes nothing.

    As easy as giving it (Law 91/2025/QH15): the producer's people and its officials may. Raises NotAllowedForYou.
    """
    producer = _locked(consent.producer, by)
    purpose, now = consent.text.purpose, now or timezone.now()
    for given in Consent.objects.in_force(purpose).filter(producer=producer).select_for_update(of=("self",)):
        given.withdrawn_at, given.withdrawn_by = now, by
        given.save(update_fields=["withdrawn_at", "withdrawn_by"])
        facts = {"purpose": str(purpose), "version": given.text.version}
        audit.record(
            "privacy.consent_withdrawn", by=by, target=given, case=producer, province=producer.province, at=now, **facts
        )
    consent.refresh_from_db()
    return consent


def _locked(producer: Producer, by: User) -> Producer:
    """The producer, locked, if `by` may speak about its data."""
    producer = Producer.objects.select_for_update(of=("self",)).select_related("province").get(pk=producer.pk)
    if not policies.can_record(by, producer):
        raise NotAllowedForYou(
            _("You do not act for “%(producer)s”; an office of %(province)s can enter this.")
            % {"producer": producer, "province": producer.province}
        )
    return producer
