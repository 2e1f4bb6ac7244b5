"""Products on their way through the seven steps of a running project."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Task

from lots.models import Lot
from onboarding.actions import group as groups
from onboarding.actions import journey, portal, supply
from onboarding.models import CohortGroup, Dossier, Onboarding, SolutionProvider, StampSupply
from people.models import User
from projects.models import Attendance, Enrolment, PilotProject, SurveyResponse, TrainingSession
from registry.models import Place, Product
from stamps.models import Activation, StampBatch, StampOrder
from tests.factories.desk import running_project
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user, recognise
from workflows import engine, journeys
from workflows.onboarding import poke

SELECT = {"decision": "select", "can_trace": "on"}
TODAY = date(2026, 11, 20)


@dataclass
class Cohort:
    """A running project of an office with products on their way."""

    office: Office
    project: PilotProject
    journeys: list[Onboarding] = field(default_factory=list)

    def add(self, *, stars: int = 3, is_surveyed: bool = True, start: bool = True, **fields: Any) -> Onboarding:
        """Enrol one more product and start its steps."""
        product = ProductFactory(producer=ProducerFactory(province=self.office.province), **fields)
        if stars:
            recognise(product, stars=stars, decided_on=timezone.localdate())
        enrolment = enrolled(self.project, product, self.office)
        if is_surveyed:
            survey(enrolment, self.office)
        if not start:
            return Onboarding(enrolment=enrolment)
        self.journeys.append(journeys.start(enrolment, by=self.office.manager))
        return self.journeys[-1]

    def do(self, onboarding: Onboarding, node: str, user: User | None = None, **answers: Any) -> Task:
        """Do the product's open step at a node."""
        return engine.perform(step(onboarding, node), user=user or self.office.manager, data=answers)

    def select(self, onboarding: Onboarding) -> None:
        """Bring the product behind step 2."""
        self.do(onboarding, "select", **SELECT)

    def grouped(self, onboarding: Onboarding) -> CohortGroup:
        """Bring the product into the group of its kind."""
        self.select(onboarding)
        self.do(onboarding, "group", product_group=onboarding.enrolment.product.group_id)
        return fresh(onboarding).group

    def work(self, group: CohortGroup, node: str, user: User | None = None, **answers: Any) -> Task:
        """Do the group's open step at a node."""
        return engine.perform(group_step(group, node), user=user or self.office.manager, data=answers)

    def consulted(self, group: CohortGroup) -> None:
        """Write the group's process and record one reply."""
        self.work(group, "write", process="Thu hoạch, sơ chế, đóng gói", guide="Kê khai từng lô")
        reply(self, group)
        self.work(group, "consult")

    def with_module(self, group: CohortGroup) -> None:
        """Bring the group to its end."""
        self.consulted(group)
        self.work(group, "approve", self.office.leader, decision="approve")
        day = f"{timezone.localdate():%d/%m/%Y}"
        self.work(group, "order_module", letter_number="20/CV", sent_on=day)
        self.work(group, "record_module", answered_on=day, module_code="MOD-QUA-TUOI")

    def sent(self, onboarding: Onboarding) -> None:
        """Let the producer send the declaration."""
        producer = onboarding.enrolment.product.producer
        farmer = producer_user(producer, f"chu-the-{producer.pk}")
        # The answers are another test's subject (tests/onboarding): here the declaration counts as complete.
        Dossier.objects.filter(onboarding=onboarding).update(status="sent", sent_at=timezone.now(), sent_by=farmer)
        poke(onboarding)

    def trained(self, onboarding: Onboarding) -> None:
        """Let one person of the producer pass the check."""
        session = TrainingSession.objects.filter(project=self.project).first() or TrainingSession.objects.create(
            project=self.project, title="Lớp 1 (giả lập)", audience="producers", held_on=TODAY, place="Hội trường"
        )
        producer = onboarding.enrolment.product.producer
        Attendance.objects.create(
            session=session, producer=producer, person_name="Người học (giả lập)", passed_check=True
        )


def activated_stamps(cohort: Cohort, onboarding: Onboarding) -> None:
    """Declare a lot of the product and activate a range of its stamps."""
    enrolment = onboarding.enrolment
    farmer = producer_user(enrolment.product.producer, f"chu-the-{enrolment.product.producer_id}")
    place = Place.objects.create(
        producer=enrolment.product.producer, code=f"DD{enrolment.pk:07d}", name="Vườn", kind="plot",
        commune=enrolment.product.producer.commune,
    )  # fmt: skip
    lot = Lot.objects.create(
        product=enrolment.product, number="L1", place=place, produced_from=TODAY, produced_to=TODAY,
        quantity=10, unit="kg",        created_at=timezone.now(), created_by=farmer,
    )  # fmt: skip
    order = StampOrder.objects.create(
        enrolment=enrolment, quantity=10, requested_at=timezone.now(), requested_by=farmer
    )
    batch = StampBatch.objects.create(
        order=order, product=enrolment.product, code="1", key_version="0", start=enrolment.pk * 100,
        end=enrolment.pk * 100 + 10, issued_at=timezone.now(), issued_by=cohort.office.leader,
    )  # fmt: skip
    Activation.objects.create(
        batch=batch, start=batch.start, end=batch.start + 5, lot=lot, activated_at=timezone.now(), activated_by=farmer
    )


def cohort(office: Office, *, code: str = "GL-81", minimum_stars: int = 3) -> Cohort:
    """Return a running project whose rules take products from 3 stars and fund 3 and 4."""
    project = running_project(office, code=code)
    journey.set_rules(project, minimum_stars=minimum_stars, funded_from=3, funded_to=4, by=office.manager)
    return Cohort(office, project)


def enrolled(project: PilotProject, product: Product, office: Office) -> Enrolment:
    """Enrol a product as it is, whatever the rules of enrolment say."""
    return Enrolment.objects.create(
        project=project, product=product, enrolled_at=timezone.now(), enrolled_by=office.manager
    )


def survey(enrolment: Enrolment, office: Office) -> SurveyResponse:
    """Record a survey."""
    return SurveyResponse.objects.create(
        enrolment=enrolment, surveyed_on=TODAY, surveyed_by=office.helper,
        has_diary=True, has_barcode=True, has_declared_standard=False,
    )  # fmt: skip


def provider(office: Office, project: PilotProject, name: str = "Đơn vị giải pháp (giả lập)") -> SolutionProvider:
    """Choose a provider with its proof."""
    return supply.choose_provider(
        project, name=name, portal_proof="Văn bản 15/TT (giả lập)", proved_on=TODAY, by=office.manager
    )


def delivered(onboarding: Onboarding, office: Office, quantity: int = 500) -> StampSupply:
    """Hand out stamps of a product that its producer received in full."""
    project = onboarding.enrolment.project
    chosen = SolutionProvider.objects.filter(province=project.province).first() or provider(office, project)
    row = supply.record_supply(
        onboarding, chosen, quantity=quantity, state_share=70, producer_share=30, supplied_on=TODAY, by=office.manager
    )
    return supply.record_receipt(row, received=quantity, by=office.manager)


def on_portal(onboarding: Onboarding, by: User, reference: str = "CTXQG-0001 (giả lập)") -> Onboarding:
    """Record that the product stands on the national portal."""
    return portal.record_portal_status(onboarding, reference=reference, connected_on=TODAY, by=by)


def step(onboarding: Onboarding, node: str) -> Task:
    """The product's open step at a node."""
    return Task.objects.get(
        process__onboardingprocess__onboarding=onboarding, flow_task__endswith=f".{node}", finished=None
    )


def group_step(group: CohortGroup, node: str) -> Task:
    """The group's open step at a node."""
    return Task.objects.get(process__groupworkprocess__group=group, flow_task__endswith=f".{node}", finished=None)


def reply(cohort: Cohort, group: CohortGroup) -> None:
    """Ask an agency and record its reply."""
    day, by = timezone.localdate(), cohort.office.manager
    letter = groups.consult(group, agency="Sở Y tế (giả lập)", letter_number="10/CV", sent_on=day, by=by)
    groups.record_reply(letter, replied_on=day, reply="Thống nhất", by=by)


def position(onboarding: Onboarding) -> list[str]:
    """The nodes at which the product stands."""
    tasks = Task.objects.filter(process__onboardingprocess__onboarding=onboarding, finished=None)
    return sorted(task.flow_task.name for task in tasks)


def fresh(onboarding: Onboarding) -> Onboarding:
    """The journey as it is in the database."""
    return Onboarding.objects.select_related("group", "enrolment__product").get(pk=onboarding.pk)


def come_on_board(office: Office, enrolment: Enrolment) -> Onboarding:
    """Bring one product of a running project into its group, with a letter to an agency and stamps handed out."""
    project = enrolment.project
    journey.set_rules(project, minimum_stars=3, funded_from=3, funded_to=4, by=office.manager)
    started = journeys.start(enrolment, by=office.manager)
    on_board = Cohort(office, project, [started])
    if position(started) == ["survey"]:
        on_board.do(started, "survey", waiver="Đã có số liệu (giả lập)")
    group = on_board.grouped(started)
    on_board.work(group, "write", process="Thu hoạch, sơ chế", guide="Kê khai từng lô")
    groups.consult(
        group, agency="Sở Y tế (giả lập)", letter_number="10/CV", sent_on=timezone.localdate(), by=office.manager
    )
    StampSupply.objects.create(
        onboarding=started, provider=provider(office, project), quantity=10, state_share=0, producer_share=100,
        supplied_on=TODAY, recorded_by=office.manager,
    )  # fmt: skip
    return fresh(started)
