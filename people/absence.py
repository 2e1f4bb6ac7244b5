"""Absence and substitution: who acts for whom, on which days, in which roles.

A substitute never passes the work on (no chains): whoever covers somebody on a day cannot be
away on it, and whoever is away cannot cover anybody. Rights that come from covering end by
themselves with the absence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.errors import Refusal
from people.models import Absence, Membership, User


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


def covers_of(user: User | AnonymousUser, day: date | None = None) -> tuple[Cover, ...]:
    """Return what the user covers for others today, read once per request (cached on the user object)."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    if day is not None:
        return _covers(user, day)
    if (known := getattr(user, "_covers", None)) is None:
        known = user._covers = _covers(user, timezone.localdate())  # type: ignore[attr-defined]
    return tuple(known)


def _covers(user: User, day: date) -> tuple[Cover, ...]:
    absences = {absence.user_id: absence for absence in Absence.objects.on(day).filter(substitute=user)}
    if not absences:
        return ()
    offices = Membership.objects.active(day).filter(user__in=absences)
    return tuple(
        Cover(office.user_id, office.role, office.organisation.province_id, frozenset(absences[office.user_id].cases))
        for office in offices.select_related("organisation").order_by("pk")
        if not absences[office.user_id].roles or office.role in absences[office.user_id].roles
    )


def substitute_of(user: User, *, roles: Iterable[str], case: str, day: date | None = None) -> User | None:
    """Return who does the user's steps of one of the roles in the case on `day`; None when they do it themselves."""
    absence = Absence.objects.on(day or timezone.localdate()).filter(user=user).select_related("substitute").first()
    if absence is None or not absence.substitute.is_active:
        return None
    in_roles = not absence.roles or bool(set(absence.roles) & set(roles))
    in_cases = not absence.cases or case in absence.cases
    return absence.substitute if in_roles and in_cases else None


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
    for a chain in either direction, and for an absence that overlaps another of the same person.
    """
    now = now or timezone.now()
    # Two absences entered at the same moment must not make a chain: both people's rows are locked, in one order.
    list(User.objects.select_for_update().filter(pk__in=(user.pk, substitute.pk)).order_by("pk"))
    _check(user, substitute, starts_on, ends_on, timezone.localdate(now))
    absence = Absence.objects.create(
        user=user,
        substitute=substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        roles=sorted(roles),
        cases=sorted(cases),
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


def _check(user: User, substitute: User, starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise AbsenceRefused(_("The absence ends before it starts; correct the dates."))
    if ends_on < today:
        raise AbsenceRefused(_("The absence is over already; enter days from today on."))
    if user == substitute:
        raise AbsenceRefused(_("Nobody can be their own substitute; choose someone else."))
    if not substitute.is_active or not (_provinces(user) & _provinces(substitute)):
        raise AbsenceRefused(
            _("%(person)s holds no office in the same province; choose a colleague.") % {"person": substitute}
        )
    known = Absence.objects.overlapping(starts_on, ends_on)
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


@transaction.atomic
def end_absence(absence: Absence, *, by: User, now: datetime | None = None) -> Absence:
    """Call an absence off, or end it early: from now on nobody covers the person. Doing it twice changes nothing."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if absence.ended_at is None:
        absence.ended_at = now or timezone.now()
        absence.save(update_fields=["ended_at"])
        audit.record("people.absence_ended", by=by, target=absence, case=absence.user, at=now)
    return absence
