"""Rules of pilot projects: gates, who may do what, what may be enrolled; reviews have rules of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from people import audit
from people.absence import covers_of
from people.models import Membership, User
from people.scope import scope_of
from projects.errors import NotAllowedForYou, NotAllowedNow, NotEnrollable
from projects.models import (
    Attendance,
    Council,
    Deliverable,
    GateRule,
    Milestone,
    PilotProject,
    Stage,
    SurveyResponse,
)
from registry.models import Product

Role = Membership.Role
# A gate rule looks at a project and returns what is missing, or "" when it holds.
Rule = Callable[[PilotProject, int], str]


# --- gates -----------------------------------------------------------------------------------
def products_at_least(project: PilotProject, minimum: int) -> str:
    """Seed 000, footnote 1: the scale in products."""
    count = project.enrolled_products().count()
    if count >= minimum:
        return ""
    return _("%(count)d products are enrolled, at least %(minimum)d are needed; enrol %(missing)d more.") % {
        "count": count,
        "minimum": minimum,
        "missing": minimum - count,
    }


def producers_at_least(project: PilotProject, minimum: int) -> str:
    """Seed 000, footnote 1: the scale in distinct producers."""
    count = project.enrolled_products().order_by().values("producer").distinct().count()
    if count >= minimum:
        return ""
    return _(
        "The enrolled products belong to %(count)d producers, at least %(minimum)d are needed; "
        "enrol products of %(missing)d more producers."
    ) % {"count": count, "minimum": minimum, "missing": minimum - count}


def surveyed_products_at_least(project: PilotProject, minimum: int) -> str:
    """Products with a survey response."""
    count = SurveyResponse.objects.filter(enrolment__project=project, enrolment__withdrawn_at=None).count()
    if count >= minimum:
        return ""
    return _("%(count)d of at least %(minimum)d products have been surveyed; record the missing surveys.") % {
        "count": count,
        "minimum": minimum,
    }


def trained_producers_at_least(project: PilotProject, minimum: int) -> str:
    """Producers of enrolled products with at least one person who passed the check (GL-2.3)."""
    trained = Attendance.objects.filter(
        session__project=project, passed_check=True, producer__products__in=project.enrolled_products().order_by()
    )
    count = trained.values("producer").distinct().count()
    if count >= minimum:
        return ""
    return _("%(count)d of at least %(minimum)d producers have a trained person; record the attendance.") % {
        "count": count,
        "minimum": minimum,
    }


def communication_events_at_least(project: PilotProject, minimum: int) -> str:
    """Communication events with evidence (GL-1.5, GL-2.6)."""
    count = project.communication_events.counted().count()
    if count >= minimum:
        return ""
    return _(
        "%(count)d of at least %(minimum)d communication events with evidence are recorded; add the missing ones."
    ) % {
        "count": count,
        "minimum": minimum,
    }


def standards_at_least(project: PilotProject, minimum: int) -> str:
    """Standards attached to the model (GL-1.2)."""
    count = project.standards.count()
    if count >= minimum:
        return ""
    return _("%(count)d of at least %(minimum)d standards are attached to the model; attach the missing ones.") % {
        "count": count,
        "minimum": minimum,
    }


def council_passed(project: PilotProject, minimum: int) -> str:
    """A closed acceptance council whose result is "passed" or better; the last one counts. `minimum` is not used."""
    last = project.councils.exclude(closed_at=None).order_by("-closed_at", "-pk").first()
    if last is None:
        return _("No acceptance council has judged the results; name one and close its meeting.")
    if last.result == Council.Result.FAILED:
        return _("The acceptance council of decision %(number)s did not pass the results; name another one.") % {
            "number": last.decision_number
        }
    return ""


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        products_at_least,
        producers_at_least,
        surveyed_products_at_least,
        trained_producers_at_least,
        communication_events_at_least,
        standards_at_least,
        council_passed,
    )
}


def stage_problems(stage: Stage, rules: Mapping[str, Rule]) -> list[str]:
    """Return everything that keeps the stage from closing: papers not issued, rules not met.

    `rules` are all the rules of the house by name: higher rooms add theirs to `RULES`.
    """
    return _papers_missing(stage.deliverables.all()) + _rules_missing(
        stage.project, stage.gate_rules.order_by("pk"), rules
    )


def closing_problems(project: PilotProject, rules: Mapping[str, Rule]) -> list[str]:
    """Return everything that keeps the project from being accepted."""
    open_stages = [
        _("Stage “%(stage)s” is not closed yet.") % {"stage": stage}
        for stage in project.stages.filter(closed_at=None).order_by("position")
    ]
    papers = _papers_missing(Deliverable.objects.filter(stage__project=project).order_by("code"))
    gates = project.gate_rules.filter(stage=None).order_by("pk")
    return open_stages + papers + _rules_missing(project, gates, rules)


def _papers_missing(deliverables: Iterable[Deliverable]) -> list[str]:
    return [
        _("Deliverable %(code)s “%(title)s” is not issued: %(status)s.")
        % {"code": paper.code, "title": paper.title, "status": paper.get_status_display().lower()}
        for paper in deliverables
        if paper.status != Deliverable.Status.ISSUED
    ]


def _rules_missing(project: PilotProject, gates: Iterable[GateRule], rules: Mapping[str, Rule]) -> list[str]:
    missing = []
    for gate in gates:
        rule = rules.get(gate.rule)
        # A rule that nobody knows must not open the gate.
        missing.append(
            rule(project, gate.minimum)
            if rule
            else _("Gate rule “%(rule)s” is unknown to this version; ask the administrator.") % {"rule": gate.rule}
        )
    return [problem for problem in missing if problem]


# --- people ----------------------------------------------------------------------------------
def can_create_project(user: User, province_id: int) -> bool:
    """Whether the user may make projects in the province."""
    return scope_of(user).has_role(Role.MANAGER, province_id=province_id)


def can_manage(user: User, project: PilotProject) -> bool:
    """Whether the user may enrol products and record field work: the project's own managers, and their substitutes."""
    return _manages(project, {user.pk}) or bool(_manages_for(user, project))


def standing_in(user: User, project: PilotProject) -> dict[str, Any]:
    """Return the fact for the audit log that the user manages the project for somebody who is away, or nothing."""
    if not covers_of(user) or _manages(project, {user.pk}):
        return {}
    return {"acting_for": absent} if (absent := _manages_for(user, project)) else {}


def absent_manager(user: User, project: PilotProject) -> User | None:
    """Return the absent manager for whom the user manages the project; None when they do so in their own right."""
    return User.objects.filter(pk=standing_in(user, project).get("acting_for", 0)).first()


def _manages(project: PilotProject, people: set[int]) -> bool:
    if project.manager_id in people:
        return True
    return bool(people) and project.members.filter(user__in=people, role=Role.MANAGER).exists()


def _manages_for(user: User, project: PilotProject) -> int:
    """The id of the absent manager for whom the user stands in; 0 if there is none."""
    absent = _covered(user, project, Role.MANAGER)
    return next((person for person in sorted(absent) if _manages(project, {person})), 0)


def _covered(user: User, project: PilotProject, role: str) -> set[int]:
    """Ids of the people whose role in the project the user exercises today."""
    covers, case = covers_of(user), audit.label(project)
    return {c.absent_id for c in covers if c.gives((role,), province_id=project.province_id, case=case)}


def check_can_manage(user: User, project: PilotProject) -> None:
    """Raise NotAllowedForYou for anyone but the project's managers."""
    if not can_manage(user, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can do this; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )


def check_is_running(project: PilotProject) -> None:
    """Raise NotAllowedNow unless the project is running."""
    if project.status != PilotProject.Status.RUNNING:
        raise NotAllowedNow(
            _("Project %(code)s is %(status)s; this can be done in a running project only.")
            % {"code": project.code, "status": project.get_status_display().lower()}
        )


def can_report_milestone(user: User, milestone: Milestone) -> bool:
    """Whether the user may report on the milestone: its owner, and the project's managers."""
    return milestone.owner_id == user.pk or can_manage(user, milestone.stage.project)


def can_record_fieldwork(user: User, project: PilotProject) -> bool:
    """Whether the user may record surveys and training: managers and field helpers of the project."""
    helpers = {user.pk} | _covered(user, project, Role.HELPER)
    return can_manage(user, project) or project.members.filter(user__in=helpers, role=Role.HELPER).exists()


def can_keep_catalogues(user: User, province_id: int) -> bool:
    """Whether the user may change the province's questionnaires and channels: its managers and administrators."""
    return scope_of(user).has_role(Role.MANAGER, Role.ADMINISTRATOR, province_id=province_id)


# --- enrolment -------------------------------------------------------------------------------
def check_can_enrol(project: PilotProject, product: Product, *, today: date) -> None:
    """Raise NotEnrollable when the product may not take part, with the reason."""
    names = {"product": product.name, "project": project.code}
    if project.status not in (PilotProject.Status.DRAFT, PilotProject.Status.RUNNING):
        raise NotAllowedNow(_("Project %(project)s is closed; products can no longer be enrolled.") % names)
    if product.producer.province_id != project.province_id:
        raise NotEnrollable(_("“%(product)s” belongs to another province than project %(project)s.") % names)
    if not product.ocop_set.has_lots:
        raise NotEnrollable(
            _("“%(product)s” is a service (set 26): it has no lots, so it cannot be traced by stamps.") % names
        )
    if project.minimum_stars:
        _check_stars(project, product, today)


def _check_stars(project: PilotProject, product: Product, today: date) -> None:
    recognition = product.recognition_on(today)
    if recognition is None:
        raise NotEnrollable(
            _("“%(product)s” has no OCOP recognition in force on %(day)s; renew it before enrolling.")
            % {"product": product.name, "day": today.strftime("%d/%m/%Y")}
        )
    if recognition.stars < project.minimum_stars:
        raise NotEnrollable(
            _("“%(product)s” has %(stars)d stars, project %(project)s takes products from %(minimum)d stars.")
            % {
                "product": product.name,
                "stars": recognition.stars,
                "project": project.code,
                "minimum": project.minimum_stars,
            }
        )
