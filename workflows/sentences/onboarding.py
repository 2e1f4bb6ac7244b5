"""What the history says about onboarding and the producers' dossiers: one sentence for every verb."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SENTENCES: dict[str, str] = {
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
}
