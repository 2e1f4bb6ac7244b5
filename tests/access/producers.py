"""Who may do what with producers: their dossiers, the registry, lists, personal data, lots and stamps."""

from __future__ import annotations

from tests.access import held, objects
from tests.access.roles import ANY_USER, FARMER, OFFICE, OTHER_MANAGER, STRANGERS
from tests.access.rule import (
    DATA_HANDLERS,
    DATA_RECORDERS,
    FIELD,
    KEEPERS,
    LEADERS,
    OFFICIALS,
    PRODUCER_OR_KEEPERS,
    PRODUCER_OR_OFFICE,
    PRODUCERS,
    Rule,
)

RULES: dict[str, Rule] = {
    # --- a producer's dossier; the questions are the same in every dossier
    "onboarding:dossier": Rule(objects.dossier, get=PRODUCER_OR_OFFICE),
    "onboarding:check": Rule(objects.dossier, get=PRODUCERS, see=OFFICE),
    "onboarding:question": Rule(objects.dossier_question, get=PRODUCERS, post=PRODUCERS, see=OFFICE, is_shared=True),
    "onboarding:receive": Rule(objects.dossier_question, post=PRODUCERS, see=OFFICE, is_shared=True),
    "onboarding:unsent": Rule(get=ANY_USER),  # filled in by the phone; the server puts nothing on it
    "onboarding:choose": Rule(objects.dossier_question, post=PRODUCERS, see=OFFICE, is_shared=True),
    "onboarding:picture": Rule(objects.dossier_photo, get=PRODUCER_OR_OFFICE),
    "onboarding:help_code": Rule(objects.dossier, get=PRODUCERS, post=PRODUCERS, see=OFFICE),
    "onboarding:help_start": Rule(objects.dossier, get=FIELD, post=FIELD, see=PRODUCER_OR_OFFICE),
    "onboarding:help_end": Rule(objects.assistance, post=PRODUCERS, see=OFFICE),
    "onboarding:help_summary": Rule(objects.assistance, get=PRODUCERS, post=PRODUCERS, see=OFFICE),
    "send_dossier": Rule(objects.dossier, post=PRODUCERS, see=OFFICE),
    # --- registry
    "registry:producers": Rule(get=ANY_USER),
    # --- lists that come in as workbooks
    "imports:batches": Rule(get=OFFICIALS, see=ANY_USER),
    "imports:new": Rule(get=KEEPERS | {OTHER_MANAGER}, post=KEEPERS | {OTHER_MANAGER}, see=ANY_USER),
    "imports:batch": Rule(objects.import_batch, get=OFFICE),
    "imports:columns": Rule(objects.import_batch, get=KEEPERS, post=KEEPERS, see=OFFICE),
    "imports:run": Rule(objects.import_batch, post=KEEPERS, see=OFFICE),
    # a fragment of the report: back to it
    "imports:progress": Rule(objects.import_batch, get=OFFICE, answer=(302,)),
    "imports:returned": Rule(objects.import_batch, get=OFFICE),
    # nothing is imported yet: back to the report
    "imports:undo": Rule(objects.import_batch, get=KEEPERS, post=KEEPERS, see=OFFICE, answer=(302,)),
    # --- personal data
    "producer_privacy": Rule(objects.producer, get=PRODUCER_OR_OFFICE),
    "data_requests": Rule(get=ANY_USER),
    # one text for all provinces; only an administrator, who is none of these people, issues the next one
    "privacy:texts": Rule(get=OFFICIALS, see=ANY_USER),
    "privacy:text": Rule(objects.consent_text, get=OFFICIALS, see=ANY_USER, is_shared=True),
    "privacy:text_new": Rule(objects.consent_text_page, see=ANY_USER, is_shared=True),
    "privacy:request_new": Rule(get=DATA_RECORDERS | STRANGERS, post=DATA_RECORDERS | STRANGERS, see=ANY_USER),
    "privacy:request": Rule(objects.data_request, get=PRODUCER_OR_OFFICE),
    "privacy:request_answer": Rule(objects.data_request, post=DATA_HANDLERS, see=PRODUCER_OR_OFFICE),
    "privacy:request_extend": Rule(objects.data_request, post=DATA_HANDLERS, see=PRODUCER_OR_OFFICE),
    "privacy:request_close": Rule(objects.data_request, post=DATA_HANDLERS, see=PRODUCER_OR_OFFICE),
    "privacy:request_ask": Rule(objects.producer, get=frozenset({FARMER}), post=frozenset({FARMER}), see=OFFICE),
    "privacy:consent_give": Rule(
        objects.consent_page, get=DATA_RECORDERS | {FARMER}, post=DATA_RECORDERS | {FARMER}, see=OFFICE
    ),
    "privacy:consent_withdraw": Rule(
        objects.consent, get=DATA_RECORDERS | {FARMER}, post=DATA_RECORDERS | {FARMER}, see=OFFICE
    ),
    "privacy:data": Rule(objects.producer, get=DATA_HANDLERS | {FARMER}, see=OFFICE),
    "privacy:data_file": Rule(objects.producer, post=DATA_HANDLERS | {FARMER}, see=OFFICE),
    # the world's producer is a legal entity: nothing of it is erased
    "privacy:erase": Rule(objects.producer, see=PRODUCER_OR_OFFICE),
    "registry:producer": Rule(objects.producer, get=PRODUCER_OR_OFFICE),
    "registry:duplicates": Rule(get=KEEPERS | {OTHER_MANAGER}, see=ANY_USER),
    "registry:merge": Rule(objects.two_producers, get=KEEPERS, post=KEEPERS, see=OFFICE),
    "registry:distinct": Rule(objects.two_producers, post=KEEPERS, see=OFFICE),
    "registry:producer_new": Rule(get=KEEPERS | {OTHER_MANAGER}, post=KEEPERS | {OTHER_MANAGER}, see=ANY_USER),
    "registry:producer_edit": Rule(objects.producer, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:place_new": Rule(objects.producer, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "open_account": Rule(objects.producer, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "claim_card": Rule(objects.person, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:person_end": Rule(objects.person, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:product_new": Rule(objects.producer_of_product, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:products": Rule(get=ANY_USER),
    "registry:product": Rule(objects.product, get=PRODUCER_OR_OFFICE),
    "registry:product_edit": Rule(objects.product, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "registry:product_picture": Rule(objects.product, get=PRODUCER_OR_OFFICE),
    "registry:recognition_new": Rule(objects.product, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:product_standards": Rule(objects.product, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:recognitions": Rule(get=ANY_USER),
    # its recognition ends in years, or the renewal is open: refused in words, back to the product
    "registry:renewal_start": Rule(objects.product, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "registry:renewal": Rule(held.renewal, get=PRODUCER_OR_OFFICE, post=PRODUCER_OR_KEEPERS),
    "registry:renewal_send": Rule(held.renewal, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "registry:certificates": Rule(get=ANY_USER),
    "registry:certificate_new": Rule(objects.producer, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:certificate_edit": Rule(held.certificate, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:certificate_file": Rule(held.certificate, get=PRODUCER_OR_OFFICE),
    "registry:barcodes": Rule(get=ANY_USER),
    "registry:barcode_new": Rule(objects.producer, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:barcode": Rule(held.barcode, get=PRODUCER_OR_OFFICE),
    "registry:barcode_edit": Rule(held.barcode, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:barcode_fee": Rule(held.barcode, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:barcode_file": Rule(held.barcode, get=PRODUCER_OR_OFFICE),
    "registry:local_standards": Rule(get=ANY_USER),
    "registry:local_standard_new": Rule(get=KEEPERS | {OTHER_MANAGER}, post=KEEPERS | {OTHER_MANAGER}, see=ANY_USER),
    "registry:local_standard": Rule(held.local_standard, get=OFFICE),
    "registry:local_standard_edit": Rule(held.local_standard, get=KEEPERS, post=KEEPERS, see=OFFICE),
    "registry:local_standard_issue": Rule(held.local_standard, post=LEADERS, see=OFFICE),
    "registry:local_standard_guide_file": Rule(held.local_standard, get=OFFICE),
    "registry:local_standard_guide_add": Rule(held.local_standard, post=KEEPERS, see=OFFICE),
    "registry:successors": Rule(get=OFFICIALS, see=ANY_USER),
    # the commune is everybody's; only one's own producers are listed and move
    "registry:move": Rule(
        objects.ended_commune,
        get=KEEPERS | {OTHER_MANAGER},
        post=KEEPERS | {OTHER_MANAGER},
        see=ANY_USER,
        is_shared=True,
    ),
    "registry:product_groups": Rule(get=ANY_USER),
    "registry:standards": Rule(get=ANY_USER),
}
