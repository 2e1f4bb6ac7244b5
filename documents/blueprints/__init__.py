"""The papers in code, by kind. The committed templates in `documents/word` are built from these."""

from pathlib import Path

from documents.blueprints import (
    acceptance_file,
    application_set,
    attendance_list,
    base_standard,
    base_standard_decision,
    class_invitation,
    class_minutes,
    class_report,
    conference_pack,
    conformity_declaration,
    consent_form,
    consolidated_report,
    council_minutes,
    declared_data,
    electronic_system,
    final_report,
    group_process,
    handbook,
    indicator_report,
    liquidation_minutes,
    mission_notice,
    module_order_letter,
    ocop_assessment,
    ocop_registration,
    phase_decision,
    priority_decision,
    priority_submission,
    privacy_notice,
    progress_report,
    selection_decision,
    selection_minutes,
    stamp_handover,
    survey_form,
    survey_report_chain,
    survey_report_products,
    task_contract,
    task_explanation,
    training_certificate,
    training_plan,
    training_set,
    unit_report,
    user_guide,
    yearly_plan,
)
from documents.blueprints.layout import Blueprint, Sheet

WORD_DIR = Path(__file__).resolve().parent.parent / "word"

# The kinds are stored with deliverables and documents: adding one is fine, renaming one is a data migration.
BLUEPRINTS: dict[str, Blueprint] = {
    "survey_report_chain": survey_report_chain.BLUEPRINT,
    "application_set": application_set.BLUEPRINT,
    "training_set": training_set.BLUEPRINT,
    "electronic_system": electronic_system.BLUEPRINT,
    "survey_report_products": survey_report_products.BLUEPRINT,
    "declared_data": declared_data.BLUEPRINT,
    "stamp_handover": stamp_handover.BLUEPRINT,
    "user_guide": user_guide.BLUEPRINT,
    "conference_pack": conference_pack.BLUEPRINT,
    "final_report": final_report.BLUEPRINT,
    "council_minutes": council_minutes.BLUEPRINT,
    "attendance_list": attendance_list.BLUEPRINT,
    "training_certificate": training_certificate.BLUEPRINT,
    "selection_minutes": selection_minutes.BLUEPRINT,
    "selection_decision": selection_decision.BLUEPRINT,
    "group_process": group_process.BLUEPRINT,
    "module_order_letter": module_order_letter.BLUEPRINT,
    "base_standard": base_standard.BLUEPRINT,
    "base_standard_decision": base_standard_decision.BLUEPRINT,
    "ocop_registration": ocop_registration.BLUEPRINT,
    "ocop_assessment": ocop_assessment.BLUEPRINT,
    "conformity_declaration": conformity_declaration.BLUEPRINT,
    "privacy_notice": privacy_notice.BLUEPRINT,
    "consent_form": consent_form.BLUEPRINT,
    "mission_notice": mission_notice.BLUEPRINT,
    "yearly_plan": yearly_plan.BLUEPRINT,
    "phase_decision": phase_decision.BLUEPRINT,
    "priority_submission": priority_submission.BLUEPRINT,
    "priority_decision": priority_decision.BLUEPRINT,
    "unit_report": unit_report.BLUEPRINT,
    "consolidated_report": consolidated_report.BLUEPRINT,
    "indicator_report": indicator_report.BLUEPRINT,
    "survey_form": survey_form.BLUEPRINT,
    "training_plan": training_plan.BLUEPRINT,
    "class_invitation": class_invitation.BLUEPRINT,
    "class_minutes": class_minutes.BLUEPRINT,
    "class_report": class_report.BLUEPRINT,
    "handbook": handbook.BLUEPRINT,
    "task_explanation": task_explanation.BLUEPRINT,
    "task_contract": task_contract.BLUEPRINT,
    "progress_report": progress_report.BLUEPRINT,
    "acceptance_file": acceptance_file.BLUEPRINT,
    "liquidation_minutes": liquidation_minutes.BLUEPRINT,
}

# Kinds that are made no more and stay in the register: what they were called.
RETIRED = {"task_list_annex": "Phụ lục danh mục nhiệm vụ"}  # the notice brings its annex with it


def template_path(kind: str) -> Path:
    """Return the committed template of `kind`; KeyError for an unknown kind."""
    return WORD_DIR / f"{kind}.v{BLUEPRINTS[kind].version}.docx"


def build(kind: str) -> bytes:
    """Return the Word template of `kind`, the same bytes every time; KeyError for an unknown kind."""
    blueprint = BLUEPRINTS[kind]
    sheet = Sheet(blueprint.title)
    blueprint.compose(sheet)
    return sheet.save()
