"""Rules of lots: who may write, and the minimum data of TT 02/2024/TT-BKHCN."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lots.models import Event, Lot
from people.models import Membership, User
from people.scope import scope_of
from registry.models import Producer, Product
from registry.models.producer import producers_of
from registry.policies import KEEPERS, acts_for, can_keep_registry

RECALLING = (Membership.Role.MANAGER, Membership.Role.LEADER, Membership.Role.INSPECTOR)


@dataclass(frozen=True)
class Gap:
    """A missing item of the ten minimum items: its number and what to fill in."""

    item: int
    message: str

    def __str__(self) -> str:
        return self.message


def can_record(user: User, producer: Producer) -> bool:
    """Whether the user may open lots and record events: the producer's people, or officials who help them."""
    return acts_for(user, producer) or can_keep_registry(user, producer.province_id)


def can_recall(user: User, producer: Producer) -> bool:
    """Whether the user may take the producer's goods back: its own people, and officials who follow it."""
    return acts_for(user, producer) or can_lift_recall(user, producer)


def can_lift_recall(user: User, producer: Producer) -> bool:
    """Whether the user may say that a recall is over: officials only."""
    return scope_of(user).has_role(*RECALLING, province_id=producer.province_id)


def told_of_recalls(producer: Producer) -> QuerySet[User]:
    """Return who must know of a recall: the producer's people, and the province's managers, leaders and inspectors."""
    offices = Membership.objects.active(timezone.localdate()).filter(
        role__in=RECALLING, organisation__province=producer.province_id
    )
    people = producer.members.filter(is_active=True)
    told: QuerySet[User] = User.objects.filter(Q(pk__in=offices.values("user")) | Q(pk__in=people.values("user")))
    return told.filter(is_active=True).order_by("pk")


def recordable_products(user: User) -> QuerySet[Product]:
    """Return the products whose lots the user may write: `can_record` as a question about many."""
    provinces = scope_of(user).provinces_with(*KEEPERS)
    may = Q(producer__in=producers_of(user)) | Q(producer__province__in=provinces)
    products: QuerySet[Product] = Product.objects.filter(may).select_related("producer")
    return products


def recordable_producers(user: User) -> QuerySet[Producer]:
    """Return the producers whose cartons the user may record: `can_record` as a question about many."""
    may = Q(pk__in=producers_of(user)) | Q(province__in=scope_of(user).provinces_with(*KEEPERS))
    producers: QuerySet[Producer] = Producer.objects.current().filter(may).select_related("province")
    return producers


def minimum_data_gaps(lot: Lot) -> list[Gap]:
    """Return which of the ten minimum items of TT 02/2024/TT-BKHCN the lot still lacks.

    Item 7 (the trace code) is the stamp's own; items 8 and 9 are "nếu có": an empty brand or
    best-before date says "not applicable". A stamp is not activated while the list is not empty.
    """
    return gaps_of(lot.product, set(current_events(lot).values_list("step", flat=True)))


def gaps_of(product: Product, recorded: Collection[int]) -> list[Gap]:
    """Return the same for a lot of the product of which these steps (ids) are recorded.

    For many products at once: asks nothing more when producer, standards and the group's steps are fetched.
    """
    producer = product.producer
    missing = [
        (1, not product.name.strip(), _("Item 1: the product has no name.")),
        (2, not product.image, _("Item 2: the product has no picture; add one on the product's page.")),
        (3, not producer.name.strip(), _("Item 3: the producer has no name.")),
        (
            4,
            not producer.address.strip(),
            _("Item 4: the producer has no street address; add it on the producer's page."),
        ),
        (10, not product.standards.exists(), _("Item 10: no applied standard is attached to the product.")),
    ]
    gaps = [Gap(item, message) for item, is_missing, message in missing if is_missing]
    return sorted(gaps + _stage_gaps(product, recorded), key=lambda gap: gap.item)


def _stage_gaps(product: Product, recorded: Collection[int]) -> list[Gap]:
    if product.group is None:
        return [Gap(5, _("Item 5: the product is in no product group, so its stages are unknown."))]
    return [
        Gap(5, _("Item 5: stage “%(stage)s” has no record (product, place and time).") % {"stage": step})
        for step in product.group.steps.all()
        if step.is_required and step.pk not in recorded
    ]


def current_events(lot: Lot) -> QuerySet[Event]:
    """Return the events that hold now, in time order: those that no later event corrects."""
    people = ("recorded_by", "confirmed_by")
    return (
        lot.events.filter(corrected_by=None)
        .select_related("step", "biz_location", *people)
        .order_by("event_time", "pk")
    )
