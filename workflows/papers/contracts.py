"""The kinds of paper of a mission's contract: explanation, contract, progress, acceptance dossier, liquidation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from documents.contexts import contracts as papers
from people.models import Organisation
from projects.models import PilotProject
from workflows.contexts import contracts, progress
from workflows.forms.papers import contracts as forms
from workflows.papers.kinds import Occasion, PaperKind, Signer
from workflows.papers.plans import of_entries

LONG_OVER = timedelta(days=183)  # a report that is late is made within half a year


def quarters(project: PilotProject) -> Sequence[Occasion]:
    """Return one occasion for each quarter in which the project runs, the newest first."""
    today = timezone.localdate()
    found = progress.quarters_of(project, today)
    return [Occasion(each.key, capfirst(each.words), is_past=today - each.last > LONG_OVER) for each in found]


def _ordering(project: PilotProject, occasion: str) -> Organisation:
    return contracts.ordering_agency(project)


# The registry writes titles in Vietnamese, whatever the language of the page.
KINDS: dict[str, PaperKind] = {
    "task_explanation": PaperKind(
        code="D13",
        name=_("Explanation of the mission"),
        symbol="",
        data_class=papers.TaskExplanation,
        build=of_entries(contracts.task_explanation),
        subject=PilotProject,
        form=forms.TaskExplanationForm,
        title=lambda project, occasion: f"Thuyết minh nhiệm vụ {project.code}",
        signed_by=Signer.PRODUCER,
    ),
    contracts.CONTRACT: PaperKind(
        code="D13",
        name=_("Contract of the mission"),
        symbol="HĐ",
        data_class=papers.TaskContract,
        build=of_entries(contracts.task_contract),
        subject=PilotProject,
        form=forms.TaskContractForm,
        initial=forms.contract_facts,
        title=lambda project, occasion: f"Hợp đồng thực hiện nhiệm vụ {project.code}",
        issuer=_ordering,
    ),
    "progress_report": PaperKind(
        code="D13",
        name=_("Quarterly report on progress"),
        symbol="BC",
        data_class=papers.ProgressReport,
        build=lambda wanted: progress.progress_report(wanted.subject, wanted.day, wanted.entries, wanted.occasion),
        subject=PilotProject,
        form=forms.ProgressReportForm,
        initial=forms.addressee,
        occasions=quarters,
        title=lambda project, occasion: f"Báo cáo tiến độ {progress.quarter(occasion).words}, nhiệm vụ {project.code}",
    ),
    progress.DOSSIER: PaperKind(
        code="D13",
        name=_("Report on the acceptance dossier"),
        symbol="BC",
        data_class=papers.AcceptanceFile,
        build=of_entries(progress.acceptance_file),
        subject=PilotProject,
        form=forms.AcceptanceFileForm,
        initial=forms.addressee,
        title=lambda project, occasion: f"Báo cáo về hồ sơ nghiệm thu nhiệm vụ {project.code}",
    ),
    "liquidation_minutes": PaperKind(
        code="D13",
        name=_("Minutes of ending the contract"),
        symbol="BB",
        data_class=papers.LiquidationMinutes,
        build=of_entries(contracts.liquidation_minutes),
        subject=PilotProject,
        form=forms.LiquidationForm,
        initial=forms.liquidation_facts,
        title=lambda project, occasion: f"Biên bản thanh lý hợp đồng, nhiệm vụ {project.code}",
        issuer=_ordering,
    ),
}
