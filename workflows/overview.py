"""What a manager or leader sees first: what is late or soon due in what they follow, and who holds it.

Late and due things of all kinds are one union, so that the number of queries is the same however
many cases there are. Lateness and waiting are counted in working days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, TextField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import User
from people.scope import scope_of
from workflows import inbox
from workflows.filters import KINDS as STEPS
from workflows.owed import (
    COLUMNS,
    DECISION,
    KINDS,
    MILESTONE,
    PAPER,
    QUESTION,
    STAGE,
    STEP,
    Row,
    decisions_waited_for,
    followed,
    open_steps,
    owed,
    steps_of_others,
)
from workflows.roles import ROLES_BY_PERMISSION, Role
from worktime.working_days import Calendar

SOON_DAYS = 5  # working days: what is due by then is soon late (product.md, PM1)
LATE, SOON, OTHERS = "late", "soon", "others"
STATES = (LATE, SOON, OTHERS)
FOLLOWERS = frozenset({Role.MANAGER, Role.LEADER, Role.ADMINISTRATOR})
LEADERS = frozenset({Role.LEADER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Horizon:
    """A day, and until when things are late or soon late on it."""

    today: date
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def edge(self) -> date:
        """What was due before this day is late by one working day at least."""
        return self.today if self.calendar.is_working(self.today) else self.calendar.add(self.today, -1)

    @property
    def soon(self) -> date:
        """The last day of what is soon late."""
        return self.calendar.add(self.today, SOON_DAYS)

    def condition(self, state: str) -> Q:
        """Being late, or soon late."""
        return Q(o_due__lt=self.edge) if state == LATE else Q(o_due__gte=self.edge, o_due__lte=self.soon)

    def since(self, moment: datetime | None) -> int | None:
        """Working days since a moment; None without one."""
        return max(self.calendar.between(timezone.localdate(moment), self.today), 0) if moment else None


class Item:
    """One dated thing that is not done, with its holder. Days are working days."""

    def __init__(self, row: Row, horizon: Horizon) -> None:
        self.row = row
        self.kind, self.title, self.code, self.project, self.due = row.kind, row.title, row.code, row.project, row.due
        self.days_late = horizon.calendar.between(row.due, horizon.today) if row.due else 0  # negative: days left
        self.days_held = horizon.since(row.since)  # None: nobody has it in hand yet

    @property
    def url(self) -> str:
        """Where the thing is done, or shown."""
        if self.kind == STEP:
            return reverse("task", args=[self.row.key])
        if self.kind == PAPER:
            return reverse("deliverable", args=[self.code, self.row.key])
        if self.kind in (QUESTION, DECISION):
            return f"{reverse('projects:matters', args=[self.code])}#m{self.row.key}"
        return self.project_url

    @property
    def project_url(self) -> str:
        """The project's page."""
        return reverse("project", args=[self.code])

    @property
    def label(self) -> str:
        """What kind of thing it is; of a step, what is to be done."""
        if self.kind == STEP:
            return str(STEPS.get(self.row.permission) or _("Step of an earlier version"))
        return kind_labels()[self.kind]

    @property
    def holder(self) -> str:
        """The person who has it, or the role that may take it."""
        return self.row.person or role_label(self.row.permission)

    @property
    def names(self) -> str:
        """The people of the role, while nobody has taken it."""
        return self.row.names

    @property
    def days_left(self) -> int:
        """Working days until the due date."""
        return -self.days_late

    @property
    def tone(self) -> str:
        """The tone of the chip: late, wait (soon late) or ok."""
        if self.days_late > 0:
            return "late"
        return "wait" if self.days_left <= SOON_DAYS else "ok"

    @property
    def slip(self) -> str:
        """How late it is, or how much time is left."""
        if self.due is None:
            return _("No due date")
        if self.days_late > 0:
            return ngettext("%(days)d day late", "%(days)d days late", self.days_late) % {"days": self.days_late}
        if not self.days_left:
            return _("Due today")
        return ngettext("%(days)d day left", "%(days)d days left", self.days_left) % {"days": self.days_left}


@dataclass(frozen=True)
class Waiting:
    """A person, or the people of a role, whom others wait for."""

    person_id: int | None
    who: str
    permission: str
    steps: int
    longest: int  # working days


@dataclass
class Counters:
    """The four numbers of the landing page, and who is waited for."""

    late: int = 0
    soon: int = 0
    mine: int = 0
    others: int = 0
    waiting: list[Waiting] = field(default_factory=list)


def kind_labels() -> dict[str, str]:
    """Return the kinds of things in words."""
    return {
        STEP: _("Step"),
        PAPER: _("Deliverable"),
        MILESTONE: _("Milestone"),
        STAGE: _("Stage"),
        QUESTION: _("Matter"),
    }


def role_label(permission: str) -> str:
    """Return the roles that may take a step, in words."""
    roles = ROLES_BY_PERMISSION.get(permission, frozenset())
    return ", ".join(str(Role(role).label) for role in sorted(roles)) or _("Nobody")


def follows(user: User) -> bool:
    """Whether the overview is where the user starts the day: managers, leaders, administrators, the keeper."""
    scope = scope_of(user)
    return scope.is_keeper or bool(scope.roles & FOLLOWERS)


def leads(user: User) -> bool:
    """Whether the user looks after whole provinces, not single projects."""
    scope = scope_of(user)
    return scope.is_keeper or bool(scope.roles & LEADERS)


def counters(user: User, horizon: Horizon) -> Counters:
    """Count everything, and group what waits for others by who has it; one query."""
    found, waiting = Counters(), []
    totals = [_totals(kind, user, horizon) for kind in KINDS if kind != STEP]
    for place, person_id, person, permission, steps, oldest, late, soon in _step_groups(user, horizon).union(
        *totals, all=True
    ):
        found.late += late
        found.soon += soon
        if place == inbox.MINE:
            found.mine += steps
        elif place == OTHERS:
            found.others += steps
            who, step = (person, "") if person else (role_label(permission), permission)
            waiting.append(Waiting(person_id, who, step, steps, horizon.since(oldest) or 0))
    found.waiting = sorted(_by_holder(waiting), key=lambda row: (-row.longest, row.who))
    return found


def _step_groups(user: User, horizon: Horizon) -> QuerySet[Any]:
    """Open steps by place and holder: how many, since when, how many of them late or soon late."""
    is_followed = Q(turn__project__in=followed(user).values("pk"))
    is_listed = is_followed | Q(owner=user)
    place = Case(When(inbox.for_me(user), then=Value(inbox.MINE)), default=Value(OTHERS), output_field=TextField())
    return (
        open_steps()
        .filter(inbox.for_me(user) | is_followed)
        .annotate(place=place)
        .order_by()
        .values_list("place", "o_person_id", "o_person", "o_permission")
        .annotate(
            steps=Count("pk"),
            oldest=Min("created"),
            late=Count("pk", filter=is_listed & horizon.condition(LATE)),
            soon=Count("pk", filter=is_listed & horizon.condition(SOON)),
        )
    )


def _totals(kind: str, user: User, horizon: Horizon) -> QuerySet[Any]:
    """How many things of a kind are late or soon late, with the columns of the groups of steps."""
    return (
        owed(kind, user)
        .filter(o_due__lte=horizon.soon)
        .annotate(place=F("o_kind"), nobody=Value(None, IntegerField()), none=Value("", TextField()))
        .order_by()
        .values_list("place", "nobody", "none", "o_permission")
        .annotate(
            steps=Value(0, IntegerField()),
            oldest=Min("o_since"),
            late=Count("pk", filter=horizon.condition(LATE)),
            soon=Count("pk", filter=horizon.condition(SOON)),
        )
    )


def _by_holder(rows: Iterable[Waiting]) -> Iterator[Waiting]:
    """Put together the rows of one holder: people by id, roles by step."""
    grouped: dict[object, list[Waiting]] = {}
    for row in rows:
        grouped.setdefault(row.person_id or row.permission, []).append(row)
    for same in grouped.values():
        first = same[0]
        steps, longest = sum(row.steps for row in same), max(row.longest for row in same)
        yield Waiting(first.person_id, first.who, first.permission, steps, longest)


def worst(user: User, state: str, horizon: Horizon, limit: int) -> list[Item]:
    """Return the first things of a state, the worst slip first; one query."""
    return items(_ordered(_first(user, state, horizon, limit))[:limit], horizon)


def first_sight(user: User, horizon: Horizon, late: int, decisions: int) -> tuple[list[Item], list[Item]]:
    """Return the worst `late` things, and the most urgent difficulties that wait for a decision; one query."""
    arms = _first(user, LATE, horizon, late)
    if decisions:
        waiting: Any = decisions_waited_for(user)
        arms.append(_columns(waiting.filter(pk__in=waiting.order_by("o_due", "pk").values("pk")[:decisions])))
    found = items(_ordered(arms), horizon)
    return (
        [item for item in found if item.kind != DECISION][:late],
        [item for item in found if item.kind == DECISION],
    )


def _first(user: User, state: str, horizon: Horizon, limit: int) -> list[QuerySet[Any]]:
    """Few rows of each kind, so that the names of a role are looked up only for what is shown."""
    arms = []
    for kind in KINDS:
        things = owed(kind, user)
        first = things.filter(horizon.condition(state)).order_by("o_due", "pk").values("pk")[:limit]
        arms.append(_columns(things.filter(pk__in=first)))
    return arms


def listed(user: User, state: str, horizon: Horizon, condition: Q, kind: str = "") -> QuerySet[Any]:
    """Return rows for `items` of all things of a state under a condition on the columns, of one kind if given.

    Late and soon late things by due date; what waits for others by the longest wait.
    """
    if state == OTHERS:
        return _columns(steps_of_others(user).filter(condition)).order_by("o_since", "o_key")
    condition &= horizon.condition(state)
    return _ordered([_columns(owed(each, user).filter(condition)) for each in KINDS if kind in ("", each)])


def _columns(things: QuerySet[Any]) -> QuerySet[Any]:
    return things.order_by().values_list(*COLUMNS)


def _ordered(arms: list[QuerySet[Any]]) -> QuerySet[Any]:
    rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    return rows.order_by("o_due", "o_code", "o_kind", "o_key")


def items(rows: Iterable[Any], horizon: Horizon) -> list[Item]:
    """Make the things from rows of `listed`; asks the database nothing more."""
    return [Item(Row(*row), horizon) for row in rows]
