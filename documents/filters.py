"""Narrowing the register; a GET form, so that the address can be kept and sent."""

from __future__ import annotations

import re
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentVersion
from projects.filters import containing
from projects.models import PilotProject

# A document belongs to a project through its deliverable or through its council.
PROJECTS = ("document__deliverable__stage__project", "document__council__project")
# "05", "5/BC", "05/BC-CCTĐC": the number, the symbol of the kind, the agency.
_NUMBER = re.compile(r"(?P<number>\d{1,6})(?:/(?P<symbol>[^\s/-]+)(?:-(?P<agency>\S+))?)?")


class RegisterFilter(filters.FilterSet):
    """Filters of the register of documents."""

    q = filters.CharFilter(label=_("Number, title or project"), method="search")
    project = filters.ModelChoiceFilter(
        label=_("Project"), empty_label=_("All"), queryset=PilotProject.objects.none(), method="of_project"
    )
    year = filters.TypedChoiceFilter(
        label=_("Year of issue"),
        field_name="register_entry__issued_on__year",
        coerce=int,
        choices=(),
    )
    state = filters.ChoiceFilter(label=_("State"), empty_label=_("All"), choices=DocumentVersion.State.choices)

    class Meta:
        model = DocumentVersion
        fields = ("q", "project", "year", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        years = rows.exclude(register_entry=None).values_list("register_entry__issued_on__year", flat=True).distinct()
        known = Q(*((f"{path}__isnull", False) for path in PROJECTS), _connector=Q.OR)
        with_project = rows.filter(known).annotate(project=Coalesce(*PROJECTS)).values("project")
        self.form.fields["project"].queryset = PilotProject.objects.filter(pk__in=with_project)
        self.form.fields["year"].choices = [("", _("All")), *((year, year) for year in sorted(years, reverse=True))]

    def of_project(
        self, versions: QuerySet[DocumentVersion], name: str, value: PilotProject
    ) -> QuerySet[DocumentVersion]:
        """The project's own papers: of its deliverables and its councils."""
        return versions.filter(Q(*((path, value) for path in PROJECTS), _connector=Q.OR))

    def search(self, versions: QuerySet[DocumentVersion], name: str, value: str) -> QuerySet[DocumentVersion]:
        """Title or project contains the text, or it is the number as written on the paper."""
        names = [f"{path}__{field}" for path in PROJECTS for field in ("code", "title")]
        words = containing(value, "document__title", *names, "document__plan__number")
        return versions.filter(words | _of_number(value))


def _of_number(text: str) -> Q:
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    if found is None:
        return Q(pk=None)
    condition = Q(register_entry__number=int(found["number"]))
    for field, part in (("symbol", found["symbol"]), ("organisation__symbol", found["agency"])):
        if part:  # iregex, because SQLite's LIKE knows no Vietnamese case
            condition &= Q(**{f"register_entry__series__{field}__iregex": f"^{re.escape(part)}$"})
    return condition
