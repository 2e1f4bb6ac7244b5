"""Who may name an acceptance council, sit in it, and lead it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Membership, User
from projects import policies
from projects.models import Council, CouncilMember, PilotProject

Role = Membership.Role
Seat = CouncilMember.Seat


def can_call(user: User, project: PilotProject) -> bool:
    """Whether the user may write down who sits in the council: managers and clerks of the project."""
    return policies.can_manage(user, project) or project.members.filter(user=user, role=Role.CLERK).exists()


def barred(project: PilotProject) -> QuerySet[User]:
    """Return who has a part in the project and so cannot judge it: its manager and all its people.

    The leaders are the exception: they carry nothing out, and the one who accepts the project may chair.
    """
    takes_part = project.members.exclude(role=Role.LEADER).values("user")
    part = Q(pk=project.manager_id) | Q(pk__in=takes_part) | Q(submissions__stage__project=project)
    return User.objects.filter(part).distinct()


def eligible(project: PilotProject, day: date | None = None) -> QuerySet[User]:
    """Return the officials of the province who may sit in the project's council, with their offices."""
    offices = Membership.objects.active(day or timezone.localdate()).filter(organisation__province=project.province_id)
    return (
        User.objects.filter(pk__in=offices.values("user"), is_active=True)
        .exclude(pk__in=barred(project).order_by().values("pk"))
        .prefetch_related(Prefetch("memberships", offices.select_related("organisation"), to_attr="offices"))
        .order_by("full_name", "pk")
    )


def conflicts(project: PilotProject, people: Iterable[User]) -> list[str]:
    """Return a line for each person who may not sit in the council, with the reason."""
    people = list(people)
    may = set(eligible(project).values_list("pk", flat=True))
    part = set(barred(project).values_list("pk", flat=True))
    return [
        _("%(person)s has a part in project %(code)s and cannot judge it (conflict of interest); name somebody else.")
        % {"person": person, "code": project.code}
        if person.pk in part
        else _("%(person)s holds no office in %(province)s; members of the council need an account there.")
        % {"person": person, "province": project.province}
        for person in people
        if person.pk not in may
    ]


def seat_of(council: Council, user: User) -> CouncilMember | None:
    """Return the user's seat in the council, if they have one."""
    seat: CouncilMember | None = council.members.filter(user=user).select_related("user").first()
    return seat


def leads(member: CouncilMember | None) -> bool:
    """Whether the member writes down who is present: the secretary, or the chair."""
    return member is not None and member.seat in (Seat.SECRETARY, Seat.CHAIR)


def has_begun(council: Council) -> bool:
    """Whether the meeting has begun: somebody is marked present, or a sheet is handed in."""
    return council.members.filter(Q(is_present=True) | Q(sheet__isnull=False)).exists()
