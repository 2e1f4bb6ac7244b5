"""The training set: topics, one guide for each role at each step, sessions held (GL-1.D3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.contexts import CourseRow, RoleGuide, TrainingSet
from projects.models import Deliverable, PilotProject, TrainingSession
from registry.models import ProcessStep
from workflows.contexts import case

_SEPARATORS = re.compile(r"[;\n]")


def training_set(deliverable: Deliverable, day: date) -> TrainingSet:
    """Return the training material of the chain and who was trained with it."""
    project = case.project_of(deliverable)
    enrolled, sessions = case.enrolments_of(project), sessions_of(project)
    topics = topics_of(sessions)
    case.refuse_if(case.missing_products(enrolled) + _missing(sessions, topics))
    courses = tuple(_course(session) for session in sessions)
    return TrainingSet(
        project_title=project.title,
        product_name=case.product_name(enrolled),
        topics=topics,
        guides=tuple(_guide(step) for step in case.chain_steps(enrolled)),
        courses=courses,
        attendee_total=sum(course.attendees for course in courses),
        passed_total=sum(course.passed for course in courses),
    )


def sessions_of(project: PilotProject) -> list[TrainingSession]:
    """Return the classes in the order of their days, with `attendees` and `passed` counted."""
    return list(
        project.training_sessions.exclude(held_on=None)
        .prefetch_related("topic_list")
        .annotate(attendees=Count("attendances"), passed=Count("attendances", filter=Q(attendances__passed_check=True)))
        .order_by("held_on", "pk")
    )


def topics_of(sessions: Iterable[TrainingSession]) -> tuple[str, ...]:
    """Return the topics of the classes, each once."""
    parts: list[str] = []
    for session in sessions:
        parts += (topic.name for topic in session.topic_list.all())
        parts += (part.strip(" .-–") for part in _SEPARATORS.split(session.topics))
    return tuple(dict.fromkeys(capfirst(part) for part in parts if part))


def _missing(sessions: list[TrainingSession], topics: tuple[str, ...]) -> list[str]:
    if not sessions:
        return [_("No class is recorded: record it, with those who came, on the training page.")]
    return [] if topics else [_("No class says what it was about: write the topics on the training page.")]


def _guide(step: ProcessStep) -> RoleGuide:
    return RoleGuide(
        stage=step.name,
        role=case.actor_of(step).lower(),
        steps=(
            f"Mở lô trên hệ thống, chọn khâu “{step.name}”.",
            "Chọn địa điểm, ghi thời gian thực hiện và số lượng.",
            f"Ghi đủ: {case.records_of(step)}.",
            "Kiểm tra rồi lưu; ghi sai thì ghi lần sửa, người thứ hai xác nhận.",
        ),
        records=case.records_of(step),
    )


def _course(session: TrainingSession) -> CourseRow:
    with case.in_its_language():
        audience = str(session.get_audience_display())
    return CourseRow(
        title=session.title,
        audience=audience,
        held_on=case.dated(session.held_on),
        place=session.place,
        attendees=session.attendees,  # type: ignore[attr-defined]  # annotated by sessions_of
        passed=session.passed,  # type: ignore[attr-defined]
    )
