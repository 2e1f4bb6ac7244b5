"""The list of requests about personal data."""

from __future__ import annotations

from datetime import date

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from privacy.models import Consent, DataRequest
from worktime.working_days import Calendar

UNBROKEN = {"td": {"class": "nowrap"}}


class RequestTable(tables.Table):
    """One row per request, those that wait first."""

    caption = _("Requests about personal data")
    row_header = "requester_name"
    empty_title = _("No request yet")
    requester_name = tables.Column(linkify=True)
    kind = tables.Column()
    producer = tables.Column(verbose_name=_("Producer"), linkify=True, order_by="producer__name")
    received_on = tables.DateColumn(short=True, attrs=UNBROKEN)
    next_due = tables.DateColumn(verbose_name=_("Next term"), short=True, attrs=UNBROKEN)
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False, attrs=UNBROKEN)

    class Meta:
        model = DataRequest
        fields = ("requester_name", "kind", "producer", "received_on", "next_due", "state")
        empty_text = _("When somebody calls and asks to see, correct or delete their data, enter it here.")

    calendar: Calendar | None = None

    def render_kind(self, record: DataRequest) -> str:
        """What is asked, in the words of who wrote it."""
        return record.label

    def render_state(self, record: DataRequest) -> str:
        """Late, waiting for the answer, being done, or closed."""
        self.calendar = self.calendar or Calendar()
        return render_to_string("_status.html", state_of(record, timezone.localdate(), self.calendar))

    def value_state(self, record: DataRequest) -> str:
        """The bare words."""
        self.calendar = self.calendar or Calendar()
        return state_of(record, timezone.localdate(), self.calendar)["label"]


class GivenTable(tables.Table):
    """One row per consent to one version of the words."""

    caption = _("Who agreed to these words")
    row_header = "producer"
    empty_title = _("Nobody yet")
    producer = tables.Column(verbose_name=_("Producer"), linkify=True, order_by="producer__name")
    given_by_name = tables.Column(verbose_name=_("Agreed by"))
    given_at = tables.DateTimeColumn(verbose_name=_("Agreed at"), short=True, attrs=UNBROKEN)
    channel = tables.Column(verbose_name=_("How"))
    withdrawn_at = tables.DateTimeColumn(verbose_name=_("Withdrawn"), short=True, attrs=UNBROKEN)

    class Meta:
        model = Consent
        fields = ("producer", "given_by_name", "given_at", "channel", "withdrawn_at")
        empty_text = _("Nobody of the producers whom you see agreed to this version.")


def state_of(request: DataRequest, today: date, calendar: Calendar) -> dict[str, str]:
    """Return tone and words of a request's state today, for the status chip."""
    if request.closed_at:
        tone = "ok" if request.outcome == DataRequest.Outcome.DONE else "no"
        return {"tone": tone, "label": request.get_outcome_display()}
    due = request.due_on if request.answered_at else request.answer_due_on
    left = calendar.left(today, due)
    if left < 0:
        late = ngettext("%(days)d working day late", "%(days)d working days late", -left) % {"days": -left}
        return {"tone": "late", "label": late}
    if request.answered_at is None:
        return {"tone": "wait", "label": gettext("To be answered")}
    return {"tone": "go", "label": gettext("Being done")}
