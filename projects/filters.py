"""Narrowing the list of projects; a GET form, so that the address can be kept and sent."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit
from projects.models import PilotProject, StageKind


def containing(text: str, *fields: str) -> Q:
    """Return the condition that one of the fields contains the text, ignoring case.

    By regular expression, because SQLite's LIKE ignores case in ASCII only: "ĐÀO TẠO" must find "Đào tạo".
    """
    pattern = re.escape(unicodedata.normalize("NFC", text.strip()))
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__iregex": pattern})
    return condition


class ProjectFilter(filters.FilterSet):
    """Filters of the project list."""

    q = filters.CharFilter(label=_("Code or title"), method="search")
    province = filters.ModelChoiceFilter(label=_("Province"), queryset=AdminUnit.objects.none(), empty_label=_("All"))
    status = filters.ChoiceFilter(label=_("Status"), choices=PilotProject.Status.choices, empty_label=_("All"))
    stage = filters.ChoiceFilter(label=_("Stage"), choices=StageKind.choices, method="in_stage", empty_label=_("All"))

    class Meta:
        model = PilotProject
        fields = ("q", "province", "status", "stage")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = AdminUnit.objects.filter(pk__in=self.queryset.order_by().values("province"))
        self.filters["province"].queryset = provinces
        self.form.fields["province"].queryset = provinces

    def search(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """Code or title contains the text."""
        return projects.filter(containing(value, "code", "title"))

    def in_stage(self, projects: QuerySet[PilotProject], name: str, value: str) -> QuerySet[PilotProject]:
        """The stage of that kind is open."""
        return projects.filter(stages__kind=value, stages__opened_at__isnull=False, stages__closed_at=None)
