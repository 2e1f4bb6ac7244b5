"""Forms by which a project is steered: progress of a milestone, its owner, a baseline, a judgement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.fields import WholeNumberField
from people.models import User
from projects.actions.baselines import MAX_NAME
from projects.actions.judgement import MOST_DAYS
from projects.doors import EVIDENCE
from projects.models import Judgement, Milestone, PilotProject
from registry.forms import CleanTextMixin, UploadField, day_input


class ReportForm(CleanTextMixin):
    """How far a milestone is, with a note and a file."""

    percent = WholeNumberField(
        label=gettext_lazy("Percent done"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "percent", "step": 5}),
        help_text=gettext_lazy("100 means that the milestone is reached."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = UploadField(EVIDENCE, label=gettext_lazy("Evidence"), required=False, max_length=200)

    def __init__(self, *args: Any, milestone: Milestone, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"percent": milestone.percent})
        # Several rows of one page may be open at once.
        kwargs.setdefault("auto_id", f"id_m{milestone.pk}_%s")
        super().__init__(*args, **kwargs)
        is_late = milestone.reached_at is None and milestone.due_on < today
        self.fields["note"].required = is_late
        self.fields["note"].help_text = (
            _("The milestone is late: explain why.")
            if is_late
            else _("To reach the milestone without a file, name the paper that proves it.")
        )


class OwnerForm(forms.Form):
    """Who answers for a milestone, and whether its date is a legal one."""

    owner = forms.ModelChoiceField(label=gettext_lazy("Answers for it"), queryset=User.objects.none(), required=False)
    is_legal = forms.BooleanField(
        label=gettext_lazy("A law or a decision sets this date"),
        required=False,
        help_text=gettext_lazy("Missing it makes the project red at once."),
    )

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"owner": milestone.owner_id, "is_legal": milestone.is_legal})
        super().__init__(*args, **kwargs)
        project = milestone.stage.project
        field: Any = self.fields["owner"]
        people = Q(pk__in=project.members.values("user")) | Q(pk=milestone.owner_id)
        field.queryset = User.objects.filter(people, is_active=True).order_by("full_name", "pk")
        field.empty_label = _("The project's manager (%(manager)s)") % {"manager": project.manager}


class BaselineForm(CleanTextMixin):
    """A new baseline."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=MAX_NAME,
        help_text=gettext_lazy("For example “after Notice 29”. Nobody can change a baseline later."),
    )


class JudgementForm(CleanTextMixin):
    """A colour against the computed one."""

    colour = forms.ChoiceField(
        label=gettext_lazy("My judgement"),
        choices=Judgement.Colour.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three colours.")},
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    expires_on = forms.DateField(label=gettext_lazy("Holds until"), widget=day_input())

    def __init__(self, *args: Any, project: PilotProject, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": today + timedelta(days=14)})
        super().__init__(*args, **kwargs)
        last = today + timedelta(days=MOST_DAYS)
        self.fields["expires_on"].help_text = _(
            "At most until %(last)s. It ends earlier as soon as something is reported or the computed colour "
            "gets worse."
        ) % {"last": last.strftime("%d/%m/%Y")}
