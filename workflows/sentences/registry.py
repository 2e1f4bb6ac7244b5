"""What the history says about the registry, personal data and lists that were imported: one sentence for every verb."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SENTENCES: dict[str, str] = {
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
    # imports
    "import.file_uploaded": gettext_noop("Uploaded a list."),
    "import.list_checked": gettext_noop(
        "Checked the list: %(new)s new, %(changed)s changed, %(same)s the same, %(wrong)s with errors."
    ),
    "import.list_imported": gettext_noop("Imported the list: %(new)s new, %(changed)s changed."),
    "import.list_undone": gettext_noop("Undid the import: %(taken_back)s taken back, %(kept)s had to stay."),
    "import.change_undone": gettext_noop("The change by an import was undone."),
    # privacy
    "privacy.consent_given": gettext_noop("Agreed to the use of personal data: %(purpose)s, text %(version)s."),
    "privacy.consent_withdrawn": gettext_noop("Withdrew the consent: %(purpose)s, text %(version)s."),
    "privacy.text_issued": gettext_noop("Issued version %(version)s of the words: %(purpose)s, in force from %(day)s."),
    "privacy.request_received": gettext_noop("A request about personal data came: %(asked)s, due %(due)s."),
    "privacy.request_answered": gettext_noop("Answered the request about personal data."),
    "privacy.request_extended": gettext_noop("Extended the request about personal data to %(due)s."),
    "privacy.request_closed": gettext_noop("Closed the request about personal data: %(outcome)s."),
    "privacy.data_handed_out": gettext_noop("Handed out everything that is held about the producer."),
    "privacy.producer_erased": gettext_noop("Erased the person's data on request: %(reason)s"),
}
