"""Adding and changing producers, their places and the people who act for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from people.scope import scope_of
from registry.actions.keeping import keep, keep_current, save_changes
from registry.errors import DuplicateEntry, NotNow
from registry.models import Place, Producer, ProducerMember
from registry.policies import KEEPERS
from registry.succession import after, home_of
from registry.trace_codes import MOST_PRODUCERS


@transaction.atomic
def register_producer(
    *,
    name: str,
    kind: str,
    commune: AdminUnit,
    by: User,
    tax_code: str = "",
    representative: str = "",
    phone: str = "",
    address: str = "",
    gln: str = "",
    now: datetime | None = None,
) -> Producer:
    """Return a new producer with the next number of its province. Raises DuplicateEntry on a known tax code, NotNow.

    An office of a province that became part of another one goes on with its own numbers, although the
    commune lies in the new province.
    """
    province = keep(home_of(commune, scope_of(by).provinces_with(*KEEPERS)), by)
    if tax_code and province.producers.current().filter(tax_code=tax_code).exists():
        raise DuplicateEntry(
            _("A producer with tax code %(tax_code)s is already registered in %(province)s.")
            % {"tax_code": tax_code, "province": province}
        )
    last = province.producers.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PRODUCERS:
        raise NotNow(
            _(
                "%(province)s has used up its %(most)d producer numbers, all that codes have room for; "
                "tell the administrator."
            )
            % {"province": province, "most": MOST_PRODUCERS}
        )
    producer = Producer.objects.create(
        number=last + 1,
        province=province,
        kind=kind,
        name=name,
        commune=commune,
        tax_code=tax_code,
        representative=representative,
        phone=phone,
        address=address,
        gln=gln,
    )
    said = producer.name_for_log
    audit.record("registry.producer_registered", by=by, target=producer, province=province, at=now, name=said)
    return producer


@transaction.atomic
def edit_producer(producer: Producer, *, changes: Mapping[str, Any], by: User) -> Producer:
    """Write plain edits (field → checked value). The province stays: its number is in printed codes.

    A commune may lie in the province that this one became part of. Raises DuplicateEntry when one of
    another province or a known tax code is given.
    """
    province = keep_current(producer, by)
    commune: AdminUnit | None = changes.get("commune")
    if commune and commune.province.pk not in after(province):
        raise DuplicateEntry(
            _("%(commune)s is not in %(province)s; register the producer anew in its new province.")
            % {"commune": commune, "province": province}
        )
    producer = Producer.objects.select_for_update().get(pk=producer.pk)
    save_changes(producer, changes, "registry.producer_edited", by=by, province=province)
    return producer


@transaction.atomic
def register_place(producer: Producer, *, name: str, kind: str, commune: AdminUnit, by: User, gln: str = "") -> Place:
    """Return a new place of the producer, with the location trace code that its events carry.

    Raises DuplicateEntry when another place has the GLN.
    """
    province = keep(producer.province, by, producer=producer)
    if gln and (other := Place.objects.filter(code=gln).first()):
        raise DuplicateEntry(_("GLN %(gln)s already belongs to “%(place)s”.") % {"gln": gln, "place": other})
    number = producer.places.count() + 1
    place = Place.objects.create(
        producer=producer,
        code=gln or f"DD{province.code}{producer.number:05}-{number:02}",
        name=name,
        kind=kind,
        commune=commune,
        gln=gln,
    )
    said = place.code if producer.is_individual else name  # people name places after themselves
    audit.record("registry.place_registered", by=by, target=place, case=producer, province=province, name=said)
    return place


@transaction.atomic
def add_producer_member(producer: Producer, user: User, *, by: User) -> ProducerMember:
    """Let a user act for the producer; doing it twice changes nothing."""
    province = keep_current(producer, by)
    known = ProducerMember.objects.filter(producer=producer, user=user, is_active=True).first()
    if known:
        return known
    member, _is_new = ProducerMember.objects.update_or_create(
        producer=producer, user=user, defaults={"is_active": True}
    )
    audit.record("registry.producer_member_added", by=by, target=member, case=producer, province=province)
    return member


@transaction.atomic
def end_producer_member(member: ProducerMember, *, by: User) -> ProducerMember:
    """End a user's right to act for the producer; the account stays. Doing it twice changes nothing."""
    province = keep(member.producer.province, by)
    member = ProducerMember.objects.select_for_update().select_related("producer").get(pk=member.pk)
    if member.is_active:
        member.is_active = False
        member.save(update_fields=["is_active"])
        audit.record("registry.producer_member_ended", by=by, target=member, case=member.producer, province=province)
    return member


@transaction.atomic
def let_in(producer: Producer, *, full_name: str, phone: str, by: User) -> tuple[ProducerMember, bool]:
    """Let the person with this phone number act for the producer; return the membership and whether the account is new.

    A person who has an account keeps it, name and PIN included. A new account has no password: a claim card lets
    its person in.
    """
    keep_current(producer, by)
    user = User.objects.filter(Q(phone=phone) | Q(username=phone)).first()
    is_new = user is None
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(phone, None, phone=phone, full_name=full_name)
        except IntegrityError:  # two offices let the same person in at once: the first account is theirs
            return let_in(producer, full_name=full_name, phone=phone, by=by)
        audit.record("people.account_opened", by=by, target=user, case=producer, province=producer.province)
    return add_producer_member(producer, user, by=by), is_new
