"""Who may do what at every URL. A URL that is not here fails the test: say who may use it when you add it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.access import held, objects
from tests.access.objects import Arguments
from tests.access.roles import (
    ANY_USER,
    CLERK,
    FARMER,
    HELPER,
    INSPECTOR,
    LEADER,
    MANAGER,
    OFFICE,
    OTHER_LEADER,
    OTHER_MANAGER,
    PUBLIC,
    STAMP_OFFICER,
    STRANGERS,
)
from tests.ground.world import World

Roles = frozenset[str]

NOBODY: Roles = frozenset()
MANAGERS: Roles = frozenset({MANAGER})
FIELD: Roles = frozenset({MANAGER, HELPER})
KEEPERS: Roles = frozenset({MANAGER, HELPER, STAMP_OFFICER})
CALLERS: Roles = frozenset({MANAGER, CLERK})
# World's council: the leader chairs it, the inspector is its secretary.
COUNCIL: Roles = frozenset({LEADER, INSPECTOR})
REASSIGNERS: Roles = frozenset({MANAGER, LEADER})
LOG_READERS: Roles = frozenset({LEADER})
LEADERS: Roles = frozenset({LEADER})
MEMBERS: Roles = OFFICE - {INSPECTOR}
PRINTERS: Roles = frozenset({MANAGER, STAMP_OFFICER})
PHRASE_KEEPERS: Roles = frozenset({CLERK, LEADER})
OFFICIALS: Roles = OFFICE | STRANGERS
CATALOGUE_KEEPERS: Roles = frozenset({MANAGER, OTHER_MANAGER})
CALENDAR_KEEPERS: Roles = frozenset({LEADER, OTHER_LEADER})
DATA_HANDLERS: Roles = frozenset({MANAGER, LEADER})
DATA_RECORDERS: Roles = KEEPERS | {LEADER}
PRODUCERS: Roles = frozenset({FARMER})
PRODUCER_OR_OFFICE: Roles = OFFICE | {FARMER}
PRODUCER_OR_KEEPERS: Roles = KEEPERS | {FARMER}


@dataclass(frozen=True)
class Rule:
    """Who may open a URL, who may post to it, and who is told that its object exists.

    `see` are those for whom the object is there: all others get what a missing object gives. It is
    everyone who may open or post unless said otherwise. `of` names the object by its URL's arguments;
    `answer` are the statuses of a page that is opened; `data` is what is posted (nothing, as a rule).
    """

    of: Callable[[World], Arguments] = objects.nothing
    get: Roles = NOBODY
    post: Roles = NOBODY
    see: Roles = NOBODY
    answer: tuple[int, ...] = (200,)
    data: Callable[[World], Arguments] = objects.nothing
    is_shared: bool = False  # belongs to no province

    @property
    def seen_by(self) -> Roles:
        return self.see | self.get | self.post

    @property
    def is_public(self) -> bool:
        return self.get == PUBLIC


RULES: dict[str, Rule] = {
    # --- what anybody scans
    "resolve": Rule(objects.printed, get=PUBLIC, answer=(307,)),
    r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/[Ss]/(?P<serial>[^/]+)/?\Z": Rule(
        objects.printed_own, get=PUBLIC, answer=(307,)
    ),
    r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/?\Z": Rule(objects.printed_own_product, get=PUBLIC, answer=(307,)),
    "scan": Rule(objects.stamp, get=PUBLIC),
    "scan_own": Rule(objects.stamp, get=PUBLIC),
    "public_product": Rule(objects.public_code, get=PUBLIC),
    "public_product_own": Rule(objects.public_code, get=PUBLIC),
    "public_picture": Rule(objects.public_code, get=PUBLIC),
    # --- people
    "people:login": Rule(get=PUBLIC, post=PUBLIC, answer=(200, 302)),
    "people:logout": Rule(post=PUBLIC),
    "people:forgot_pin": Rule(get=PUBLIC),
    "people:claim": Rule(objects.claim_card, get=PUBLIC, post=PUBLIC),
    "people:claim_pin": Rule(objects.claim_card, get=PUBLIC, post=PUBLIC, answer=(302,)),  # the code comes first
    "people:account": Rule(get=ANY_USER),
    "people:password_change": Rule(get=ANY_USER, post=ANY_USER),
    "people:password_change_done": Rule(get=ANY_USER),
    # --- the desk
    "home": Rule(get=ANY_USER, answer=(302,)),
    "inbox": Rule(get=ANY_USER),
    "search": Rule(get=ANY_USER),
    "overview": Rule(get=ANY_USER),
    "overview_list": Rule(get=ANY_USER),
    "overview_colours": Rule(get=ANY_USER),
    # nothing is ticked: back to the list
    "workflows:batch": Rule(get=ANY_USER, post=ANY_USER, answer=(302,)),
    # made for the manager; anybody else's link is as good as none
    "workflows:decide": Rule(objects.decision_link, get=MANAGERS, post=MANAGERS),
    "task": Rule(objects.task, get=OFFICE, post=MANAGERS),
    "workflows:claim": Rule(objects.task, post=MANAGERS, see=OFFICE),
    "workflows:release": Rule(objects.task, post=MANAGERS, see=OFFICE),
    "workflows:reassign": Rule(objects.task, get=REASSIGNERS, post=REASSIGNERS, see=OFFICE),
    # the paper is with its author, and nobody is away
    "workflows:ask_author": Rule(objects.task, see=OFFICE),
    "workflows:take_over": Rule(objects.task, see=OFFICE),
    "workflows:give_back": Rule(objects.task, see=OFFICE),
    "absences": Rule(get=OFFICIALS, see=OFFICIALS),
    "workflows:enter_absence": Rule(get=OFFICIALS, post=OFFICIALS),
    # the clerk will be away, with the helper as substitute
    "workflows:end_absence": Rule(objects.absence, post=frozenset({CLERK, LEADER}), see=frozenset({HELPER})),
    # --- working days
    "worktime:calendar": Rule(get=ANY_USER),
    "worktime:enter": Rule(get=CALENDAR_KEEPERS, post=CALENDAR_KEEPERS, see=ANY_USER),
    "worktime:propose": Rule(get=CALENDAR_KEEPERS, post=CALENDAR_KEEPERS, see=ANY_USER),
    "worktime:remove": Rule(
        objects.special_day, get=CALENDAR_KEEPERS, post=CALENDAR_KEEPERS, see=ANY_USER, is_shared=True
    ),
    "step_allowances": Rule(get=OFFICIALS, see=OFFICIALS),
    # --- programmes and projects
    "projects:programmes": Rule(get=ANY_USER),
    "projects:programme": Rule(objects.programme, get=OFFICE),
    "programme_indicators": Rule(objects.programme, get=OFFICE),
    # the key names an indicator, which is nobody's; tests/reports/test_pages.py asks for a foreign programme
    "reports:indicator": Rule(objects.indicator, get=OFFICE, is_shared=True),
    "reports:target": Rule(objects.indicator, get=MANAGERS, post=MANAGERS, see=OFFICE, is_shared=True),
    "projects:plan": Rule(objects.plan, get=OFFICE),
    "projects:plan_new": Rule(objects.programme, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:annex": Rule(objects.plan, get=MANAGERS, post=MANAGERS, see=OFFICE),
    # no lines were added from a table: back to the page of the table
    "projects:annex_undo": Rule(objects.plan, get=MANAGERS, post=MANAGERS, see=OFFICE, answer=(302,)),
    "projects:plan_print": Rule(objects.plan, get=OFFICE),
    "projects:line_funding": Rule(objects.line, get=OFFICE, post=MANAGERS),
    "projects:project_funding": Rule(objects.project, get=OFFICE, post=MANAGERS),
    "projects:funding_edit": Rule(objects.funding, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:funding_remove": Rule(objects.funding, post=MANAGERS, see=OFFICE),
    "projects:create": Rule(objects.line, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "workflows:prepare_annex": Rule(objects.plan, post=MANAGERS, see=OFFICE),
    "projects:projects": Rule(get=ANY_USER),
    "project": Rule(objects.project, get=OFFICE),
    "project_products": Rule(objects.project, get=OFFICE),
    "project_history": Rule(objects.project, get=OFFICE),
    "project_diagram": Rule(objects.project, get=OFFICE),
    "workflows:start_project": Rule(objects.project, post=MANAGERS, see=OFFICE),
    "projects:name_party": Rule(objects.project, post=MANAGERS, see=OFFICE),
    "projects:standards": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:milestone": Rule(objects.milestone, get=OFFICE, post=MANAGERS),
    "projects:assign_milestone": Rule(objects.milestone, post=MANAGERS, see=OFFICE),
    "projects:evidence": Rule(objects.evidence, get=OFFICE),
    "projects:timeline": Rule(objects.project, get=OFFICE),
    "projects:keep_baseline": Rule(objects.project, post=MANAGERS, see=OFFICE),
    "projects:judgement": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    # one amendment is open, so that the next is not asked for yet
    "projects:unit_tasks": Rule(get=OFFICIALS, see=OFFICIALS),
    "projects:matters": Rule(objects.project, get=OFFICE),
    "report_difficulty": Rule(objects.project, get=MEMBERS, post=MEMBERS, see=OFFICE),
    "give_direction": Rule(objects.project, get=LEADERS, post=LEADERS, see=OFFICE),
    # the helper asked the leader
    "answer_matter": Rule(objects.matter, get=OFFICE, answer=(302,)),
    "withdraw_matter": Rule(objects.matter, post=frozenset({HELPER}), see=OFFICE),
    "projects:amendment": Rule(objects.amendment, get=OFFICE),
    "propose_amendment": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE, answer=(302,)),
    "withdraw_amendment": Rule(objects.amendment, post=MANAGERS, see=OFFICE),
    "projects:enrol": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE, data=objects.chosen_product),
    "projects:import": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "withdraw_product": Rule(objects.enrolment, get=MANAGERS, post=MANAGERS, see=OFFICE),
    # --- onboarding
    "cohort": Rule(objects.project, get=OFFICE),
    "cohort_calls": Rule(objects.project, get=OFFICE),
    "cohort_groups": Rule(objects.project, get=OFFICE),
    "cohort_group": Rule(objects.cohort_group, get=OFFICE),
    "cohort_supplies": Rule(objects.project, get=OFFICE),
    "workflows:start_cohort": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    # without an act in the address there is nothing that anybody may do
    "workflows:cohort_act": Rule(objects.project, post=FIELD, see=OFFICE, data=objects.cohort_act),
    "workflows:consult_agency": Rule(objects.cohort_group, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "workflows:record_reply": Rule(objects.consultation, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "workflows:choose_provider": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "workflows:record_supply": Rule(objects.project, get=PRINTERS, post=PRINTERS, see=OFFICE),
    "workflows:record_receipt": Rule(objects.supply, get=PRINTERS, post=PRINTERS, see=OFFICE),
    "workflows:record_portal": Rule(objects.journey, get=PRINTERS, post=PRINTERS, see=OFFICE),
    "workflows:waive_portal": Rule(objects.journey, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:surveys": Rule(objects.project, get=OFFICE),
    "projects:survey": Rule(objects.enrolment, get=OFFICE, post=FIELD),
    "projects:survey_figures": Rule(objects.project, get=OFFICE),
    "projects:no_survey": Rule(objects.enrolment, get=FIELD, post=FIELD, see=OFFICE),
    "projects:organisation_survey": Rule(objects.surveyed_producer, get=OFFICE, post=FIELD),
    "projects:questionnaires": Rule(get=OFFICIALS, see=OFFICIALS),
    "projects:load_questionnaires": Rule(post=CATALOGUE_KEEPERS, see=ANY_USER),
    "projects:questionnaire": Rule(objects.questionnaire, get=OFFICE, post=MANAGERS),
    "projects:draft_questionnaire": Rule(
        objects.published_questionnaire, post=CATALOGUE_KEEPERS, see=OFFICIALS, is_shared=True
    ),
    "projects:retitle_questionnaire": Rule(objects.questionnaire, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:publish_questionnaire": Rule(objects.questionnaire, post=MANAGERS, see=OFFICE),
    "projects:discard_questionnaire": Rule(objects.questionnaire, post=MANAGERS, see=OFFICE),
    "projects:question": Rule(objects.question, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:move_question": Rule(objects.question, post=MANAGERS, see=OFFICE),
    "projects:remove_question": Rule(objects.question, post=MANAGERS, see=OFFICE),
    "projects:plan_classes": Rule(objects.project, get=FIELD, post=FIELD, see=OFFICE),
    "projects:training_coverage": Rule(objects.project, get=OFFICE),
    "projects:materials": Rule(objects.project, get=OFFICE, post=FIELD),
    "projects:material": Rule(objects.material, get=OFFICE),
    "projects:edit_training": Rule(objects.session, get=FIELD, post=FIELD, see=OFFICE),
    "projects:add_meeting": Rule(objects.session, get=FIELD, post=FIELD, see=OFFICE),
    "projects:mark_passed": Rule(objects.session, post=FIELD, see=OFFICE),
    "projects:invitations": Rule(objects.session, get=OFFICE, post=FIELD),
    "projects:invite_producers": Rule(objects.session, post=FIELD, see=OFFICE),
    "projects:withdraw_invitation": Rule(objects.invitation, post=FIELD, see=OFFICE),
    "projects:check_in": Rule(objects.session, get=FIELD, see=OFFICE),
    "projects:walk_in": Rule(objects.session, get=FIELD, post=FIELD, see=OFFICE),
    "projects:check_in_person": Rule(objects.invitation, post=FIELD, see=OFFICE),
    "projects:undo_check_in": Rule(objects.attendance, post=FIELD, see=OFFICE),
    "projects:scanned": Rule(objects.invitation_token, get=OFFICE, post=FIELD),
    "print_invitations": Rule(objects.session, get=OFFICE),
    "training_papers": Rule(objects.session, get=OFFICE),
    "workflows:prepare_attendance_list": Rule(objects.session, post=FIELD, see=OFFICE),
    "workflows:prepare_certificates": Rule(objects.session, post=FIELD, see=OFFICE),
    "projects:plan_communication": Rule(objects.project, get=FIELD, post=FIELD, see=OFFICE),
    "projects:edit_communication": Rule(objects.communication_event, get=FIELD, post=FIELD, see=OFFICE),
    "projects:communication_file": Rule(objects.communication_event_with_file, get=OFFICE),
    "projects:channels": Rule(get=OFFICIALS, post=CATALOGUE_KEEPERS, see=OFFICIALS),
    "projects:add_legal_text": Rule(get=CATALOGUE_KEEPERS, post=CATALOGUE_KEEPERS, see=ANY_USER),
    "projects:legal_texts": Rule(get=OFFICIALS, post=CATALOGUE_KEEPERS, see=OFFICIALS),
    "projects:training": Rule(objects.project, get=OFFICE),
    "projects:add_training": Rule(objects.project, get=FIELD, post=FIELD, see=OFFICE),
    "projects:session": Rule(objects.session, get=OFFICE, post=FIELD),
    "projects:communication": Rule(objects.project, get=OFFICE),
    "projects:add_communication": Rule(objects.project, get=FIELD, post=FIELD, see=OFFICE),
    # --- the acceptance council
    "council": Rule(objects.council, get=OFFICE),
    "workflows:call_council": Rule(objects.project, get=CALLERS, post=CALLERS, see=OFFICE, answer=(302,)),
    "workflows:change_council": Rule(objects.council, get=CALLERS, post=CALLERS, see=OFFICE),
    "workflows:declare_council": Rule(objects.council, get=COUNCIL, post=COUNCIL, see=OFFICE),
    "workflows:council_presence": Rule(objects.council, post=COUNCIL, see=OFFICE),
    "workflows:council_sheet": Rule(objects.council, get=COUNCIL, post=COUNCIL, see=OFFICE),
    "workflows:take_back_sheet": Rule(objects.council, post=COUNCIL, see=OFFICE),
    "workflows:close_council": Rule(
        objects.council, get=frozenset({INSPECTOR}), post=frozenset({INSPECTOR}), see=OFFICE
    ),
    # --- papers
    "deliverable": Rule(objects.deliverable, get=OFFICE),
    "workflows:prepare_document": Rule(objects.deliverable, post=MANAGERS, see=OFFICE),
    "workflows:restart_deliverable": Rule(objects.deliverable, post=MANAGERS, see=OFFICE),
    "workflows:recall_deliverable": Rule(objects.deliverable, post=MANAGERS, see=OFFICE),
    "workflows:cancel_deliverable": Rule(objects.deliverable, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "documents:register": Rule(get=ANY_USER),
    "documents:download": Rule(objects.version, get=OFFICE),
    "documents:choose_comparison": Rule(objects.version, get=OFFICE, answer=(302,)),
    "documents:compare": Rule(objects.two_versions, get=OFFICE),
    "projects:phrases": Rule(get=PHRASE_KEEPERS | {OTHER_LEADER}, post=PHRASE_KEEPERS | {OTHER_LEADER}),
    "projects:phrase": Rule(objects.phrase, get=PHRASE_KEEPERS, post=PHRASE_KEEPERS),
    "projects:move_phrase": Rule(objects.phrase, post=PHRASE_KEEPERS),
    "projects:retire_phrase": Rule(objects.phrase, post=PHRASE_KEEPERS),
    "projects:offer_phrase": Rule(objects.phrase, post=PHRASE_KEEPERS),
    "projects:reasons": Rule(get=OFFICIALS, see=OFFICIALS),
    "document_templates": Rule(get=OFFICIALS, see=OFFICIALS),
    "document_template": Rule(objects.template_kind, get=OFFICIALS, is_shared=True),
    "documents:template_file": Rule(objects.template, get=OFFICIALS, is_shared=True),
    # --- notices
    "notices:mine": Rule(get=ANY_USER),
    "notices:read_all": Rule(post=ANY_USER),
    "notices:open": Rule(objects.notice, post=MANAGERS),
    "notices:read": Rule(objects.notice, post=MANAGERS),
    "notices:preferences": Rule(get=ANY_USER, post=ANY_USER),
    "notices:deliveries": Rule(get=LOG_READERS | {OTHER_LEADER}),
    "notice_deliveries_sheet": Rule(get=LOG_READERS | {OTHER_LEADER}),
    "notices:retry": Rule(objects.delivery, post=LOG_READERS),
    "notices:calls": Rule(get=REASSIGNERS | STRANGERS),
    "notice_calls_sheet": Rule(get=REASSIGNERS | STRANGERS),
    "notices:told": Rule(objects.recipient, post=REASSIGNERS),
    "notices:rules": Rule(see=ANY_USER),
    "notices:handout": Rule(get=ANY_USER, post=ANY_USER),
    # --- a producer's dossier; the questions are the same in every dossier
    "onboarding:dossier": Rule(objects.dossier, get=PRODUCER_OR_OFFICE),
    "onboarding:check": Rule(objects.dossier, get=PRODUCERS, see=OFFICE),
    "onboarding:question": Rule(objects.dossier_question, get=PRODUCERS, post=PRODUCERS, see=OFFICE, is_shared=True),
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
    # --- lots
    "lots:lots": Rule(get=ANY_USER),
    "lots:choose_product": Rule(get=ANY_USER, post=ANY_USER, answer=(200, 302)),
    "lots:open_lot": Rule(objects.product_of_lot, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS),
    "lots:lot": Rule(objects.lot, get=PRODUCER_OR_OFFICE),
    "lots:record": Rule(objects.lot, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:correct": Rule(objects.event, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:confirm": Rule(objects.event, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "lots:add_place": Rule(objects.producer_of_product, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    # --- stamps
    "order_stamps": Rule(get=ANY_USER, post=ANY_USER),
    "stamps:orders": Rule(get=ANY_USER),
    "stamps:order": Rule(objects.order, get=PRODUCER_OR_OFFICE),
    "lot_stamps": Rule(objects.lot, get=PRODUCER_OR_OFFICE),
    "stamps:print_sheet": Rule(objects.batch, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:sheet": Rule(objects.batch, get=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:activate": Rule(objects.batch, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "stamps:mine": Rule(get=ANY_USER),
}
