"""Who may do a step today and who supervises them: read once for a job that goes over many steps."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from people.models import Absence, Membership
from workflows.roles import ROLES_BY_PERMISSION, Role


class StepOf(NamedTuple):
    """What decides about whom a step concerns."""

    permission: str
    owner: int | None
    province: int
    case: str  # the project as the audit log names it

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may do it."""
        return ROLES_BY_PERMISSION.get(self.permission, frozenset())


class Staff:
    """Offices and absences of one day, as ids; two queries, whatever the number of steps."""

    def __init__(self, day: date) -> None:
        self._people: defaultdict[tuple[str, int], set[int]] = defaultdict(set)  # (role, province) → users
        self._units: defaultdict[tuple[int, int], set[int]] = defaultdict(set)  # (user, province) → organisations
        self._leaders: defaultdict[int, set[int]] = defaultdict(set)  # organisation → users
        self._provinces: defaultdict[int, set[int]] = defaultdict(set)  # user → provinces
        offices = Membership.objects.active(day).values_list(
            "user_id", "role", "organisation_id", "organisation__province_id"
        )
        for user, role, organisation, province in offices.order_by():
            self._people[role, province].add(user)
            self._units[user, province].add(organisation)
            self._provinces[user].add(province)
            if role == Role.LEADER:
                self._leaders[organisation].add(user)
        absences = Absence.objects.on(day).filter(substitute__is_active=True)
        self._absences: dict[int, Absence] = {absence.user_id: absence for absence in absences.order_by()}

    def holders(self, step: StepOf) -> set[int]:
        """The person who has a step, or all who may take it, each with the substitute who may do it for them."""
        return self._with_substitutes(self._proper(step), step.roles, step)

    def supervisors(self, step: StepOf) -> set[int]:
        """The leaders of the holders' own organisations, else those of the province; never a holder."""
        holders = self.holders(step)
        own = {unit for person in self._proper(step) for unit in self._units[person, step.province]}
        near = {leader for unit in own for leader in self._leaders[unit]}
        far = self._people[Role.LEADER, step.province]
        return self._leading(near, step) - holders or self._leading(far, step) - holders

    def _proper(self, step: StepOf) -> set[int]:
        """Whose step it is in their own right."""
        if step.owner is not None:
            return {step.owner}
        return {person for role in step.roles for person in self._people[role, step.province]}

    def _leading(self, leaders: set[int], step: StepOf) -> set[int]:
        return self._with_substitutes(leaders, frozenset({Role.LEADER}), step)

    def _with_substitutes(self, people: set[int], roles: frozenset[str], step: StepOf) -> set[int]:
        """Add who stands in today for one of them in one of the roles, while they work in the province themselves."""
        substitutes = set()
        for person in people:
            absence = self._absences.get(person)
            if absence is None or step.province not in self._provinces[absence.substitute_id]:
                continue
            in_roles = not absence.roles or bool(roles.intersection(absence.roles))
            if in_roles and (not absence.cases or step.case in absence.cases):
                substitutes.add(absence.substitute_id)
        return people | substitutes
