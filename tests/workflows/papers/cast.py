"""A pilot project with its field work done, ready for each of its papers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from documents import docx
from documents.models import DocumentVersion
from projects.models import (
    Attendance,
    CommunicationEvent,
    Deliverable,
    DeliverableTemplate,
    Enrolment,
    GateTemplate,
    PilotProject,
    ProjectTemplate,
    StageTemplate,
    SurveyResponse,
    TrainingSession,
)
from registry.models import OcopSet, ProcessStep, ProductGroup, Standard
from tests.factories import lots, stamps
from tests.factories.people import Office, OrganisationFactory
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory, complete_product, producer_user, recognise
from workflows import papers
from workflows.builtin_templates import register_builtin_template

DATA = Path(__file__).resolve().parents[3] / "config" / "demo" / "data"
NOW = datetime(2022, 10, 3, 9, 0, tzinfo=timezone(timedelta(hours=7)))
CONFERENCE_DAY = date(2022, 6, 28)
STANDARDS = (
    ("TCVN 12850:2019", "Truy xuất nguồn gốc – Yêu cầu chung đối với hệ thống truy xuất nguồn gốc", None),
    ("TCVN 13274:2020", "Truy xuất nguồn gốc – Hướng dẫn định dạng các mã dùng cho truy vết", None),
    ("TCVN 13275:2020", "Truy xuất nguồn gốc – Định dạng vật mang dữ liệu", None),
    ("TCVN 12827:2018", "Truy xuất nguồn gốc – Bản cũ đã thay thế", date(2021, 12, 31)),
)


def template_of(code: str) -> ProjectTemplate:
    """Return a kind of project as the demo's data describes it: its papers with their printed titles."""
    rows = json.loads((DATA / "templates.json").read_text(encoding="utf-8"))["templates"]
    row = next(row for row in rows if row["code"] == code)
    template = ProjectTemplate.objects.create(code=code, name=row["name"])
    for stage in row["stages"]:
        made = StageTemplate.objects.create(template=template, **{key: stage[key] for key in ("kind", "title", "days")})
        for paper in stage["deliverables"]:
            DeliverableTemplate.objects.create(stage=made, **paper)
    for gate in row["gates"]:
        if gate["stage"] == "closing":
            GateTemplate.objects.create(template=template, rule=gate["rule"], minimum=gate["minimum"])
    return template


def coffee_group() -> ProductGroup:
    """Return a second group with two steps of its own."""
    sets, _made = OcopSet.objects.get_or_create(number=13, defaults={"name": "Cà phê", "industry": "Thực phẩm"})
    group, is_new = ProductGroup.objects.get_or_create(
        code="ca-phe", defaults={"name": "Cà phê rang xay", "ocop_set": sets}
    )
    if is_new:
        steps = (("rang", "Rang, xay", "creating_class_instance"), ("giao", "Giao hàng", "shipping"))
        for position, (key, name, biz_step) in enumerate(steps, start=1):
            ProcessStep.objects.create(
                group=group,
                position=position,
                key=key,
                name=name,
                biz_step=biz_step,
                guidance=f"Ngày, số mẻ khi {name.lower()}.",
                is_required=position == 1,
            )
    return group


@dataclass
class Case:
    """A project, its people, its enrolments."""

    office: Office
    project: PilotProject
    enrolments: list[Enrolment] = field(default_factory=list)

    def enrol(self, *, name: str = "", group: ProductGroup | None = None) -> Enrolment:
        """Enrol one complete product of a new producer."""
        number = len(self.enrolments) + 1
        producer = ProducerFactory(province=self.office.province, representative=f"Người đại diện {number} (giả lập)")
        fields = {"name": name or f"Sản phẩm số {number}"} | ({"group": group} if group else {})
        product = complete_product(producer, **fields)
        recognise(product, stars=4)
        enrolment = Enrolment.objects.create(
            project=self.project,
            product=product,
            enrolled_at=NOW,
            enrolled_by=self.office.manager,
            stamp_quota=1_000_000,
        )
        self.enrolments.append(enrolment)
        return enrolment

    def survey(self, enrolment: Enrolment, **findings: object) -> SurveyResponse:
        """Record what was found at a product."""
        number = self.enrolments.index(enrolment) + 1
        answers = {
            "surveyed_on": date(2022, 3, 9 + number),
            "has_diary": True,
            "has_barcode": False,
            "has_declared_standard": number % 2 == 1,
            "production": f"Trồng tập trung, vườn {number}.",
            "purchasing": f"Thu gom tại xưởng {number}.",
            "processing": f"Phân loại tại xưởng {number}.",
            "traceability": f"Sổ giấy {number}.",
            "needs": f"Cần tem đợt {number}.",
            **findings,
        }
        return SurveyResponse.objects.create(enrolment=enrolment, surveyed_by=self.office.helper, **answers)

    def train(self, *enrolments: Enrolment) -> TrainingSession:
        """Hold one class at which a person of each producer passed the check, and one agency came."""
        session = TrainingSession.objects.create(
            project=self.project,
            title="Tập huấn ghi nhật ký",
            audience=TrainingSession.Audience.MIXED,
            held_on=date(2022, 6, 14),
            place="Hội trường xã",
            topics="Nhật ký theo công đoạn; kích hoạt tem.",
        )
        for enrolment in enrolments:
            producer = enrolment.product.producer
            Attendance.objects.create(
                session=session, producer=producer, person_name=producer.representative, passed_check=True
            )
        Attendance.objects.create(session=session, agency="Sở Công Thương (giả lập)", person_name="Lê A (giả lập)")
        return session

    def open_accounts(self) -> None:
        """Let a person of each producer log in; their phone numbers are 0900000101, 0900000102, …"""
        for number, enrolment in enumerate(self.enrolments, start=101):
            user = producer_user(enrolment.product.producer, f"chu-the-{number}")
            user.phone, user.date_joined = f"0900000{number}", NOW
            user.save(update_fields=["phone", "date_joined"])

    def stamp(self, enrolment: Enrolment, quantity: int = 10) -> stamps.Chain:
        """Hand over stamps of a product and put all of them on a complete lot."""
        self.project.status = PilotProject.Status.RUNNING
        self.project.save(update_fields=["status"])
        self.project.stages.filter(kind="rollout").update(opened_at=stamps.NOW)
        product = enrolment.product
        user = producer_user(product.producer, f"tem-{product.pk}")
        chain = stamps.Chain(self.office, self.project, enrolment, product, user)
        batch = chain.handed_over(quantity)
        stamps.activate(batch, batch.start, batch.end, lots.complete_lot(product, by=user), by=user)
        return chain

    def paper(self, kind: str) -> Deliverable:
        """The project's deliverable of a kind, in its author's hands."""
        found = Deliverable.objects.get(stage__project=self.project, document_kind=kind)
        if found.status == Deliverable.Status.PLANNED:
            found.status = Deliverable.Status.DRAFTING
            found.save(update_fields=["status"])
        return found

    def prepare(self, kind: str) -> DocumentVersion:
        """Generate the paper of a kind."""
        register_builtin_template(kind)
        return papers.prepare(self.paper(kind), by=self.office.manager, now=NOW)

    def text(self, kind: str) -> list[str]:
        """Generate the paper of a kind and return its paragraphs and table rows."""
        return text_of(self.prepare(kind))


def text_of(version: DocumentVersion) -> list[str]:
    """Return the paragraphs and table rows of a version's file."""
    with version.file.open() as file:
        return docx.text_of(file.read())


def table_after(text: list[str], heading: str) -> list[list[str]]:
    """Return the cells of the table rows that follow a paragraph, its header row included."""
    start = next(number for number, line in enumerate(text) if line.startswith(heading))
    rows: list[list[str]] = []
    for line in text[start + 1 :]:
        if " | " in line:
            rows.append(line.split(" | "))
        elif rows:
            break
    return rows


def make_case(office: Office, template: str, *, code: str) -> Case:
    """Return a draft project of a kind of the demo's data, with three standards in force and one that is not."""
    project = make_project(office, code=code, template=template_of(template))
    for number, title, effective_to in STANDARDS:
        standard, _made = Standard.objects.get_or_create(
            code=number,
            defaults={"title": title, "kind": "tcvn", "effective_from": date(2018, 1, 1), "effective_to": effective_to},
        )
        project.standards.add(standard)
    return Case(office, project)


def hold_conference(case: Case) -> CommunicationEvent:
    """Record the conference, those who came, an OCOP producer outside the project, and another agency."""
    session = TrainingSession.objects.create(
        project=case.project,
        title="Hội nghị",
        audience=TrainingSession.Audience.MIXED,
        held_on=CONFERENCE_DAY,
        place="Hội trường",
        topics="Kết quả mô hình; hướng dẫn kê khai",
    )
    outsider = ProducerFactory(province=case.office.province, name="HTX Chè ngoài mô hình (giả lập)")
    recognise(ProductFactory(producer=outsider, name="Chè Bàu Cạn", group=None))
    Attendance.objects.create(session=session, producer=outsider, person_name="Hoàng Thị Chè (giả lập)")
    OrganisationFactory(
        code="sct", name="Sở Công Thương (giả lập)", symbol="SCT", kind="department", province=case.office.province
    )
    return CommunicationEvent.objects.create(
        project=case.project,
        kind=CommunicationEvent.Kind.CONFERENCE,
        title="Phổ biến kết quả mô hình",
        held_on=CONFERENCE_DAY,
        channel="Pleiku",
        evidence="Biên bản (giả lập)",
    )
