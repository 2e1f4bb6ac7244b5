"""What the list of requests is narrowed by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.models import KIND_IN_OFFICE, DataRequest
from registry.search import matching

WAITING, CLOSED = "waiting", "closed"


class RequestFilter(filters.FilterSet):
    """Requests by producer, kind, and whether they are closed."""

    q = filters.CharFilter(label=_("Name or producer"), method="search")
    kind = filters.ChoiceFilter(
        empty_label=_("All"), label=_("What is asked for"), choices=list(KIND_IN_OFFICE.items())
    )
    state = filters.ChoiceFilter(
        empty_label=_("All"),
        label=_("State"),
        method="by_state",
        choices=[(WAITING, _("Waiting")), (CLOSED, _("Closed"))],
    )

    class Meta:
        model = DataRequest
        fields = ("q", "kind", "state")

    def search(self, rows: QuerySet[DataRequest], name: str, value: str) -> QuerySet[DataRequest]:
        """The name as typed, or every word in the producer's folded text."""
        named = rows.filter(requester_name__icontains=value)
        return rows.filter(pk__in=[*named.values_list("pk", flat=True), *self._of_producers(rows, value)])

    def _of_producers(self, rows: QuerySet[DataRequest], value: str) -> list[int]:
        return list(rows.filter(matching(value, "producer__search_text")).values_list("pk", flat=True))

    def by_state(self, rows: QuerySet[DataRequest], name: str, value: str) -> QuerySet[DataRequest]:
        """Closed or not."""
        return rows.filter(closed_at__isnull=value == WAITING)
