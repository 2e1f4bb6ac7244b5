"""Milestones: who answers for one, how far it is, and the evidence that it is reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Milestone, MilestoneReport
from registry.uploads import Upload

REACHED = 100  # percent


@transaction.atomic
def report_progress(
    milestone: Milestone,
    *,
    percent: int,
    by: User,
    note: str = "",
    evidence: Upload | None = None,
    now: datetime | None = None,
) -> MilestoneReport:
    """Record how far a milestone is, in percent; 100 reaches it. The same report twice is one report.

    A late milestone needs a note that explains; a reached one needs evidence: a file, or a note that
    names the paper. Raises NotAllowedForYou for anyone but its owner and the project's managers, and
    NotAllowedNow.
    """
    milestone, now = _locked(milestone), now or timezone.now()
    if not policies.can_report_milestone(by, milestone):
        raise NotAllowedForYou(
            _("Only %(owner)s and the managers of project %(code)s can report on milestone “%(milestone)s”.")
            % {
                "owner": milestone.owner or milestone.stage.project.manager,
                "code": milestone.stage.project.code,
                "milestone": milestone.title,
            }
        )
    policies.check_is_running(milestone.stage.project)
    note = note.strip()
    digest = evidence.sha256 if evidence else ""
    newest: MilestoneReport | None = milestone.reports.first()
    if newest and (newest.percent, newest.note, newest.file_sha256, newest.by_id) == (percent, note, digest, by.pk):
        return newest
    _check(milestone, percent, note=note, has_file=evidence is not None, now=now)
    report = MilestoneReport.objects.create(
        milestone=milestone,
        percent=percent,
        note=note,
        file=evidence.keep() if evidence else "",
        file_sha256=digest,
        by=by,
        at=now,
    )
    _move(milestone, percent, by=by, now=now)
    return report


def _check(milestone: Milestone, percent: int, *, note: str, has_file: bool, now: datetime) -> None:
    names = {"milestone": milestone.title}
    if not 0 <= percent <= REACHED:
        raise NotAllowedNow(_("Progress is a number from 0 to 100 percent."))
    if milestone.reached_at and percent != REACHED:
        raise NotAllowedNow(_("Milestone “%(milestone)s” is reached; only evidence can be added.") % names)
    is_late = milestone.reached_at is None and milestone.due_on < timezone.localdate(now)
    if is_late and not note:
        raise NotAllowedNow(_("Milestone “%(milestone)s” is late; explain in the note why.") % names)
    if percent == REACHED and not (note or has_file):
        raise NotAllowedNow(
            _("To reach milestone “%(milestone)s”, add a file as evidence, or name the paper in the note.") % names
        )


def _move(milestone: Milestone, percent: int, *, by: User, now: datetime) -> None:
    was_reached = milestone.reached_at is not None
    milestone.percent = percent
    if percent == REACHED and not was_reached:
        milestone.reached_at, milestone.reached_by = now, by
    milestone.save(update_fields=["percent", "reached_at", "reached_by"])
    if percent == REACHED and not was_reached:
        _log(milestone, "project.milestone_reached", by=by, at=now)
    elif was_reached:
        _log(milestone, "project.milestone_evidenced", by=by, at=now)
    else:
        _log(milestone, "project.milestone_reported", by=by, at=now, percent=percent)


def reach_milestone(
    milestone: Milestone, *, by: User, note: str, evidence: Upload | None = None, now: datetime | None = None
) -> Milestone:
    """Report that a milestone is reached; doing it twice changes nothing. Raises as `report_progress`."""
    report_progress(milestone, percent=REACHED, by=by, note=note, evidence=evidence, now=now)
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def assign_milestone(
    milestone: Milestone, *, owner: User | None, is_legal: bool, by: User, now: datetime | None = None
) -> Milestone:
    """Say who answers for a milestone (None: the project's manager), and whether a law or a decision sets its date.

    Raises NotAllowedForYou for anyone but the project's managers, NotAllowedNow for a reached milestone
    or an owner who is not in the project.
    """
    milestone = _locked(milestone)
    project = milestone.stage.project
    policies.check_can_manage(by, project)
    if milestone.reached_at:
        raise NotAllowedNow(
            _("Milestone “%(milestone)s” is reached; its owner stays.") % {"milestone": milestone.title}
        )
    if owner and owner.pk != project.manager_id and not project.members.filter(user=owner).exists():
        raise NotAllowedNow(
            _("%(person)s takes no part in project %(code)s; choose one of its people.")
            % {"person": owner, "code": project.code}
        )
    had = (milestone.owner_id, milestone.is_legal)
    milestone.owner, milestone.is_legal = owner, is_legal
    milestone.save(update_fields=["owner", "is_legal"])
    if had[0] != milestone.owner_id:
        _log(milestone, "project.milestone_assigned", by=by, at=now, to=milestone.owner_id or project.manager_id)
    if had[1] != is_legal:
        verb = "project.milestone_made_legal" if is_legal else "project.milestone_made_ordinary"
        _log(milestone, verb, by=by, at=now)
    return milestone


def _locked(milestone: Milestone) -> Milestone:
    rows = Milestone.objects.select_for_update(of=("self",))
    return rows.select_related("stage__project__province", "stage__project__manager", "owner").get(pk=milestone.pk)


def _log(milestone: Milestone, verb: str, *, by: User, at: datetime | None, **facts: Any) -> None:
    project = milestone.stage.project
    names = {"milestone": milestone.title, **facts}
    audit.record(verb, by=by, target=milestone, case=project, province=project.province, at=at, **names)
