"""The kinds of paper on selected products, on their groups, and on company standards."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from documents.actions import usual_recipients
from documents.contexts import products, standards
from documents.models import LETTER
from projects.models import PilotProject
from registry.models import LocalStandard
from workflows.contexts.base_standards import base_standard, base_standard_decision, is_company_standard
from workflows.contexts.group_papers import group_process, groups_of, module_order_letter
from workflows.contexts.selection import has_cohort, selection_decision, selection_minutes
from workflows.contexts.wanted import Wanted
from workflows.forms.papers import products as forms
from workflows.forms.papers import standards as standard_forms
from workflows.papers.kinds import Occasion, PaperKind, Signer
from workflows.papers.plans import of_entries


def groups(project: PilotProject) -> Sequence[Occasion]:
    """Return one occasion for each group of the project's cohort."""
    return [Occasion(group.product_group.code, group.product_group.name) for group in groups_of(project)]


def group_name(project: PilotProject, occasion: str) -> str:
    """Return the name of the occasion's group, its code for one that is gone."""
    return {known.key: known.label for known in groups(project)}.get(occasion, occasion)


def _of_decision(wanted: Wanted) -> Sequence[str]:
    """Those who carry the decision out come before the usual recipients."""
    return ("Như Điều 4", *usual_recipients(wanted.subject.owner))


def _of_process(wanted: Wanted) -> Sequence[str]:
    """The producers of the group come before the usual recipients."""
    return ("Các chủ thể của nhóm sản phẩm", *usual_recipients(wanted.subject.owner))


# The registry writes titles in Vietnamese, whatever the language of the page.
KINDS: dict[str, PaperKind] = {
    "selection_minutes": PaperKind(
        code="D06",
        name=_("Minutes of selecting products"),
        symbol="BB",
        data_class=products.SelectionMinutes,
        build=of_entries(selection_minutes),
        subject=PilotProject,
        applies=has_cohort,
        form=forms.SelectionMeetingForm,
        initial=forms.meeting_facts,
        title=lambda project, occasion: f"Biên bản họp xét chọn sản phẩm, nhiệm vụ {project.code}",
    ),
    "selection_decision": PaperKind(
        code="D06",
        name=_("Decision on the list of products by groups"),
        symbol="QĐ",
        by_head=True,
        data_class=products.SelectionDecision,
        build=of_entries(selection_decision),
        subject=PilotProject,
        applies=has_cohort,
        recipients=_of_decision,
        form=forms.SelectionDecisionForm,
        initial=forms.decision_facts,
        title=lambda project, occasion: f"Quyết định phê duyệt danh sách sản phẩm, nhiệm vụ {project.code}",
    ),
    "group_process": PaperKind(
        code="D07",
        name=_("Process and guide of a product group"),
        symbol="HD",
        data_class=products.GroupProcess,
        build=lambda wanted: group_process(wanted.subject, wanted.day, wanted.occasion),
        subject=PilotProject,
        recipients=_of_process,
        occasions=groups,
        title=lambda project, occasion: f"Quy trình truy xuất nguồn gốc nhóm {group_name(project, occasion)}",
    ),
    "module_order_letter": PaperKind(
        code="D08",
        name=_("Letter that orders the module of a group"),
        symbol=LETTER,
        data_class=products.ModuleOrderLetter,
        build=lambda wanted: module_order_letter(wanted.subject, wanted.day, wanted.entries, wanted.occasion),
        subject=PilotProject,
        occasions=groups,
        form=forms.ModuleLetterForm,
        initial=forms.letter_facts,
        title=lambda project, occasion: f"V/v đề nghị xây dựng mô-đun nhóm {group_name(project, occasion)}",
    ),
    "base_standard": PaperKind(
        code="D11",
        name=_("Company standard on traceability"),
        symbol="",
        data_class=standards.BaseStandard,
        build=of_entries(base_standard),
        subject=LocalStandard,
        applies=is_company_standard,
        form=standard_forms.BaseStandardForm,
        initial=standard_forms.standard_facts,
        title=lambda standard, occasion: f"{standard.number}, {standard.title}",
        signed_by=Signer.PRODUCER,
    ),
    "base_standard_decision": PaperKind(
        code="D11",
        name=_("Decision that issues a company standard"),
        symbol="",
        data_class=standards.BaseStandardDecision,
        build=of_entries(base_standard_decision),
        subject=LocalStandard,
        applies=is_company_standard,
        form=standard_forms.StandardDecisionForm,
        initial=standard_forms.decision_facts,
        title=lambda standard, occasion: f"Quyết định ban hành {standard.number}",
        signed_by=Signer.PRODUCER,
    ),
}
