"""What the history says about Word templates and documents: one sentence for every verb of theirs."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SENTENCES: dict[str, str] = {
    "document.template_registered": gettext_noop("Registered version %(version)s of the Word template “%(kind)s”."),
    "document.template_uploaded": gettext_noop("Uploaded version %(version)s of the Word template “%(kind)s”."),
    "document.template_published": gettext_noop(
        "Published version %(version)s of the Word template “%(kind)s”, in use from %(day)s."
    ),
    "document.template_withdrawn": gettext_noop(
        "Withdrew version %(version)s of the Word template “%(kind)s”: %(reason)s"
    ),
    "document.prepared": gettext_noop("Generated version %(version)s of document “%(title)s”."),
    "document.sent": gettext_noop("Sent document “%(title)s” for its number."),
    "document.taken_back": gettext_noop("Took document “%(title)s” back."),
    "document.checked": gettext_noop("Found the format of document “%(title)s” right."),
    "document.signed": gettext_noop("Signed document “%(title)s”."),
    "document.sent_back": gettext_noop("Sent document “%(title)s” back: %(reason)s"),
    "document.issued": gettext_noop("Numbered document “%(title)s”: %(number)s."),
    "document.revoked": gettext_noop("Revoked %(number)s “%(title)s” by %(paper)s: %(reason)s"),
}
