"""The history of a case in plain words: one sentence for every verb of the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people.models import AuditEvent, User
from projects.models import Review

# Verbs are never renamed, so a line here is for ever; its parameters are the facts that the act records.
SENTENCES: dict[str, str] = {
    # projects
    "project.created": gettext_noop("Made project %(code)s as a draft."),
    "project.started": gettext_noop("Started the project."),
    "project.stage_opened": gettext_noop("Stage “%(stage)s” opened."),
    "project.stage_closed": gettext_noop("Closed stage “%(stage)s”."),
    "project.accepted": gettext_noop("Accepted the project."),
    "project.product_enrolled": gettext_noop("Enrolled product “%(product)s”."),
    "project.product_withdrawn": gettext_noop("Took product “%(product)s” out: %(reason)s"),
    "project.milestone_reached": gettext_noop("Reached milestone “%(milestone)s”."),
    "project.roster_imported": gettext_noop(
        "Imported the list of products: %(enrolled)s enrolled, %(known)s took part already; "
        "recognitions checked as of %(on)s."
    ),
    "project.receiving_party_named": gettext_noop("Named the receiving party “%(name)s”."),
    "project.standards_attached": gettext_noop("Set the standards of the model: %(codes)s."),
    # deliverables
    "deliverable.preparation_started": gettext_noop("Deliverable %(code)s “%(title)s” is to be prepared."),
    "deliverable.submitted": gettext_noop("Submitted deliverable %(code)s “%(title)s” (round %(round)s)."),
    "deliverable.format_passed": gettext_noop(
        "Found the format of deliverable %(code)s right and sent it to the reviewers."
    ),
    "deliverable.reviewed": gettext_noop("Reviewed deliverable %(code)s in round %(round)s: %(verdict)s."),
    "deliverable.review_approved": gettext_noop("The reviewers approved deliverable %(code)s; it went to the leader."),
    "deliverable.returned": gettext_noop(
        "Deliverable %(code)s “%(title)s” was returned with remarks (round %(round)s)."
    ),
    "deliverable.rejected": gettext_noop("Deliverable %(code)s “%(title)s” was rejected by the reviewers."),
    "deliverable.approved": gettext_noop("Approved deliverable %(code)s “%(title)s”."),
    "deliverable.issued": gettext_noop("Deliverable %(code)s “%(title)s” was issued as %(number)s."),
    "deliverable.cancelled": gettext_noop("Cancelled the run of deliverable %(code)s “%(title)s”."),
    # field work
    "fieldwork.product_surveyed": gettext_noop("Recorded the survey of “%(product)s”."),
    "fieldwork.training_held": gettext_noop("Recorded the class “%(title)s”."),
    "fieldwork.communication_recorded": gettext_noop("Recorded the communication event “%(title)s”."),
    # documents
    "document.template_registered": gettext_noop("Registered version %(version)s of the Word template “%(kind)s”."),
    "document.prepared": gettext_noop("Generated version %(version)s of document “%(title)s”."),
    "document.issued": gettext_noop("Numbered document “%(title)s”: %(number)s."),
    # stamps
    "stamps.ordered": gettext_noop("Ordered %(quantity)s stamps for “%(product)s”."),
    "stamps.issued": gettext_noop("Approved and issued %(quantity)s stamps for “%(product)s”."),
    "stamps.refused": gettext_noop("Refused the stamps for “%(product)s”: %(reason)s"),
    "stamps.order_cancelled": gettext_noop("The stamp order for “%(product)s” was cancelled."),
    "stamps.sheet_made": gettext_noop("Made the label sheet of %(quantity)s stamps for “%(product)s”."),
    "stamps.handed_over": gettext_noop("Handed over %(quantity)s stamps for “%(product)s”."),
    "stamps.activated": gettext_noop("Activated %(quantity)s stamps for “%(product)s” on lot %(lot)s."),
    # lots
    "lot.opened": gettext_noop("Opened lot %(number)s."),
    "lot.event_recorded": gettext_noop("Recorded step “%(step)s” of lot %(number)s."),
    "lot.event_corrected": gettext_noop("Corrected step “%(step)s” of lot %(number)s."),
    "lot.event_confirmed": gettext_noop("Confirmed step “%(step)s” of lot %(number)s."),
    # registry
    "registry.producer_registered": gettext_noop("Registered producer “%(name)s”."),
    "registry.product_registered": gettext_noop("Registered product “%(name)s”."),
    "registry.recognition_recorded": gettext_noop(
        "Recorded the recognition of “%(name)s” with %(stars)s stars, decision %(decision)s."
    ),
    "registry.place_registered": gettext_noop("Registered place “%(name)s”."),
    "registry.producer_edited": gettext_noop("Changed the record of the producer."),
    "registry.product_edited": gettext_noop("Changed the record of the product."),
    "registry.picture_changed": gettext_noop("Changed the picture of the product."),
    "registry.standards_changed": gettext_noop("Changed the standards that the product applies."),
    "registry.producer_member_added": gettext_noop("Let a person act for the producer."),
    "registry.producer_member_ended": gettext_noop("Ended a person's right to act for the producer."),
    # the desk
    "task.claimed": gettext_noop("Took step “%(step)s”."),
    "task.released": gettext_noop("Gave step “%(step)s” back to all who may do it."),
    "task.reassigned": gettext_noop("Handed step “%(step)s” to %(person)s: %(reason)s"),
    "task.decided_together": gettext_noop("Approved step “%(step)s” together with others (%(count)s in all). %(note)s"),
    # people
    "people.account_opened": gettext_noop("Opened an account."),
    "people.password_changed": gettext_noop("Changed the password."),
}
TONES = {
    "deliverable.returned": "wait",
    "deliverable.rejected": "late",
    "deliverable.cancelled": "late",
    "project.product_withdrawn": "late",
    "stamps.refused": "late",
    "stamps.order_cancelled": "late",
}


class _Facts(dict[str, Any]):
    """Facts of an old event may lack what today's sentence wants: a gap is shown, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def text(event: AuditEvent, people: Mapping[int, User] | None = None) -> str:
    """Return the event as a sentence; a verb that nobody knows is shown as it is."""
    words = SENTENCES.get(event.verb)
    return _(words) % _Facts(_shown(event.facts, people or {})) if words else event.verb


def lines(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return events for `_history.html`: sentence, time, and who; a flow's own steps name nobody.

    People among the facts are ids there, so that the log holds no names; one query gives the names.
    """
    events = list(events)
    people = User.objects.in_bulk({event.facts["to"] for event in events if "to" in event.facts})
    return [
        {"text": text(event, people), "when": event.at, "who": event.by or "", "tone": TONES.get(event.verb, "")}
        for event in events
    ]


def _shown(facts: dict[str, Any], people: Mapping[int, User]) -> dict[str, Any]:
    """Codes and ids among the facts in words."""
    shown = dict(facts)
    if facts.get("verdict") in Review.Verdict.values:
        shown["verdict"] = str(Review.Verdict(facts["verdict"]).label).lower()
    if facts.get("to") in people:
        shown["person"] = str(people[facts["to"]])
    return shown
