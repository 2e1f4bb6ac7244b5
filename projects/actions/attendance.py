"""Who is invited to a class and who came: at the door, from the paper list, and the certificates."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.auth import tidy_login
from people.models import User
from projects.actions.recording import log, recordable
from projects.errors import NotAllowedNow, SeemsTwice
from projects.models import Attendance, Invitation, TrainingSession
from registry.models import Producer
from registry.search import fold

Way = Attendance.Way
TOKEN_BYTES = 10  # 16 characters of base 32: 80 bits that nobody guesses


# --- invitations -----------------------------------------------------------------------------
@transaction.atomic
def invite(
    session: TrainingSession,
    *,
    person_name: str,
    by: User,
    phone: str = "",
    producer: Producer | None = None,
    agency: str = "",
    now: datetime | None = None,
) -> Invitation:
    """Keep a seat for a person and return the invitation; the same person twice has one.

    Raises NotAllowedNow when every seat is given away.
    """
    recordable(session.project, by)
    session = TrainingSession.objects.get(pk=session.pk)
    same = session.invitations.filter(producer=producer, agency=agency)
    for known in same:
        if fold(known.person_name) == fold(person_name):
            return known
    if session.invitations.count() >= session.seats:
        raise NotAllowedNow(
            _("Class “%(title)s” has %(seats)d seats and all are given away; raise the number or plan another class.")
            % {"title": session.title, "seats": session.seats}
        )
    invitation = _invitation(session, producer, agency, person_name, phone, by, now)
    invitation.save()
    return invitation


@transaction.atomic
def invite_producers(session: TrainingSession, *, by: User, now: datetime | None = None) -> tuple[int, int]:
    """Invite the representatives of all producers that are not invited, as far as seats go.

    Returns how many were invited and how many had no seat left.
    """
    project = recordable(session.project, by)
    session = TrainingSession.objects.get(pk=session.pk)
    enrolled = project.enrolled_products().order_by().values("producer")
    invited = session.invitations.exclude(producer=None).values("producer")
    waiting = list(Producer.objects.filter(pk__in=enrolled).exclude(pk__in=invited).order_by("name", "pk"))
    free = max(session.seats - session.invitations.count(), 0)
    seated = [
        _invitation(session, one, "", (one.representative or one.name)[:120], one.phone, by, now)
        for one in waiting[:free]
    ]
    Invitation.objects.bulk_create(seated)
    if count := len(seated):
        log(project, "fieldwork.producers_invited", by=by, target=session, at=now, title=session.title, count=count)
    return count, len(waiting) - count


def _invitation(
    session: TrainingSession,
    producer: Producer | None,
    agency: str,
    person_name: str,
    phone: str,
    by: User,
    now: datetime | None,
) -> Invitation:
    """An invitation with a token that nobody guesses, not saved."""
    return Invitation(
        session=session,
        producer=producer,
        agency=agency,
        person_name=person_name,
        phone=tidy_login(phone)[:12],
        token=base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode("ascii"),
        invited_at=now or timezone.now(),
        invited_by=by,
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Give the seat free again. Raises NotAllowedNow for somebody who came."""
    recordable(invitation.session.project, by)
    if Attendance.objects.filter(invitation=invitation).exists():
        raise NotAllowedNow(_("%(person)s came; undo the check-in first.") % {"person": invitation.person_name})
    invitation.delete()


# --- who came --------------------------------------------------------------------------------
@transaction.atomic
def record_attendance(
    session: TrainingSession,
    *,
    by: User,
    person_name: str,
    producer: Producer | None = None,
    agency: str = "",
    passed_check: bool = False,
    phone: str = "",
    shares_phone: bool = False,
) -> Attendance:
    """Record one person from the paper list. The history has one line per class, not one per person.

    An invitation of the same person is theirs. Raises NotAllowedNow when every seat is taken, SeemsTwice
    when the person is in the list already.
    """
    recordable(session.project, by)
    who: dict[str, Any] = {"producer": producer, "agency": agency}
    who |= {"person_name": person_name, "phone": tidy_login(phone)[:12]}
    _check_once(session, shares_phone=shares_phone, **who)
    invitation = _invitation_of(session, **who)
    return _seat(
        session, **who, invitation=invitation, shares_phone=shares_phone, passed_check=passed_check, way=Way.TYPED
    )


@transaction.atomic
def check_in(
    invitation: Invitation, *, by: User, way: str = Way.LIST, now: datetime | None = None
) -> tuple[Attendance, bool]:
    """Check an invited person in and return their attendance and whether it is new: twice is once.

    Raises NotAllowedNow for an invitation that was withdrawn since the list was opened.
    """
    session = invitation.session
    recordable(session.project, by)
    if not Invitation.objects.filter(pk=invitation.pk).exists():
        raise NotAllowedNow(
            _("The invitation of %(person)s was withdrawn; enter them as somebody without an invitation.")
            % {"person": invitation.person_name}
        )
    if known := Attendance.objects.filter(invitation=invitation).first():
        return known, False
    who = {name: getattr(invitation, name) for name in ("producer", "agency", "person_name", "phone")}
    facts = {"checked_in_at": now or timezone.now(), "checked_in_by": by}
    return _seat(session, **who, invitation=invitation, way=way, **facts), True


@transaction.atomic
def walk_in(
    session: TrainingSession,
    *,
    by: User,
    person_name: str,
    phone: str = "",
    producer: Producer | None = None,
    agency: str = "",
    shares_phone: bool = False,
    now: datetime | None = None,
) -> Attendance:
    """Check in somebody without an invitation. Raises SeemsTwice for somebody who is here or invited."""
    recordable(session.project, by)
    who: dict[str, Any] = {"producer": producer, "agency": agency}
    who |= {"person_name": person_name, "phone": tidy_login(phone)[:12]}
    _check_once(session, shares_phone=shares_phone, **who)
    invited = _invitation_of(session, **who)
    if invited is not None:
        raise SeemsTwice(_("%(person)s is invited: check them in from the list.") % {"person": invited.person_name})
    facts = {"checked_in_at": now or timezone.now(), "checked_in_by": by, "shares_phone": shares_phone}
    return _seat(session, **who, way=Way.WALK_IN, **facts)


@transaction.atomic
def undo_check_in(attendance: Attendance, *, by: User, now: datetime | None = None) -> None:
    """Take a check-in back; the invitation stays, and twice is once. Raises NotAllowedNow with a certificate."""
    project = recordable(attendance.session.project, by)
    known = Attendance.objects.select_related("session").filter(pk=attendance.pk).first()
    if known is None:
        return
    attendance = known
    if attendance.certificate_number is not None:
        raise NotAllowedNow(
            _("%(person)s has certificate %(number)d of this class; the attendance stays.")
            % {"person": attendance.person_name, "number": attendance.certificate_number}
        )
    title = attendance.session.title
    attendance.delete()
    log(project, "fieldwork.check_in_undone", by=by, target=attendance.session, at=now, title=title)


def _seat(session: TrainingSession, **values: Any) -> Attendance:
    """Give a seat, when the class has its day and a seat is left."""
    session = TrainingSession.objects.select_related("project").get(pk=session.pk)
    names = {"title": session.title, "code": session.project.code, "seats": session.seats}
    if session.held_on is None:
        raise NotAllowedNow(_("Class “%(title)s” has no day yet; enter when it is held.") % names)
    if session.attendances.count() >= session.seats:
        raise NotAllowedNow(
            _("Class “%(title)s” of project %(code)s has %(seats)d seats and all are taken; open another class.")
            % names
        )
    return Attendance.objects.create(session=session, **values)


def _check_once(
    session: TrainingSession,
    *,
    person_name: str,
    phone: str,
    shares_phone: bool,
    producer: Producer | None,
    agency: str,
) -> None:
    """Raise SeemsTwice for a person who is in the list: the same phone, or the same name at the same place."""
    name, near = fold(person_name), Q(producer=producer, agency=agency)
    if phone:
        near |= Q(phone=phone)
    for known in session.attendances.filter(near).select_related("producer"):
        same_phone = phone and known.phone == phone and not shares_phone
        same_side = known.producer_id == (producer.pk if producer else None) and known.agency == agency
        if same_phone or (same_side and fold(known.person_name) == name):
            raise SeemsTwice(
                _(
                    "%(person)s (%(side)s) is in the list already; if this is another person with the same "
                    "phone number, say so."
                )
                % {"person": known.person_name, "side": known.side}
            )


def _invitation_of(
    session: TrainingSession, *, person_name: str, phone: str, producer: Producer | None, agency: str
) -> Invitation | None:
    """The open invitation of the same person, if there is one."""
    name = fold(person_name)
    waiting = session.invitations.filter(attendance=None, producer=producer, agency=agency)
    return next((one for one in waiting if fold(one.person_name) == name), None)


# --- the check and its certificates ----------------------------------------------------------
@transaction.atomic
def mark_passed(
    session: TrainingSession, passed: Iterable[int], *, by: User, now: datetime | None = None
) -> TrainingSession:
    """Say who passed the competency check, by the keys of their attendances; all others did not.

    Raises NotAllowedNow when somebody with a certificate would lose it.
    """
    project, keys = recordable(session.project, by), set(passed)
    people = list(session.attendances.all())
    losing = [one.person_name for one in people if one.certificate_number is not None and one.pk not in keys]
    if losing:
        raise NotAllowedNow(
            _("%(person)s has a certificate of this class; it is not taken back here.") % {"person": losing[0]}
        )
    for person in people:
        if person.passed_check != (person.pk in keys):
            person.passed_check = person.pk in keys
            person.save(update_fields=["passed_check"])
    log(project, "fieldwork.competency_marked", by=by, target=session, at=now, title=session.title, count=len(keys))
    return session


@transaction.atomic
def number_certificates(session: TrainingSession, *, by: User, now: datetime | None = None) -> int:
    """Give everybody who passed the next number of the class, once; return how many numbers are new."""
    project = recordable(session.project, by)
    last = session.attendances.aggregate(last=Max("certificate_number"))["last"] or 0
    waiting = list(session.attendances.filter(passed_check=True, certificate_number=None).order_by("pk"))
    for number, person in enumerate(waiting, start=last + 1):
        person.certificate_number = number
        person.save(update_fields=["certificate_number"])
    if waiting:
        facts = {"title": session.title, "count": len(waiting)}
        log(project, "fieldwork.certificates_numbered", by=by, target=session, at=now, **facts)
    return len(waiting)
