"""A realistic filled context for every kind of paper. Organisations and persons are fictional."""

from typing import Any

from documents.letterhead import Letterhead
from documents.samples import (
    chain,
    classes,
    closing,
    contracts,
    council,
    plans,
    producers,
    products,
    programmes,
    selection,
    training,
)
from documents.samples.shared import letterhead

_BOOK = {"number_line": "Số:      /HD-CCTĐC", "signer_authority": "", "signer_title": "Chi cục trưởng"}
_UNIT = {
    "parent_agency": "Ủy ban nhân dân tỉnh Demo (giả lập)",
    "agency": "Sở Công Thương tỉnh Demo (giả lập)",
    "signer_authority": "KT. GIÁM ĐỐC",
    "signer_title": "Phó Giám đốc",
    "recipients": ("Như trên", "Lưu: VT"),
}
_COMMITTEE = {
    "parent_agency": "",
    "agency": "Ủy ban nhân dân tỉnh Demo (giả lập)",
    "signer_authority": "KT. CHỦ TỊCH",
    "signer_title": "Phó Chủ tịch",
    "recipients": ("Như Điều 3", "Lưu: VT, KH"),
}
_MINUTES = "Số: 03/BB-CCTĐC"

# kind -> (letterhead, paper)
SAMPLES: dict[str, tuple[Letterhead, Any]] = {
    "survey_report_chain": (letterhead(), chain.survey_report_chain()),
    "application_set": (letterhead(**_BOOK), chain.application_set()),
    "training_set": (letterhead(**_BOOK, legal_bases=()), chain.training_set()),
    "electronic_system": (letterhead(_MINUTES), chain.electronic_system()),
    "survey_report_products": (letterhead("Số: 12/BC-CCTĐC"), products.survey_report_products()),
    "declared_data": (letterhead("Số:      /BC-CCTĐC"), products.declared_data()),
    "stamp_handover": (letterhead(_MINUTES), products.stamp_handover()),
    "user_guide": (letterhead(**_BOOK), products.user_guide()),
    "conference_pack": (
        letterhead(**{**_BOOK, "number_line": "Số:      /BB-CCTĐC"}, legal_bases=()),
        closing.conference_pack(),
    ),
    "final_report": (letterhead("Số: 128/BC-CCTĐC"), closing.final_report()),
    "council_minutes": (letterhead("Số: 04/BB-CCTĐC"), council.council_minutes()),
    "attendance_list": (letterhead("Số: 05/BB-CCTĐC"), classes.attendance_list()),
    "training_certificate": (letterhead("Số: 06/TB-CCTĐC"), classes.training_certificate()),
    "selection_minutes": (letterhead("Số: 07/BB-CCTĐC"), selection.selection_minutes()),
    "selection_decision": (letterhead("Số: 08/QĐ-CCTĐC"), selection.selection_decision()),
    "group_process": (letterhead("Số: 09/HD-CCTĐC"), selection.group_process()),
    "module_order_letter": (letterhead("Số: 10/CCTĐC-TXNG"), selection.module_order_letter()),
    "base_standard": (letterhead(), selection.base_standard()),
    "base_standard_decision": (letterhead(), selection.base_standard_decision()),
    "ocop_registration": (letterhead(), producers.ocop_registration()),
    "ocop_assessment": (letterhead(), producers.ocop_assessment()),
    "conformity_declaration": (letterhead(), producers.conformity_declaration()),
    "privacy_notice": (letterhead("Số: 11/TB-CCTĐC"), producers.privacy_notice()),
    "consent_form": (letterhead(), producers.consent_form()),
    "mission_notice": (letterhead("Số: 29/TB-CCTĐC"), plans.mission_notice()),
    "yearly_plan": (letterhead("Số: 27/KH-CCTĐC"), plans.yearly_plan()),
    "phase_decision": (letterhead("Số: 33/QĐ-UBND", **_COMMITTEE), plans.phase_decision()),
    "priority_submission": (letterhead("Số: 46/TTr-CCTĐC"), plans.priority_submission()),
    "priority_decision": (letterhead("Số:      /QĐ-UBND", **_COMMITTEE), plans.priority_decision()),
    "unit_report": (letterhead("Số: 07/BC-SCT", **_UNIT), programmes.unit_report()),
    "consolidated_report": (letterhead("Số: 08/BC-CCTĐC"), programmes.consolidated_report()),
    "indicator_report": (letterhead("Số: 09/BC-CCTĐC"), programmes.indicator_report()),
    "survey_form": (letterhead(), training.survey_form()),
    "training_plan": (letterhead("Số: 12/KH-CCTĐC"), training.training_plan()),
    "class_invitation": (letterhead("Số: 13/GM-CCTĐC"), training.class_invitation()),
    "class_minutes": (letterhead("Số: 14/BB-CCTĐC"), training.class_minutes()),
    "class_report": (letterhead("Số: 15/BC-CCTĐC"), training.class_report()),
    "handbook": (letterhead("Số: 16/QĐ-CCTĐC"), training.handbook()),
    "task_explanation": (letterhead(), contracts.task_explanation()),
    "task_contract": (letterhead("Số: 03/HĐ-CCTĐC"), contracts.task_contract()),
    "progress_report": (letterhead("Số: 13/BC-CCTĐC"), contracts.progress_report()),
    "acceptance_file": (letterhead("Số: 14/BC-CCTĐC"), contracts.acceptance_file()),
    "liquidation_minutes": (letterhead("Số: 05/BB-CCTĐC"), contracts.liquidation_minutes()),
}
