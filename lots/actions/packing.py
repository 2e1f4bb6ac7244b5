"""Recording what is packed in a carton or pallet, and that it was unpacked or recorded wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gs1.keys import InvalidKey, check_sscc
from lots import policies
from lots.errors import NotAllowedForYou, NotAllowedNow
from lots.models import LogisticUnit, Lot, UnitContent
from people import audit
from people.models import User
from registry.models import BarcodeRegistration, Producer


@transaction.atomic
def pack_unit(
    producer: Producer,
    *,
    sscc: str,
    packed_on: date,
    contents: Sequence[tuple[Lot, Decimal]],
    by: User,
    note: str = "",
    now: datetime | None = None,
) -> LogisticUnit:
    """Record a carton or pallet of the producer with how much of each lot is in it.

    The SSCC is the producer's own: it begins, after the extension digit, with a GS1 prefix that was
    certified to the producer and in force on the day of packing. Raises NotAllowedNow whose `field` is
    "sscc", "packed_on", or "lot_1", "quantity_1" and so on; NotAllowedForYou.
    """
    producer = Producer.objects.select_for_update(of=("self",)).select_related("province").get(pk=producer.pk)
    now = now or timezone.now()
    if not policies.can_record(by, producer):
        raise NotAllowedForYou(
            _("You do not act for %(producer)s; only its people and the offices that help it may write here.")
            % {"producer": producer}
        )
    if packed_on > timezone.localdate(now):
        raise NotAllowedNow(_("The day of packing lies in the future; write the day it was packed."), field="packed_on")
    _check_sscc(sscc, producer, packed_on)
    _check_contents(contents, producer)
    unit = LogisticUnit(sscc=sscc, producer=producer, packed_on=packed_on, note=note.strip())
    unit.recorded_at, unit.recorded_by = now, by
    unit.save()
    UnitContent.objects.bulk_create(UnitContent(unit=unit, lot=lot, quantity=amount) for lot, amount in contents)
    lots = ", ".join(lot.number for lot, _amount in contents)
    audit.record("lot.unit_packed", by=by, target=unit, province=producer.province, at=now, sscc=sscc, lots=lots)
    return unit


@transaction.atomic
def unpack_unit(unit: LogisticUnit, *, reason: str, by: User, now: datetime | None = None) -> LogisticUnit:
    """Record that the goods are no longer in the carton; its number stays taken. Raises as `withdraw_unit`."""
    return _closed(unit, LogisticUnit.State.UNPACKED, "lot.unit_unpacked", reason=reason, by=by, now=now)


@transaction.atomic
def withdraw_unit(unit: LogisticUnit, *, reason: str, by: User, now: datetime | None = None) -> LogisticUnit:
    """Declare the record of the carton wrong: scans find it no more, and its number can be recorded anew.

    Nothing is deleted. Raises NotAllowedForYou, and NotAllowedNow for one that was closed before or no reason.
    """
    return _closed(unit, LogisticUnit.State.WRONG, "lot.unit_withdrawn", reason=reason, by=by, now=now)


def _closed(
    unit: LogisticUnit, state: LogisticUnit.State, verb: str, *, reason: str, by: User, now: datetime | None
) -> LogisticUnit:
    rows = LogisticUnit.objects.select_for_update(of=("self",)).select_related("producer__province")
    unit = rows.get(pk=unit.pk)
    if not policies.can_record(by, unit.producer):
        raise NotAllowedForYou(
            _("You do not act for %(producer)s; only its people and the offices that help it may write here.")
            % {"producer": unit.producer}
        )
    # What was unpacked can still turn out to have been recorded wrongly; nothing else follows on an end.
    if unit.state == LogisticUnit.State.WRONG or unit.state == state:
        raise NotAllowedNow(
            _("Carton %(sscc)s is closed already: %(state)s.")
            % {"sscc": unit, "state": unit.get_state_display().lower()}
        )
    if not reason.strip():
        raise NotAllowedNow(_("Give a reason; whoever looks for the carton may ask for it."), field="reason")
    unit.state, unit.close_reason = state, reason.strip()
    unit.closed_at, unit.closed_by = now or timezone.now(), by
    unit.save(update_fields=["state", "close_reason", "closed_at", "closed_by"])
    province = unit.producer.province
    audit.record(verb, by=by, target=unit, province=province, at=now, sscc=unit.sscc, reason=unit.close_reason)
    return unit


def _check_sscc(sscc: str, producer: Producer, packed_on: date) -> None:
    """Refuse a number that is none, is taken, or is not made of a prefix of the producer's own."""
    try:
        check_sscc(sscc)
    except InvalidKey as error:
        raise NotAllowedNow(
            _("“%(value)s” is not an SSCC: 18 digits with a valid check digit.") % {"value": sscc}, field="sscc"
        ) from error
    if LogisticUnit.objects.standing().filter(sscc=sscc).exists():
        raise NotAllowedNow(
            _("SSCC %(sscc)s is on a carton already; every carton has a number of its own.") % {"sscc": sscc},
            field="sscc",
        )
    registered = BarcodeRegistration.objects.filter(producer=producer)
    # The first digit extends the number; the company prefix comes after it (GS1 General Specifications, SSCC).
    own = [held for held in registered if sscc[1:].startswith(held.prefix)]
    if not own:
        raise NotAllowedNow(_without_prefix(sscc, producer, [held.prefix for held in registered]), field="sscc")
    if not any(held.issued_on <= packed_on < held.expires_on for held in own):
        raise NotAllowedNow(
            _("The certificate of GS1 prefix %(prefix)s was not in force on %(day)s; record its renewal first.")
            % {"prefix": own[0].prefix, "day": date_format(packed_on, "SHORT_DATE_FORMAT")},
            field="sscc",
        )


def _without_prefix(sscc: str, producer: Producer, prefixes: Sequence[str]) -> str:
    if not prefixes:
        return _(
            "%(producer)s has no GS1 prefix on record. An SSCC is made of the producer's own prefix; "
            "record its GS1 registration first. No number is made up here."
        ) % {"producer": producer}
    return _(
        "SSCC %(sscc)s does not carry a GS1 prefix of %(producer)s: "
        "after the first digit it must begin with %(prefixes)s."
    ) % {"sscc": sscc, "producer": producer, "prefixes": ", ".join(dict.fromkeys(prefixes))}


def _check_contents(contents: Sequence[tuple[Lot, Decimal]], producer: Producer) -> None:
    if not contents:
        raise NotAllowedNow(_("Name at least one lot that is in the carton."), field="lot_1")
    seen = set()
    for number, (lot, amount) in enumerate(contents, start=1):
        if lot.product.producer_id != producer.pk:
            raise NotAllowedNow(_("Lot %(lot)s belongs to another producer.") % {"lot": lot}, field=f"lot_{number}")
        if lot.pk in seen:
            raise NotAllowedNow(
                _("Lot %(lot)s stands here twice; add the quantities up.") % {"lot": lot}, field=f"lot_{number}"
            )
        if not 0 < amount <= lot.quantity:
            raise NotAllowedNow(
                _("Lot %(lot)s has %(quantity)s %(unit)s; a carton holds more than nothing and no more than that.")
                % {"lot": lot, "quantity": f"{lot.quantity.normalize():f}", "unit": lot.unit},
                field=f"quantity_{number}",
            )
        seen.add(lot.pk)
