"""The delivery log as a table and as a sheet."""

from __future__ import annotations

import django_tables2 as tables
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from notices.models import Delivery

UNBROKEN = {"td": {"class": "nowrap"}}
TONES = {
    Delivery.State.QUEUED: "wait",
    Delivery.State.SENDING: "go",
    Delivery.State.SENT: "ok",
    Delivery.State.FAILED: "late",
    Delivery.State.UNCONFIGURED: "no",
    Delivery.State.HANDED_OVER: "ok",
}


class DeliveryTable(tables.Table):
    """What was sent to whom, on which way, and what became of it."""

    person = tables.Column(_("Recipient"), accessor="message__recipient", order_by=("message__recipient__full_name",))
    subject = tables.Column(_("Notice"), accessor="message__subject", orderable=False)
    made_at = tables.DateTimeColumn(verbose_name=_("Told at"), accessor="message__made_at", attrs=UNBROKEN)
    channel = tables.Column(_("Way"))
    address = tables.Column(_("Address"), visible=False)
    state = tables.Column(attrs=UNBROKEN)
    sent_at = tables.DateTimeColumn(verbose_name=_("Sent at"), attrs=UNBROKEN)
    attempts = tables.Column(attrs={"th": {"class": "n"}, "td": {"class": "n"}})
    last_error = tables.Column(_("Last error"), visible=False)
    act = tables.Column(verbose_name=_("Act"), empty_values=(), orderable=False, exclude_from_export=True)

    caption = _("Delivery log")
    row_header = "person"
    empty_title = _("Nothing was sent here")

    class Meta:
        empty_text = _("No delivery meets the conditions, or nobody has been told anything yet.")
        model = Delivery
        fields = ()
        sequence = (
            "person",
            "subject",
            "made_at",
            "channel",
            "address",
            "state",
            "sent_at",
            "attempts",
            "last_error",
            "act",
        )
        order_by = ("-made_at",)

    def render_channel(self, record: Delivery) -> SafeString:
        """The channel and the address on it."""
        note = record.address or _("no address")
        digest = format_html('<span class="sub">{}</span>', _("in the day's digest")) if record.is_digest else ""
        return format_html('{}<span class="sub">{}</span>{}', record.get_channel_display(), note, digest)

    def value_channel(self, record: Delivery) -> str:
        """The channel by itself."""
        return record.get_channel_display()

    def render_state(self, record: Delivery) -> SafeString:
        """The state, and what went wrong."""
        label = record.get_state_display()
        chip = render_to_string("_status.html", {"tone": TONES[Delivery.State(record.state)], "label": label})
        return format_html('{}<span class="sub wrap">{}</span>', chip, record.last_error)

    def value_state(self, record: Delivery) -> str:
        """The state in words."""
        return record.get_state_display()

    def render_act(self, record: Delivery) -> str:
        """The button that sends it again, for what was given up; without the frame's questions for every row."""
        if record.state not in Delivery.STRANDED:
            return ""
        query = self.request.GET.urlencode()
        words = {"record": record, "query": query, "csrf_token": get_token(self.request)}
        return render_to_string("notices/_retry.html", words)
