"""The papers in code, by kind. The committed templates in `documents/word` are built from these."""

from pathlib import Path

from documents.blueprints import (
    application_set,
    attendance_list,
    conference_pack,
    council_minutes,
    declared_data,
    electronic_system,
    final_report,
    stamp_handover,
    survey_report_chain,
    survey_report_products,
    task_list_annex,
    training_certificate,
    training_set,
    user_guide,
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
    "task_list_annex": task_list_annex.BLUEPRINT,
    "council_minutes": council_minutes.BLUEPRINT,
    "attendance_list": attendance_list.BLUEPRINT,
    "training_certificate": training_certificate.BLUEPRINT,
}


def template_path(kind: str) -> Path:
    """Return the committed template of `kind`; KeyError for an unknown kind."""
    return WORD_DIR / f"{kind}.v{BLUEPRINTS[kind].version}.docx"


def build(kind: str) -> bytes:
    """Return the Word template of `kind`, the same bytes every time; KeyError for an unknown kind."""
    blueprint = BLUEPRINTS[kind]
    sheet = Sheet(blueprint.title, landscape=blueprint.landscape)
    blueprint.compose(sheet)
    return sheet.save()
