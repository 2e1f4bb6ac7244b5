"""The legal bases that a paper names: those of the plan that orders the work, and the plan itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from documents import actions as documents
from projects.models import PilotProject, Plan, Programme
from workflows.contexts import case
from workflows.contexts.plans import is_submission
from workflows.papers.about import project_of


def legal_bases(subject: models.Model) -> list[str]:
    """Return "Căn cứ …" lines without their closing marks; [] for a subject that no plan orders.

    A plan's own papers name what the plan names; papers of a case, and of a programme, name the plan as well (of
    several plans the newest).
    """
    if isinstance(subject, Plan):
        return [_as_basis(str(basis)) for basis in subject.legal_bases]
    if isinstance(subject, Programme):
        newest = subject.plans.select_related("issuer").order_by("issued_on", "pk").last()
        return _of_plan(newest) if newest else []
    project = project_of(subject)
    return _of_project(project) if project else []


def _of_project(project: PilotProject) -> list[str]:
    return _of_plan(project.line.plan) if project.line else []


def as_bases(text: str) -> list[str]:
    """Return what was typed, a line each, as "Căn cứ …" lines without their closing marks."""
    return [_as_basis(line) for line in text.splitlines() if line.strip()]


def proposed_by(proposal: str, bases: Iterable[str]) -> list[str]:
    """Return the bases of a decision: last stands who proposed it, in the words of a decision (BK-00b)."""
    others = [basis for basis in bases if not is_submission(basis)]
    return [*others, f"Theo đề nghị của {proposal}"] if proposal else others


def _of_plan(plan: Plan) -> list[str]:
    bases = [_as_basis(str(basis)) for basis in plan.legal_bases]
    if plan.number and plan.issued_on:
        with case.in_its_language():
            kind = plan.get_kind_display()
        paper = f"{kind} số {plan.number} {documents.written(plan.issued_on)} của {plan.issuer}"
        bases.append(_as_basis(paper))
    return bases


def _as_basis(text: str) -> str:
    """Return a basis as papers write it: "Căn cứ …", without the closing mark."""
    bare = text.strip().rstrip(";.,")
    return bare if bare.casefold().startswith("căn cứ") else f"Căn cứ {bare}"
