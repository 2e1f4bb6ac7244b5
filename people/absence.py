"""Absence and substitution: who acts for whom, on which days, in which roles.

A substitute never passes the work on (no chains): whoever covers somebody on a day cannot be
away on it, and whoever is away cannot cover anybody. Rights that come from covering end by
themselves with the absence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.errors import Refusal
from people.models import Absence, Membership, User
from people.scope import scope_of

Role = Membership.Role
# Whoever answers for the office may enter an absence for a colleague who fell ill.
OVERSEERS = (Role.LEADER, Role.ADMINISTRATOR)
LONGEST = timedelta(days=366)  # a typing mistake in the year must not hand an office over for ever
_LABEL = re.compile(r"[a-z]+\.[a-z]+:\d{1,18}")


class AbsenceRefused(Refusal):
    """An absence that cannot be entered, with the reason and the way out."""


@dataclass(frozen=True)
class Cover:
    """A role that a substitute exercises today for somebody who is away."""

    absent_id: int
    role: str
    province_id: int
    cases: frozenset[str]  # labels of the audit log; empty: every case

    def reaches(self, case: str) -> bool:
        """Whether the substitution covers the case with this label."""
        return not self.cases or case in self.cases

    def gives(self, roles: Iterable[str], *, province_id: int, case: str) -> bool:
        """Whether it gives one of the roles in the case with this label, in its province."""
        return self.role in roles and self.province_id == province_id and self.reaches(case)


@dataclass(frozen=True)
class Standing:
    """How a person stands on one day: away or not, whom they stand in for, and with which roles."""

    away: Absence | None = None
    covering: tuple[Absence, ...] = ()
    covers: tuple[Cover, ...] = ()


def standing_of(user: User | AnonymousUser, day: date | None = None) -> Standing:
    """Return how the user stands today, read once per request (cached on the user object); one query as a rule.

    With a `day` it is read afresh.
    """
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    if day is not None:
        return _standing(user, day)
    if (known := getattr(user, "_standing", None)) is None:
        known = user._standing = _standing(user, timezone.localdate())  # type: ignore[attr-defined]
    return known


def covers_of(user: User | AnonymousUser, day: date | None = None) -> tuple[Cover, ...]:
    """Return what the user covers for others today; with a `day` it is read afresh."""
    return standing_of(user, day).covers


def _standing(user: User, day: date) -> Standing:
    rows = Absence.objects.on(day).filter(Q(substitute=user) | Q(user=user)).select_related("user", "substitute")
    absences = list(rows.order_by("pk"))
    away = next((absence for absence in absences if absence.user_id == user.pk), None)
    covering = tuple(absence for absence in absences if absence.substitute_id == user.pk)
    return Standing(away, covering, _covers(user, covering, day) if covering else ())


def _covers(user: User, covering: Iterable[Absence], day: date) -> tuple[Cover, ...]:
    """The absent people's roles; whoever no longer works in a province no longer stands in for anybody there."""
    absences = {absence.user_id: absence for absence in covering}
    offices = Membership.objects.active(day).filter(
        user__in=absences, organisation__province__in=scope_of(user, day).province_ids
    )
    return tuple(
        Cover(office.user_id, office.role, office.organisation.province_id, frozenset(absences[office.user_id].cases))
        for office in offices.select_related("organisation").order_by("pk")
        if not absences[office.user_id].roles or office.role in absences[office.user_id].roles
    )


def substitute_of(
    user: User, *, roles: Iterable[str], province_id: int, case: str, day: date | None = None
) -> User | None:
    """Return who does the user's steps of one of the roles in the case on `day`; None when they do it themselves."""
    day = day or timezone.localdate()
    absence = Absence.objects.on(day).filter(user=user).select_related("substitute").first()
    if absence is None:
        return None
    covers = [cover for cover in covers_of(absence.substitute, day) if cover.absent_id == user.pk]
    held = frozenset(roles)
    return absence.substitute if any(c.gives(held, province_id=province_id, case=case) for c in covers) else None


# --- who may see and enter what ------------------------------------------------------------------
def visible_to(user: User) -> QuerySet[Absence]:
    """Absences that the user may see: their own, those they cover, and as leader those of the province."""
    scope = scope_of(user)
    rows = Absence.objects.select_related("user", "substitute", "made_by")
    if scope.is_keeper:
        return rows
    offices = Membership.objects.filter(organisation__province__in=scope.provinces_with(*OVERSEERS))
    return rows.filter(Q(user=user) | Q(substitute=user) | Q(user__in=offices.values("user")))


def can_enter_for(user: User, person: User) -> bool:
    """Whether the user may enter and call off the person's absences: the person, and leaders of their province."""
    if user.pk == person.pk:
        return True
    scope = scope_of(user)
    return scope.is_keeper or bool(scope.provinces_with(*OVERSEERS) & _provinces(person))


def colleagues_of(person: User) -> QuerySet[User]:
    """People who hold an office today in a province where the person does, without the person."""
    offices = Membership.objects.active(timezone.localdate()).filter(organisation__province__in=_provinces(person))
    return User.objects.filter(pk__in=offices.values("user")).exclude(pk=person.pk).order_by("full_name", "pk")


def overseen_by(user: User) -> QuerySet[User]:
    """People for whom the user may enter an absence, without the user."""
    scope = scope_of(user)
    offices = Membership.objects.active(timezone.localdate())
    if not scope.is_keeper:
        offices = offices.filter(organisation__province__in=scope.provinces_with(*OVERSEERS))
    return User.objects.filter(pk__in=offices.values("user")).exclude(pk=user.pk).order_by("full_name", "pk")


def roles_of(person: User) -> list[Membership.Role]:
    """The roles that the person holds today, in the order in which roles are listed."""
    held = scope_of(person, timezone.localdate()).roles
    return [role for role in Role if role in held]


def acting_name(person: User, absent: User | None) -> str:
    """Return "B (for A)" when somebody stands in for another, else the person's own name."""
    return _("%(person)s (for %(absent)s)") % {"person": person, "absent": absent} if absent else str(person)


# --- acts ----------------------------------------------------------------------------------------
@transaction.atomic
def enter_absence(
    user: User,
    *,
    substitute: User,
    starts_on: date,
    ends_on: date,
    by: User,
    roles: Iterable[str] = (),
    cases: Iterable[str] = (),
    authority: str = "",
    now: datetime | None = None,
) -> Absence:
    """Enter an absence with its substitute and return it.

    Raises AbsenceRefused for the past, for a substitute of another province or away themselves,
    for a chain in either direction, for an absence that overlaps another of the same person, and
    when `by` is neither the person nor a leader or administrator of their province.
    """
    now = now or timezone.now()
    roles, cases = sorted(set(roles)), sorted(set(cases))
    # Two absences entered at the same moment must not make a chain: both people's rows are locked, in one order.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=(user.pk, substitute.pk)).order_by("pk"))
    _check_may_enter(by, user)
    check_absence(user, substitute, starts_on, ends_on, timezone.localdate(now))
    _check_scope(user, roles, cases)
    absence = Absence.objects.create(
        user=user,
        substitute=substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        roles=roles,
        cases=cases,
        authority=authority.strip(),
        made_by=by,
        made_at=now,
    )
    audit.record(
        "people.absence_entered",
        by=by,
        target=absence,
        case=user,
        at=now,
        to=substitute.pk,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return absence


def check_absence(user: User, substitute: User, starts_on: date, ends_on: date, today: date) -> None:
    """Raise AbsenceRefused when the person cannot be away on these days with this substitute."""
    _check_days(starts_on, ends_on, today)
    if user == substitute:
        raise AbsenceRefused(_("Nobody can be their own substitute; choose someone else."))
    if not (_provinces(user) & _provinces(substitute)):  # a closed account holds no office
        raise AbsenceRefused(
            _("%(person)s holds no office in the same province; choose a colleague.") % {"person": substitute}
        )
    _check_no_chain(user, substitute, Absence.objects.overlapping(starts_on, ends_on))


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise AbsenceRefused(_("The absence ends before it starts; correct the dates."))
    if starts_on < today:
        raise AbsenceRefused(_("An absence cannot start in the past; enter days from today on."))
    if ends_on - starts_on > LONGEST:
        raise AbsenceRefused(_("An absence lasts at most a year; correct the dates or enter it year by year."))


def _check_no_chain(user: User, substitute: User, known: QuerySet[Absence]) -> None:
    if own := known.filter(user=user).first():
        raise AbsenceRefused(
            _("There is an absence from %(start)s to %(end)s already; call it off first or choose other days.")
            % {"start": own.starts_on.strftime("%d/%m/%Y"), "end": own.ends_on.strftime("%d/%m/%Y")}
        )
    if away := known.filter(user=substitute).first():
        raise AbsenceRefused(
            _("%(person)s is away from %(start)s to %(end)s; choose someone who is there.")
            % {
                "person": substitute,
                "start": away.starts_on.strftime("%d/%m/%Y"),
                "end": away.ends_on.strftime("%d/%m/%Y"),
            }
        )
    if covering := known.filter(substitute=user).select_related("user").first():
        raise AbsenceRefused(
            _(
                "%(person)s stands in for %(absent)s in these days, and a substitute cannot pass the work on; "
                "%(absent)s or the administrator must name another substitute first."
            )
            % {"person": user, "absent": covering.user}
        )


def _provinces(user: User) -> set[int]:
    offices = Membership.objects.active(timezone.localdate()).filter(user=user)
    return set(offices.values_list("organisation__province", flat=True))


def _check_may_enter(by: User, person: User) -> None:
    if not can_enter_for(by, person):
        raise AbsenceRefused(
            _("Only %(person)s, a leader or an administrator of the province can do this; ask one of them.")
            % {"person": person}
        )


def _check_scope(person: User, roles: Iterable[str], cases: Iterable[str]) -> None:
    held = scope_of(person, timezone.localdate()).roles
    if unknown := [role for role in roles if role not in held]:
        raise AbsenceRefused(
            _("%(person)s does not hold the role “%(role)s”; choose among the roles held.")
            % {"person": person, "role": unknown[0]}
        )
    if any(not _LABEL.fullmatch(case) for case in cases):
        raise AbsenceRefused(_("One of the chosen cases does not exist; choose them again."))


@transaction.atomic
def end_absence(absence: Absence, *, by: User, now: datetime | None = None) -> Absence:
    """Call an absence off, or end it early: from now on nobody covers the person. Doing it twice changes nothing.

    Raises AbsenceRefused for anyone but the person and the leaders and administrators of their province.
    """
    absence = Absence.objects.select_for_update(of=("self",)).select_related("user", "substitute").get(pk=absence.pk)
    _check_may_enter(by, absence.user)
    if absence.ended_at is None:
        absence.ended_at = now or timezone.now()
        absence.save(update_fields=["ended_at"])
        audit.record("people.absence_ended", by=by, target=absence, case=absence.user, at=now, absent=absence.user_id)
    return absence
