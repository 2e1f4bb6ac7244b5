"""Forms of training: classes, invitations, who came, and the material."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.fields import WholeNumberField
from projects.doors import MATERIALS
from projects.forms import day_field
from projects.models import PilotProject, TrainingSession, TrainingTopic
from registry.forms import UploadField, day_input
from registry.models import Producer, ProductGroup

MAX_SEATS = 2000


class TrainingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A class that was held, or is planned; its topics are chosen from the catalogue."""

    class Meta:
        model = TrainingSession
        fields = ("title", "audience", "held_on", "due_on", "place", "seats", "topic_list", "topics")
        field_classes = {"seats": WholeNumberField}
        widgets = {
            "held_on": day_input(),
            "due_on": day_input(),
            "topic_list": forms.CheckboxSelectMultiple,
            "topics": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topic_list"]
        chosen = self.instance.topic_list.values("pk") if self.instance.pk else []
        topics.queryset = TrainingTopic.objects.filter(Q(is_offered=True) | Q(pk__in=chosen))
        self.fields["held_on"].help_text = _("Empty while the day is not known.")
        self.fields["topics"].help_text = _("What the catalogue lacks; several are divided by semicolons.")

    def clean_seats(self) -> int:
        """At least one, and no more than a hall takes."""
        seats: int = self.cleaned_data["seats"]
        if not 1 <= seats <= MAX_SEATS:
            raise forms.ValidationError(_("A class has 1 to %(most)d seats.") % {"most": MAX_SEATS})
        return seats

    def clean(self) -> dict[str, Any]:
        """A day, or the day until which the class is to be held."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("held_on") and not cleaned.get("due_on"):
            self.add_error("held_on", _("Enter when the class is held, or until when it is to be held."))
        return cleaned

    def _post_clean(self) -> None:
        """The rules of a class are the action's: the row is not touched here."""


class ClassesForm(forms.Form):
    """Several classes at once, as a line of the plan asks for them."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=180)
    count = WholeNumberField(label=gettext_lazy("Number of classes"), min_value=1, max_value=20, initial=2)
    seats = WholeNumberField(label=gettext_lazy("Seats in each class"), min_value=1, max_value=MAX_SEATS, initial=50)
    due_on = day_field(gettext_lazy("To be held by"))
    audience = forms.ChoiceField(label=gettext_lazy("Audience"), choices=TrainingSession.Audience.choices)
    topic_list = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics of the catalogue"),
        queryset=TrainingTopic.objects.filter(is_offered=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class MeetingForm(forms.Form):
    """A further meeting of a class."""

    held_on = day_field(gettext_lazy("Date"))
    begins_at = forms.TimeField(
        label=gettext_lazy("Begins at"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "08:00", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Enter the time as 08:00.")},
    )
    about = forms.CharField(label=gettext_lazy("Content"), max_length=200, required=False)


class PersonForm(forms.Form):
    """A person of a producer of the project, or of an agency."""

    person_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    producer = forms.ModelChoiceField(label=gettext_lazy("Producer"), queryset=Producer.objects.none(), required=False)
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=200, required=False)

    def __init__(self, *args: Any, project: PilotProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enrolled = project.enrolled_products().order_by().values("producer")
        producers: Any = self.fields["producer"]
        producers.queryset = Producer.objects.filter(pk__in=enrolled).order_by("name", "pk")
        producers.empty_label = _("Of no producer: write the agency below")

    def clean(self) -> dict[str, Any]:
        """Exactly one of producer and agency."""
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("producer")) == bool(cleaned.get("agency")) and "producer" not in self.errors:
            self.add_error("producer", _("Choose a producer, or write the agency; one of the two."))
        return cleaned

    def clean_phone(self) -> str:
        """Digits, however they are grouped; nothing else tells people apart at the door."""
        typed: str = self.cleaned_data["phone"]
        digits = "".join(letter for letter in typed if letter.isdigit())
        if typed and not 9 <= len(digits) <= 12:
            raise forms.ValidationError(_("A phone number has 9 to 12 digits."))
        return typed


class WalkInForm(PersonForm):
    """Somebody at the door without an invitation."""

    shares_phone = forms.BooleanField(
        label=gettext_lazy("This is another person with the same phone number"), required=False
    )


class AttendanceForm(WalkInForm):
    """One person of the paper list."""

    passed_check = forms.BooleanField(label=gettext_lazy("Passed the competency check"), required=False)
    field_order = ("person_name", "phone", "producer", "agency", "passed_check", "shares_phone")


class MaterialForm(forms.Form):
    """A file that is handed out, and for which product group."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    group = forms.ModelChoiceField(
        label=gettext_lazy("Product group"),
        queryset=ProductGroup.objects.all(),
        required=False,
        empty_label=gettext_lazy("For all groups"),
    )
    file = UploadField(MATERIALS, label=gettext_lazy("File"))
