"""The tasks that plans give to a unit: lines that print its name as the lead or a partner, and its own projects."""

from __future__ import annotations

from django.db.models import QuerySet

from people.models import Organisation, User
from people.scope import scope_of
from projects.filters import containing
from projects.models import PilotProject, Plan, PlanLine


def units_of(user: User) -> QuerySet[Organisation]:
    """Units whose tasks the user may see: all of the provinces where they hold an office."""
    scope = scope_of(user)
    rows = Organisation.objects.select_related("province").order_by("name", "pk")
    return rows if scope.is_keeper else rows.filter(province__in=scope.province_ids)


def own_unit(user: User) -> Organisation | None:
    """The unit in which the user holds an office; the first by name if there are several."""
    own = {organisation for _role, organisation, _province in scope_of(user).memberships}
    return units_of(user).filter(pk__in=own).first()


def printed_name(unit: Organisation) -> str:
    """The unit's name as plans of its own province print it: without the province."""
    return unit.name.removesuffix(f" {unit.province.name}")


def led_by(unit: Organisation, user: User) -> QuerySet[PlanLine]:
    """Plan lines of the unit's province that name it as the lead."""
    return _lines(unit, user).filter(containing(printed_name(unit), "lead"))


def partnered_by(unit: Organisation, user: User) -> QuerySet[PlanLine]:
    """Plan lines of the unit's province that name it as a partner, and not as the lead."""
    name = printed_name(unit)
    return _lines(unit, user).filter(containing(name, "partners")).exclude(containing(name, "lead"))


def owned_by(unit: Organisation, user: User) -> QuerySet[PilotProject]:
    """Projects that the unit owns."""
    known: QuerySet[PilotProject] = PilotProject.objects.visible_to(user).filter(owner=unit).order_by("due_on", "code")
    return known.select_related("manager")


def _lines(unit: Organisation, user: User) -> QuerySet[PlanLine]:
    plans = Plan.objects.visible_to(user).filter(programme__province=unit.province_id)
    rows = PlanLine.objects.filter(plan__in=plans).select_related("plan")
    return rows.order_by("ends_on", "plan", "position")
