"""What every page of a project's case file starts from: the project, its breadcrumbs and its tabs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from people.frame import PersonRequest
from people.models import User
from projects import policies
from projects.models import PilotProject

__all__ = ["TABS", "PersonRequest", "case_file", "check_may_record", "crumbs", "managed_file", "page"]

TABS = (
    "overview", "timeline", "matters", "products", "cohort", "surveys", "training", "communication", "funding",
    "papers", "history", "diagram",
)  # fmt: skip


def case_file(request: PersonRequest, code: str) -> PilotProject:
    """Return the project of that code; 404 for strangers."""
    projects: QuerySet[PilotProject] = PilotProject.objects.visible_to(request.user)
    return get_object_or_404(
        projects.select_related("province", "owner", "manager", "line__plan__programme"), code=code
    )


def managed_file(request: PersonRequest, code: str) -> PilotProject:
    """Return the project of that code to one of its managers; 403 for their colleagues, 404 for strangers."""
    project = case_file(request, code)
    if not policies.can_manage(request.user, project):
        raise PermissionDenied
    return project


def check_may_record(request: PersonRequest, project: PilotProject) -> None:
    """Answer 403 to those who may read the field work but not record it."""
    if not policies.can_record_fieldwork(request.user, project):
        raise PermissionDenied


def page(project: PilotProject, user: User, tab: str, **context: Any) -> dict[str, Any]:
    """Return the context of a page of the case file: its own things with crumbs, tabs and what the user may do."""
    may_manage = policies.can_manage(user, project)
    return {
        "project": project,
        "crumbs": crumbs(project if tab != TABS[0] else None),
        "tabs": tabs(project, tab),
        "may_manage": may_manage,
        "may_record": may_manage or policies.can_record_fieldwork(user, project),
        **context,
    }


def crumbs(project: PilotProject | None = None) -> list[dict[str, str]]:
    """Return the way from the project list to a page below the project."""
    way = [{"label": _("Pilot projects"), "url": reverse("projects:projects")}]
    return [*way, {"label": project.code, "url": project.get_absolute_url()}] if project else way


def tabs(project: PilotProject, active: str) -> list[dict[str, Any]]:
    """Return the tabs of a project as links; `active` is the key of the page shown."""
    names = {
        "overview": (_("Overview"), "project"),
        "timeline": (_("Timeline"), "projects:timeline"),
        "matters": (_("Difficulties and directions"), "projects:matters"),
        "products": (_("Products"), "project_products"),
        "cohort": (_("Onboarding"), "cohort"),
        "surveys": (_("Surveys"), "projects:surveys"),
        "training": (_("Training"), "projects:training"),
        "communication": (_("Communication"), "projects:communication"),
        "funding": (_("Funding"), "projects:project_funding"),
        "papers": (_("Papers"), "project_papers"),
        "history": (_("History"), "project_history"),
        "diagram": (_("Flow diagram"), "project_diagram"),
    }
    return [
        {"label": names[key][0], "url": reverse(names[key][1], args=[project.code]), "active": key == active}
        for key in TABS
    ]
