"""Forms of projects: making one from a plan line, and enrolments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import package
from people.models import Membership, Organisation, User
from projects.models import DeliverableTemplate, PilotProject, PlanLine, ProjectTemplate
from registry.forms import day_input
from registry.models import Standard

Role = Membership.Role
# Roles of a project that one person holds, and those that several may.
ONE_PERSON = (Role.CLERK, Role.LEADER, Role.STAMP_OFFICER)
SEVERAL = (Role.REVIEWER, Role.HELPER)


class StandardsForm(forms.Form):
    """The standards of the model: those in force today, and those attached already."""

    standards = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Standards"),
        queryset=Standard.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, project: PilotProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"standards": project.standards.all()}
        field: Any = self.fields["standards"]
        in_force = Standard.objects.in_force(timezone.localdate()).values("pk")
        field.queryset = Standard.objects.filter(Q(pk__in=in_force) | Q(pk__in=project.standards.values("pk")))
        field.label_from_instance = lambda standard: f"{standard.code} – {standard.title}"


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day, typed dd/mm/yyyy."""
    return forms.DateField(label=label, widget=day_input(), **options)


class ProjectForm(forms.Form):
    """A new project from a plan line, with its people chosen among those who hold the role in the province."""

    template = forms.ModelChoiceField(
        label=gettext_lazy("Project template"),
        queryset=ProjectTemplate.objects.filter(is_active=True),
        empty_label=gettext_lazy("Choose a template"),
    )
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=20, help_text=gettext_lazy("For example GL-02."))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = day_field(gettext_lazy("Starts on"))
    owner = forms.ModelChoiceField(label=gettext_lazy("Owner organisation"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, line: PlanLine, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager
        province = line.plan.programme.province_id
        owners: Any = self.fields["owner"]
        owners.queryset = Organisation.objects.filter(province=province)
        for role in (Role.REVIEWER, *ONE_PERSON, Role.HELPER):
            self.fields[role] = _people_field(role, province)

    def clean_code(self) -> str:
        """The code names one project in the whole system."""
        code = str(self.cleaned_data["code"])
        if PilotProject.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(
                _("Code %(code)s is taken by another project; choose another.") % {"code": code}
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Enough reviewers for the quorum besides the manager, and a leader and clerk who are not the manager."""
        template, reviewers = self.cleaned_data.get("template"), self.cleaned_data.get(Role.REVIEWER)
        if template and reviewers is not None:
            self._check_quorum(template, [user for user in reviewers if user != self.manager])
        for role in (Role.CLERK, Role.LEADER):
            if self.cleaned_data.get(role) == self.manager:
                self.add_error(role, _("You manage the project: choose another person."))
        return self.cleaned_data

    def _check_quorum(self, template: ProjectTemplate, reviewers: list[User]) -> None:
        papers = DeliverableTemplate.objects.filter(stage__template=template)
        needed = papers.aggregate(most=Max("reviewers_needed"))["most"] or 0
        if len(reviewers) < needed:
            text = _("This template needs %(needed)d reviewers besides you; %(count)d are chosen.")
            self.add_error(Role.REVIEWER, text % {"needed": needed, "count": len(reviewers)})

    def members(self) -> dict[str, list[User]]:
        """Return the chosen people by role."""
        several: dict[str, list[User]] = {role: list(self.cleaned_data[role]) for role in SEVERAL}
        one: dict[str, list[User]] = {role: [self.cleaned_data[role]] for role in ONE_PERSON if self.cleaned_data[role]}
        return {**several, **one}


def holders(role: str, province: int) -> Any:
    """Return the people who hold the role in the province today."""
    memberships = Membership.objects.active(timezone.localdate()).filter(role=role, organisation__province=province)
    return User.objects.filter(pk__in=memberships.values("user"))


def _people_field(role: Membership.Role, province: int) -> forms.Field:
    people, optional = holders(role, province), role in (Role.HELPER, Role.STAMP_OFFICER)
    if role in SEVERAL:
        return forms.ModelMultipleChoiceField(
            people, label=role.label, required=not optional, widget=forms.CheckboxSelectMultiple
        )
    return forms.ModelChoiceField(people, label=role.label, required=not optional, empty_label=_("Choose a person"))


class PartyForm(forms.Form):
    """Who receives and applies the results."""

    name = forms.CharField(label=gettext_lazy("Receiving party"), max_length=300)


class RosterForm(forms.Form):
    """The province's workbook of products, and the day on which their recognition must hold."""

    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )
    on = day_field(gettext_lazy("Recognition must hold on"))

    def __init__(self, *args: Any, project: PilotProject, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project, self.today = project, today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """A day of the project that is not to come: a list may have been agreed on some weeks ago."""
        day: date = self.cleaned_data["on"]
        if not min(self.project.starts_on, self.today) <= day <= self.today:
            raise forms.ValidationError(
                _("Choose a day from %(first)s, when the project started, until today.")
                % {"first": self.project.starts_on.strftime("%d/%m/%Y")}
            )
        return day

    def data_of_file(self) -> bytes:
        """Return the file's bytes, one more than is allowed at most, so that a larger one is refused as such."""
        data: bytes = self.cleaned_data["file"].read(package.MAX_BYTES + 1)
        return data


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
