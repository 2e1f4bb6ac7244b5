"""Matters: raising one, asking the author, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User
from projects import matters as rules
from projects.actions import matters
from projects.models import Matter, Milestone, PilotProject
from registry.forms import CleanTextMixin, day_input
from workflows import questions
from workflows.forms.base import StepForm
from workflows.telling import tell_matter_answered
from worktime.working_days import Calendar

Kind = Matter.Kind
LETTERS = 2000
ANSWERS = {
    Kind.BLOCKER: (_("Your decision"), _("Send the decision")),
    Kind.DIRECTION: (_("What was done"), _("Report that it is done")),
    Kind.QUESTION: (_("Your answer"), _("Send the answer")),
}


class MatterForm(StepForm):
    """The answer of whoever is asked; a question answered lets the office's clocks go on."""

    is_personal = True  # asked of one person: it cannot be given back to everybody
    answer = forms.CharField(max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 5}))

    def build(self) -> None:
        """Name field and button after the kind of matter."""
        label, submit = ANSWERS[Kind(self.process.matter.kind)]
        self.fields["answer"].label, self.submit_label = label, submit

    def save(self) -> None:
        """Answer, let the clocks go on, and tell whoever asked."""
        matter = matters.answer_matter(
            self.process.matter, by=self.user, answer=self.cleaned_data["answer"], acting_for=self.acting_for
        )
        questions.let_go_on(matter)
        tell_matter_answered(matter)


def due_field() -> forms.DateField:
    """Return the field for the day by which an answer is asked."""
    return forms.DateField(label=_("Answer by"), widget=day_input())


class RaiseForm(CleanTextMixin):
    """A difficulty or a direction in a project."""

    text = forms.CharField(max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 4}))
    needed = forms.CharField(
        label=_("Decision needed"),
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What somebody must decide so that the work can go on."),
    )
    addressee = forms.ModelChoiceField(
        label=_("Who must answer"), queryset=User.objects.none(), empty_label=_("Choose a person")
    )
    due_on = due_field()
    milestone = forms.ModelChoiceField(
        label=_("About milestone"),
        queryset=Milestone.objects.none(),
        required=False,
        empty_label=_("The whole project"),
    )

    def __init__(self, *args: Any, project: PilotProject, kind: str, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        is_blocker = kind == Kind.BLOCKER
        fields["text"].label = _("The difficulty") if is_blocker else _("What is to be done")
        if not is_blocker:
            del self.fields["needed"]
        fields["addressee"].queryset = rules.addressees(project, raised_by=user)
        fields["addressee"].label_from_instance = lambda one: f"{one} – {one.job_title}" if one.job_title else str(one)
        fields["milestone"].queryset = Milestone.objects.filter(stage__project=project).order_by("due_on", "pk")
        fields["addressee"].initial = rules.first_addressee(project, kind, raised_by=user)
        fields["due_on"].initial = usual_day(kind)


class AskForm(CleanTextMixin):
    """A question to the author of a deliverable."""

    text = forms.CharField(
        label=_("Question to the author"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = due_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = usual_day(Kind.QUESTION)


def usual_day(kind: str) -> Any:
    """Return the day that is proposed for an answer: some working days from today."""
    return Calendar().add(timezone.localdate(), rules.USUAL_DAYS[Kind(kind)])
