"""Recording surveys, training and communication."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import (
    Attendance,
    CommunicationEvent,
    Enrolment,
    PilotProject,
    SurveyResponse,
    TrainingSession,
)
from registry.models import Producer


@transaction.atomic
def record_survey(
    enrolment: Enrolment, *, by: User, surveyed_on: date, now: datetime | None = None, **findings: Any
) -> SurveyResponse:
    """Record or replace what was found at one product. `findings` are fields of SurveyResponse."""
    project = _project_for(enrolment.project, by)
    survey, _made = SurveyResponse.objects.update_or_create(
        enrolment=enrolment, defaults={"surveyed_on": surveyed_on, "surveyed_by": by, **findings}
    )
    _log(project, "fieldwork.product_surveyed", by=by, target=survey, at=now, product=enrolment.product.name)
    return survey


@transaction.atomic
def hold_training(project: PilotProject, *, by: User, now: datetime | None = None, **session: Any) -> TrainingSession:
    """Record a class. `session` are fields of TrainingSession."""
    project = _project_for(project, by)
    held = TrainingSession.objects.create(project=project, **session)
    _log(project, "fieldwork.training_held", by=by, target=held, at=now, title=held.title)
    return held


@transaction.atomic
def record_attendance(
    session: TrainingSession,
    *,
    by: User,
    person_name: str,
    producer: Producer | None = None,
    agency: str = "",
    passed_check: bool = False,
) -> Attendance:
    """Record one person who came. The history has one line per class, not one per person.

    Raises NotAllowedNow when every seat is taken.
    """
    project = _project_for(session.project, by)
    if session.attendances.count() >= session.seats:
        raise NotAllowedNow(
            _("Class “%(title)s” of project %(code)s has %(seats)d seats and all are taken; open another class.")
            % {"title": session.title, "code": project.code, "seats": session.seats}
        )
    return Attendance.objects.create(
        session=session, person_name=person_name, producer=producer, agency=agency, passed_check=passed_check
    )


@transaction.atomic
def record_communication(
    project: PilotProject, *, by: User, now: datetime | None = None, **event: Any
) -> CommunicationEvent:
    """Record a communication event with its evidence. `event` are fields of CommunicationEvent."""
    project = _project_for(project, by)
    told = CommunicationEvent.objects.create(project=project, **event)
    _log(project, "fieldwork.communication_recorded", by=by, target=told, at=now, title=told.title)
    return told


def _project_for(project: PilotProject, user: User) -> PilotProject:
    """Return the project, locked, when the user may record field work in it now."""
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    if not policies.can_record_fieldwork(user, project):
        raise NotAllowedForYou(
            _("Only the managers and field helpers of project %(code)s can record this.") % {"code": project.code}
        )
    if project.status == PilotProject.Status.ACCEPTED:
        raise NotAllowedNow(_("Project %(code)s is accepted; its records stay as they are.") % {"code": project.code})
    return project


def _log(project: PilotProject, verb: str, *, by: User, target: Any, at: datetime | None, **facts: str) -> None:
    audit.record(verb, by=by, target=target, case=project, province=project.province, at=at, **facts)
