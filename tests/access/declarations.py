"""Who may do what at every URL. A URL that is not here fails the test: say who may use it when you add it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.models import DocumentTemplate, DocumentVersion
from projects.models import Funding, PlanLine, RemarkPhrase
from stamps import actions as stamps
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
from tests.ground.world import World, open_task, process_of
from workflows.decision_links import link_for
from worktime.models import SpecialDay

Roles = frozenset[str]
Arguments = dict[str, Any]

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
CALENDAR_KEEPERS: Roles = frozenset({LEADER, OTHER_LEADER})
PRODUCER_OR_OFFICE: Roles = OFFICE | {FARMER}
PRODUCER_OR_KEEPERS: Roles = KEEPERS | {FARMER}


def nothing(world: World) -> Arguments:
    """The URL is about no object."""
    return {}


def project(world: World) -> Arguments:
    return {"code": world.project.code}


def deliverable(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.open_paper.pk}


def task(world: World) -> Arguments:
    return {"pk": open_task(process_of(world.open_paper), "prepare").pk}


def decision_link(world: World) -> Arguments:
    step = open_task(process_of(world.open_paper), "prepare")
    return {"token": link_for(step, world.office.manager).split("/")[2]}


def council(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.council.pk}


def special_day(world: World) -> Arguments:
    """The calendar is the whole installation's."""
    return {"pk": SpecialDay.objects.get_or_create(day=date(2026, 9, 2), defaults={"name": "Quốc khánh"})[0].pk}


def programme(world: World) -> Arguments:
    return {"code": line_of(world).plan.programme.code}


def plan(world: World) -> Arguments:
    return {"pk": line_of(world).plan.pk}


def line(world: World) -> Arguments:
    return {"pk": line_of(world).pk}


def line_of(world: World) -> PlanLine:
    assert world.project.line is not None
    return world.project.line


def funding(world: World) -> Arguments:
    row, _is_new = Funding.objects.get_or_create(project=world.project, source="state", year=2026, planned=1_000_000)
    return {"pk": row.pk}


def milestone(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.milestone.pk}


def evidence(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.milestone.reports.get().pk}


def matter(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.project.matters.get().pk}


def absence(world: World) -> Arguments:
    return {"pk": world.office.clerk.absences.get().pk}


def amendment(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.project.amendments.get().pk}


def enrolment(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.enrolment.pk}


def session(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.session.pk}


def version(world: World) -> Arguments:
    return {"pk": DocumentVersion.objects.get(document__deliverable=world.issued_paper, state="issued").pk}


def two_versions(world: World) -> Arguments:
    issued = DocumentVersion.objects.get(document__deliverable=world.issued_paper, state="issued")
    return {"pk": issued.pk, "other": issued.document.versions.get(number=1).pk}


def phrase(world: World) -> Arguments:
    return {"pk": RemarkPhrase.objects.get(organisation=world.office.organisation).pk}


def template_kind(world: World) -> Arguments:
    return {"kind": world.issued_paper.document_kind}


def template(world: World) -> Arguments:
    return {"pk": DocumentTemplate.objects.get(kind=world.issued_paper.document_kind).pk}


def producer(world: World) -> Arguments:
    return {"pk": world.producer.pk}


def person(world: World) -> Arguments:
    return {"pk": world.producer.pk, "member_pk": world.producer.members.get().pk}


def producer_of_product(world: World) -> Arguments:
    return {"producer_pk": world.producer.pk}


def product_of_lot(world: World) -> Arguments:
    return {"product_pk": world.product.pk}


def order(world: World) -> Arguments:
    return {"pk": world.order.pk}


def product(world: World) -> Arguments:
    return {"pk": world.product.pk}


def chosen_product(world: World) -> Arguments:
    return {"product": world.product.pk}


def lot(world: World) -> Arguments:
    return {"pk": world.lot.pk}


def event(world: World) -> Arguments:
    return {"pk": world.event.pk}


def notice(world: World) -> Arguments:
    return {"pk": world.delivery.message_id}


def delivery(world: World) -> Arguments:
    return {"pk": world.delivery.pk}


def recipient(world: World) -> Arguments:
    return {"pk": world.delivery.message.recipient_id}


def batch(world: World) -> Arguments:
    return {"pk": world.batch.pk}


def stamp(world: World) -> Arguments:
    return {"code": world.batch.code, "serial": stamps.serial_at(world.batch, world.batch.start)}


def public_code(world: World) -> Arguments:
    return {"code": world.batch.code}


def printed(world: World) -> Arguments:
    return {"path": "/01/{code}/21/{serial}".format(**stamp(world))}


def printed_own(world: World) -> Arguments:
    return {"path": f"/VN/TX/{world.product.own_code}/S/{stamp(world)['serial']}"}


def printed_own_product(world: World) -> Arguments:
    return {"path": f"/vn/tx/{world.product.own_code}"}


@dataclass(frozen=True)
class Rule:
    """Who may open a URL, who may post to it, and who is told that its object exists.

    `see` are those for whom the object is there: all others get what a missing object gives. It is
    everyone who may open or post unless said otherwise. `of` names the object by its URL's arguments;
    `answer` are the statuses of a page that is opened; `data` is what is posted (nothing, as a rule).
    """

    of: Callable[[World], Arguments] = nothing
    get: Roles = NOBODY
    post: Roles = NOBODY
    see: Roles = NOBODY
    answer: tuple[int, ...] = (200,)
    data: Callable[[World], Arguments] = nothing
    is_shared: bool = False  # belongs to no province

    @property
    def seen_by(self) -> Roles:
        return self.see | self.get | self.post

    @property
    def is_public(self) -> bool:
        return self.get == PUBLIC


RULES: dict[str, Rule] = {
    # --- what anybody scans
    "resolve": Rule(printed, get=PUBLIC, answer=(307,)),
    r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/[Ss]/(?P<serial>[^/]+)/?\Z": Rule(printed_own, get=PUBLIC, answer=(307,)),
    r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/?\Z": Rule(printed_own_product, get=PUBLIC, answer=(307,)),
    "scan": Rule(stamp, get=PUBLIC),
    "scan_own": Rule(stamp, get=PUBLIC),
    "public_product": Rule(public_code, get=PUBLIC),
    "public_product_own": Rule(public_code, get=PUBLIC),
    "public_picture": Rule(public_code, get=PUBLIC),
    # --- people
    "people:login": Rule(get=PUBLIC, post=PUBLIC, answer=(200, 302)),
    "people:logout": Rule(post=PUBLIC),
    "people:account": Rule(get=ANY_USER),
    "people:password_change": Rule(get=ANY_USER, post=ANY_USER),
    "people:password_change_done": Rule(get=ANY_USER),
    # --- the desk
    "home": Rule(get=ANY_USER, answer=(302,)),
    "inbox": Rule(get=ANY_USER),
    "overview": Rule(get=ANY_USER),
    "overview_list": Rule(get=ANY_USER),
    "overview_colours": Rule(get=ANY_USER),
    # nothing is ticked: back to the list
    "workflows:batch": Rule(get=ANY_USER, post=ANY_USER, answer=(302,)),
    # made for the manager; anybody else's link is as good as none
    "workflows:decide": Rule(decision_link, get=MANAGERS, post=MANAGERS),
    "task": Rule(task, get=OFFICE, post=MANAGERS),
    "workflows:claim": Rule(task, post=MANAGERS, see=OFFICE),
    "workflows:release": Rule(task, post=MANAGERS, see=OFFICE),
    "workflows:reassign": Rule(task, get=REASSIGNERS, post=REASSIGNERS, see=OFFICE),
    # the paper is with its author, and nobody is away
    "workflows:ask_author": Rule(task, see=OFFICE),
    "workflows:take_over": Rule(task, see=OFFICE),
    "workflows:give_back": Rule(task, see=OFFICE),
    "absences": Rule(get=OFFICIALS, see=OFFICIALS),
    "workflows:enter_absence": Rule(get=OFFICIALS, post=OFFICIALS),
    # the clerk will be away, with the helper as substitute
    "workflows:end_absence": Rule(absence, post=frozenset({CLERK, LEADER}), see=frozenset({HELPER})),
    # --- working days
    "worktime:calendar": Rule(get=ANY_USER),
    "worktime:enter": Rule(get=CALENDAR_KEEPERS, post=CALENDAR_KEEPERS, see=ANY_USER),
    "worktime:propose": Rule(get=CALENDAR_KEEPERS, post=CALENDAR_KEEPERS, see=ANY_USER),
    "worktime:remove": Rule(special_day, get=CALENDAR_KEEPERS, post=CALENDAR_KEEPERS, see=ANY_USER, is_shared=True),
    "step_allowances": Rule(get=OFFICIALS, see=OFFICIALS),
    # --- programmes and projects
    "projects:programmes": Rule(get=ANY_USER),
    "projects:programme": Rule(programme, get=OFFICE),
    "projects:plan": Rule(plan, get=OFFICE),
    "projects:plan_print": Rule(plan, get=OFFICE),
    "projects:line_funding": Rule(line, get=OFFICE, post=MANAGERS),
    "projects:project_funding": Rule(project, get=OFFICE, post=MANAGERS),
    "projects:funding_edit": Rule(funding, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:funding_remove": Rule(funding, post=MANAGERS, see=OFFICE),
    "projects:create": Rule(line, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "workflows:prepare_annex": Rule(plan, post=MANAGERS, see=OFFICE),
    "projects:projects": Rule(get=ANY_USER),
    "project": Rule(project, get=OFFICE),
    "project_products": Rule(project, get=OFFICE),
    "project_history": Rule(project, get=OFFICE),
    "project_diagram": Rule(project, get=OFFICE),
    "workflows:start_project": Rule(project, post=MANAGERS, see=OFFICE),
    "projects:name_party": Rule(project, post=MANAGERS, see=OFFICE),
    "projects:standards": Rule(project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:milestone": Rule(milestone, get=OFFICE, post=MANAGERS),
    "projects:assign_milestone": Rule(milestone, post=MANAGERS, see=OFFICE),
    "projects:evidence": Rule(evidence, get=OFFICE),
    "projects:timeline": Rule(project, get=OFFICE),
    "projects:keep_baseline": Rule(project, post=MANAGERS, see=OFFICE),
    "projects:judgement": Rule(project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    # one amendment is open, so that the next is not asked for yet
    "projects:matters": Rule(project, get=OFFICE),
    "report_difficulty": Rule(project, get=MEMBERS, post=MEMBERS, see=OFFICE),
    "give_direction": Rule(project, get=LEADERS, post=LEADERS, see=OFFICE),
    # the helper asked the leader
    "answer_matter": Rule(matter, get=OFFICE, answer=(302,)),
    "withdraw_matter": Rule(matter, post=frozenset({HELPER}), see=OFFICE),
    "projects:amendment": Rule(amendment, get=OFFICE),
    "propose_amendment": Rule(project, get=MANAGERS, post=MANAGERS, see=OFFICE, answer=(302,)),
    "withdraw_amendment": Rule(amendment, post=MANAGERS, see=OFFICE),
    "projects:enrol": Rule(project, get=MANAGERS, post=MANAGERS, see=OFFICE, data=chosen_product),
    "projects:import": Rule(project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:withdraw": Rule(enrolment, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "projects:surveys": Rule(project, get=OFFICE),
    "projects:survey": Rule(enrolment, get=OFFICE, post=FIELD),
    "projects:training": Rule(project, get=OFFICE),
    "projects:add_training": Rule(project, get=FIELD, post=FIELD, see=OFFICE),
    "projects:session": Rule(session, get=OFFICE, post=FIELD),
    "projects:communication": Rule(project, get=OFFICE),
    "projects:add_communication": Rule(project, get=FIELD, post=FIELD, see=OFFICE),
    # --- the acceptance council
    "council": Rule(council, get=OFFICE),
    "workflows:call_council": Rule(project, get=CALLERS, post=CALLERS, see=OFFICE, answer=(302,)),
    "workflows:change_council": Rule(council, get=CALLERS, post=CALLERS, see=OFFICE),
    "workflows:declare_council": Rule(council, get=COUNCIL, post=COUNCIL, see=OFFICE),
    "workflows:council_presence": Rule(council, post=COUNCIL, see=OFFICE),
    "workflows:council_sheet": Rule(council, get=COUNCIL, post=COUNCIL, see=OFFICE),
    "workflows:take_back_sheet": Rule(council, post=COUNCIL, see=OFFICE),
    "workflows:close_council": Rule(council, get=frozenset({INSPECTOR}), post=frozenset({INSPECTOR}), see=OFFICE),
    # --- papers
    "deliverable": Rule(deliverable, get=OFFICE),
    "workflows:prepare_document": Rule(deliverable, post=MANAGERS, see=OFFICE),
    "workflows:restart_deliverable": Rule(deliverable, post=MANAGERS, see=OFFICE),
    "workflows:cancel_deliverable": Rule(deliverable, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "documents:register": Rule(get=ANY_USER),
    "documents:download": Rule(version, get=OFFICE),
    "documents:choose_comparison": Rule(version, get=OFFICE, answer=(302,)),
    "documents:compare": Rule(two_versions, get=OFFICE),
    "projects:phrases": Rule(get=PHRASE_KEEPERS | {OTHER_LEADER}, post=PHRASE_KEEPERS | {OTHER_LEADER}),
    "projects:phrase": Rule(phrase, get=PHRASE_KEEPERS, post=PHRASE_KEEPERS),
    "projects:move_phrase": Rule(phrase, post=PHRASE_KEEPERS),
    "projects:retire_phrase": Rule(phrase, post=PHRASE_KEEPERS),
    "projects:offer_phrase": Rule(phrase, post=PHRASE_KEEPERS),
    "projects:reasons": Rule(get=OFFICIALS, see=OFFICIALS),
    "document_templates": Rule(get=OFFICIALS, see=OFFICIALS),
    "document_template": Rule(template_kind, get=OFFICIALS, is_shared=True),
    "documents:template_file": Rule(template, get=OFFICIALS, is_shared=True),
    # --- notices
    "notices:mine": Rule(get=ANY_USER),
    "notices:read_all": Rule(post=ANY_USER),
    "notices:open": Rule(notice, post=MANAGERS),
    "notices:read": Rule(notice, post=MANAGERS),
    "notices:preferences": Rule(get=ANY_USER, post=ANY_USER),
    "notices:deliveries": Rule(get=LOG_READERS | {OTHER_LEADER}),
    "notice_deliveries_sheet": Rule(get=LOG_READERS | {OTHER_LEADER}),
    "notices:retry": Rule(delivery, post=LOG_READERS),
    "notices:calls": Rule(get=REASSIGNERS | STRANGERS),
    "notice_calls_sheet": Rule(get=REASSIGNERS | STRANGERS),
    "notices:told": Rule(recipient, post=REASSIGNERS),
    "notices:handout": Rule(get=ANY_USER, post=ANY_USER),
    # --- registry
    "registry:producers": Rule(get=ANY_USER),
    "registry:producer": Rule(producer, get=PRODUCER_OR_OFFICE),
    "registry:producer_new": Rule(get=KEEPERS | {OTHER_MANAGER}, post=KEEPERS | {OTHER_MANAGER}, see=ANY_USER),
    "registry:producer_edit": Rule(producer, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:place_new": Rule(producer, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "registry:person_new": Rule(producer, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:person_end": Rule(person, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:product_new": Rule(producer_of_product, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:products": Rule(get=ANY_USER),
    "registry:product": Rule(product, get=PRODUCER_OR_OFFICE),
    "registry:product_edit": Rule(product, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "registry:product_picture": Rule(product, get=PRODUCER_OR_OFFICE),
    "registry:recognition_new": Rule(product, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:product_standards": Rule(product, get=KEEPERS, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "registry:product_groups": Rule(get=ANY_USER),
    "registry:standards": Rule(get=ANY_USER),
    # --- lots
    "lots:lots": Rule(get=ANY_USER),
    "lots:choose_product": Rule(get=ANY_USER, post=ANY_USER, answer=(200, 302)),
    "lots:open_lot": Rule(product_of_lot, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS),
    "lots:lot": Rule(lot, get=PRODUCER_OR_OFFICE),
    "lots:record": Rule(lot, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:correct": Rule(event, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:confirm": Rule(event, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "lots:add_place": Rule(producer_of_product, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    # --- stamps
    "order_stamps": Rule(get=ANY_USER, post=ANY_USER),
    "stamps:orders": Rule(get=ANY_USER),
    "stamps:order": Rule(order, get=PRODUCER_OR_OFFICE),
    "lot_stamps": Rule(lot, get=PRODUCER_OR_OFFICE),
    "stamps:print_sheet": Rule(batch, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:sheet": Rule(batch, get=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:activate": Rule(batch, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "stamps:mine": Rule(get=ANY_USER),
}
