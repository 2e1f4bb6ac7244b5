"""What the history says about surveys, classes, communication and legal texts: one sentence for every verb."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SENTENCES: dict[str, str] = {
    "fieldwork.product_surveyed": gettext_noop("Recorded the survey of “%(product)s”."),
    "fieldwork.organisation_surveyed": gettext_noop("Recorded the survey of the organisation “%(producer)s”."),
    "fieldwork.survey_excused": gettext_noop("Gave the reason why “%(product)s” is not surveyed."),
    "fieldwork.questionnaire_drafted": gettext_noop("Began version %(version)s of questionnaire “%(title)s”."),
    "fieldwork.questionnaire_published": gettext_noop("Published version %(version)s of questionnaire “%(title)s”."),
    "fieldwork.questionnaire_discarded": gettext_noop("Threw away the draft of questionnaire “%(title)s”."),
    "fieldwork.questionnaire_reworded": gettext_noop(
        "Changed title or introduction of version %(version)s of questionnaire “%(title)s”."
    ),
    "fieldwork.question_added": gettext_noop("Added the question “%(text)s” to version %(version)s of “%(title)s”."),
    "fieldwork.question_changed": gettext_noop(
        "Changed the question “%(text)s” in version %(version)s of “%(title)s”."
    ),
    "fieldwork.question_removed": gettext_noop(
        "Removed the question “%(text)s” from version %(version)s of “%(title)s”."
    ),
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
    "fieldwork.legal_text_changed": gettext_noop("Corrected the days of legal text %(text)s."),
    "fieldwork.text_published": gettext_noop("Entered that legal text %(text)s was made known."),
}
