"""The minutes of a class, and the report on it (GL-2.D5, GL-2.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.contexts.classes import ClassMinutes, ClassReport, SideFigures
from projects.models import Attendance, Invitation, PilotProject, TrainingSession
from registry.models import Producer
from workflows.contexts import case
from workflows.contexts.classes import AUDIENCES, lowered, missing_of, people_of, place_of
from workflows.contexts.parties import paragraphs
from workflows.contexts.selection import clock
from workflows.contexts.training import topics_of

PRODUCER, AGENCY = "Chủ thể", "Cơ quan"


def class_minutes(session: TrainingSession, day: date, typed: Mapping[str, Any]) -> ClassMinutes:
    """Return what was taught and who came; teachers, opinions and conclusions are typed. Raises NotReady."""
    people, invited = people_of(session), _invited(session)
    case.refuse_if(missing_of(session, people) + _wrong_hours(session, typed))
    sides = _sides(people, invited)
    return ClassMinutes(
        project_title=session.project.title,
        class_title=session.title,
        began=f"{clock(typed['began'])}, ngày {case.dated(session.held_on)}",
        ended=f"{clock(typed['ended'])}, ngày {case.dated(_last_day(session))}",
        place=place_of(session),
        audience=AUDIENCES[TrainingSession.Audience(session.audience)],
        chair_name=typed["chair_name"],
        chair_title=typed["chair_title"],
        secretary_name=typed["secretary_name"],
        secretary_title=typed["secretary_title"],
        teachers=paragraphs(typed["teachers"]),
        topics=topics_of([session]),
        handouts=paragraphs(typed["handouts"]),
        invited_count=len(invited),
        absent_count=_absent(session),
        present_count=len(people),
        organisation_count=sum(side.present > 0 for side in sides),
        passed_count=sum(one.passed_check for one in people),
        sides=sides,
        opinions=paragraphs(typed["opinions"]),
        conclusions=paragraphs(typed["conclusions"]),
    )


def class_report(session: TrainingSession, day: date, typed: Mapping[str, Any]) -> ClassReport:
    """Return the figures of the class and how many of the project's producers it reached. Raises NotReady."""
    people, invited = people_of(session), _invited(session)
    case.refuse_if(missing_of(session, people))
    producers = _producers(session.project)
    passed = sum(one.passed_check for one in people)
    here = {one.producer_id for one in people}
    covered = sum(producer.pk in here for producer in producers)
    return ClassReport(
        project_title=session.project.title,
        class_title=lowered(session.title),
        held_on=case.dated(session.held_on),
        place=place_of(session),
        audience=AUDIENCES[TrainingSession.Audience(session.audience)],
        topics=topics_of([session]),
        seats=session.seats,
        invited_count=len(invited),
        absent_count=_absent(session),
        present_count=len(people),
        passed_count=passed,
        passed_share=case.share(passed, len(people)),
        sides=_sides(people, invited),
        producer_count=len(producers),
        covered_count=covered,
        covered_share=case.share(covered, len(producers)),
        uncovered=_uncovered(session.project, producers),
        assessment=paragraphs(typed["assessment"]),
        next_steps=paragraphs(typed["next_steps"]),
    )


def _invited(session: TrainingSession) -> list[Invitation]:
    return list(session.invitations.select_related("producer").order_by("pk"))


def _absent(session: TrainingSession) -> int:
    return int(session.invitations.filter(attendance=None).count())


def _last_day(session: TrainingSession) -> date | None:
    days = [session.held_on, *session.meetings.values_list("held_on", flat=True)]
    return max((day for day in days if day), default=None)


def _wrong_hours(session: TrainingSession, typed: Mapping[str, Any]) -> list[str]:
    """A class of one day ends after it began."""
    if _last_day(session) != session.held_on or typed["ended"] > typed["began"]:
        return []
    return [_("The class ends before it began; check both times.")]


def _sides(people: Iterable[Attendance], invited: Iterable[Invitation]) -> tuple[SideFigures, ...]:
    """Producers first, each side once, in the order in which it was invited or came."""
    people, invited = list(people), list(invited)
    asked, came = Counter(map(_side, invited)), Counter(map(_side, people))
    passed = Counter(_side(one) for one in people if one.passed_check)
    sides = sorted(dict.fromkeys([*map(_side, invited), *map(_side, people)]), key=lambda side: side[1] == AGENCY)
    return tuple(
        SideFigures(name=side[0], kind=side[1], invited=asked[side], present=came[side], passed=passed[side])
        for side in sides
    )


def _side(person: Attendance | Invitation) -> tuple[str, str]:
    return person.side, PRODUCER if person.producer_id else AGENCY


def _producers(project: PilotProject) -> list[Producer]:
    """The producers that take part in the project."""
    enrolled = project.enrolled_products().order_by().values("producer")
    return list(Producer.objects.filter(pk__in=enrolled).order_by("name", "pk"))


def _uncovered(project: PilotProject, producers: Iterable[Producer]) -> tuple[str, ...]:
    """Those of whom nobody came to any class of the project."""
    came = set(Attendance.objects.filter(session__project=project).values_list("producer", flat=True))
    return tuple(producer.name for producer in producers if producer.pk not in came)
