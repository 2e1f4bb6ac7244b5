"""A realistic filled context for every kind of paper. Organisations and persons are fictional."""

from typing import Any

from documents.letterhead import Letterhead
from tests.documents.samples import chain, classes, closing, council, products
from tests.documents.samples.shared import letterhead

_BOOK = {"number_line": "Số:      /TL-CCTĐC", "signer_authority": "", "signer_title": "Chi cục trưởng"}
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
    "conference_pack": (letterhead(**_BOOK, legal_bases=()), closing.conference_pack()),
    "final_report": (letterhead("Số: 128/BC-CCTĐC"), closing.final_report()),
    "task_list_annex": (letterhead(), closing.task_list_annex()),
    "council_minutes": (letterhead("Số: 04/BB-CCTĐC"), council.council_minutes()),
    "attendance_list": (letterhead("Số: 05/BB-CCTĐC"), classes.attendance_list()),
    "training_certificate": (letterhead("Số: 06/TB-CCTĐC"), classes.training_certificate()),
}
