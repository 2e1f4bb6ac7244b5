"""Forms of communication: events with their evidence, the plan, channels, and legal texts made known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects import evidence
from projects.errors import EvidenceRefused
from projects.forms import day_field
from projects.models import Channel, CommunicationEvent, LegalText, PlannedEvent
from registry.forms import day_input


class CommunicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that told the public about the model; its evidence is a link, a paper's number, or a file."""

    file = forms.FileField(
        label=gettext_lazy("Evidence file (PDF, .docx, JPG, PNG, at most 10 MB)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": evidence.ACCEPT}),
    )

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

    def clean_file(self) -> evidence.Evidence | None:
        """The file as it is kept."""
        upload = self.cleaned_data.get("file")
        if not upload:
            return None
        try:
            return evidence.accept(upload)
        except EvidenceRefused as error:
            raise forms.ValidationError(str(error)) from error

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


class LegalTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """A legal text of the library."""

    class Meta:
        model = LegalText
        fields = ("code", "title", "issuer", "issued_on")
        widgets = {"issued_on": day_input(), "title": forms.Textarea(attrs={"rows": 2})}


class PublicationForm(forms.Form):
    """A line of the publication log."""

    text = forms.ModelChoiceField(label=gettext_lazy("Legal text"), queryset=LegalText.objects.none())
    channel = forms.ModelChoiceField(label=gettext_lazy("Channel"), queryset=Channel.objects.none())
    published_on = day_field(gettext_lazy("Published on"))
    evidence = forms.CharField(label=gettext_lazy("Link or number of the paper"), max_length=300)

    def __init__(self, *args: Any, channels: QuerySet[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text: Any = self.fields["text"]
        text.queryset = LegalText.objects.select_related("standard__superseded_by", "superseded_by")
        text.label_from_instance = lambda one: f"{one.code} – {one.title}"
        channel: Any = self.fields["channel"]
        channel.queryset = channels
