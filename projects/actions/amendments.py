"""Amendments: new dates are asked for with a reason, and hold once a leader approves them.

Nothing else changes the dates of a running project, so the lock of the project's row guards them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import amending, policies
from projects.actions.baselines import MAX_NAME, keep_dates
from projects.amending import Key
from projects.errors import AmendmentRefused, NotAllowedForYou, NotAllowedNow
from projects.models import Amendment, Baseline, PilotProject

Status = Amendment.Status


@transaction.atomic
def request_amendment(
    project: PilotProject,
    *,
    name: str,
    reason: str,
    dates: Mapping[Key, date],
    by: User,
    now: datetime | None = None,
) -> Amendment:
    """Return a request for new dates; `dates` gives them by (kind, key of the row), unchanged ones may be left out.

    Raises NotAllowedForYou for anyone but the project's managers, NotAllowedNow while another request is
    open, and AmendmentRefused with everything that is wrong with the dates.
    """
    project = _locked(project)
    policies.check_can_manage(by, project)
    policies.check_is_running(project)
    now, name = now or timezone.now(), " ".join(name.split())
    _check_words(project, name, reason)
    schedule = amending.schedule_of(project)
    changed = {key: day for key, day in dates.items() if schedule.is_change(key, day)}
    if problems := amending.problems(schedule, changed, today=timezone.localdate(now)):
        raise AmendmentRefused(problems)
    amendment = Amendment.objects.create(
        project=project,
        name=name,
        reason=reason.strip(),
        changes=[schedule.as_change(key, changed[key]) for key in schedule.entries if key in changed],
        requested_by=by,
        requested_at=now,
    )
    _log(amendment, "project.amendment_requested", by=by, at=now)
    return amendment


def _check_words(project: PilotProject, name: str, reason: str) -> None:
    if not name or len(name) > MAX_NAME or not reason.strip():
        raise NotAllowedNow(
            _("Give the amendment a name of at most %(most)d characters and a reason.") % {"most": MAX_NAME}
        )
    if Baseline.objects.filter(project=project, name__iexact=name).exists():
        raise NotAllowedNow(
            _("Project %(code)s has a baseline “%(name)s” already; choose another name.")
            % {"code": project.code, "name": name}
        )
    if waiting := project.amendments.filter(status=Status.REQUESTED).first():
        raise NotAllowedNow(
            _("Amendment “%(name)s” still waits for the leader; withdraw it before you ask for another.")
            % {"name": waiting.name}
        )


@transaction.atomic
def approve_amendment(amendment: Amendment, *, by: User, note: str = "", now: datetime | None = None) -> Amendment:
    """Put the new dates in force and keep them as a baseline under the amendment's name.

    Raises NotAllowedForYou for whoever asked for it, NotAllowedNow for a decided one, and AmendmentRefused
    when a date was changed or a thing was finished since it was asked for.
    """
    project, amendment = _locked_with(amendment)
    _check_can_decide(amendment, by)
    schedule = amending.schedule_of(project)
    if problems := amending.stale(schedule, amendment.changes):
        raise AmendmentRefused(problems)
    amending.apply(schedule, amending.dates_of(amendment.changes))
    now = now or timezone.now()
    amendment.baseline = keep_dates(amending.reread(project), amendment.name, by=by, now=now)
    return _decided(amendment, Status.APPROVED, by=by, note=note, now=now)


@transaction.atomic
def refuse_amendment(amendment: Amendment, *, by: User, note: str, now: datetime | None = None) -> Amendment:
    """Refuse new dates with a reason. Raises NotAllowedForYou and NotAllowedNow as approving does."""
    _project, amendment = _locked_with(amendment)
    _check_can_decide(amendment, by)
    if not note.strip():
        raise NotAllowedNow(_("Give a reason for refusing amendment “%(name)s”.") % {"name": amendment.name})
    return _decided(amendment, Status.REFUSED, by=by, note=note, now=now or timezone.now())


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by: User, now: datetime | None = None) -> Amendment:
    """Take a request back before it is decided; the project's managers may."""
    project, amendment = _locked_with(amendment)
    policies.check_can_manage(by, project)
    _check_is_open(amendment)
    amendment.status = Status.WITHDRAWN
    amendment.save(update_fields=["status"])
    _log(amendment, "project.amendment_withdrawn", by=by, at=now)
    return amendment


def _decided(amendment: Amendment, status: str, *, by: User, note: str, now: datetime) -> Amendment:
    amendment.status, amendment.decided_by, amendment.decided_at = status, by, now
    amendment.decision_note = note.strip()
    amendment.save(update_fields=["status", "decided_by", "decided_at", "decision_note", "baseline"])
    if status == Status.APPROVED:
        _log(amendment, "project.amendment_approved", by=by, at=now)
    else:
        _log(amendment, "project.amendment_refused", by=by, at=now, reason=amendment.decision_note)
    return amendment


def _check_can_decide(amendment: Amendment, by: User) -> None:
    _check_is_open(amendment)
    if amendment.requested_by_id == by.pk:
        raise NotAllowedForYou(
            _("You asked for amendment “%(name)s” yourself; another person must decide on it.")
            % {"name": amendment.name}
        )


def _check_is_open(amendment: Amendment) -> None:
    if amendment.status != Status.REQUESTED:
        raise NotAllowedNow(
            _("Amendment “%(name)s” is %(status)s already.")
            % {"name": amendment.name, "status": amendment.get_status_display().lower()}
        )


def _locked(project: PilotProject) -> PilotProject:
    rows = PilotProject.objects.select_for_update(of=("self",))
    return rows.select_related("province", "manager").get(pk=project.pk)


def _locked_with(amendment: Amendment) -> tuple[PilotProject, Amendment]:
    """Lock the project first, then its amendment: every act on dates takes them in this order."""
    project = _locked(PilotProject(pk=amendment.project_id))
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    amendment.project = project
    return project, amendment


def _log(amendment: Amendment, verb: str, *, by: User, at: datetime | None, **facts: str) -> None:
    project = amendment.project
    audit.record(
        verb, by=by, target=amendment, case=project, province=project.province, at=at, name=amendment.name, **facts
    )
