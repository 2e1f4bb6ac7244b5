"""The papers of one class: the attendance list and the certificates."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from documents.errors import NotReady
from projects.contexts import AttendanceList, CertificateRow, PresentRow, TrainingCertificate
from projects.models import Attendance, TrainingSession
from workflows.contexts import case
from workflows.contexts.training import topics_of


def attendance_list(session: TrainingSession, day: date) -> AttendanceList:
    """Return who came to the class. Raises NotReady without a day or without anybody."""
    people = _people(session)
    case.refuse_if(_missing(session, people))
    invited = session.invitations.count()
    return AttendanceList(
        project_title=session.project.title,
        class_title=_lowered(session.title),
        held_on=case.dated(session.held_on),
        place=session.place.rstrip(" .") or session.project.owner.place,
        audience=str(session.get_audience_display()),
        topics=topics_of([session]),
        present=tuple(
            PresentRow(
                name=one.person_name, organisation=one.side, phone=one.phone, passed="Đạt" if one.passed_check else "–"
            )
            for one in people
        ),
        present_count=len(people),
        organisation_count=len({one.side for one in people}),
        invited_count=invited,
        absent_count=session.invitations.filter(attendance=None).count(),
        passed_count=sum(one.passed_check for one in people),
    )


def training_certificate(session: TrainingSession, day: date) -> TrainingCertificate:
    """Return the numbered certificates of the class. Raises NotReady when nobody has a number."""
    people = [one for one in _people(session) if one.certificate_number is not None]
    if not people:
        raise NotReady(_("Nobody of the class has passed the check: mark who passed on the page of the class."))
    people.sort(key=lambda one: one.certificate_number or 0)
    return TrainingCertificate(
        project_title=session.project.title,
        class_title=_lowered(session.title),
        held_on=case.dated(session.held_on),
        place=session.place.rstrip(" .") or session.project.owner.place,
        topics=topics_of([session]),
        certificates=tuple(
            CertificateRow(number=f"{one.certificate_number:02d}", name=one.person_name, organisation=one.side)
            for one in people
        ),
        certificate_count=len(people),
    )


def _people(session: TrainingSession) -> list[Attendance]:
    return list(session.attendances.select_related("producer").order_by("pk"))


def _missing(session: TrainingSession, people: list[Attendance]) -> list[str]:
    missing = [] if session.held_on else [_("The class has no day: enter when it was held.")]
    return missing if people else [*missing, _("Nobody is entered: check people in, or enter the paper list.")]


def _lowered(title: str) -> str:
    """A title in the middle of a sentence: "Lớp 1" becomes "lớp 1"; names in capitals stay."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
