"""The plan of a project's classes, and the invitation to one of them (QT-PL.2, BK-A4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.contexts.classes import ClassInvitation, InvitedSide, PlannedClass, TrainingPlan
from projects.models import Invitation, PilotProject, PlanLine, TrainingSession
from workflows.contexts import case
from workflows.contexts.classes import AUDIENCES, lowered
from workflows.contexts.parties import DOTS, paragraphs, written_or_dots
from workflows.contexts.selection import clock
from workflows.contexts.training import topics_of

SHORT_DOTS = "…………"  # fits a cell of a table


def training_plan(project: PilotProject, day: date, typed: Mapping[str, Any]) -> TrainingPlan:
    """Return the classes that are planned or held, and the plan's line that asks for them."""
    classes = classes_of(project)
    case.refuse_if([] if classes else [_("No class is planned: plan the classes on the training page.")])
    line = line_of(project, classes)
    return TrainingPlan(
        project_title=project.title,
        project_code=project.code,
        task_title=line.title.rstrip(" .") if line else "",
        task_period=line.period_text if line and line.period_text else DOTS,
        purpose=paragraphs(typed["purpose"]),
        planned_classes=tuple(_planned(each) for each in classes),
        class_count=len(classes),
        seat_total=sum(each.seats for each in classes),
        lead=project.owner.name,
        partners=written_or_dots(typed["partners"]),
        funding=written_or_dots(typed["funding"]),
        in_charge=typed["in_charge"],
        duties=paragraphs(typed["duties"]),
    )


def class_invitation(session: TrainingSession, day: date, typed: Mapping[str, Any]) -> ClassInvitation:
    """Return the sheet to all who are invited. NotReady without a day, topics or anybody invited."""
    invitations = list(session.invitations.select_related("producer").order_by("pk"))
    topics = topics_of([session])
    case.refuse_if(_missing(session, topics, invitations))
    sides = _sides(invitations)
    return ClassInvitation(
        project_title=session.project.title,
        class_title=lowered(session.title),
        topics=topics,
        days=tuple(_days(session, typed)),
        place=typed["place"],
        to_bring=paragraphs(typed["to_bring"]),
        contact=typed["contact"],
        invited=sides,
        side_count=len(sides),
        invited_count=len(invitations),
    )


def classes_of(project: PilotProject) -> list[TrainingSession]:
    """Return all classes of the project, planned ones too, in the order of their days."""
    rows = project.training_sessions.select_related("line__plan").prefetch_related("topic_list")
    return sorted(rows, key=lambda each: (each.held_on or each.due_on or date.max, each.pk))


def line_of(project: PilotProject, classes: Iterable[TrainingSession]) -> PlanLine | None:
    """Return the plan's line that asks for the classes, else the one that asks for the project."""
    return next((each.line for each in classes if each.line), None) or project.line


def _planned(session: TrainingSession) -> PlannedClass:
    return PlannedClass(
        title=session.title,
        audience=AUDIENCES[TrainingSession.Audience(session.audience)],
        topics=topics_of([session]),
        seats=session.seats,
        day=_day(session),
        place=session.place or SHORT_DOTS,
    )


def _day(session: TrainingSession) -> str:
    if session.held_on:
        return case.dated(session.held_on)
    return f"Chậm nhất {case.dated(session.due_on)}" if session.due_on else SHORT_DOTS


def _missing(session: TrainingSession, topics: Sequence[str], invitations: Sequence[Invitation]) -> list[str]:
    missing = [] if session.held_on else [_("The class has no day: enter when it is held.")]
    if not topics:
        missing.append(_("The class does not say what it is about: choose its topics."))
    return missing if invitations else [*missing, _("Nobody is invited: invite people on the page of the class.")]


def _days(session: TrainingSession, typed: Mapping[str, Any]) -> Iterable[str]:
    """The first day with the typed hour, then the further meetings."""
    yield f"{clock(typed['began'])}, ngày {case.dated(session.held_on)}"
    for meeting in session.meetings.order_by("held_on", "begins_at"):
        about = f": {meeting.about}" if meeting.about else ""
        yield f"{clock(meeting.begins_at)}, ngày {case.dated(meeting.held_on)}{about}"


def _sides(invitations: Iterable[Invitation]) -> tuple[InvitedSide, ...]:
    people: dict[str, list[str]] = {}
    for each in invitations:
        people.setdefault(each.side, []).append(each.person_name)
    return tuple(InvitedSide(name=side, people=tuple(names), seats=len(names)) for side, names in people.items())
