"""Where a project stands: its stage, how late it is, and whose move it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import CharField, Count, F, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import AuditEvent, Membership, User
from projects.models import Deliverable, PilotProject, Review, Stage

BEFORE_ALL = date(1970, 1, 1)  # no log is older, and earlier days may have no time in every zone
Role = Membership.Role
Status = Deliverable.Status

# Who has to move while a deliverable is in a state (NĐ 30/2020: drafter, checker and signer are different people).
MOVER: dict[str, str] = {
    Status.PLANNED: Role.MANAGER,
    Status.DRAFTING: Role.MANAGER,
    Status.RETURNED: Role.MANAGER,
    Status.REJECTED: Role.MANAGER,
    Status.CANCELLED: Role.MANAGER,
    Status.FORMAT_CHECK: Role.CLERK,
    Status.IN_REVIEW: Role.REVIEWER,
    Status.WITH_LEADER: Role.LEADER,
}


@dataclass(frozen=True)
class Wait:
    """Who has to move, and what for."""

    who: str
    what: str


def with_standing(projects: QuerySet[PilotProject]) -> QuerySet[PilotProject]:
    """Order by whose open stage is due first, so that the latest lead, and fetch what `Standing` looks at.

    The number of queries is the same however many projects there are.
    """
    pending = Review.objects.filter(verdict="").select_related("reviewer")
    in_hand = Stage.objects.filter(project=OuterRef("pk"), opened_at__isnull=False, closed_at=None)
    due = Subquery(in_hand.order_by("position").values("due_on")[:1])
    return (
        projects.annotate(stage_due=due)
        .order_by(F("stage_due").asc(nulls_last=True), "code")
        .prefetch_related("stages__deliverables", Prefetch("stages__deliverables__reviews", pending), "members__user")
    )


def with_changes(projects: QuerySet[PilotProject], since: date) -> QuerySet[PilotProject]:
    """Annotate `changes`: how many acts of the project are in the log from the start of the day `since` on."""
    start = timezone.make_aware(datetime.combine(max(since, BEFORE_ALL), time.min))
    case = Concat(
        Value(f"{PilotProject._meta.label_lower}:"), Cast(OuterRef("pk"), CharField()), output_field=CharField()
    )
    acts = AuditEvent.objects.filter(case=case, at__gte=start).order_by()
    count = Subquery(acts.values("case").annotate(acts=Count("pk")).values("acts"))
    return projects.annotate(changes=Coalesce(count, 0))


class Standing:
    """A project as it stands on a day. Reads prefetched rows only: fetch with `with_standing`."""

    def __init__(self, project: PilotProject, today: date) -> None:
        self.project, self.today = project, today
        self.stages = sorted(project.stages.all(), key=lambda stage: stage.position)
        self.stage = next((stage for stage in self.stages if stage.is_open), None)

    @property
    def days_late(self) -> int:
        """Calendar days of the latest thing owed in the open stage; 0 when in time or not running."""
        if self.stage is None or self.project.status != PilotProject.Status.RUNNING:
            return 0
        owed = [paper.days_late(self.today) for paper in self._owed(self.stage)]
        return max([self.stage.days_late(self.today), *owed])

    @property
    def tone_and_label(self) -> tuple[str, str]:
        """The status in one word, and its tone: draft, late, has something returned, in time, accepted."""
        if self.project.status == PilotProject.Status.ACCEPTED:
            return "ok", self.project.get_status_display()
        if self.project.status != PilotProject.Status.RUNNING:
            return "no", self.project.get_status_display()
        if days := self.days_late:
            return "late", ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
        if self.stage and any(paper.status == Status.RETURNED for paper in self._owed(self.stage)):
            return "wait", str(Status.RETURNED.label)
        return "ok", _("In time")

    @property
    def stage_label(self) -> str:
        """The open stage as "3/5 Training"; the last one for a finished project."""
        if self.stage:
            return f"{self.stage.position}/{len(self.stages)} {self.stage.title}"
        done = sum(1 for stage in self.stages if stage.closed_at)
        return f"{done}/{len(self.stages)}"

    @property
    def waits(self) -> list[Wait]:
        """Whose move it is, the earliest due first."""
        if self.project.status == PilotProject.Status.DRAFT:
            return [Wait(str(self.project.manager), _("start the project"))]
        if self.project.status != PilotProject.Status.RUNNING:
            return []
        if self.stage is None:
            return [Wait(self._names(Role.LEADER), _("accept the project"))]
        owed = sorted(self._owed(self.stage), key=lambda paper: paper.due_on)
        return [self._wait(paper) for paper in owed] or [Wait(str(self.project.manager), _("close the stage"))]

    def _owed(self, stage: Stage) -> Iterator[Deliverable]:
        return (paper for paper in stage.deliverables.all() if paper.status != Status.ISSUED)

    def _wait(self, paper: Deliverable) -> Wait:
        role = MOVER[paper.status]
        if role == Role.REVIEWER:
            pending = [review for review in paper.reviews.all() if review.round == paper.round]
            who = ", ".join(str(review.reviewer) for review in pending)
        else:
            who = self._names(role)
        return Wait(who or str(Role(role).label), f"{paper.code} {paper.get_status_display().lower()}")

    def _names(self, role: str) -> str:
        if role == Role.MANAGER:
            return str(self.project.manager)
        people: list[User] = [member.user for member in self.project.members.all() if member.role == role]
        return ", ".join(str(person) for person in people)
