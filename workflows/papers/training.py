"""The kinds of paper on classes that are prepared with typed facts, on surveys, and the handbook (D05, D09, D10)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from documents.actions import usual_recipients
from documents.contexts import classes as printed
from projects.models import Enrolment, PilotProject, TrainingSession
from workflows.contexts.class_plan import class_invitation, training_plan
from workflows.contexts.class_results import class_minutes, class_report
from workflows.contexts.handbook import handbook
from workflows.contexts.survey_form import survey_form
from workflows.contexts.wanted import Wanted
from workflows.forms.papers import classes as forms
from workflows.papers.kinds import PaperKind, Signer, of_subject
from workflows.papers.plans import of_entries
from workflows.papers.products import group_name, groups


def _of_plan(wanted: Wanted) -> Sequence[str]:
    """Those who take part in the classes come before the usual recipients."""
    return ("Các cơ quan, đơn vị phối hợp (t/h)", *usual_recipients(wanted.subject.owner))


def _of_handbook(wanted: Wanted) -> Sequence[str]:
    """Those who carry the decision out come before the usual recipients."""
    return ("Như Điều 3", *usual_recipients(wanted.subject.owner))


# The registry writes titles in Vietnamese, whatever the language of the page.
KINDS: dict[str, PaperKind] = {
    "survey_form": PaperKind(
        code="D05",
        name=_("Survey form of a product"),
        symbol="",
        data_class=printed.SurveyForm,
        build=of_subject(survey_form),
        subject=Enrolment,
        title=lambda enrolment, occasion: f"Phiếu khảo sát: {enrolment.product}",
        signed_by=Signer.PRODUCER,
    ),
    "training_plan": PaperKind(
        code="D09",
        name=_("Plan of the classes"),
        symbol="KH",
        data_class=printed.TrainingPlan,
        build=of_entries(training_plan),
        subject=PilotProject,
        recipients=_of_plan,
        form=forms.TrainingPlanForm,
        initial=forms.plan_facts,
        title=lambda project, occasion: f"Kế hoạch tổ chức tập huấn, nhiệm vụ {project.code}",
    ),
    "class_invitation": PaperKind(
        code="D09",
        name=_("Invitation to a class"),
        symbol="GM",
        data_class=printed.ClassInvitation,
        build=of_entries(class_invitation),
        subject=TrainingSession,
        form=forms.ClassInvitationForm,
        initial=forms.invitation_facts,
        title=lambda held, occasion: f"Giấy mời: {held.title}",
    ),
    "class_minutes": PaperKind(
        code="D09",
        name=_("Minutes of a class"),
        symbol="BB",
        data_class=printed.ClassMinutes,
        build=of_entries(class_minutes),
        subject=TrainingSession,
        form=forms.ClassMinutesForm,
        initial=forms.minutes_facts,
        title=lambda held, occasion: f"Biên bản: {held.title}",
    ),
    "class_report": PaperKind(
        code="D09",
        name=_("Report on a class"),
        symbol="BC",
        data_class=printed.ClassReport,
        build=of_entries(class_report),
        subject=TrainingSession,
        form=forms.ClassReportForm,
        initial=forms.report_facts,
        title=lambda held, occasion: f"Báo cáo kết quả: {held.title}",
    ),
    "handbook": PaperKind(
        code="D10",
        name=_("Handbook of a product group, with its decision"),
        symbol="QĐ",
        by_head=True,
        data_class=printed.Handbook,
        build=lambda wanted: handbook(wanted.subject, wanted.day, wanted.occasion),
        subject=PilotProject,
        recipients=_of_handbook,
        occasions=groups,
        title=lambda project, occasion: f"Quyết định ban hành Sổ tay nhóm {group_name(project, occasion)}",
    ),
}
