"""Who says so: for every fact behind a stamp, who entered it and who confirmed it, and when.

People appear by their office or their part at the producer, never by name. What nobody confirmed says so:
a page that calls everything confirmed is worth nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from onboarding.models import Dossier
from people.audit import label
from people.models import AuditEvent, User
from registry.models import Certificate, OcopRecognition, Product

PRODUCT_VERBS = ("registry.product_registered", "registry.product_edited", "registry.picture_changed")
PRODUCER_VERBS = ("registry.producer_registered", "registry.producer_edited", "registry.producer_moved")
STANDARD_VERBS = ("registry.standards_changed",)
RECOGNITION_VERBS = ("registry.recognition_recorded",)
PAPER_VERBS = ("registry.certificate_recorded", "registry.certificate_edited")


@dataclass(frozen=True)
class Entry:
    """Who entered something and who confirmed it, as accounts; None where nobody did, or nobody remembers."""

    entered_by: User | None = None
    entered_at: datetime | None = None
    confirmed_by: User | None = None
    confirmed_at: datetime | None = None

    @property
    def people(self) -> list[User]:
        """The accounts in it."""
        return [person for person in (self.entered_by, self.confirmed_by) if person]


@dataclass(frozen=True)
class Source:
    """The same as the public reads it: parts and offices instead of accounts, "" for nobody."""

    entered_by: str
    entered_at: datetime | None
    confirmed_by: str
    confirmed_at: datetime | None


def source_of(entry: Entry, parties: dict[int, str]) -> Source:
    """Put an entry into words; `parties` are those of `lots.history.parties_of`."""
    entered, confirmed = entry.entered_by, entry.confirmed_by
    return Source(
        parties.get(entered.pk, "") if entered else "",
        entry.entered_at,
        parties.get(confirmed.pk, "") if confirmed else "",
        entry.confirmed_at,
    )


class Records:
    """What the log and the producer's declaration say about a product, its producer and its papers; two queries."""

    def __init__(self, product: Product, certificates: Iterable[Certificate]) -> None:
        self.product, self.producer = product, product.producer
        papers = [label(paper) for paper in certificates]
        ours = [label(self.product), label(self.producer)]
        # By case, which is indexed: a paper's case is its producer.
        events = AuditEvent.objects.filter(Q(case__in=ours), Q(target__in=[*ours, *papers]))
        self._events = list(events.select_related("by").order_by("pk"))
        accepted = Dossier.objects.filter(
            onboarding__enrolment__product=product, status=Dossier.Status.ACCEPTED, decided_at__isnull=False
        )
        self._dossier = accepted.select_related("sent_by", "decided_by").order_by("-decided_at").first()

    def product_entry(self) -> Entry:
        """Of name, picture, brand and description."""
        return self._declared(self._latest(label(self.product), PRODUCT_VERBS))

    def producer_entry(self) -> Entry:
        """Of the producer's name and address."""
        return self._declared(self._latest(label(self.producer), PRODUCER_VERBS))

    def standards_entry(self) -> Entry:
        """Of the applied standards."""
        return _entered(self._latest(label(self.product), STANDARD_VERBS))

    def recognition_entry(self, recognition: OcopRecognition) -> Entry:
        """Of the stars; the decision itself is the authority's and stands beside them."""
        number = recognition.decision_number
        return _entered(self._latest(label(self.product), RECOGNITION_VERBS, decision=number))

    def certificate_entry(self, paper: Certificate) -> Entry:
        """Of a certificate."""
        return _entered(self._latest(label(paper), PAPER_VERBS))

    def _latest(self, target: str, verbs: tuple[str, ...], **facts: str) -> AuditEvent | None:
        found = (
            event
            for event in reversed(self._events)
            if event.target == target and event.verb in verbs and facts.items() <= event.facts.items()
        )
        return next(found, None)

    def _declared(self, change: AuditEvent | None) -> Entry:
        """The declaration that an office found right, unless something was changed after it: then nobody confirmed."""
        dossier = self._dossier
        if dossier is None or dossier.decided_at is None or (change and change.at > dossier.decided_at):
            return _entered(change)
        return Entry(dossier.sent_by, dossier.sent_at, dossier.decided_by, dossier.decided_at)


def _entered(change: AuditEvent | None) -> Entry:
    return Entry(change.by, change.at) if change else Entry()
