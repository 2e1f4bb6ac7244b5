"""Everything dated that is not done, of all kinds, with the same columns: the arms of the overview's union.

A deliverable, stage or matter stands here itself only while no step is open for it; else its step does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Least
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from people.models import User
from people.scope import scope_of
from projects.models import Deliverable, Matter, Milestone, PilotProject, ProjectMember, Stage
from workflows import inbox
from workflows.cases import GROUP_WORK, JOURNEY
from workflows.inbox import AMENDMENT, DELIVERABLE, MATTER, ORDER, PROJECT
from workflows.roles import ROLES_BY_PERMISSION, Role

STEP, PAPER, MILESTONE, STAGE, QUESTION = "step", "deliverable", "milestone", "stage", "matter"
DECISION = "decision"  # a difficulty, listed apart by what must be decided
KINDS = (STEP, PAPER, MILESTONE, STAGE, QUESTION)
OPEN = (STATUS.NEW, STATUS.ASSIGNED)


class Row(NamedTuple):
    """What every arm has, in this order. Columns are called o_… because models have fields of these names."""

    kind: str
    key: int
    title: str
    code: str
    project: str
    due: date | None
    since: datetime | None
    person_id: int | None
    person: str
    permission: str
    names: str


COLUMNS = tuple(f"o_{name}" for name in Row._fields)


class Names(Aggregate):
    """Names in one text, parted by commas."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ', ')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL has its own name for it."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def followed(user: User) -> QuerySet[PilotProject]:
    """Running projects that the user answers for: a manager's own, a leader's or administrator's whole province."""
    known: QuerySet[PilotProject] = PilotProject.objects.visible_to(user).filter(status=PilotProject.Status.RUNNING)
    scope = scope_of(user)
    if scope.is_keeper:
        return known
    managed = ProjectMember.objects.filter(user=user, role=Role.MANAGER).values("project")
    provinces = scope.provinces_with(Role.LEADER, Role.ADMINISTRATOR)
    return known.filter(Q(manager=user) | Q(pk__in=managed) | Q(province__in=provinces))


def owed(kind: str, user: User) -> QuerySet[Any]:
    """Return everything of one kind that is not done in what the user follows, with the columns of `Row`."""
    return ARMS[kind](user)


def steps(user: User) -> QuerySet[Task]:
    """Open steps of followed projects, and the user's own wherever they are."""
    return open_steps().filter(Q(turn__project__in=followed(user).values("pk")) | Q(owner=user))


def steps_of_others(user: User) -> QuerySet[Task]:
    """Open steps of followed projects that the user can do nothing about."""
    return open_steps().filter(turn__project__in=followed(user).values("pk")).exclude(inbox.for_me(user))


def open_steps() -> QuerySet[Task]:
    """All open steps with the columns."""
    role = Case(
        *(When(owner_permission=name, then=Value(min(roles))) for name, roles in ROLES_BY_PERMISSION.items()),
        output_field=CharField(),
    )
    people = ProjectMember.objects.filter(
        project=OuterRef("turn__project"), role=OuterRef("o_role"), user__is_active=True
    ).order_by()
    names = Subquery(people.values("project").annotate(names=Names("user__full_name")).values("names"))
    return (
        inbox.steps()
        .filter(status__in=OPEN)
        .alias(o_role=role)
        .annotate(
            o_kind=Value(STEP, TextField()),
            o_key=F("pk"),
            o_title=_step_title(),
            o_code=F(f"{PROJECT}__code"),
            o_project=F(f"{PROJECT}__title"),
            o_due=_step_due(),
            o_since=F("created"),
            o_person_id=F("owner"),
            o_person=Coalesce("owner__full_name", Value("")),
            o_permission=Coalesce("owner_permission", Value("")),
            o_names=Case(
                When(owner=None, then=Coalesce(names, Value(""))), default=Value(""), output_field=TextField()
            ),
        )
    )


def _step_title() -> Case:
    paper = Concat(F(f"{DELIVERABLE}__code"), Value(" "), F(f"{DELIVERABLE}__title"), output_field=TextField())
    return Case(
        When(**{f"{DELIVERABLE}__isnull": False}, then=paper),
        When(**{f"{ORDER}__isnull": False}, then=F(f"{ORDER}__enrolment__product__name")),
        When(**{f"{MATTER}__isnull": False}, then=F(f"{MATTER}__text")),
        When(**{f"{JOURNEY}__isnull": False}, then=F(f"{JOURNEY}__enrolment__product__name")),
        When(**{f"{GROUP_WORK}__isnull": False}, then=F(f"{GROUP_WORK}__product_group__name")),
        default=Coalesce(F(f"{AMENDMENT}__name"), F(f"{PROJECT}__title"), Value("")),
        output_field=TextField(),
    )


def _step_due() -> Coalesce:
    """The earlier of the office's clock and the date of the case; a clock that stands still does not count."""
    clock = Case(When(turn__paused_at=None, then=F("turn__due_on")), default=None, output_field=DateField())
    case = Coalesce(F(f"{DELIVERABLE}__due_on"), F(f"{MATTER}__due_on"), output_field=DateField())
    stage = Stage.objects.filter(
        project=OuterRef("process__pilotmodelprocess__project"), opened_at__isnull=False, closed_at=None
    ).order_by("position")
    return Coalesce(
        Least(Coalesce(clock, case), Coalesce(case, clock)),  # SQLite's smallest of a day and nothing is nothing
        Subquery(stage.values("due_on")[:1]),
        F(f"{PROJECT}__due_on"),
        output_field=DateField(),
    )


def _papers(user: User) -> QuerySet[Deliverable]:
    """Deliverables owed in an open stage for which no step is open: rejected ones, and those not begun."""
    steps = Task._default_manager.filter(process__deliverableprocess__deliverable=OuterRef("pk"), status__in=OPEN)
    found = Deliverable.objects.open().filter(
        ~Exists(steps),
        stage__opened_at__isnull=False,
        stage__closed_at=None,
        stage__project__in=followed(user).values("pk"),
    )
    title = Concat(F("code"), Value(" "), F("title"), output_field=TextField())
    return _with_manager(found, PAPER, title, "stage__")


def _milestones(user: User) -> QuerySet[Milestone]:
    found = Milestone.objects.filter(reached_at=None, stage__project__in=followed(user).values("pk"))
    person, name = (
        Coalesce("owner", "stage__project__manager"),
        Coalesce("owner__full_name", "stage__project__manager__full_name"),
    )
    return _with_manager(found, MILESTONE, F("title"), "stage__", o_person_id=person, o_person=name)


def _stages(user: User) -> QuerySet[Stage]:
    """Open stages that cannot be closed yet; then there would be a step to close them."""
    steps = Task._default_manager.filter(
        process__pilotmodelprocess__project=OuterRef("project"),
        owner_permission="workflows.close_stage",
        status__in=OPEN,
    )
    found = Stage.objects.filter(
        ~Exists(steps), opened_at__isnull=False, closed_at=None, project__in=followed(user).values("pk")
    )
    return _with_manager(found, STAGE, F("title"), "")


def _matters(user: User) -> QuerySet[Matter]:
    steps = Task._default_manager.filter(process__matterprocess__matter=OuterRef("pk"), status__in=OPEN)
    found = Matter.objects.filter(
        ~Exists(steps), answered_at=None, withdrawn_at=None, project__in=followed(user).values("pk")
    )
    return _with_addressee(found, QUESTION, F("text"), Value("", TextField()))


def decisions_waited_for(user: User) -> QuerySet[Matter]:
    """Difficulties without an answer: the decision that is needed as the title, the text in place of names."""
    found = Matter.objects.filter(
        kind=Matter.Kind.BLOCKER, answered_at=None, withdrawn_at=None, project__in=followed(user).values("pk")
    )
    is_said = Case(When(needed="", then=F("text")), default=F("needed"), output_field=TextField())
    return _with_addressee(found, DECISION, is_said, F("text"))


def _with_addressee(matters: QuerySet[Matter], kind: str, title: Any, names: Any) -> QuerySet[Matter]:
    return matters.annotate(
        o_kind=Value(kind, TextField()),
        o_key=F("pk"),
        o_title=title,
        o_code=F("project__code"),
        o_project=F("project__title"),
        o_due=F("due_on"),
        o_since=F("raised_at"),
        o_person_id=F("addressee"),
        o_person=F("addressee__full_name"),
        o_permission=Value("", TextField()),
        o_names=names,
    )


def _with_manager(things: QuerySet[Any], kind: str, title: Any, stage: str, **held: Any) -> QuerySet[Any]:
    """Add the columns of what the project's manager has had in hand since the stage opened."""
    holder = {
        "o_person_id": F(f"{stage}project__manager"),
        "o_person": F(f"{stage}project__manager__full_name"),
    } | held
    return things.annotate(
        o_kind=Value(kind, TextField()),
        o_key=F("pk"),
        o_title=title,
        o_code=F(f"{stage}project__code"),
        o_project=F(f"{stage}project__title"),
        o_due=F("due_on"),
        o_since=F(f"{stage}opened_at"),
        o_permission=Value("", TextField()),
        o_names=Value("", TextField()),
        **holder,
    )


ARMS: Mapping[str, Any] = MappingProxyType(
    {STEP: steps, PAPER: _papers, MILESTONE: _milestones, STAGE: _stages, QUESTION: _matters}
)
