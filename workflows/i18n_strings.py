"""Keeps viewflow's status words in our catalogue: makemessages does not look into libraries."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

VIEWFLOW_STATUSES = (
    pgettext_lazy("STATUS", "Assigned"),
    pgettext_lazy("STATUS", "Canceled"),
    pgettext_lazy("STATUS", "Done"),
    pgettext_lazy("STATUS", "Error"),
    pgettext_lazy("STATUS", "New"),
    pgettext_lazy("STATUS", "Revived"),
    pgettext_lazy("STATUS", "Scheduled"),
    pgettext_lazy("STATUS", "Started"),
)
