"""Narrowing the list of projects; a GET form, so that the address can be kept and sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit, Organisation, User
from projects.models import Enrolment, Funding, PilotProject, Plan, StageKind
from projects.rag import Colour, Rag, rag, with_rag
from projects.standing import with_changes
from registry.forms import day_input
from registry.models import ProductGroup
from registry.search import fold
from worktime.working_days import Calendar

MINYEAR, MAXYEAR = 1900, 9999
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


def _judged(projects: QuerySet[PilotProject]) -> Iterator[tuple[PilotProject, Rag]]:
    today, calendar = timezone.localdate(), Calendar()
    for project in with_rag(projects.order_by()):
        yield project, rag(project, today, calendar)


def containing(text: str, *fields: str) -> Q:
    """Return the condition that one of the fields contains the text, ignoring case.

    By regular expression, because SQLite's LIKE ignores case in ASCII only: "ĐÀO TẠO" must find "Đào tạo".
    """
    pattern = re.escape(unicodedata.normalize("NFC", text.strip()))
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__iregex": pattern})
    return condition


ALL = _("All")


class FoldedFilter(filters.FilterSet):
    """A filter with few fields at first: the others than `main_names` are folded away until one of them is used."""

    main_names: ClassVar[tuple[str, ...]] = ()

    @property
    def main(self) -> list[Any]:
        """The fields that are always there."""
        return [self.form[name] for name in self.main_names]

    @property
    def more(self) -> list[Any]:
        """The fields that are folded away."""
        return [field for field in self.form if field.name not in self.main_names]

    @property
    def uses_more(self) -> bool:
        """Whether one of those is used, so that they are shown."""
        return any(self.data.get(field.name) for field in self.more)


class ProjectFilter(FoldedFilter):
    """Filters of the portfolio. Those that look at every project (`q`, `colour`, `late`) come last."""

    main_names = ("q", "status", "colour", "stage", "late")

    province = filters.ModelChoiceFilter(label=_("Province"), queryset=AdminUnit.objects.none(), empty_label=ALL)
    plan = filters.ModelChoiceFilter(
        label=_("Plan"), field_name="line__plan", queryset=Plan.objects.none(), empty_label=ALL
    )
    owner = filters.ModelChoiceFilter(label=_("Lead unit"), queryset=Organisation.objects.none(), empty_label=ALL)
    manager = filters.ModelChoiceFilter(label=_("Manager"), queryset=User.objects.none(), empty_label=ALL)
    year = filters.NumberFilter(
        label=_("Year"), method="in_year", min_value=MINYEAR, max_value=MAXYEAR, widget=forms.TextInput(attrs=DIGITS)
    )
    source = filters.ChoiceFilter(
        label=_("Funding source"), choices=Funding.Source.choices, method="by_source", empty_label=ALL
    )
    group = filters.ModelChoiceFilter(
        label=_("Product group"), queryset=ProductGroup.objects.all(), method="with_group", empty_label=ALL
    )
    since = filters.DateFilter(label=_("Changed since"), method="changed_since", widget=day_input())
    status = filters.ChoiceFilter(label=_("Status"), choices=PilotProject.Status.choices, empty_label=ALL)
    stage = filters.ChoiceFilter(label=_("Stage"), choices=StageKind.choices, method="in_stage", empty_label=ALL)
    q = filters.CharFilter(label=_("Code or title"), method="search")
    colour = filters.ChoiceFilter(label=_("Colour"), choices=Colour.choices, method="in_colour", empty_label=ALL)
    late = filters.ChoiceFilter(label=_("Late"), choices=(("1", _("Only late")),), method="only_late", empty_label=ALL)

    class Meta:
        model = PilotProject
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.queryset.order_by()
        choices = {
            "province": AdminUnit.objects.filter(pk__in=known.values("province")),
            "plan": Plan.objects.filter(pk__in=known.values("line__plan")),
            "owner": Organisation.objects.filter(pk__in=known.values("owner")),
            "manager": User.objects.filter(pk__in=known.values("manager")),
        }
        for name, rows in choices.items():
            self.filters[name].queryset = rows
            self.form.fields[name].queryset = rows

    def chosen(self, name: str) -> Any:
        """The answer to a field; None without a valid one."""
        return self.form.cleaned_data.get(name) if self.form.is_bound and self.form.is_valid() else None

    def search(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """Every word stands in code or title, as people type it: without capitals or tone marks."""
        words = fold(value).split()
        texts = projects.order_by().values_list("pk", "code", "title")
        return projects.filter(
            pk__in=[pk for pk, code, title in texts if all(word in fold(f"{code} {title}") for word in words)]
        )

    def in_year(self, projects: QuerySet[PilotProject], name: str, value: Any) -> QuerySet[PilotProject]:
        """Runs, or should run, in the year."""
        return projects.filter(starts_on__year__lte=int(value), due_on__year__gte=int(value))

    def by_source(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """Has money of the source."""
        return projects.filter(pk__in=Funding.objects.filter(source=value, project__isnull=False).values("project"))

    def with_group(self, projects: QuerySet[PilotProject], name: str, value: ProductGroup) -> QuerySet[PilotProject]:
        """A product of the group takes part."""
        enrolled = Enrolment.objects.filter(withdrawn_at=None, product__group=value)
        return projects.filter(pk__in=enrolled.values("project"))

    def changed_since(self, projects: QuerySet[PilotProject], name: str, value: date) -> QuerySet[PilotProject]:
        """Something was recorded since the day; annotates `changes`, how much."""
        counted: Any = with_changes(projects, value)
        found: QuerySet[PilotProject] = counted.filter(changes__gt=0)
        return found

    def in_colour(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """The project's colour today, a manager's judgement included."""
        return projects.filter(pk__in=[project.pk for project, colour in _judged(projects) if colour.colour == value])

    def only_late(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """Something in the project slips by a working day at least."""
        return projects.filter(pk__in=[project.pk for project, colour in _judged(projects) if colour.slip > 0])

    def in_stage(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """The stage of that kind is open."""
        return projects.filter(stages__kind=value, stages__opened_at__isnull=False, stages__closed_at=None)
