"""The inbox over all flows: what is mine, what my roles may take, what I wait for.

Every list is one query on the engine's tasks, joined to the cases by the processes' foreign keys.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from people.models import User
from people.scope import Scope, scope_of
from projects.models import PilotProject, ProjectMember, Stage
from workflows.nodes import UserTask
from workflows.roles import ROLES_BY_PERMISSION, Role

DELIVERABLE = "process__deliverableprocess__deliverable"
ORDER = "process__stamporderprocess__order"
PROJECT_PATHS = (
    f"{DELIVERABLE}__stage__project",
    "process__pilotmodelprocess__project",
    f"{ORDER}__enrolment__project",
)
JOINS = (
    "owner",
    *PROJECT_PATHS,
    f"{ORDER}__enrolment__product__producer",
)
# A stamp order has no due date of its own: the office answers within three days.
ORDER_DAYS = timedelta(days=3)

MINE, GROUP, SENT = "mine", "group", "sent"
NONE = Q(pk__in=[])


@dataclass(frozen=True)
class Summary:
    """How many steps wait, by list and by project."""

    projects: dict[str, tuple[str, int]]
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
        project_id=_of_project("pk"),
        province_id=_of_project("province"),
        manager_id=_of_project("manager"),
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
    """Open steps that nobody has and that the user's roles may take, in the provinces of these roles."""
    return steps().filter(_claimable(scope_of(user)))


def to_do(user: User) -> QuerySet[Task]:
    """Both of the above: all that the user can do now."""
    return steps().filter(_mine(user) | _claimable(scope_of(user)))


def waiting_for_others(user: User) -> QuerySet[Task]:
    """Open steps of others in what the user manages, submitted or ordered."""
    return steps().filter(_sent(user))


def for_list(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """What a list shows, without a query per row, the latest first (no due date: last)."""
    return (
        tasks.select_related(*JOINS)
        .annotate(due_on=_due_on(), project_code=_of_project("code"))
        .order_by(F("due_on").asc(nulls_last=True), "created", "pk")
    )


def count(user: User) -> int:
    """How many steps the user can do now; one query."""
    return to_do(user).count()


def summary(user: User) -> Summary:
    """Count every list and the projects in them, in one query."""
    mine, group = _mine(user), _claimable(scope_of(user))
    # Said by Case and not left to the filter: a step in two lists is counted in the first.
    place = Case(When(mine, then=Value(MINE)), When(group, then=Value(GROUP)), default=Value(SENT))
    rows = (
        steps()
        .filter(mine | group | _sent(user))
        .annotate(place=place, code=_of_project("code"), title=_of_project("title"))
        .order_by("code")
        .values_list("code", "title", "place")
        .annotate(steps=Count("pk"))
    )
    projects: dict[str, tuple[str, int]] = {}
    totals = dict.fromkeys((MINE, GROUP, SENT), 0)
    for code, title, where, number in rows:
        totals[where] += number
        projects[code] = (title, projects.get(code, ("", 0))[1] + number)
    return Summary(projects, **totals)


def project_of(task: Task) -> PilotProject | None:
    """The project that the step belongs to; None for a case that this version does not know."""
    process: Any = task.process
    if case := getattr(process, "deliverableprocess", None):
        return case.deliverable.stage.project
    if case := getattr(process, "pilotmodelprocess", None):
        return case.project
    if case := getattr(process, "stamporderprocess", None):
        return case.order.enrolment.project
    return None


def is_retired(task: Task) -> bool:
    """Whether the step's node (or its whole flow) is gone from this version of the program."""
    return not isinstance(task.flow_task, UserTask)


def is_open(task: Task) -> bool:
    """Whether the step still waits for a person."""
    return task.status in (STATUS.NEW, STATUS.ASSIGNED)


def _mine(user: User) -> Q:
    return Q(owner=user, status=STATUS.ASSIGNED)


def _claimable(scope: Scope) -> Q:
    permissions: defaultdict[frozenset[int], list[str]] = defaultdict(list)
    for permission, roles in ROLES_BY_PERMISSION.items():
        permissions[scope.provinces_with(*roles)].append(permission)
    rights = [
        Q(owner_permission__in=names, province_id__in=provinces)
        for provinces, names in permissions.items()
        if provinces
    ]
    return Q(owner=None, status=STATUS.NEW) & reduce(or_, rights) if rights else NONE


def _sent(user: User) -> Q:
    managed = ProjectMember.objects.filter(user=user, role=Role.MANAGER).values("project")
    asked = (
        Q(manager_id=user.pk)
        | Q(project_id__in=managed)
        | Q(**{f"{DELIVERABLE}__submitted_by": user})
        | Q(**{f"{ORDER}__requested_by": user})
    )
    is_open = Q(status__in=(STATUS.NEW, STATUS.ASSIGNED))
    return is_open & asked & ~Q(owner=user) & ~_claimable(scope_of(user))


def _of_project(field: str) -> Coalesce:
    return Coalesce(*(F(f"{path}__{field}") for path in PROJECT_PATHS))


def _due_on() -> Coalesce:
    """The deliverable's date; for a stage's closing the stage's; for acceptance the project's; orders in 3 days."""
    open_stage = Stage.objects.filter(
        project=OuterRef("process__pilotmodelprocess__project"), opened_at__isnull=False, closed_at=None
    ).order_by("position")
    answer_by = ExpressionWrapper(F(f"{ORDER}__requested_at") + ORDER_DAYS, output_field=DateTimeField())
    return Coalesce(
        F(f"{DELIVERABLE}__due_on"),
        Subquery(open_stage.values("due_on")[:1]),
        F("process__pilotmodelprocess__project__due_on"),
        TruncDate(answer_by),
        output_field=DateField(),
    )
