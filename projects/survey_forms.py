"""Forms of surveys: a questionnaire's questions as fields, and the questions themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.fields import DecimalNumberField
from projects.forms import day_field
from projects.models import Question, Questionnaire
from projects.surveying import NO, YES, Answers
from registry.models import Producer

Kind = Question.Kind


class AnswersForm(forms.Form):
    """The day of the visit and a field for each question; what is left empty is not known."""

    surveyed_on = day_field(gettext_lazy("Surveyed on"))

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[question.key] = _field(question)

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields by section, in the order of the questions."""
        sections: dict[str, list[forms.BoundField]] = {}
        for question in self.questions:
            sections.setdefault(question.section, []).append(self[question.key])
        yield from sections.items()

    def answers(self) -> Answers:
        """What was answered, by the questions' keys, as it is kept."""
        found: Answers = {}
        for question in self.questions:
            value = self.cleaned_data.get(question.key)
            if value not in (None, "", []):
                found[question.key] = str(value) if isinstance(value, Decimal) else value
        return found


def initial_of(questions: Iterable[Question], answers: Answers) -> Answers:
    """Return what the fields show of answers that are kept."""
    shown: Answers = {}
    for question in questions:
        value = answers.get(question.key)
        if value is not None:
            shown[question.key] = Decimal(value) if question.kind == Kind.NUMBER else value
    return shown


def _field(question: Question) -> forms.Field:
    options: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.is_required,
    }
    if question.kind == Kind.YES_NO:
        return forms.ChoiceField(choices=((YES, _("yes")), (NO, _("no"))), widget=forms.RadioSelect, **options)
    if question.kind == Kind.CHOICE:
        choices = [(choice, choice) for choice in question.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
    if question.kind == Kind.SEVERAL:
        choices = [(choice, choice) for choice in question.choices]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)
    if question.kind == Kind.NUMBER:
        return DecimalNumberField(min_value=0, max_digits=12, decimal_places=2, **options)
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **options)


class TitleForm(forms.ModelForm):  # type: ignore[type-arg]
    """The title and introduction of a draft."""

    class Meta:
        model = Questionnaire
        fields = ("title", "introduction")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A question of a draft; its choices one on each line."""

    choices = forms.CharField(
        label=gettext_lazy("Choices, one on each line"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Only for questions that are answered from a list."),
    )

    class Meta:
        model = Question
        fields = ("section", "text", "hint", "kind", "choices", "is_required", "feeds")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["choices"] = "\n".join(self.instance.choices)
        self.fields["feeds"].help_text = _("The figure or the part of a report that the answer fills.")

    def clean_choices(self) -> list[str]:
        """The lines without blanks and repeats, each short enough for a table."""
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        choices = list(dict.fromkeys(line for line in lines if line))
        if any(len(choice) > 80 for choice in choices):
            raise forms.ValidationError(_("A choice has at most 80 characters."))
        return choices

    def _post_clean(self) -> None:
        """The rules of a question are the action's: the row is not touched here."""


class SurveyFilterForm(forms.Form):
    """Which products of the list are shown."""

    STATES = (("", gettext_lazy("All")), ("done", gettext_lazy("Surveyed")), ("open", gettext_lazy("Not surveyed yet")),
              ("excused", gettext_lazy("Not surveyed, with a reason")))  # fmt: skip
    q = forms.CharField(label=gettext_lazy("Product or producer"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("Survey"), choices=STATES, required=False)
    producer = forms.TypedChoiceField(label=gettext_lazy("Producer"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, producers: Iterable[Producer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["producer"]
        field.choices = [("", gettext_lazy("All")), *((producer.pk, producer.name) for producer in producers)]
