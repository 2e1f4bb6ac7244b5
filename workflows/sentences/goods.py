"""What the history says about stamps and lots: one sentence for every verb."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SENTENCES: dict[str, str] = {
    # stamps
    "stamps.ordered": gettext_noop("Ordered %(quantity)s stamps for “%(product)s”."),
    "stamps.issued": gettext_noop("Approved and issued %(quantity)s stamps for “%(product)s”."),
    "stamps.refused": gettext_noop("Refused the stamps for “%(product)s”: %(reason)s"),
    "stamps.order_cancelled": gettext_noop("The stamp order for “%(product)s” was cancelled."),
    "stamps.sheet_made": gettext_noop("Made the label sheet of %(quantity)s stamps for “%(product)s”."),
    "stamps.rolls_planned": gettext_noop(
        "Planned %(rolls)s rolls for %(quantity)s stamps of “%(product)s”: %(layout)s."
    ),
    "stamps.roll_cancelled": gettext_noop(
        "Took back roll %(roll)s with %(quantity)s stamps of “%(product)s”: %(reason)s"
    ),
    "stamps.roll_reconciled": gettext_noop(
        "Roll %(roll)s of “%(product)s” is counted: %(quantity)s printed, %(spoiled)s spoiled."
    ),
    "stamps.handed_over": gettext_noop("Handed over %(quantity)s stamps for “%(product)s”."),
    "stamps.activated": gettext_noop("Activated %(quantity)s stamps for “%(product)s” on lot %(lot)s."),
    "stamps.link_added": gettext_noop("The code of “%(product)s” now also leads to %(host)s (%(type)s)."),
    "stamps.link_removed": gettext_noop("The code of “%(product)s” no longer leads to %(host)s (%(type)s)."),
    "stamps.suspended": gettext_noop("Suspended %(quantity)s stamps of “%(product)s”: %(reason)s"),
    "stamps.void": gettext_noop("Made %(quantity)s stamps of “%(product)s” void: %(reason)s"),
    "stamps.lost": gettext_noop("Reported %(quantity)s stamps of “%(product)s” lost: %(reason)s"),
    "stamps.damaged": gettext_noop("Reported %(quantity)s stamps of “%(product)s” damaged: %(reason)s"),
    "stamps.replaced": gettext_noop("Replaced %(quantity)s stamps of “%(product)s” by others: %(reason)s"),
    "stamps.restored": gettext_noop("Restored %(quantity)s stamps of “%(product)s”: %(reason)s"),
    "stamps.counted": gettext_noop(
        "Counted the stamps of “%(producer)s” for %(month)s: %(counted)s found, %(expected)s in the ledger."
    ),
    "project.stamps_granted": gettext_noop("Changed the stamp quota of “%(product)s” from %(before)s to %(after)s."),
    "stamps.alert_raised": gettext_noop("A stamp became suspicious: %(reference)s."),
    "stamps.alert_closed": gettext_noop("Closed %(reference)s about a suspicious stamp."),
    # lots
    "lot.opened": gettext_noop("Opened lot %(number)s."),
    "lot.event_recorded": gettext_noop("Recorded step “%(step)s” of lot %(number)s."),
    "lot.event_corrected": gettext_noop("Corrected step “%(step)s” of lot %(number)s."),
    "lot.event_confirmed": gettext_noop("Confirmed step “%(step)s” of lot %(number)s."),
    "lot.unit_packed": gettext_noop("Packed lots %(lots)s in carton %(sscc)s."),
    "lot.unit_unpacked": gettext_noop("Unpacked carton %(sscc)s: %(reason)s"),
    "lot.unit_withdrawn": gettext_noop("Declared the record of carton %(sscc)s wrong: %(reason)s"),
    "lot.recalled": gettext_noop("Recalled “%(product)s” %(number)s: %(reason)s"),
    "lot.recall_lifted": gettext_noop("Lifted the recall of “%(product)s” %(number)s: %(reason)s"),
}
