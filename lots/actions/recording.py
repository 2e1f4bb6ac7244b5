"""Opening lots and recording what happened to them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lots import policies
from lots.errors import NotAllowedForYou, NotAllowedNow
from lots.models import Event, Lot
from people import audit
from people.models import User
from registry.models import Place, ProcessStep, Producer, Product


@transaction.atomic
def open_lot(
    product: Product,
    *,
    number: str,
    place: Place,
    produced_from: date,
    produced_to: date,
    quantity: Decimal,
    unit: str,
    by: User,
    expires_on: date | None = None,
    now: datetime | None = None,
) -> Lot:
    """Return a new lot of the product. Raises NotAllowedNow when the number is taken or the dates are reversed."""
    _check_may_record(by, product.producer)
    if product.lots.filter(number=number).exists():
        raise NotAllowedNow(
            _("Product “%(product)s” already has lot %(number)s; choose another number.")
            % {"product": product, "number": number},
            field="number",
        )
    _check_place(place, product)
    if wrong := _wrong_date(produced_from, produced_to, expires_on):
        raise NotAllowedNow(
            _("The dates of lot %(number)s are in the wrong order: production from, to, best before.")
            % {"number": number},
            field=wrong,
        )
    lot = Lot(
        product=product,
        number=number,
        place=place,
        produced_from=produced_from,
        produced_to=produced_to,
        expires_on=expires_on,
        quantity=quantity,
        unit=unit,
        created_at=now or timezone.now(),
        created_by=by,
    )
    lot.full_clean()
    lot.save()
    _log(lot, "lot.opened", by=by, at=now, number=number)
    return lot


@transaction.atomic
def record_event(
    lot: Lot,
    *,
    step: ProcessStep,
    place: Place,
    event_time: datetime,
    by: User,
    quantity: Decimal | None = None,
    unit: str = "",
    note: str = "",
    corrects: Event | None = None,
    now: datetime | None = None,
) -> Event:
    """Record what happened to the lot at one stage. Events are never edited: pass the wrong one as `corrects`.

    Raises NotAllowedNow for a time in the future, a stage of another product group, or an
    event that was corrected already.
    """
    lot = Lot.objects.select_for_update(of=("self",)).select_related("product__producer__province").get(pk=lot.pk)
    now = now or timezone.now()
    _check_may_record(by, lot.product.producer)
    _check_event(lot, step, place, event_time, corrects, now)
    event = Event.objects.create(
        lot=lot,
        step=step,
        biz_step=step.biz_step,
        event_time=event_time,
        biz_location=place,
        quantity=quantity,
        unit=unit,
        note=note,
        recorded_at=now,
        recorded_by=by,
        corrects=corrects,
    )
    verb = "lot.event_corrected" if corrects else "lot.event_recorded"
    _log(lot, verb, by=by, at=now, number=lot.number, step=step.name)
    return event


@transaction.atomic
def confirm_event(event: Event, *, by: User, now: datetime | None = None) -> Event:
    """Let a second person confirm an event; confirming twice changes nothing."""
    event = (
        Event.objects.select_for_update(of=("self",))
        .select_related("lot__product__producer__province", "step")
        .get(pk=event.pk)
    )
    _check_may_record(by, event.lot.product.producer)
    if event.recorded_by_id == by.pk:
        raise NotAllowedForYou(_("You recorded this event yourself; another person must confirm it."))
    if Event.objects.filter(corrects=event).exists():
        raise NotAllowedNow(_("This record was corrected; confirm the record that took its place."))
    if event.confirmed_at is None:
        event.confirmed_at, event.confirmed_by = now or timezone.now(), by
        event.save(update_fields=["confirmed_at", "confirmed_by"])
        _log(event.lot, "lot.event_confirmed", by=by, at=now, number=event.lot.number, step=event.step.name)
    return event


def _wrong_date(produced_from: date, produced_to: date, expires_on: date | None) -> str | None:
    """Return the date that comes before the one it should follow, if any."""
    if produced_to < produced_from:
        return "produced_to"
    return "expires_on" if expires_on and expires_on < produced_to else None


def _check_may_record(user: User, producer: Producer) -> None:
    if not policies.can_record(user, producer):
        raise NotAllowedForYou(
            _("You do not act for %(producer)s; only its people and the offices that help it may write here.")
            % {"producer": producer}
        )


def _check_event(
    lot: Lot, step: ProcessStep, place: Place, event_time: datetime, corrects: Event | None, now: datetime
) -> None:
    if step.group_id != lot.product.group_id:
        raise NotAllowedNow(
            _("Stage “%(stage)s” does not belong to the process of “%(product)s”.")
            % {"stage": step, "product": lot.product},
            field="step",
        )
    _check_place(place, lot.product)
    if event_time > now:
        raise NotAllowedNow(
            _("The time of the event lies in the future; write when it really happened."), field="event_time"
        )
    if corrects and (corrects.lot_id != lot.pk or Event.objects.filter(corrects=corrects).exists()):
        raise NotAllowedNow(_("That event was corrected already, or belongs to another lot."))


def _check_place(place: Place, product: Product) -> None:
    if place.producer_id != product.producer_id:
        raise NotAllowedNow(_("Place “%(place)s” belongs to another producer.") % {"place": place}, field="place")


def _log(lot: Lot, verb: str, *, by: User, at: datetime | None, **facts: str) -> None:
    province = lot.product.producer.province
    audit.record(verb, by=by, target=lot, case=lot.product, province=province, at=at, **facts)
