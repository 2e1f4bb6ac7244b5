"""Classes: recording, planning and changing them, their further meetings, and the material handed out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from projects.actions.recording import log, recordable
from projects.errors import NotAllowedNow
from projects.models import (
    ClassMeeting,
    PilotProject,
    PlanLine,
    TrainingMaterial,
    TrainingSession,
    TrainingTopic,
)
from registry.models import ProductGroup
from registry.uploads import Upload

MAX_CLASSES = 20
Topics = Iterable[TrainingTopic]


@transaction.atomic
def hold_training(
    project: PilotProject, *, by: User, topic_list: Topics = (), now: datetime | None = None, **session: Any
) -> TrainingSession:
    """Record a class. `session` are fields of TrainingSession; without `held_on` it is planned."""
    project = recordable(project, by)
    held = TrainingSession.objects.create(project=project, **session)
    held.topic_list.set(topic_list)
    log(project, "fieldwork.training_held", by=by, target=held, at=now, title=held.title)
    return held


@transaction.atomic
def plan_classes(
    project: PilotProject,
    *,
    count: int,
    seats: int,
    due_on: date | None,
    title: str,
    audience: str,
    line: PlanLine | None,
    by: User,
    topic_list: Topics = (),
    now: datetime | None = None,
) -> list[TrainingSession]:
    """Make the classes that a line of the plan asks for, numbered: "2 lớp × 50 người, Quý II" (QT-PL.2).

    Raises NotAllowedNow for a line that asked already, so that pressing twice makes no classes twice.
    """
    project = recordable(project, by)
    if not 1 <= count <= MAX_CLASSES:
        raise NotAllowedNow(_("Plan 1 to %(most)d classes at a time.") % {"most": MAX_CLASSES})
    if line is not None and project.training_sessions.filter(line=line).exists():
        raise NotAllowedNow(
            _("The classes of line %(line)s are planned already; change them in the list of classes.")
            % {"line": line.printed_number or line.position}
        )
    topics, made = list(topic_list), []
    for number in range(1, count + 1):
        name = _("%(title)s, class %(number)d") % {"title": title, "number": number} if count > 1 else title
        session = TrainingSession.objects.create(
            project=project, line=line, title=name[:200], audience=audience, due_on=due_on, seats=seats
        )
        session.topic_list.set(topics)
        made.append(session)
    log(project, "fieldwork.classes_planned", by=by, target=made[0], at=now, count=count, seats=seats)
    return made


@transaction.atomic
def change_training(
    session: TrainingSession, *, by: User, topic_list: Topics = (), now: datetime | None = None, **values: Any
) -> TrainingSession:
    """Change a class. Raises NotAllowedNow for fewer seats than people who came or are invited."""
    project = recordable(session.project, by)
    session = TrainingSession.objects.get(pk=session.pk)
    taken = max(session.attendances.count(), session.invitations.count())
    if values.get("seats", session.seats) < taken:
        raise NotAllowedNow(
            _("Class “%(title)s” has %(taken)d people; it needs as many seats.")
            % {"title": session.title, "taken": taken}
        )
    if session.attendances.exists() and values.get("held_on", session.held_on) is None:
        raise NotAllowedNow(_("People came to class “%(title)s”; it keeps its day.") % {"title": session.title})
    for name, value in values.items():
        setattr(session, name, value)
    session.save(update_fields=list(values))
    session.topic_list.set(topic_list)
    log(project, "fieldwork.training_changed", by=by, target=session, at=now, title=session.title)
    return session


@transaction.atomic
def add_meeting(session: TrainingSession, *, held_on: date, begins_at: time, about: str, by: User) -> ClassMeeting:
    """Add a further meeting of the class; the same time twice is one meeting."""
    recordable(session.project, by)
    meeting, _made = ClassMeeting.objects.update_or_create(
        session=session, held_on=held_on, begins_at=begins_at, defaults={"about": about}
    )
    return meeting


@transaction.atomic
def hand_out(
    project: PilotProject,
    material: Upload,
    *,
    title: str,
    group: ProductGroup | None,
    by: User,
    now: datetime | None = None,
) -> TrainingMaterial:
    """Keep a file as the next version of a title in its group; the same file again is no new version."""
    project = recordable(project, by)
    versions = project.materials.filter(title=title, group=group)
    newest = versions.order_by("-version").first()
    if newest and newest.file_sha256 == material.sha256:
        return newest
    kept = TrainingMaterial.objects.create(
        project=project,
        group=group,
        title=title,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        file=material.keep(),
        file_sha256=material.sha256,
        size=len(material.data),
        at=now or timezone.now(),
        by=by,
    )
    log(project, "fieldwork.material_added", by=by, target=kept, at=now, title=title, version=kept.version)
    return kept
