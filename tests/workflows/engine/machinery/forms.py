"""Forms of the engine's test flows."""

from django import forms

from tests.workflows.engine.machinery.models import Effect


class StepForm(forms.Form):
    def __init__(self, *args, activation, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.activation, self.user = activation, user


class WriteForm(StepForm):
    text = forms.CharField()

    def save(self):
        Effect.objects.create(name=f"wrote {self.activation.process.piece.name}")
        if self.cleaned_data["text"] == "break":
            raise ZeroDivisionError


class VoteForm(StepForm):
    in_favour = forms.BooleanField(required=False)

    def save(self):
        vote = self.activation.task.seed
        vote.in_favour = self.cleaned_data["in_favour"]
        vote.save(update_fields=["in_favour"])
        Effect.objects.create(name=f"voted on {vote.piece.name}")
