"""A project in its rollout, and stamps at every point of their way."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone

from documents import files
from lots.models import Lot
from people.models import User
from projects.models import Enrolment, PilotProject, StageKind
from registry.models import Product
from stamps import actions
from stamps.models import Activation, Roll, StampBatch, StampOrder
from stamps.printing.layouts import A4_65
from tests.factories import lots, projects
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, complete_product, producer_user

NOW = datetime(2022, 6, 1, 8, 0, tzinfo=timezone(timedelta(hours=7)))


@dataclass
class Chain:
    """One product in one project, with the people around it."""

    office: Office
    project: PilotProject
    enrolment: Enrolment
    product: Product
    producer: User

    def order(self, quantity: int = 10, *, by: User | None = None) -> StampOrder:
        """An order of the producer."""
        return actions.order_stamps(self.enrolment, quantity=quantity, by=by or self.producer, now=NOW)

    def issued(self, quantity: int = 10) -> StampBatch:
        """Stamps that the leader issued."""
        return actions.issue_stamps(self.order(quantity), by=self.office.leader, now=NOW)

    def handed_over(self, quantity: int = 10) -> StampBatch:
        """Stamps in the producer's hands."""
        batch = self.issued(quantity)
        printed(batch, by=self.office.stamp_officer)
        batch.order = actions.hand_over(batch.order, by=self.office.stamp_officer, now=NOW)
        return batch

    def lot(self, number: str = "L220608-01") -> Lot:
        """A lot without gaps."""
        return lots.complete_lot(self.product, by=self.producer, number=number)

    def activated(self, quantity: int = 10) -> Activation:
        """Stamps on a lot."""
        batch = self.handed_over(quantity)
        return activate(batch, batch.start, batch.end, self.lot(), by=self.producer)


def printed(batch: StampBatch, *, by: User) -> Roll:
    """A roll of the whole batch, printed in the office; its file is none, so that tests need not wait for one."""
    data = b"%PDF-1.6 a roll of a test"
    return Roll.objects.create(
        batch=batch,
        number=1,
        start=batch.start,
        end=batch.end,
        layout=asdict(A4_65),
        requested_at=NOW,
        requested_by=by,
        file=files.keep("stamp-sheets", data, ".pdf"),
        sha256=files.sha256(data),
        pages=1,
        verified=batch.quantity,
        released_at=NOW,
        printed=batch.quantity,
        spoiled=0,
        reconciled_at=NOW,
        reconciled_by=by,
    )


def activate(batch: StampBatch, start: int, end: int, lot: Lot, *, by: User) -> Activation:
    """Activate running numbers start ≤ n < end."""
    first, last = actions.serial_at(batch, start), actions.serial_at(batch, end - 1)
    return actions.activate_stamps(batch, first=first, last=last, lot=lot, by=by, now=lots.at(10))


def rollout(office: Office, *, code: str = "GL-99") -> PilotProject:
    """Return a running project whose rollout is open."""
    project = projects.make_project(office, code=code)
    project.status = PilotProject.Status.RUNNING
    project.save(update_fields=["status"])
    project.stages.filter(kind=StageKind.ROLLOUT).update(opened_at=NOW)
    return project


def chain(office: Office, *, project: PilotProject | None = None, **product: object) -> Chain:
    """Return a product enrolled in a project in its rollout, with a person of its producer."""
    project = project or rollout(office)
    made = complete_product(ProducerFactory(province=office.province), **product)
    enrolment = Enrolment.objects.create(
        project=project, product=made, enrolled_at=NOW, enrolled_by=office.manager, stamp_quota=1_000_000
    )
    return Chain(office, project, enrolment, made, producer_user(made.producer, f"chu-the-{made.pk}"))
