"""Taking a baseline: all dates of a project as they are promised now, under a name. Nobody can change one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedNow
from projects.models import Baseline, BaselineDate, Deliverable, Milestone, PilotProject

Kind = BaselineDate.Kind
MAX_NAME = Baseline._meta.get_field("name").max_length or 0


@transaction.atomic
def take_baseline(project: PilotProject, *, name: str, by: User, now: datetime | None = None) -> Baseline:
    """Return a new baseline of the project under a name that it does not have yet.

    Raises NotAllowedForYou for anyone but its managers, NotAllowedNow in a project that is not running,
    without a name, or with one that is taken.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province", "manager").get(
        pk=project.pk
    )  # fmt: skip
    policies.check_can_manage(by, project)
    policies.check_is_running(project)
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME:
        raise NotAllowedNow(_("Give the baseline a name of at most %(most)d characters.") % {"most": MAX_NAME})
    if project.baselines.filter(name__iexact=name).exists():
        raise NotAllowedNow(
            _("Project %(code)s has a baseline “%(name)s” already; choose another name.")
            % {"code": project.code, "name": name}
        )
    return keep_dates(project, name, by=by, now=now)


def keep_dates(project: PilotProject, name: str, *, by: User | None, now: datetime | None) -> Baseline:
    """Return a baseline of the project's dates; the caller holds the lock and has checked the right.

    Where the name is taken, a number is added to it.
    """
    baseline = Baseline.objects.create(
        project=project, name=_free_name(project, name), made_by=by, made_at=now or timezone.now()
    )
    BaselineDate.objects.bulk_create(_dates(project, baseline))
    audit.record(
        "project.baseline_taken",
        by=by,
        target=baseline,
        case=project,
        province=project.province,
        at=now,
        name=baseline.name,
    )
    return baseline


def _free_name(project: PilotProject, name: str) -> str:
    taken = set(project.baselines.values_list("name", flat=True))
    tries = (name if number == 1 else f"{name[: MAX_NAME - 6]} ({number})" for number in count(1))
    return next(one for one in tries if one not in taken)


def _dates(project: PilotProject, baseline: Baseline) -> Iterator[BaselineDate]:
    def row(kind: str, subject: int, title: str, starts_on: date | None, due_on: date) -> BaselineDate:
        return BaselineDate(
            baseline=baseline, kind=kind, subject=subject, title=title, starts_on=starts_on, due_on=due_on
        )

    yield row(Kind.PROJECT, project.pk, project.title, project.starts_on, project.due_on)
    for stage in project.stages.order_by("position"):
        yield row(Kind.STAGE, stage.pk, stage.title, stage.starts_on, stage.due_on)
    for milestone in Milestone.objects.filter(stage__project=project).order_by("due_on", "pk"):
        yield row(Kind.MILESTONE, milestone.pk, milestone.title, None, milestone.due_on)
    papers = Deliverable.objects.filter(stage__project=project).exclude(status=Deliverable.Status.CANCELLED)
    for paper in papers.order_by("due_on", "pk"):
        yield row(Kind.DELIVERABLE, paper.pk, str(paper), None, paper.due_on)
