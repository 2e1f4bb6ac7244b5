"""The kinds of paper that deliverables are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.contexts import stamps as stamp_contexts
from projects import contexts
from projects.models import Deliverable
from workflows.contexts.application import application_set
from workflows.contexts.conference import conference_pack
from workflows.contexts.declared import declared_data, user_guide
from workflows.contexts.final import final_report
from workflows.contexts.handover import stamp_handover
from workflows.contexts.survey import survey_report_chain, survey_report_products
from workflows.contexts.system import electronic_system
from workflows.contexts.training import training_set
from workflows.papers.kinds import PaperKind, of_subject


def _kind(code: str, name: Any, symbol: str, data_class: type, build: Callable[[Any, date], object]) -> PaperKind:
    return PaperKind(
        code=code, name=name, symbol=symbol, data_class=data_class, build=of_subject(build), subject=Deliverable
    )


# The keys are stored with deliverables and documents: adding one is fine, renaming one is a data migration.
KINDS: dict[str, PaperKind] = {
    "survey_report_chain": _kind(
        "D05", _("Survey report of a chain"), "BC", contexts.SurveyReportChain, survey_report_chain
    ),
    "application_set": _kind("D10", _("Set of application documents"), "HD", contexts.ApplicationSet, application_set),
    "training_set": _kind("D10", _("Training material"), "HD", contexts.TrainingSet, training_set),
    "electronic_system": _kind(
        "D12", _("Minutes on the electronic system"), "BB", stamp_contexts.ElectronicSystem, electronic_system
    ),
    "survey_report_products": _kind(
        "D05", _("Survey report of many products"), "BC", contexts.SurveyReportProducts, survey_report_products
    ),
    "declared_data": _kind("D12", _("Accounts and declared data"), "BC", contexts.DeclaredData, declared_data),
    "stamp_handover": _kind(
        "D12", _("Minutes of handing over stamps"), "BB", stamp_contexts.StampHandover, stamp_handover
    ),
    "user_guide": _kind("D10", _("User guide by product group"), "HD", contexts.UserGuide, user_guide),
    "conference_pack": _kind("D09", _("Conference pack"), "BB", contexts.ConferencePack, conference_pack),
    "final_report": _kind("D14", _("Final report"), "BC", contexts.FinalReport, final_report),
}
