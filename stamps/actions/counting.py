"""Counting stamps by hand at the end of a month, beside what the ledger says."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from registry.models import Producer
from stamps import policies
from stamps.errors import CountRefused, NotAllowedForYou
from stamps.life import ledger
from stamps.models import Account, StampCount


@transaction.atomic
def count_stamps(
    producer: Producer,
    *,
    month: date,
    account: str,
    counted: int,
    by: User,
    cause: str = "",
    now: datetime | None = None,
) -> StampCount:
    """Record how many stamps were found in the store or the producer's drawer at the end of a month.

    What was counted before stays; the newest count holds. Raises CountRefused for a month that has not
    begun, another account, and a difference without its cause; NotAllowedForYou.
    """
    now, first = now or timezone.now(), month.replace(day=1)
    if account not in (Account.STORE, Account.PRODUCER):
        raise CountRefused(_("Only stamps in store and in the producer's hands are counted."), field="account")
    if not policies.can_count(by, producer, Account(account)):
        raise NotAllowedForYou(_("These stamps are counted by whoever keeps them."))
    if first > timezone.localtime(now).date():
        raise CountRefused(_("This month has not begun yet."), field="counted")
    expected = ledger.closing_of(producer, first)[Account(account)]
    if counted != expected and not cause.strip():
        raise CountRefused(
            _("The ledger says %(expected)d, you counted %(counted)d: write the cause of the difference.")
            % {"expected": expected, "counted": counted},
            field="cause",
        )
    made = StampCount.objects.create(
        producer=producer,
        month=first,
        account=account,
        counted=counted,
        expected=expected,
        cause=cause.strip() if counted != expected else "",
        counted_at=now,
        counted_by=by,
    )
    audit.record(
        "stamps.counted",
        by=by,
        target=made,
        case=producer,
        province=producer.province,
        at=now,
        producer=producer.name,
        counted=counted,
        expected=expected,
        month=f"{first:%m/%Y}",
    )
    return made
