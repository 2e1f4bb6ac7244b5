"""The history of a case in plain words: one sentence for every verb of the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people import audit
from people.absence import acting_name
from people.models import AuditEvent, User
from privacy.models import DataRequest, Purpose
from projects.models import Council, CouncilMember, Matter, Review
from reports.models import IndicatorKey
from worktime.models import SpecialDay

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
    "project.milestone_reported": gettext_noop("Reported milestone “%(milestone)s”: %(percent)s percent done."),
    "project.milestone_evidenced": gettext_noop("Added evidence to milestone “%(milestone)s”."),
    "project.milestone_assigned": gettext_noop("Made %(person)s the owner of milestone “%(milestone)s”."),
    "project.milestone_made_legal": gettext_noop("Marked the date of milestone “%(milestone)s” as a legal deadline."),
    "project.milestone_made_ordinary": gettext_noop("The date of milestone “%(milestone)s” is no legal deadline."),
    "project.baseline_taken": gettext_noop("Kept the dates as baseline “%(name)s”."),
    "project.judged": gettext_noop("Judged the project differently from the computed colour: %(reason)s"),
    "project.amendment_requested": gettext_noop("Asked for amendment “%(name)s” of the dates."),
    "project.amendment_approved": gettext_noop("Approved amendment “%(name)s”; the new dates are in force."),
    "project.amendment_refused": gettext_noop("Refused amendment “%(name)s”: %(reason)s"),
    "project.amendment_withdrawn": gettext_noop("Withdrew amendment “%(name)s”."),
    "project.roster_imported": gettext_noop(
        "Imported the list of products: %(enrolled)s enrolled, %(known)s took part already; "
        "recognitions checked as of %(on)s."
    ),
    "project.receiving_party_named": gettext_noop("Named the receiving party “%(name)s”."),
    "project.standards_attached": gettext_noop("Set the standards of the model: %(codes)s."),
    "project.funding_entered": gettext_noop("Entered money of %(year)s: %(planned)s đồng planned."),
    "project.funding_changed": gettext_noop(
        "Changed the money of %(year)s: %(planned)s đồng planned, %(disbursed)s disbursed."
    ),
    "project.funding_removed": gettext_noop("Took out a row of money of %(year)s: %(planned)s đồng planned."),
    # plans
    "plan.registered": gettext_noop("Entered plan %(number)s."),
    "plan.annex_imported": gettext_noop("Added %(count)s lines from the table of the annex."),
    "plan.annex_undone": gettext_noop("Took back %(count)s lines of the annex."),
    # deliverables
    "deliverable.preparation_started": gettext_noop("Deliverable %(code)s “%(title)s” is to be prepared."),
    "deliverable.submitted": gettext_noop("Submitted deliverable %(code)s “%(title)s” (round %(round)s)."),
    "deliverable.recalled": gettext_noop("Took the submission of deliverable %(code)s “%(title)s” back."),
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
    # imports
    "import.file_uploaded": gettext_noop("Uploaded a list."),
    "import.list_checked": gettext_noop(
        "Checked the list: %(new)s new, %(changed)s changed, %(same)s the same, %(wrong)s with errors."
    ),
    "import.list_imported": gettext_noop("Imported the list: %(new)s new, %(changed)s changed."),
    "import.list_undone": gettext_noop("Undid the import: %(taken_back)s taken back, %(kept)s had to stay."),
    "import.change_undone": gettext_noop("The change by an import was undone."),
    # the acceptance council
    "council.called": gettext_noop("Named the acceptance council by decision %(number)s: %(count)s members."),
    "council.changed": gettext_noop("Changed the acceptance council of decision %(number)s."),
    "council.member_added": gettext_noop("Named %(person)s to the council: %(seat)s."),
    "council.member_removed": gettext_noop("Took %(person)s out of the council."),
    "council.seat_changed": gettext_noop("Gave %(person)s another seat in the council: %(seat)s."),
    "council.no_conflict_declared": gettext_noop("Declared no conflict of interest in the council."),
    "council.conflict_declared": gettext_noop("Declared a conflict of interest and left the council's meeting."),
    "council.presence_marked": gettext_noop("Marked who is present in the council: %(present)s of %(count)s."),
    "council.sheet_handed_in": gettext_noop("Handed in their sheet of the council."),
    "council.sheet_taken_back": gettext_noop("Took their sheet of the council back."),
    "council.closed": gettext_noop(
        "Closed the acceptance council: %(result)s (%(excellent)s excellent, %(passed)s passed, %(failed)s failed)."
    ),
    # standard remarks
    "remark.phrase_added": gettext_noop("Added the standard remark “%(text)s”."),
    "remark.phrase_changed": gettext_noop("Worded a standard remark anew: “%(text)s”."),
    "remark.phrase_moved": gettext_noop("Moved the standard remark “%(text)s” in its list."),
    "remark.phrase_offered": gettext_noop("Offered the standard remark “%(text)s” again."),
    "remark.phrase_retired": gettext_noop("Retired the standard remark “%(text)s”."),
    # field work
    "fieldwork.product_surveyed": gettext_noop("Recorded the survey of “%(product)s”."),
    "fieldwork.organisation_surveyed": gettext_noop("Recorded the survey of the organisation “%(producer)s”."),
    "fieldwork.survey_excused": gettext_noop("Gave the reason why “%(product)s” is not surveyed."),
    "fieldwork.questionnaire_drafted": gettext_noop("Began version %(version)s of questionnaire “%(title)s”."),
    "fieldwork.questionnaire_published": gettext_noop("Published version %(version)s of questionnaire “%(title)s”."),
    "fieldwork.questionnaire_discarded": gettext_noop("Threw away the draft of questionnaire “%(title)s”."),
    "fieldwork.training_held": gettext_noop("Recorded the class “%(title)s”."),
    "fieldwork.classes_planned": gettext_noop("Planned %(count)s classes of %(seats)s seats."),
    "fieldwork.training_changed": gettext_noop("Changed the class “%(title)s”."),
    "fieldwork.material_added": gettext_noop("Added version %(version)s of the training material “%(title)s”."),
    "fieldwork.producers_invited": gettext_noop("Invited %(count)s producers to class “%(title)s”."),
    "fieldwork.check_in_undone": gettext_noop("Took back a check-in of class “%(title)s”."),
    "fieldwork.competency_marked": gettext_noop("Marked who passed the check of class “%(title)s”: %(count)s people."),
    "fieldwork.certificates_numbered": gettext_noop("Numbered %(count)s certificates of class “%(title)s”."),
    "fieldwork.communication_recorded": gettext_noop("Recorded the communication event “%(title)s”."),
    "fieldwork.communication_changed": gettext_noop("Changed the communication event “%(title)s”."),
    "fieldwork.communication_planned": gettext_noop("Added “%(title)s” to the communication plan."),
    "fieldwork.channel_added": gettext_noop("Added the communication channel “%(name)s”."),
    "fieldwork.legal_text_added": gettext_noop("Added legal text %(text)s to the library."),
    "fieldwork.text_published": gettext_noop("Entered that legal text %(text)s was made known."),
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
    "registry.producer_anonymised": gettext_noop("Blanked what names the person in the registry."),
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
    "registry.producer_merged": gettext_noop("Merged the second entry no. %(number)s into this producer."),
    "registry.pair_found_distinct": gettext_noop("Noted that a producer that looks alike is another one."),
    "registry.producer_moved": gettext_noop("Moved the producer from %(before)s to %(after)s."),
    "registry.certificate_recorded": gettext_noop("Recorded certificate %(number)s."),
    "registry.certificate_edited": gettext_noop("Changed certificate %(number)s."),
    "registry.barcodes_recorded": gettext_noop("Recorded the GS1 registration of prefix %(prefix)s."),
    "registry.barcodes_edited": gettext_noop("Changed the GS1 registration of prefix %(prefix)s."),
    "registry.barcode_fee_paid": gettext_noop("Recorded the annual fee of %(year)s for prefix %(prefix)s."),
    "registry.renewal_started": gettext_noop("Started the renewal of the recognition by decision %(decision)s."),
    "registry.renewal_paper_noted": gettext_noop("Noted papers of the renewal: %(there)s of %(count)s are there."),
    "registry.renewal_sent": gettext_noop("Sent the dossier of the renewal on %(day)s."),
    "registry.renewal_ended": gettext_noop("The renewal ended with decision %(decision)s."),
    "registry.local_standard_registered": gettext_noop("Entered %(number)s, version %(version)s, in the register."),
    "registry.local_standard_edited": gettext_noop("Changed the entry of %(number)s, version %(version)s."),
    "registry.local_standard_issued": gettext_noop("Recorded that %(number)s, version %(version)s, was issued."),
    # privacy
    "privacy.consent_given": gettext_noop("Agreed to the use of personal data: %(purpose)s, text %(version)s."),
    "privacy.consent_withdrawn": gettext_noop("Withdrew the consent: %(purpose)s, text %(version)s."),
    "privacy.request_received": gettext_noop("A request about personal data came: %(asked)s, due %(due)s."),
    "privacy.request_answered": gettext_noop("Answered the request about personal data."),
    "privacy.request_extended": gettext_noop("Extended the request about personal data to %(due)s."),
    "privacy.request_closed": gettext_noop("Closed the request about personal data: %(outcome)s."),
    "privacy.data_handed_out": gettext_noop("Handed out everything that is held about the producer."),
    "privacy.producer_erased": gettext_noop("Erased the person's data on request: %(reason)s"),
    # the desk
    "task.claimed": gettext_noop("Took step “%(step)s”."),
    "task.released": gettext_noop("Gave step “%(step)s” back to all who may do it."),
    "task.reassigned": gettext_noop("Handed step “%(step)s” to %(person)s: %(reason)s"),
    "task.decided_together": gettext_noop("Approved step “%(step)s” together with others (%(count)s in all). %(note)s"),
    "task.covered": gettext_noop("Step “%(step)s” of %(absent)s, who is away, went to %(person)s."),
    "task.taken_over": gettext_noop("Took over step “%(step)s”."),
    "task.given_back": gettext_noop("Step “%(step)s” went back to %(person)s."),
    "step.escalated": gettext_noop(
        "Step “%(step)s” was due on %(due)s and is not done: told %(person)s as its supervisor."
    ),
    "step.allowance_changed": gettext_noop("Set step “%(step)s” from %(before)s to %(after)s working days."),
    # working days
    "worktime.day_entered": gettext_noop("Entered %(day)s in the calendar: %(kind)s, %(name)s."),
    "worktime.day_removed": gettext_noop("Took %(day)s out of the calendar: %(kind)s, %(name)s."),
    # matters
    "matter.raised": gettext_noop("%(kind)s for %(person)s, answer by %(due)s: “%(text)s”."),
    "matter.answered": gettext_noop("Answered “%(text)s”."),
    "matter.withdrawn": gettext_noop("Took back “%(text)s”."),
    # onboarding
    "onboarding.rules_set": gettext_noop(
        "Set the rules of onboarding: from %(minimum)s stars; funded from %(first)s to %(last)s stars."
    ),
    "onboarding.started": gettext_noop("Started the seven steps of “%(product)s”."),
    "onboarding.survey_closed": gettext_noop("Closed step 1 of “%(product)s”: it is surveyed."),
    "onboarding.survey_waived": gettext_noop("Closed step 1 of “%(product)s” without a survey: %(reason)s"),
    "onboarding.selected": gettext_noop("Selected “%(product)s”, %(stars)s stars on %(day)s."),
    "onboarding.refused": gettext_noop("Did not select “%(product)s”: %(reason)s"),
    "onboarding.grouped": gettext_noop("Put “%(product)s” into group “%(group)s”."),
    "onboarding.training_closed": gettext_noop("Closed step 6 of “%(product)s”: trained, declared, activated."),
    "onboarding.finished": gettext_noop("Closed step 7 of “%(product)s”: stamps supplied; it is on board."),
    "onboarding.reminded": gettext_noop("Reminded %(count)s people of “%(product)s” of its next step."),
    "onboarding.group_formed": gettext_noop("Formed group “%(group)s”."),
    "onboarding.process_written": gettext_noop("Wrote process and guide of group “%(group)s”."),
    "onboarding.agency_consulted": gettext_noop("Asked %(agency)s about group “%(group)s” by letter %(number)s."),
    "onboarding.agency_replied": gettext_noop("Recorded the reply of %(agency)s about group “%(group)s”."),
    "onboarding.consultation_closed": gettext_noop("Submitted the process of group “%(group)s” for approval."),
    "onboarding.process_approved": gettext_noop("Approved process and guide of group “%(group)s”."),
    "onboarding.process_returned": gettext_noop("Returned the process of group “%(group)s”: %(reason)s"),
    "onboarding.module_ordered": gettext_noop("Ordered the module of group “%(group)s” by letter %(number)s."),
    "onboarding.module_received": gettext_noop("Recorded module %(code)s of group “%(group)s”."),
    "onboarding.provider_chosen": gettext_noop("Chose provider “%(name)s”, proof %(proof)s."),
    "onboarding.stamps_supplied": gettext_noop(
        "Handed out %(quantity)s stamps for “%(product)s”: budget %(state)s %%, producer %(producer)s %%."
    ),
    "onboarding.stamps_received": gettext_noop("%(received)s of %(quantity)s stamps for “%(product)s” were received."),
    "onboarding.portal_recorded": gettext_noop(
        "Recorded that “%(product)s” stands on the national portal: %(reference)s, %(day)s."
    ),
    "onboarding.portal_waived": gettext_noop("Let “%(product)s” go without the national portal: %(reason)s"),
    # notices
    "notices.delivery_retried": gettext_noop("Had a notice to %(person)s sent again."),
    "notices.rule_set": gettext_noop("Changed how “%(event)s” is told."),
    "notices.told_by_hand": gettext_noop("Told %(person)s by phone what no message could bring."),
    "notices.text_handed_over": gettext_noop("Copied a text for a chat group."),
    # dossiers
    "dossier.opened": gettext_noop("Opened dossier %(reference)s of “%(product)s”."),
    "dossier.sent": gettext_noop("Sent dossier %(reference)s of “%(product)s”, round %(round)s."),
    "dossier.returned": gettext_noop("Returned dossier %(reference)s of “%(product)s” with %(remarks)s remarks."),
    "dossier.accepted": gettext_noop("Accepted dossier %(reference)s of “%(product)s”."),
    "dossier.answer_disputed": gettext_noop("Dossier %(reference)s: two answers to one question wait for a choice."),
    "dossier.answer_chosen": gettext_noop("Dossier %(reference)s: chose between two answers to one question."),
    "dossier.helper_code_made": gettext_noop("Dossier %(reference)s: made a code for a helper."),
    "dossier.assistance_started": gettext_noop("Dossier %(reference)s: began to fill in with the producer's consent."),
    "dossier.assistance_ended": gettext_noop("Dossier %(reference)s: ended filling in, %(answers)s answers."),
    "dossier.assistance_confirmed": gettext_noop("Dossier %(reference)s: confirmed what was filled in."),
    "dossier.assistance_objected": gettext_noop("Dossier %(reference)s: objected to what was filled in."),
    # reports
    "reports.target_set": gettext_noop("Set the target of an indicator – %(indicator)s: %(figures)s."),
    # people
    "people.absence_entered": gettext_noop(
        "Entered an absence from %(starts_on)s to %(ends_on)s; %(person)s stands in."
    ),
    "people.absence_ended": gettext_noop("Ended the absence of %(absent)s."),
    "people.account_opened": gettext_noop("Opened an account."),
    "people.card_issued": gettext_noop("Printed a claim card."),
    "people.card_closed": gettext_noop("A claim card was closed after %(wrong_codes)s wrong codes."),
    "people.account_claimed": gettext_noop("Set the PIN with the claim card."),
    "people.password_changed": gettext_noop("Changed the password."),
}
# What the record says instead when a substitute did it ("duyệt thay").
FOR_ANOTHER: dict[str, str] = {
    "deliverable.approved": gettext_noop("Approved deliverable %(code)s “%(title)s” for %(absent)s, who is away."),
    "deliverable.reviewed": gettext_noop(
        "Reviewed deliverable %(code)s in round %(round)s for %(absent)s, who is away: %(verdict)s."
    ),
}
TONES = {
    "step.escalated": "late",
    "matter.raised": "wait",
    "deliverable.returned": "wait",
    "deliverable.rejected": "late",
    "deliverable.cancelled": "late",
    "project.product_withdrawn": "late",
    "onboarding.refused": "late",
    "onboarding.process_returned": "wait",
    "project.amendment_refused": "late",
    "stamps.refused": "late",
    "stamps.order_cancelled": "late",
}


class _Facts(dict[str, Any]):
    """Facts of an old event may lack what today's sentence wants: a gap is shown, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"


PEOPLE = {"to": "person", "absent": "absent", "acting_for": "absent"}  # fact → word in the sentence
DAYS = ("due", "day", "starts_on", "ends_on")
# Facts that are codes, and whose words they are.
CODES: tuple[tuple[str, Any], ...] = (
    ("verdict", Review.Verdict),
    ("kind", SpecialDay.Kind),
    ("result", Council.Result),
    ("seat", CouncilMember.Seat),
    ("purpose", Purpose),
    ("asked", DataRequest.Kind),
    ("outcome", DataRequest.Outcome),
    ("indicator", IndicatorKey),
)


def text(event: AuditEvent, people: Mapping[int, User] | None = None) -> str:
    """Return the event as a sentence; a verb that nobody knows is shown as it is."""
    words = SENTENCES.get(event.verb)
    if event.facts.get("acting_for") in (people or {}):
        words = FOR_ANOTHER.get(event.verb, words)
    return _(words) % _Facts(_shown(event.facts, people or {})) if words else event.verb


def lines(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return events for `_history.html`: sentence, time, and who; a flow's own steps name nobody.

    People among the facts are ids there, so that the log holds no names; one query gives the names.
    """
    events = list(events)
    people = User.objects.in_bulk(
        {event.facts[fact] for event in events for fact in PEOPLE if isinstance(event.facts.get(fact), int)}
    )
    return [
        {
            "text": text(event, people),
            "when": event.at,
            "who": _who(event, people),
            "tone": TONES.get(event.verb, ""),
        }
        for event in events
    ]


def _who(event: AuditEvent, people: Mapping[int, User]) -> str:
    """Who did it, and for whom if they stood in."""
    if event.by is None:
        return ""
    return acting_name(event.by, people.get(event.facts.get("acting_for", 0)))


def reviewer_name(review: Review) -> str:
    """Return whose review it is, or "B (for A)" when B gave the verdict of A, who was away."""
    voter = review.decided_by
    return str(review.reviewer) if voter is None or voter == review.reviewer else acting_name(voter, review.reviewer)


def stood_in(target: models.Model, verb: str, *, case: models.Model) -> User | None:
    """Return for whom the last act of this verb on the thing was done; None if in somebody's own right."""
    acts = audit.history(case).filter(target=audit.label(target), verb=verb)
    facts = acts.values_list("facts", flat=True).first() or {}
    return User.objects.filter(pk=facts["acting_for"]).first() if "acting_for" in facts else None


def _shown(facts: dict[str, Any], people: Mapping[int, User]) -> dict[str, Any]:
    """Codes, days and ids among the facts in words."""
    shown = dict(facts)
    if facts.get("kind") in Matter.Kind.values:
        shown["kind"] = str(Matter.Kind(facts["kind"]).label)
    for fact, choices in CODES:
        if facts.get(fact) in choices.values:
            shown[fact] = str(choices(facts[fact]).label).lower()
    shown |= {day: f"{date.fromisoformat(facts[day]):%d/%m/%Y}" for day in DAYS if _is_day(facts.get(day))}
    return shown | {word: str(people[facts[fact]]) for fact, word in PEOPLE.items() if facts.get(fact) in people}


def _is_day(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value))
