"""The inbox over all flows: what is mine, what my roles may take, what I wait for.

Every list is one query on the engine's tasks, joined to the cases by the processes' foreign keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from people.absence import Cover, covers_of, standing_of
from people.models import User
from people.scope import scope_of
from projects.models import PilotProject, ProjectMember
from workflows.cases import AMENDMENT as AMENDMENT
from workflows.cases import DELIVERABLE as DELIVERABLE
from workflows.cases import MATTER as MATTER
from workflows.cases import ORDER as ORDER
from workflows.cases import PROJECT as PROJECT
from workflows.cases import PROVINCE, joined
from workflows.models import Turn
from workflows.nodes import UserTask
from workflows.roles import ROLES_BY_PERMISSION, Role

MINE, GROUP, SENT = "mine", "group", "sent"
NONE = Q(pk__in=[])
ALL = Q()


@dataclass(frozen=True)
class Summary:
    """How many steps wait, by list and by project."""

    projects: dict[str, tuple[str, int]]
    shown: Mapping[str, int]  # by tab, how many the filter leaves
    mine: int = 0
    group: int = 0
    sent: int = 0

    @property
    def to_do(self) -> int:
        """What the person can do now: their own steps and those of their roles."""
        return self.mine + self.group


def steps() -> QuerySet[Task]:
    """All steps of people, open or not, with their project's keys for the questions below."""
    return Task._default_manager.filter(flow_task_type=UserTask.task_type).alias(
        project_id=F(f"{PROJECT}__pk"),
        province_id=PROVINCE,
        manager_id=F(f"{PROJECT}__manager"),
    )


def visible_to(user: User | AnonymousUser) -> QuerySet[Task]:
    """Steps that the user may look at: in a province where they hold an office, and their own."""
    scope = scope_of(user)
    if scope.is_keeper:
        return steps()
    return steps().filter(Q(province_id__in=scope.province_ids) | Q(owner=user.pk))


def mine(user: User) -> QuerySet[Task]:
    """Open steps that the user has."""
    return steps().filter(_mine(user))


def claimable(user: User) -> QuerySet[Task]:
    """Open steps that the user may take: free ones of their roles, and those of people whom they cover."""
    return steps().filter(_claimable(user))


def to_do(user: User) -> QuerySet[Task]:
    """Both of the above: all that the user can do now."""
    return steps().filter(_mine(user) | _claimable(user))


def for_me(user: User) -> Q:
    """The condition of `to_do` on `steps`, for questions that look at other steps too."""
    return _mine(user) | _claimable(user)


def waiting_for_others(user: User) -> QuerySet[Task]:
    """Open steps of others in what the user manages, submitted or ordered."""
    return steps().filter(_sent(user))


def for_list(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """What a list shows, without a query per row, the latest first (no due date: last)."""
    return (
        joined(tasks)
        .annotate(project_code=F(f"{PROJECT}__code"))
        .order_by(F("due_on").asc(nulls_last=True), "created", "pk")
    )


def count(user: User) -> int:
    """How many steps the user can do now; one query."""
    return to_do(user).count()


def summary(user: User, asked: Q = ALL) -> Summary:
    """Count every list, what `asked` leaves of each, and the projects in them, in one query."""
    mine, group = _mine(user), _claimable(user)
    # Said by Case and not left to the filter: a step in two lists is counted in the first.
    place = Case(When(mine, then=Value(MINE)), When(group, then=Value(GROUP)), default=Value(SENT))
    rows = (
        steps()
        .filter(mine | group | _sent(user))
        .annotate(place=place, code=F(f"{PROJECT}__code"), title=F(f"{PROJECT}__title"))
        .order_by("code")
        .values_list("code", "title", "place")
        .annotate(steps=Count("pk"), left=Count("pk", filter=asked) if asked else Count("pk"))
    )
    projects: dict[str, tuple[str, int]] = {}
    totals, left = dict.fromkeys((MINE, GROUP, SENT), 0), dict.fromkeys((MINE, GROUP, SENT), 0)
    for code, title, where, number, kept in rows:
        totals[where] += number
        left[where] += kept
        if code is None:  # a report about a stamp is of no project
            continue
        projects[code] = (title, projects.get(code, ("", 0))[1] + number)
    left[MINE] += left[GROUP]  # the first tab has both
    return Summary(projects, left, **totals)


def project_of(task: Task) -> PilotProject | None:
    """The project that the step belongs to; None for a case that this version does not know."""
    turn: Turn | None = getattr(task, "turn", None)
    return turn.project if turn else None


def is_retired(task: Task) -> bool:
    """Whether the step's node (or its whole flow) is gone from this version of the program."""
    return not isinstance(task.flow_task, UserTask)


def is_open(task: Task) -> bool:
    """Whether the step still waits for a person."""
    return task.status in (STATUS.NEW, STATUS.ASSIGNED)


def _mine(user: User) -> Q:
    return Q(owner=user, status=STATUS.ASSIGNED)


def _claimable(user: User) -> Q:
    permissions: defaultdict[frozenset[int], list[str]] = defaultdict(list)
    scope = scope_of(user)
    for permission, roles in ROLES_BY_PERMISSION.items():
        permissions[scope.provinces_with(*roles)].append(permission)
    rights = [
        Q(owner=None, status=STATUS.NEW, owner_permission__in=names, province_id__in=provinces)
        for provinces, names in permissions.items()
        if provinces
    ]
    rights += [_covered(cover) for cover in covers_of(user)]
    if standing_of(user).away:  # what the substitute has can be asked back
        rights.append(Q(turn__acting_for=user, status=STATUS.ASSIGNED) & ~Q(owner=user))
    return reduce(or_, rights) if rights else NONE


def _covered(cover: Cover) -> Q:
    """What a substitute may take: free steps of the role, and those that the absent person has."""
    names = [permission for permission, roles in ROLES_BY_PERMISSION.items() if cover.role in roles]
    free, theirs = Q(owner=None, status=STATUS.NEW), Q(owner=cover.absent_id, status=STATUS.ASSIGNED)
    steps = (free | theirs) & Q(owner_permission__in=names, province_id=cover.province_id)
    if cover.cases:
        steps &= Q(project_id__in=[int(case.rpartition(":")[2]) for case in cover.cases])
    return steps


def _sent(user: User) -> Q:
    managed = ProjectMember.objects.filter(user=user, role=Role.MANAGER).values("project")
    asked = (
        Q(manager_id=user.pk)
        | Q(project_id__in=managed)
        | Q(**{f"{DELIVERABLE}__submitted_by": user})
        | Q(**{f"{ORDER}__requested_by": user})
        | Q(**{f"{MATTER}__raised_by": user})
        | Q(**{f"{AMENDMENT}__requested_by": user})
    )
    is_open = Q(status__in=(STATUS.NEW, STATUS.ASSIGNED))
    return is_open & asked & ~Q(owner=user) & ~_claimable(user)
