"""Erasing a natural person from the registry while its goods stay traceable (Law 91/2025/QH15, article 14)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from registry.actions.keeping import keep
from registry.errors import NotAllowedForYou
from registry.models import Place, Producer, ProducerMember

ERASED = "(đã xóa theo yêu cầu)"  # stored words, as the printed papers are: not an interface


@transaction.atomic
def anonymise_producer(producer: Producer, *, by: User, now: datetime | None = None) -> Producer:
    """Blank what names the person; number, commune, products, lots and stamps stay.

    People who act for no other producer and hold no office lose their account. Refuses a legal entity,
    whose name is public, with NotAllowedForYou.
    """
    province = keep(producer.province, by)
    producer = Producer.objects.select_for_update(of=("self",)).get(pk=producer.pk)
    if not producer.is_individual:
        raise NotAllowedForYou(
            _("“%(producer)s” is a legal entity; only the data of natural persons are erased.") % {"producer": producer}
        )
    for entry in (producer, *Producer.objects.select_for_update(of=("self",)).filter(merged_into=producer)):
        _blank(entry)
    audit.record("registry.producer_anonymised", by=by, target=producer, province=province, at=now)
    return producer


def _blank(producer: Producer) -> None:
    producer.name = f"Hộ kinh doanh số {producer.number} {ERASED}"
    producer.tax_code = producer.representative = producer.phone = producer.address = producer.gln = ""
    producer.save()  # every column: those that are made from the name follow it
    for number, place in enumerate(producer.places.order_by("pk"), start=1):
        Place.objects.filter(pk=place.pk).update(name=f"Địa điểm {number} {ERASED}")
    for member in producer.members.select_for_update(of=("self",)).select_related("user"):
        _let_go(member)


def _let_go(member: ProducerMember) -> None:
    """End the membership; close and blank the account of a person whom nothing else needs."""
    member.is_active = False
    member.save(update_fields=["is_active"])
    user = member.user
    acts_elsewhere = user.producer_memberships.filter(is_active=True).exclude(pk=member.pk).exists()
    if acts_elsewhere or user.memberships.exists() or user.is_superuser:
        return
    user.username, user.full_name = f"da-xoa-{user.pk}", ERASED
    user.phone, user.email, user.job_title, user.is_active = None, "", "", False
    user.set_unusable_password()
    user.save(update_fields=["username", "full_name", "phone", "email", "job_title", "is_active", "password"])
