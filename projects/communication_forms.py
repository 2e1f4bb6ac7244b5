"""Forms of communication: events with their evidence, the plan, channels, and legal texts made known."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.doors import EVIDENCE
from projects.forms import day_field
from projects.models import Channel, CommunicationEvent, LegalText, PlannedEvent
from registry.forms import UploadField, day_input


class CommunicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that told the public about the model; its evidence is a link, a paper's number, or a file."""

    file = UploadField(EVIDENCE, label=gettext_lazy("Evidence file"), required=False)

    class Meta:
        model = CommunicationEvent
        fields = ("kind", "title", "held_on", "broadcast_on", "outlet", "channel", "evidence")
        widgets = {"held_on": day_input(), "broadcast_on": day_input()}

    def __init__(self, *args: Any, channels: QuerySet[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outlet: Any = self.fields["outlet"]
        outlet.queryset = channels
        outlet.label_from_instance = lambda one: f"{one.name} ({one.get_kind_display()})"
        self.fields["broadcast_on"].help_text = _("For a television report: it counts from that day.")
        self.fields["channel"].help_text = _("The place of a meeting, or a channel that the catalogue lacks.")

    def clean(self) -> dict[str, Any]:
        """Evidence of one kind or the other, and somewhere to have told it."""
        cleaned = super().clean() or self.cleaned_data
        has_file = bool(cleaned.get("file")) or bool(self.instance.pk and self.instance.file)
        if not cleaned.get("evidence") and not has_file and "file" not in self.errors:
            self.add_error("evidence", _("Enter a link or the number of the paper, or add the file."))
        if not cleaned.get("outlet") and not cleaned.get("channel"):
            self.add_error("channel", _("Choose a channel of the catalogue, or write the channel or place."))
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by the action."""


class PlannedEventForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line of the communication plan."""

    class Meta:
        model = PlannedEvent
        fields = ("kind", "title", "due_on")
        widgets = {"due_on": day_input()}


class ChannelForm(forms.ModelForm):  # type: ignore[type-arg]
    """A channel of the province."""

    address = forms.URLField(label=gettext_lazy("Address"), required=False, assume_scheme="https")

    class Meta:
        model = Channel
        fields = ("kind", "name", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Choose a kind")), *Channel.Kind.choices]


class LegalTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """A legal text of the register."""

    class Meta:
        model = LegalText
        fields = (
            "code", "title", "issuer", "issued_on", "in_force_from", "repealed_on", "superseded_by", "note", "source",
            "is_confirmed",
        )  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            **{name: day_input() for name in ("issued_on", "in_force_from", "repealed_on")},
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "code": {"unique": gettext_lazy("The register has a text of this number already; correct that one.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor: Any = self.fields["superseded_by"]
        successor.queryset = LegalText.objects.exclude(pk=self.instance.pk)
        successor.label_from_instance = lambda one: f"{one.code} – {one.title}"
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        """A text holds for a day at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("in_force_from"), cleaned.get("repealed_on")
        if start and end and end <= start:
            self.add_error("repealed_on", _("This day must be after the first day on which the text holds."))
        return cleaned


class PublicationForm(forms.Form):
    """A line of the publication log."""

    text = forms.ModelChoiceField(
        label=gettext_lazy("Legal text"), queryset=LegalText.objects.none(), empty_label=gettext_lazy("Choose a text")
    )
    channel = forms.ModelChoiceField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), empty_label=gettext_lazy("Choose a channel")
    )
    published_on = day_field(gettext_lazy("Published on"))
    evidence = forms.CharField(label=gettext_lazy("Link or number of the paper"), max_length=300)

    def __init__(self, *args: Any, channels: QuerySet[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text: Any = self.fields["text"]
        text.queryset = LegalText.objects.select_related("standard__superseded_by", "superseded_by")
        text.label_from_instance = lambda one: f"{one.code} – {one.title}"
        channel: Any = self.fields["channel"]
        channel.queryset = channels
