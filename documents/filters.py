"""Narrowing the register; a GET form, so that the address can be kept and sent."""

from __future__ import annotations

import re
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from documents import fulltext
from documents.blueprints import BLUEPRINTS, RETIRED
from documents.models import DocumentVersion, NumberSeries, RegisterEntry
from documents.register import PROJECTS
from people.models import User
from people.scope import scope_of
from projects.filters import FoldedFilter
from projects.models import PilotProject
from registry.forms import day_input
from registry.search import fold

# "05", "5/BC", "05/BC-CCTĐC": the number, the symbol of the kind, the agency.
_NUMBER = re.compile(r"(?P<number>\d{1,6})(?:/(?P<symbol>[^\s/-]+)(?:-(?P<agency>\S+))?)?")
ALL = _("All")


class RegisterFilter(FoldedFilter):
    """Filters of the register of documents. `words` and `in_order` say how its search was understood."""

    main_names = ("q", "kind", "state", "project")

    kind = filters.ChoiceFilter(label=_("Kind of document"), field_name="document__kind", empty_label=ALL, choices=())
    state = filters.ChoiceFilter(label=_("State"), empty_label=ALL, choices=DocumentVersion.State.choices)
    project = filters.ModelChoiceFilter(
        label=_("Project"), empty_label=ALL, queryset=PilotProject.objects.none(), method="of_project"
    )
    year = filters.TypedChoiceFilter(
        label=_("Year of issue"), field_name="register_entry__series__year", coerce=int, choices=()
    )
    since = filters.DateFilter(
        label=_("Issued from"), field_name="register_entry__issued_on", lookup_expr="gte", widget=day_input()
    )
    until = filters.DateFilter(
        label=_("Issued until"), field_name="register_entry__issued_on", lookup_expr="lte", widget=day_input()
    )
    signer = filters.ModelChoiceFilter(
        label=_("Signed by"), field_name="register_entry__signed_by", empty_label=ALL, queryset=User.objects.none()
    )
    q = filters.CharFilter(label=_("Number, title or words of the text"), method="search")  # the last: see `search`

    class Meta:
        model = DocumentVersion
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words: list[str] = []
        self.in_order = True
        series = NumberSeries.objects.all()
        if not (scope := scope_of(user)).is_keeper:
            series = series.filter(organisation__province__in=scope.province_ids)
        years = series.order_by("-year").values_list("year", flat=True).distinct()
        signed = RegisterEntry.objects.filter(series__in=series).values("signed_by")
        fields = self.form.fields
        fields["kind"].choices = [
            ("", ALL),
            *sorted(((kind, paper.title) for kind, paper in BLUEPRINTS.items()), key=lambda one: fold(one[1])),
        ]
        fields["year"].choices = [("", ALL), *((year, year) for year in years)]
        fields["project"].queryset = PilotProject.objects.visible_to(user).order_by("-pk")
        fields["signer"].queryset = User.objects.filter(pk__in=signed).order_by("full_name", "pk")

    def of_project(
        self, versions: QuerySet[DocumentVersion], name: str, value: PilotProject
    ) -> QuerySet[DocumentVersion]:
        """The papers of the project's case."""
        return versions.filter(Q(*((path, value) for path in PROJECTS), _connector=Q.OR))

    def search(self, versions: QuerySet[DocumentVersion], name: str, value: str) -> QuerySet[DocumentVersion]:
        """A number as it is printed, or the words of title and text: in this order, else all of them anywhere.

        The last filter, so that "in this order" is asked of what the others leave.
        """
        self.words = fulltext.words_of(value)
        number = _of_number(value)
        if number is not None and "/" not in value:
            return versions.filter(number)
        condition = fulltext.saying(value) | (number or Q(pk__in=[]))
        if len(self.words) > 1 and '"' not in value and not versions.filter(condition).exists():
            self.in_order = False
            condition = fulltext.saying(value, in_order=False)
        return versions.filter(condition)


def kind_name(kind: str) -> str:
    """Return what a kind of paper is called, also one that is made no more; the key of an unknown one."""
    return BLUEPRINTS[kind].title if kind in BLUEPRINTS else RETIRED.get(kind, kind)


def _of_number(text: str) -> Q | None:
    """The condition that it is the number as written on the paper; None for anything else."""
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    if found is None:
        return None
    condition = Q(register_entry__number=int(found["number"]))
    for field, part in (("symbol", found["symbol"]), ("organisation__symbol", found["agency"])):
        if part:  # iregex, because SQLite's LIKE knows no Vietnamese case
            condition &= Q(**{f"register_entry__series__{field}__iregex": f"^{re.escape(part)}$"})
    return condition
