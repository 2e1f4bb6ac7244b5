"""The main job: mission 2 of notice 29/TB-CCTĐC from its line in the annex to acceptance, by the roles' own people.

The plan, surveys and classes keep their dates of 2022, as in the data; acts carry the time at which they
are done, and papers are dated today. Lots are moved to the last weeks, so that a scan shows fresh goods.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from config.demo import council, suspicions
from config.demo.acts import ON, Case, Cast, Role, do, fields, line_of
from config.demo.printing import BY_OFFICE, Way, way_of
from config.demo.producers import add_places, complete_product, let_producers_in, register_new
from config.demo.source import read, workbook
from jobs.worker import Worker
from lots.actions import confirm_event, open_lot, record_event
from lots.models import Lot
from people.models import User
from projects.actions import fieldwork
from projects.actions.roster import import_roster
from projects.actions.stamp_quota import grant_stamps
from projects.models import Enrolment, StageKind
from registry.models import Place, ProcessStep, Producer
from stamps import actions as stamps
from stamps.models import StampBatch
from workflows import actions, papers

Report = Callable[[str], None]
GRANTED_TIMES = 10  # the quota of a product, in first orders
ACTIVATED = 50  # of each product's 65 stamps (one A4 sheet): the rest stay in the drawer, and scan as not activated
FINDINGS = (
    "has_diary", "has_barcode", "has_declared_standard", "quality_system",
    "production", "purchasing", "processing", "traceability", "needs", "process",
)  # fmt: skip
REMARKS = (
    {"Phần II. Hiện trạng": "Nêu rõ số cơ sở chưa có mã số mã vạch và nguyên nhân."},
    {"Phần III. Nhu cầu": "Tách nhu cầu về tem và nhu cầu về tập huấn thành hai mục."},
)
WRITTEN_AFTER = timedelta(hours=2)  # producers write the same day
ANSWER = "Đã bổ sung theo ý kiến thẩm định."


def run(today: date, report: Report) -> Case:
    """Run GL-02 from creation to acceptance and return it; `report` gets one line per stage."""
    data = read("survey_gl02")
    case = create(data)
    report("khảo sát")
    survey(case, data)
    report("xây dựng tài liệu chuẩn")
    case.finish_stage(StageKind.DOCUMENTATION)
    report("tập huấn")
    train(case, data)
    report("triển khai hệ thống: lô, tem, kích hoạt")
    roll_out(case, data, today)
    report("báo cáo tổng kết, hội đồng nghiệm thu")
    case.finish_stage(StageKind.FINAL_REPORT)
    council.hold(case)
    case.accept()
    case.project.refresh_from_db()
    report("hai cảnh báo về tem: một của quy tắc, một của người mua")
    suspicions.run(case.project)
    return case


def create(data: dict[str, Any]) -> Case:
    """Print the notice with its annex, create the project from line and template, enrol the workbook, and start."""
    project, cast = data["project"], Cast.of(data["project"]["owner"])
    line = line_of("gl-2022", project["line"])
    notice = papers.ALL_KINDS["mission_notice"]
    entries = notice.initial(line.plan, "")
    papers.prepare_about(line.plan, "mission_notice", by=cast.manager, entries=entries)
    case = Case.create(
        cast,
        template=project["template"],
        line=line,
        code=project["code"],
        title=project["title"],
        starts_on=date.fromisoformat(project["starts_on"]),
    )
    import_roster(case.project, workbook(project["workbook"]), by=cast.manager, on=case.project.starts_on)
    rows = {row["producer_tax_code"]: row for row in data["surveys"]}
    lots = {row["producer_tax_code"]: row for row in data["lots"]}
    for product in case.project.enrolled_products().select_related("producer__province"):
        code = product.producer.tax_code
        days = lots[code]["shelf_life_days"]
        complete_product(product, rows[code]["group"], shelf_life_days=days, by=cast.manager)
    let_producers_in(producers(case), by=cast.manager)
    case.start()
    return case


def producers(case: Case) -> list[Producer]:
    """The producers of the enrolled products, in the order of enrolment."""
    return [enrolment.product.producer for enrolment in enrolments(case).values()]


def enrolments(case: Case) -> dict[str, Enrolment]:
    """The enrolments by the producers' tax codes: in this project each producer has one product."""
    rows = case.project.enrolments.select_related("product__group", "product__producer__commune").order_by("pk")
    return {row.product.producer.tax_code: row for row in rows}


# --- the stages ------------------------------------------------------------------------------
def survey(case: Case, data: dict[str, Any]) -> None:
    """Survey every product; the report comes back once with remarks of two reviewers before it is issued."""
    enrolled = enrolments(case)
    for row in data["surveys"]:
        fieldwork.record_survey(
            enrolled[row["producer_tax_code"]],
            by=case.cast.field_worker,
            surveyed_on=date.fromisoformat(row["surveyed_on"]),
            **fields(row, *FINDINGS),
        )
    case.submit("D1")
    case.check_format("D1")
    for reviewer, remarks in enumerate(REMARKS):
        case.review("D1", reviewer=reviewer, returned=remarks)
    case.issue("D1", answer=ANSWER)
    case.finish_stage(StageKind.SURVEY)


def train(case: Case, data: dict[str, Any]) -> None:
    """Hold the classes and the conference, then issue the conference papers."""
    by = case.cast.field_worker
    others = [product.producer for product in register_new(data["other_producers"], by=case.cast.manager)]
    known = {producer.tax_code: producer for producer in [*producers(case), *others]}
    for row in data["training_sessions"]:
        session = fieldwork.hold_training(
            case.project, by=by, held_on=date.fromisoformat(row["held_on"]),
            **fields(row, "title", "audience", "place", "topics", "seats"),
        )  # fmt: skip
        for who in row["attendances"]:
            # Producers outside the project come to the conference under a key of their own.
            producer = known.get(who["producer_tax_code"] or who.get("other_producer_tax_code"))
            facts = fields(who, "agency", "person_name", "passed_check")
            fieldwork.record_attendance(session, by=by, producer=producer, **facts)
    for row in data["communication_events"]:
        facts = fields(row, "kind", "title", "channel", "evidence")
        fieldwork.record_communication(case.project, by=by, held_on=date.fromisoformat(row["held_on"]), **facts)
    case.finish_stage(StageKind.TRAINING)


def roll_out(case: Case, data: dict[str, Any], today: date) -> None:
    """Bring every product to activated stamps on a lot, then issue the two papers about it."""
    places = add_places(data["places"], producers(case), by=case.cast.manager)
    enrolled = enrolments(case)
    for place, row in enumerate(moved(row, today) for row in data["lots"]):
        enrolment = enrolled[row["producer_tax_code"]]
        member = enrolment.product.producer.members.select_related("user").get(is_active=True)
        lot = declare_lot(enrolment, row, places, by=member.user, confirmed_by=case.cast.field_worker)
        batch = stamp(case, enrolment, row["stamps"], by=member.user, way=way_of(place))
        first, last = (stamps.serial_at(batch, index) for index in (batch.start, batch.start + ACTIVATED - 1))
        stamps.activate_stamps(batch, first=first, last=last, lot=lot, by=member.user)
    case.finish_stage(StageKind.ROLLOUT)


def moved(row: dict[str, Any], today: date) -> dict[str, Any]:
    """Return a lot's data with its dates moved so that its last event was yesterday, its number after its day."""
    last = max(datetime.fromisoformat(entry["at"]) for entry in row["events"])
    by = today - timedelta(days=1) - last.date()
    produced_on = date.fromisoformat(row["produced_on"]) + by
    events = [{**entry, "at": datetime.fromisoformat(entry["at"]) + by} for entry in row["events"]]
    return {
        **row,
        "number": f"L{produced_on:%y%m%d}-{row['number'].rsplit('-')[-1]}",
        "produced_on": produced_on,
        "expires_on": date.fromisoformat(row["expires_on"]) + by,
        "events": events,
    }


def declare_lot(
    enrolment: Enrolment, row: dict[str, Any], places: dict[str, Place], *, by: User, confirmed_by: User
) -> Lot:
    """Return the producer's lot with its recorded stages; the helper confirms the last one, the delivery."""
    made_on = row["produced_on"]
    lot = open_lot(
        enrolment.product,
        number=row["number"],
        place=places[row["place"]],
        produced_from=made_on,
        produced_to=made_on,
        expires_on=row["expires_on"],
        quantity=Decimal(row["quantity"]),
        unit=row["unit"],
        by=by,
    )
    steps = {step.key: step for step in ProcessStep.objects.filter(group=enrolment.product.group)}
    for entry in row["events"]:
        event = record_event(
            lot,
            step=steps[entry["step"]],
            place=places[entry["place"]],
            event_time=entry["at"],
            now=entry["at"] + WRITTEN_AFTER,
            quantity=Decimal(entry["quantity"]) if entry["quantity"] else None,
            unit=entry["unit"],
            note=entry["note"],
            by=by,
        )
    confirm_event(event, by=confirmed_by)
    return lot


def stamp(case: Case, enrolment: Enrolment, quantity: int, *, by: User, way: Way = BY_OFFICE) -> StampBatch:
    """Grant, order, approve, issue, print, count and hand over stamps for the producer; return the batch."""
    grant_stamps(enrolment, quota=quantity * GRANTED_TIMES, by=case.cast.manager)
    officer = case.cast.one(Role.STAMP_OFFICER)
    order = actions.order_stamps(
        enrolment, quantity=quantity, by=by, state_share=way.state_share, unit_price=way.unit_price
    )
    do(case.cast.one(Role.LEADER), order, decision="issue")
    batch = StampBatch.objects.get(order=order)
    stamps.plan_rolls(batch, layout=way.layout, per_roll=quantity, by=officer)
    stamps.request_files(batch, by=officer)
    Worker().run(until_empty=True)
    for roll in batch.rolls.all():
        stamps.reconcile_roll(roll, print_house=way.print_house, printed=roll.quantity, by=officer)
    do(officer, order, confirm=ON)
    batch.refresh_from_db()
    return batch
