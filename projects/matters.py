"""Rules of matters: who may raise a difficulty, give a direction or ask the author, to whom, and who is asked first."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.absence import covers_of
from people.models import Membership, User
from people.scope import scope_of
from projects import policies, reviewing
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Matter, PilotProject

Role = Membership.Role
Kind = Matter.Kind
# Whoever works on cases may be asked; an inspector or an administrator has no step to answer in.
ANSWERERS = (Role.MANAGER, Role.CLERK, Role.REVIEWER, Role.LEADER, Role.STAMP_OFFICER, Role.HELPER)
# Days within which an answer is asked for, working days, as the form proposes them.
USUAL_DAYS = {Kind.BLOCKER: 5, Kind.DIRECTION: 10, Kind.QUESTION: 3}
# While the office holds a deliverable its author can be asked.
WITH_OFFICE = (Deliverable.Status.FORMAT_CHECK, Deliverable.Status.IN_REVIEW, Deliverable.Status.WITH_LEADER)


def can_raise(user: User, project: PilotProject, kind: str) -> bool:
    """Whether the user may raise a matter of the kind in the project.

    Difficulties: its managers and everybody who takes part. Directions: leaders of the province.
    Questions come from a step of the office, which only the flow knows.
    """
    if kind == Kind.BLOCKER:
        return policies.can_manage(user, project) or project.members.filter(user=user).exists()
    return kind == Kind.DIRECTION and (_leads(user, project) or bool(leads_for(user, project)))


def leads_for(user: User, project: PilotProject) -> int:
    """The id of the absent leader for whom the user gives directions; 0 for leaders themselves and everybody else."""
    if _leads(user, project):
        return 0
    case = audit.label(project)
    covers = (c for c in covers_of(user) if c.gives((Role.LEADER,), province_id=project.province_id, case=case))
    return next((cover.absent_id for cover in covers), 0)


def _leads(user: User, project: PilotProject) -> bool:
    return scope_of(user).has_role(Role.LEADER, province_id=project.province_id)


def addressees(project: PilotProject, *, raised_by: User) -> QuerySet[User]:
    """People of the province who may be asked, without the one who asks."""
    offices = Membership.objects.active(timezone.localdate()).filter(
        role__in=ANSWERERS, organisation__province=project.province_id
    )
    return User.objects.filter(pk__in=offices.values("user")).exclude(pk=raised_by.pk).order_by("full_name", "pk")


def first_addressee(project: PilotProject, kind: str, *, raised_by: User) -> User | None:
    """Who is asked unless another is chosen: for a difficulty a leader, the project's own first; else its manager."""
    if kind != Kind.BLOCKER:
        return project.manager if project.manager != raised_by else None
    leaders = Membership.objects.active(timezone.localdate()).filter(
        role=Role.LEADER, organisation__province=project.province_id
    )
    known = [*project.people(Role.LEADER), *User.objects.filter(pk__in=leaders.values("user"))]
    able = {person.pk for person in addressees(project, raised_by=raised_by)}
    return next((person for person in known if person.pk in able), None)


def author_of(deliverable: Deliverable) -> User:
    """Who is asked about a deliverable: whoever handed it in, or the manager if they no longer work on it."""
    project, author = deliverable.stage.project, deliverable.submitted_by
    return author if author and policies.can_manage(author, project) else project.manager


def check_can_raise(user: User, project: PilotProject, kind: str) -> None:
    """Raise when the project does not take a matter of the kind, or not from this user."""
    if project.status != PilotProject.Status.RUNNING:
        raise NotAllowedNow(
            _("Project %(code)s is %(status)s; difficulties and directions belong to running projects.")
            % {"code": project.code, "status": project.get_status_display().lower()}
        )
    if not can_raise(user, project, kind):
        text = (
            _("Only leaders of the province give directions; ask one of them.")
            if kind == Kind.DIRECTION
            else _("Only people who take part in project %(code)s report its difficulties; ask %(manager)s.")
        )
        raise NotAllowedForYou(text % {"code": project.code, "manager": project.manager})


def check_addressee(project: PilotProject, addressee: User, *, raised_by: User) -> None:
    """Raise NotAllowedNow for somebody who cannot be asked."""
    if addressee == raised_by:
        raise NotAllowedNow(_("Nobody answers their own matter; choose another person."))
    if not addressees(project, raised_by=raised_by).filter(pk=addressee.pk).exists():
        raise NotAllowedNow(
            _("%(person)s holds no office in the province that could answer; choose another person.")
            % {"person": addressee}
        )


def check_question(deliverable: Deliverable, *, raised_by: User) -> None:
    """Raise when the author cannot be asked now: the paper is with them, or the last question is still open."""
    if deliverable.status not in WITH_OFFICE:
        raise NotAllowedNow(
            _("Deliverable %(code)s is %(status)s; its author is asked while the office has it.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )
    reviewing.check_not_own_submission(deliverable, raised_by)
    mine = deliverable.matters.filter(kind=Kind.QUESTION, raised_by=raised_by, answered_at=None, withdrawn_at=None)
    if mine.exists():
        raise NotAllowedNow(
            _("Your question on deliverable %(code)s is still open; wait for the answer or take it back first.")
            % {"code": deliverable.code}
        )


def check_words(text: str, due_on: date, today: date) -> None:
    """Raise NotAllowedNow for a matter without words, or to be answered in the past."""
    if not text.strip():
        raise NotAllowedNow(_("Write what it is about."))
    if due_on < today:
        raise NotAllowedNow(_("The answer is asked for by a day that is over; choose today or later."))
