"""What the history says about steps, people, notices, the calendar and background work: one sentence for every verb."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SENTENCES: dict[str, str] = {
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
    # notices
    "notices.delivery_retried": gettext_noop("Had a notice to %(person)s sent again."),
    "notices.rule_set": gettext_noop("Changed how “%(event)s” is told."),
    "notices.told_by_hand": gettext_noop("Told %(person)s by phone what no message could bring."),
    "notices.text_handed_over": gettext_noop("Copied a text for a chat group."),
    # long work
    "job.started": gettext_noop("Began work in the background."),
    "job.stopped": gettext_noop("Stopped work in the background."),
    "job.started_again": gettext_noop("Began work in the background again."),
    # reports
    "reports.target_set": gettext_noop("Set the target of an indicator – %(indicator)s: %(figures)s."),
}
