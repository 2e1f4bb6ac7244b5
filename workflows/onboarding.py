"""Telling the runs of products that something they wait for may have come about; below the flows."""

from __future__ import annotations

from django.db.models import QuerySet
from viewflow.workflow.models import Task

from onboarding.models import CohortGroup, Onboarding
from workflows import engine
from workflows.cases import JOURNEY
from workflows.nodes import Wait


def poke(onboarding: Onboarding) -> None:
    """Let the product's run go on if it can: call this after its dossier was sent."""
    engine.poke(_waits().filter(**{JOURNEY: onboarding}))


def poke_group(group: CohortGroup) -> None:
    """Let the runs of all products of the group go on that can."""
    engine.poke(_waits().filter(**{f"{JOURNEY}__group": group}))


def _waits() -> QuerySet[Task]:
    return Task._default_manager.filter(flow_task_type=Wait.task_type, finished=None)
