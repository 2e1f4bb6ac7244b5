"""What the history says about projects, their plans and deliverables: one sentence for every verb."""

from __future__ import annotations

from django.utils.translation import gettext_noop

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
    "plan.numbered": gettext_noop("Plan “%(title)s” was issued as %(number)s."),
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
    "deliverable.revoked": gettext_noop(
        "The paper %(number)s of deliverable %(code)s “%(title)s” was revoked; the deliverable is owed again."
    ),
    "deliverable.cancelled": gettext_noop("Cancelled the run of deliverable %(code)s “%(title)s”: %(reason)s"),
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
    # matters
    "matter.raised": gettext_noop("%(kind)s for %(person)s, answer by %(due)s: “%(text)s”."),
    "matter.answered": gettext_noop("Answered “%(text)s”."),
    "matter.withdrawn": gettext_noop("Took back “%(text)s”."),
}
