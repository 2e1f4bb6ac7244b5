"""The list of the jobs room."""

from __future__ import annotations

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from jobs.kinds import kinds
from jobs.models import Job

UNBROKEN = {"td": {"class": "nowrap"}}
TONES = {"waiting": "wait", "running": "go", "done": "ok", "failed": "late", "cancelled": "no"}


def label_of(job: Job) -> str:
    """Return the kind of work in words; its key where the kind is gone."""
    kind = kinds().get(job.kind)
    return str(kind.label) if kind else job.kind


class JobTable(tables.Table):
    """Long work, the latest first."""

    kind = tables.Column(_("Work"), linkify=True, orderable=False)
    target_label = tables.Column(orderable=False)
    state = tables.Column(attrs=UNBROKEN)
    percent = tables.Column(_("Progress"), attrs=UNBROKEN, orderable=False)
    owner = tables.Column(_("Requested by"), accessor="owner__full_name")
    created_at = tables.DateTimeColumn(attrs=UNBROKEN, short=True)

    caption = _("Long work")
    row_header = "kind"
    empty_title = _("No long work yet")

    class Meta:
        empty_text = _("Large files are made in the background. What you ask for appears here with its progress.")
        model = Job
        fields = ("kind", "target_label", "state", "percent", "owner", "created_at")
        order_by = ("-created_at",)

    def render_kind(self, record: Job) -> str:
        """The kind in words."""
        return label_of(record)

    def render_state(self, record: Job) -> str:
        """The state as a word with its shape."""
        return render_to_string("_status.html", {"tone": TONES[record.state], "label": record.get_state_display()})

    def value_state(self, record: Job) -> str:
        """The bare word."""
        return str(record.get_state_display())

    def render_percent(self, record: Job) -> str:
        """A bar."""
        return render_to_string("_bar.html", {"percent": record.percent})
