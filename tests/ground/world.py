"""A province's case as it stands after the first papers and stamps, made by the product's own actions and flows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from viewflow.workflow.models import Process, Task

from documents import actions as documents
from documents.blueprints import template_path
from documents.models import DocumentTemplate
from documents.samples import SAMPLES
from jobs.worker import Worker
from lots import actions as lots
from lots.models import Event, Lot
from notices.models import Delivery
from people.models import User
from projects.actions import council as council_actions
from projects.actions import council_naming, fieldwork
from projects.actions import project as projects
from projects.actions.phrases import add_phrase
from projects.actions.stamp_quota import grant_stamps
from projects.models import (
    Council,
    Deliverable,
    Enrolment,
    Milestone,
    PilotProject,
    PlanLine,
    ProjectTemplate,
    StageKind,
    TrainingSession,
)
from registry.models import Producer, Product
from stamps import actions as stamps
from stamps.models import Activation, Roll, StampBatch, StampOrder
from tests.factories import council as councils
from tests.factories.notices import given_up
from tests.factories.people import Office
from tests.factories.projects import plan_line, small_template
from tests.factories.registry import ProducerFactory, complete_product, producer_user, recognise
from workflows import actions, engine
from workflows.models import DeliverableProcess, PilotModelProcess, StampOrderProcess

SYMBOLS = {"survey_report_products": "BC", "user_guide": "TL", "conference_pack": "TL", "declared_data": "BC"}
Seat = councils.Seat
DAY = date(2026, 10, 1)
EARLIER = datetime(2026, 10, 1, 2, tzinfo=UTC)

APPROVE = {"decision": "approve"}
CHECKED = {"decision": "approve", "check_1": "on"}


@dataclass
class World:
    """One province: its office, a project in rollout, and one product from its lot to its stamps."""

    office: Office
    project: PilotProject
    producer: Producer
    farmer: User
    product: Product
    enrolment: Enrolment
    issued_paper: Deliverable
    open_paper: Deliverable
    order: StampOrder
    batch: StampBatch
    roll: Roll
    lot: Lot
    event: Event
    activation: Activation
    session: TrainingSession
    milestone: Milestone
    council: Council
    delivery: Delivery


def make_world(office: Office, *, code: str = "GL-99", products: int = 1, first: int = 1) -> World:
    """Return the office's project with three stages closed, in rollout, with stamps of its first product activated.

    The code is part of every name, so that a page that shows another province's things gives itself away.
    """
    project = started_project(office, code=code, products=products, first=first)
    enrolment = project.enrolments.order_by("pk").first()
    session = field_work(project, office)
    issued = project.stage(StageKind.SURVEY).deliverables.get()
    open_rollout(project, office)
    product, producer = enrolment.product, enrolment.product.producer
    farmer = producer.members.get().user
    order = ordered(enrolment, office, quantity=6)
    decide(order, office)
    batch = StampBatch.objects.get(order=order)
    stamps.print_a4(batch, by=office.stamp_officer)
    Worker().run(until_empty=True)
    stamps.printed_here(batch, by=office.stamp_officer)
    hand_over(order, office)
    add_phrase(office.organisation, text=f"Thiếu căn cứ pháp lý ({code})", by=office.clerk)
    lot, event = recorded_lot(product, farmer)
    activation = activate(batch, lot, farmer, first=0, last=2)
    return World(
        office=office,
        project=PilotProject.objects.get(pk=project.pk),
        producer=producer,
        farmer=farmer,
        product=product,
        enrolment=enrolment,
        issued_paper=Deliverable.objects.get(pk=issued.pk),
        open_paper=project.stage(StageKind.ROLLOUT).deliverables.get(),
        order=StampOrder.objects.get(pk=order.pk),
        batch=StampBatch.objects.get(pk=batch.pk),
        roll=batch.rolls.get(),
        lot=lot,
        event=event,
        activation=activation,
        session=session,
        milestone=project.stage(StageKind.ROLLOUT).milestones.get(),
        council=meeting(project, office),
        delivery=given_up(office.manager, office),
    )


# --- the project -----------------------------------------------------------------------------
def started_project(office: Office, *, code: str = "GL-99", products: int = 1, first: int = 1) -> PilotProject:
    """Return a running project with products of as many producers, numbered from `first`."""
    template = ProjectTemplate.objects.filter(code=f"nho-{products}-0").first()
    if template is None:
        template = small_template(products=products)
        template.stages.get(kind=StageKind.ROLLOUT).milestones.create(title="Bản mẫu", days=10)
    project = draft_project(office, code, template)
    for number in range(first, first + products):
        producer = ProducerFactory(number=number, province=office.province, name=f"HTX {code} số {number} (giả lập)")
        producer_user(producer, f"{code.lower()}-chuthe{number - first + 1}")
        product = complete_product(producer, name=f"Chôm chôm {code} số {number}")
        recognise(product, decided_on=date(2026, 1, 5))
        projects.enrol_product(project, product, by=office.manager)
    return actions.start_project(project, by=office.manager)


def project_of_many_papers(office: Office, papers: int, *, code: str) -> PilotProject:
    """Return a running project whose first stage has so many papers."""
    template = small_template(products=0)
    stage = template.stages.get(kind=StageKind.SURVEY)
    for number in range(papers, 1, -1):
        kind = sorted(SYMBOLS)[number % len(SYMBOLS)]
        stage.deliverables.create(
            code=f"D1.{number}", title=f"Báo cáo {number}", document_kind=kind, days=20, checklist=["Đúng thể thức"]
        )
    return actions.start_project(draft_project(office, code, template), by=office.manager)


def draft_project(office: Office, code: str, template: ProjectTemplate) -> PilotProject:
    """Return a draft project; a second one of the office carries out the same plan line."""
    line = PlanLine.objects.filter(plan__programme__province=office.province).first()
    return projects.create_project(
        template,
        line=line or plan_line(office),
        code=code,
        title="Mô hình truy xuất nguồn gốc (giả lập)",
        owner=office.organisation,
        manager=office.manager,
        members=office.members,
        starts_on=DAY,
        by=office.manager,
    )


def open_rollout(project: PilotProject, office: Office) -> None:
    """Take the project through its first three stages."""
    for kind in (StageKind.SURVEY, StageKind.DOCUMENTATION, StageKind.TRAINING):
        issue(project.stage(kind).deliverables.get(), office)
        close(project, kind, office)


def close(project: PilotProject, kind: str, office: Office) -> None:
    """Close a stage as its manager."""
    do(PilotModelProcess.objects.get(project=project), f"close_{kind}", office.manager)


def field_work(project: PilotProject, office: Office) -> TrainingSession:
    """Record a survey of every product, a class, and something that told the public about the project."""
    for enrolment in project.enrolments.all():
        fieldwork.record_survey(
            enrolment, by=office.helper, surveyed_on=DAY, has_diary=True, has_barcode=True, has_declared_standard=True
        )
    fieldwork.record_communication(
        project,
        by=office.helper,
        kind="workshop",
        title=f"Hội thảo {project.code}",
        held_on=DAY,
        channel="Gia Lai",
        evidence="12/BB",
    )
    session = fieldwork.hold_training(
        project, by=office.helper, title=f"Lớp {project.code}", audience="producers", held_on=DAY, place="Gia Lai"
    )
    fieldwork.record_attendance(session, by=office.helper, person_name="Trần Thị B (giả lập)", agency="Phòng NN")
    return session


def meeting(project: PilotProject, office: Office) -> Council:
    """Return the project's open council: the leader chairs, the inspector keeps its papers; both are present."""
    people = [(office.leader, Seat.CHAIR), (office.inspector, Seat.SECRETARY)]
    seats = [seat for seat in councils.seats_of(7) if seat not in (Seat.CHAIR, Seat.SECRETARY)]
    named = [*people, *zip(councils.outsiders(office, len(seats)), seats, strict=True)]
    call = councils.call(decision_number=f"12/QĐ-{project.code}", dossier_on=DAY)
    council = council_naming.call_council(project, call, named, by=office.manager)
    for user, _seat in people:
        council_actions.declare(council, by=user)
    present = council.members.filter(user__in=[user for user, _seat in people]).values_list("pk", flat=True)
    return council_actions.mark_present(council, set(present), by=office.inspector)


# --- papers ----------------------------------------------------------------------------------
def issue(deliverable: Deliverable, office: Office) -> None:
    """Take a deliverable from its draft to its number."""
    to_the_leader(deliverable, office)
    do(process_of(deliverable), "approve", office.leader, APPROVE)


def to_the_leader(deliverable: Deliverable, office: Office) -> None:
    """Take a deliverable from its draft to the leader's desk."""
    draft(deliverable, office.manager)
    process = process_of(deliverable)
    do(process, "prepare", office.manager)
    do(process, "check_format", office.clerk, CHECKED)
    for reviewer in office.reviewers[: deliverable.reviewers_needed]:
        do(process, "review", reviewer, APPROVE)


def draft(deliverable: Deliverable, author: User) -> None:
    """Prepare the next version of the deliverable's paper, from the sample data of its kind."""
    kind = deliverable.document_kind
    sample = SAMPLES[kind][1]
    if not DocumentTemplate.objects.filter(kind=kind).exists():
        documents.register_template(kind, template_path(kind).read_bytes(), paper_class=type(sample), by=None)
    paper = documents.Paper(kind=kind, symbol=SYMBOLS.get(kind, "BC"), data=sample)
    documents.prepare_draft(paper, deliverable, by=author)


def process_of(deliverable: Deliverable) -> DeliverableProcess:
    """Return the latest run of the deliverable's flow."""
    return DeliverableProcess.objects.filter(deliverable=deliverable).latest("pk")


# --- stamps ----------------------------------------------------------------------------------
def ordered(enrolment: Enrolment, office: Office, *, quantity: int) -> StampOrder:
    """Return an order for stamps that waits for its approval; its project's manager has granted as many."""
    enrolment.refresh_from_db(fields=["stamp_quota"])
    grant_stamps(enrolment, quota=enrolment.stamp_quota + quantity, by=enrolment.project.manager)
    return actions.order_stamps(enrolment, quantity=quantity, by=office.stamp_officer)


def decide(order: StampOrder, office: Office) -> None:
    """Approve the order, so that its stamps are issued."""
    do(StampOrderProcess.objects.get(order=order), "approve", office.leader, {"decision": "issue"})


def hand_over(order: StampOrder, office: Office) -> None:
    """Hand the order's stamps to the producer."""
    do(StampOrderProcess.objects.get(order=order), "hand_over", office.stamp_officer, {"confirm": "on"})


def activate(batch: StampBatch, lot: Lot, farmer: User, *, first: int, last: int) -> Activation:
    """Put the stamps from `first` to `last` of the batch, counted from 0, on the lot."""
    serials = [stamps.serial_at(batch, batch.start + number) for number in (first, last)]
    return stamps.activate_stamps(batch, first=serials[0], last=serials[1], lot=lot, by=farmer)


def recorded_lot(product: Product, farmer: User, *, number: str = "L001") -> tuple[Lot, Event]:
    """Return a lot with an event at every stage of its product's process, and the first of them."""
    place = product.producer.places.get()
    lot = lots.open_lot(
        product,
        number=number,
        place=place,
        produced_from=DAY,
        produced_to=DAY,
        quantity=Decimal(100),
        unit="kg",
        by=farmer,
    )
    events = [
        lots.record_event(lot, step=step, place=place, event_time=EARLIER, by=farmer)
        for step in product.group.steps.order_by("position")
    ]
    return lot, events[0]


# --- steps -----------------------------------------------------------------------------------
def do(process: Process, node: str, user: User, data: dict[str, Any] | None = None) -> Task:
    """Answer the process's open step at a node, as the task page does."""
    return engine.perform(open_task(process, node, user), user=user, data=data or {})


def open_task(process: Process, node: str, user: User | None = None) -> Task:
    """Return the process's open step at a node; of several, the user's own."""
    flow_task = process.flow_class.instance.node(node)
    tasks = Task.objects.filter(process_id=process.pk, flow_task=flow_task, finished=None)
    return tasks.get() if tasks.count() == 1 else tasks.get(owner=user)
