"""The history of a lot as the public reads it: what, where, when, who recorded it and who confirmed it.

People appear by their part ("tổ trưởng vườn", an office), never by name: the page is public
(Luật 91/2025/QH15 on personal data).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from lots.models import Event
from people.models import Membership, User
from registry.models import ProducerMember

# CBV business steps with which goods leave the maker; what follows them in the chain is distribution.
OUTBOUND = frozenset({"shipping", "departing", "transporting", "retail_selling"})


@dataclass(frozen=True)
class Fact:
    """One recorded event, ready to be shown. `confirmed_by` is "" and `confirmed_at` None until confirmed."""

    stage: str
    place: str
    happened_at: datetime
    quantity: Decimal | None
    unit: str
    recorded_by: str
    recorded_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    days_late: int


@dataclass(frozen=True)
class History:
    """Both halves of a lot's way, each in time order."""

    production: list[Fact]
    distribution: list[Fact]

    @property
    def updated_at(self) -> datetime | None:
        """When the newest fact was recorded or confirmed."""
        facts = self.production + self.distribution
        times = [time for fact in facts for time in (fact.recorded_at, fact.confirmed_at) if time]
        return max(times, default=None)


def history_of(events: list[Event], parties: dict[int, str], *, names_places: bool) -> History:
    """Return a lot's events that hold now as facts (GL-2.D3b: production and distribution).

    `parties` are those of `parties_of`. A natural person's places often carry the person's name: without
    `names_places` they are their kind only.
    """
    halves = History([], [])
    for event in events:
        half = halves.distribution if _is_outbound(event, events) else halves.production
        place = event.biz_location
        half.append(_fact(event, parties, place.name if names_places else place.get_kind_display()))
    return halves


def people_in(events: Iterable[Event]) -> list[User]:
    """Return who recorded or confirmed one of the events."""
    return [person for event in events for person in (event.recorded_by, event.confirmed_by) if person]


def _is_outbound(event: Event, events: Iterable[Event]) -> bool:
    """Whether the event lies at or behind the first outbound stage: buying in from farms is still production."""
    outbound = [other.step.position for other in events if other.biz_step in OUTBOUND]
    return bool(outbound) and event.step.position >= min(outbound)


def _fact(event: Event, parties: dict[int, str], place: str) -> Fact:
    confirmer = event.confirmed_by_id
    return Fact(
        stage=event.step.name,
        place=place,
        happened_at=timezone.localtime(event.event_time),
        quantity=event.quantity.normalize() if event.quantity is not None else None,
        unit=event.unit,
        recorded_by=parties[event.recorded_by_id],
        recorded_at=timezone.localtime(event.recorded_at),
        confirmed_by=parties[confirmer] if confirmer else "",
        confirmed_at=timezone.localtime(event.confirmed_at) if event.confirmed_at else None,
        days_late=event.days_entered_late,
    )


def parties_of(producer_id: int, people: Iterable[User]) -> dict[int, str]:
    """Return how each person is called in public, by id: by office, or by their part at the producer; two queries."""
    users = {person.pk: person for person in people}
    own = set(ProducerMember.objects.filter(producer=producer_id, user__in=users).values_list("user", flat=True))
    offices = Membership.objects.filter(user__in=set(users) - own).order_by("-valid_from")
    names = dict(offices.values_list("user", "organisation__name"))
    return {pk: _own_name(user) if pk in own else names.get(pk, _("an office")) for pk, user in users.items()}


def _own_name(user: User) -> str:
    return user.job_title or _("the producer")
