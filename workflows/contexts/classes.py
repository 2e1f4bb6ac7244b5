"""The papers of one class: the attendance list and the certificates."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from documents.errors import NotReady
from projects.contexts import AttendanceList, CertificateRow, PresentRow, TrainingCertificate
from projects.models import Attendance, TrainingSession
from workflows.contexts import case
from workflows.contexts.training import topics_of

# As papers name them, whatever the language of the interface.
AUDIENCES = {
    TrainingSession.Audience.PRODUCERS: "Chủ thể",
    TrainingSession.Audience.AGENCIES: "Cơ quan quản lý",
    TrainingSession.Audience.MIXED: "Chủ thể và cơ quan quản lý",
}


def attendance_list(session: TrainingSession, day: date) -> AttendanceList:
    """Return who came to the class. Raises NotReady without a day or without anybody."""
    people = people_of(session)
    case.refuse_if(missing_of(session, people))
    invited = session.invitations.count()
    return AttendanceList(
        project_title=session.project.title,
        class_title=lowered(session.title),
        held_on=case.dated(session.held_on),
        place=place_of(session),
        audience=AUDIENCES[TrainingSession.Audience(session.audience)],
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
    people = [one for one in people_of(session) if one.certificate_number is not None]
    if not people:
        raise NotReady(_("Nobody of the class has passed the check: mark who passed on the page of the class."))
    people.sort(key=lambda one: one.certificate_number or 0)
    return TrainingCertificate(
        project_title=session.project.title,
        class_title=lowered(session.title),
        held_on=case.dated(session.held_on),
        place=place_of(session),
        topics=topics_of([session]),
        certificates=tuple(
            CertificateRow(number=f"{one.certificate_number:02d}", name=one.person_name, organisation=one.side)
            for one in people
        ),
        certificate_count=len(people),
    )


def place_of(session: TrainingSession) -> str:
    """Return where the class is held, else the town of its agency."""
    place: str = session.place.rstrip(" .") or session.project.owner.place
    return place


def people_of(session: TrainingSession) -> list[Attendance]:
    """Return who came, in the order in which they were entered."""
    return list(session.attendances.select_related("producer").order_by("pk"))


def missing_of(session: TrainingSession, people: list[Attendance]) -> list[str]:
    """Return what a paper on a class that was held needs and does not have: its day, and somebody who came."""
    missing = [] if session.held_on else [_("The class has no day: enter when it was held.")]
    return missing if people else [*missing, _("Nobody is entered: check people in, or enter the paper list.")]


def lowered(title: str) -> str:
    """Return a title as it stands in the middle of a sentence: "Lớp 1" becomes "lớp 1"; names in capitals stay."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
