"""What is typed for the papers of classes: their plan, invitation, minutes and report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from people.models import Membership
from projects.models import PilotProject, TrainingSession
from registry.forms import CleanTextMixin
from workflows.contexts.class_plan import classes_of, line_of
from workflows.forms.papers.producers import optional
from workflows.forms.papers.products import LINE, NAME, clock, long_text, reached_at


class TrainingPlanForm(CleanTextMixin):
    """Why the classes are held, with whom, with what money, and who does what."""

    purpose = long_text(gettext_lazy("Purpose and requirements"))
    partners = optional(gettext_lazy("Partner units"))
    funding = optional(gettext_lazy("Source of funding"))
    in_charge = forms.CharField(label=gettext_lazy("Person in charge"), max_length=LINE)
    duties = long_text(gettext_lazy("Duties"))


class ClassInvitationForm(CleanTextMixin):
    """The hour and place, what to bring, and whom to tell who cannot come."""

    began = clock(gettext_lazy("Begins at"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=LINE)
    to_bring = long_text(gettext_lazy("What those invited are asked for"), required=False)
    contact = forms.CharField(label=gettext_lazy("Who answers questions"), max_length=LINE)


class ClassMinutesForm(CleanTextMixin):
    """How the class went; who came and passed is recorded with the class."""

    began = clock(gettext_lazy("Began at"))
    ended = clock(gettext_lazy("Ended at"))
    chair_name = forms.CharField(label=gettext_lazy("Chaired by"), max_length=NAME)
    chair_title = forms.CharField(label=gettext_lazy("Position of the chair"), max_length=NAME)
    secretary_name = forms.CharField(label=gettext_lazy("Secretary"), max_length=NAME)
    secretary_title = forms.CharField(label=gettext_lazy("Position of the secretary"), max_length=NAME)
    teachers = long_text(gettext_lazy("Who taught"))
    handouts = long_text(gettext_lazy("Material of the class"), required=False)
    opinions = long_text(gettext_lazy("Opinions"), required=False)
    conclusions = long_text(gettext_lazy("Conclusions"))


class ClassReportForm(CleanTextMixin):
    """What the class achieved, and what is done next; the figures are counted."""

    assessment = long_text(gettext_lazy("Assessment"))
    next_steps = long_text(gettext_lazy("What is done next"))


# Suggestions are printed, so they are in Vietnamese like the paper.
def plan_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return partners and funding as the plan's line prints them, the manager in charge, usual purpose and duties."""
    line = line_of(project, classes_of(project))
    return {
        "purpose": (
            "Người tham dự hiểu quy định về truy xuất nguồn gốc và làm được phần việc ghi nhận, kê khai của mình\n"
            "Mời đúng đối tượng, kiểm tra cuối lớp, chỉ cấp giấy chứng nhận cho người đạt kiểm tra"
        ),
        "partners": " ".join(line.partners.split()) if line else "",
        "funding": " ".join(line.funding_text.split()) if line else "",
        "in_charge": reached_at(project.manager),
        "duties": (
            "Người phụ trách mời giảng viên, lập danh sách mời, chuẩn bị tài liệu và báo cáo kết quả từng lớp\n"
            "Cơ quan, đơn vị phối hợp cử người tham dự và vận động các chủ thể trên địa bàn tham dự đầy đủ"
        ),
    }


def invitation_facts(session: TrainingSession, occasion: str) -> Mapping[str, Any]:
    """Return the class's place, the project's manager, and what every class asks for."""
    return {
        "place": session.place,
        "to_bring": (
            "Mang theo giấy mời có mã của từng người để điểm danh\n"
            "Mang theo điện thoại thông minh để thực hành trên hệ thống"
        ),
        "contact": reached_at(session.project.manager),
    }


def minutes_facts(session: TrainingSession, occasion: str) -> Mapping[str, Any]:
    """Return the project's manager as chair, its first helper as secretary, and the material of the project."""
    manager = session.project.manager
    helper = next(iter(session.project.people(Membership.Role.HELPER)), None)
    titles = session.project.materials.order_by("title").values_list("title", flat=True).distinct()
    return {
        "chair_name": manager.full_name,
        "chair_title": manager.job_title,
        "secretary_name": helper.full_name if helper else "",
        "secretary_title": helper.job_title if helper else "",
        "handouts": "\n".join(titles),
    }


def report_facts(session: TrainingSession, occasion: str) -> Mapping[str, Any]:
    """Return what usually follows a class."""
    return {
        "next_steps": (
            "Cấp giấy chứng nhận cho người đạt kiểm tra\n"
            "Mời các chủ thể chưa có người tham dự vào lớp tiếp theo\n"
            "Hướng dẫn tại cơ sở cho người chưa đạt kiểm tra"
        )
    }
