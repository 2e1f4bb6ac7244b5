"""The kinds of paper that classes have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from projects import contexts
from projects.models import TrainingSession
from workflows.contexts.classes import attendance_list, training_certificate
from workflows.papers.kinds import PaperKind, of_subject

CERTIFICATES = "training_certificate"
KINDS: dict[str, PaperKind] = {
    "attendance_list": PaperKind(
        code="D09",
        name=_("Attendance list of a class"),
        symbol="BB",
        data_class=contexts.AttendanceList,
        build=of_subject(attendance_list),
        title=lambda held, occasion: f"Danh sách người tham dự: {held.title}",
        subject=TrainingSession,
    ),
    CERTIFICATES: PaperKind(
        code="D09",
        name=_("Certificates of a class"),
        symbol="TB",
        data_class=contexts.TrainingCertificate,
        build=of_subject(training_certificate),
        title=lambda held, occasion: f"Giấy chứng nhận hoàn thành: {held.title}",
        subject=TrainingSession,
    ),
}
