"""The list that a person works through: a tab of the inbox with its filter and order, kept in the query string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from projects.views.case import PersonRequest
from workflows import inbox
from workflows.filters import InboxFilter, narrowing
from workflows.steps import Step, steps_of
from worktime.working_days import Calendar

LISTS = {inbox.MINE: inbox.to_do, inbox.GROUP: inbox.claimable, inbox.SENT: inbox.waiting_for_others}
# What the address of a list consists of; everything else in a query string belongs to one page.
KEPT = ("tab", "q", "project", "kind", "whose", "sort")
SORTED = {"due": "due_on", "project": "project_code", "since": "created"}
PANE_LENGTH = 20  # steps in the pane beside the case


@dataclass(frozen=True)
class Place:
    """Where a step stands in its list: its number from 1 (0: not in it), of how many, and its neighbours."""

    number: int
    total: int
    before: int | None = None
    after: int | None = None


def kept(request: HttpRequest, names: Iterable[str] = KEPT) -> list[tuple[str, str]]:
    """Return the list that a request's query string names, as hidden fields of a form."""
    return [(name, value) for name in names if (value := request.GET.get(name, "").replace("\0", ""))]


def query_of(request: HttpRequest, names: Iterable[str] = KEPT) -> str:
    """Return the same as a query string, "?" included; empty for the list that everybody starts with."""
    fields = kept(request, names)
    return f"?{urlencode(fields)}" if fields else ""


class Listing:
    """One tab of a person's inbox, filtered and in order; what a query string does not say is the first tab's."""

    def __init__(self, request: PersonRequest) -> None:
        self.request, self.user = request, request.user
        tab = request.GET.get("tab", inbox.MINE)
        self.tab = tab if tab in LISTS else inbox.MINE
        data = request.GET.copy()
        if self.tab != inbox.MINE:
            data.pop("whose", None)
        self.summary = inbox.summary(self.user, narrowing(data, self.user))
        # The navigation shows the number too and need not count again.
        request.inbox_count = self.summary.to_do  # type: ignore[attr-defined]
        self.filters = InboxFilter(
            data, queryset=inbox.for_list(LISTS[self.tab](self.user)), request=request, summary=self.summary
        )
        if self.tab != inbox.MINE:
            del self.filters.form.fields["whose"]
        self.kept, self.query = kept(request), query_of(request)

    @property
    def url(self) -> str:
        """The inbox with this list."""
        return reverse("inbox") + self.query

    @property
    def title(self) -> str:
        """The name of the tab."""
        return titles()[self.tab]

    @property
    def total(self) -> int:
        """How many steps it has."""
        return self.summary.shown[self.tab]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves something out."""
        return any(name in KEPT[1:-1] for name, _value in self.kept)

    @property
    def tasks(self) -> QuerySet[Task]:
        """The steps, in the order of the list."""
        tasks: QuerySet[Task] = self.filters.qs
        wanted = self.request.GET.get("sort", "")
        column = SORTED.get(wanted.removeprefix("-"))
        if column is None:
            return tasks
        order = F(column).desc(nulls_last=True) if wanted.startswith("-") else F(column).asc(nulls_last=True)
        return tasks.order_by(order, "created", "pk")

    @cached_property
    def ids(self) -> list[int]:
        """The keys of all its steps, in order; one query."""
        return list(self.tasks.values_list("pk", flat=True))

    def place_of(self, pk: int) -> Place:
        """Where the step stands; a step that is not in the list has the first one after it."""
        ids = self.ids
        if pk not in ids:
            return Place(0, len(ids), after=ids[0] if ids else None)
        index = ids.index(pk)
        return Place(
            index + 1,
            len(ids),
            before=ids[index - 1] if index else None,
            after=ids[index + 1] if index + 1 < len(ids) else None,
        )

    def next_url(self, pk: int, known: Sequence[int]) -> str:
        """Where to go after step `pk` of the list that was `known`: the step that followed and still waits,
        else the first that waits, else the list itself, which is empty now."""
        waiting = [task for task in self.ids if task != pk]
        left = set(waiting)
        followed = known[known.index(pk) + 1 :] if pk in known else ()
        after = next((task for task in followed if task in left), waiting[0] if waiting else None)
        return self.url if after is None else reverse("task", args=[after]) + self.query

    def pane(self, step: Step) -> Pane:
        """The part of the list that is shown beside a step, or the part that the query string asks for."""
        return Pane(self, step.task.pk, step.calendar)


class Pane:
    """A page of the list, beside one of its steps."""

    def __init__(self, listing: Listing, pk: int, calendar: Calendar) -> None:
        self.listing, self.place, self.calendar = listing, listing.place_of(pk), calendar
        self.pages = max(-(-self.place.total // PANE_LENGTH), 1)
        asked = listing.request.GET.get("list", "")
        here = (self.place.number - 1) // PANE_LENGTH + 1 if self.place.number else 1
        self.page = min(max(int(asked), 1), self.pages) if asked.isdecimal() and len(asked) < 7 else here

    @cached_property
    def steps(self) -> list[Step]:
        """The steps of the page; one query, whatever the length of the list."""
        wanted = self.listing.ids[(self.page - 1) * PANE_LENGTH : self.page * PANE_LENGTH]
        found = {task.pk: task for task in inbox.for_list(inbox.steps().filter(pk__in=wanted))}
        return steps_of([found[pk] for pk in wanted if pk in found], calendar=self.calendar)

    @property
    def earlier_url(self) -> str:
        """The page before this one, beside the same step."""
        return self._url(self.page - 1) if self.page > 1 else ""

    @property
    def later_url(self) -> str:
        """The page after this one, beside the same step."""
        return self._url(self.page + 1) if self.page < self.pages else ""

    def _url(self, page: int) -> str:
        query = self.listing.query
        return f"{query}&list={page}" if query else f"?list={page}"

    @property
    def before_url(self) -> str:
        """The step before this one."""
        return self._step(self.place.before)

    @property
    def after_url(self) -> str:
        """The step after this one."""
        return self._step(self.place.after)

    def _step(self, pk: int | None) -> str:
        return reverse("task", args=[pk]) + self.listing.query if pk else ""


def titles() -> dict[str, str]:
    """Return the names of the lists."""
    return {
        inbox.MINE: _("Waiting for me"),
        inbox.GROUP: _("Waiting for my group"),
        inbox.SENT: _("Sent, waiting for others"),
    }
