"""Training and communication of QT-01: two classes of 50 seats with their door, and what told the public.

Lines II.1 and the annex of Quảng Trị's plan: 100 people in 2 classes, one television report, one workshop,
legal texts made known.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from config.demo.acts import Case
from people.models import AdminUnit
from projects.actions import attendance, communication, training
from projects.models import Channel, CommunicationEvent, Invitation, LegalText, TrainingSession, TrainingTopic
from registry.models import Producer
from workflows import papers

FAMILY = ("Nguyễn", "Trần", "Lê", "Hồ", "Phạm", "Hoàng", "Phan", "Võ")
MIDDLE = ("Văn", "Thị", "Hữu", "Thanh", "Đức")
GIVEN = ("An", "Bình", "Đào", "Hạnh", "Lộc", "Mai", "Nam", "Phúc", "Sơn", "Thủy", "Việt", "Xuân", "Yến")
AGENCIES = (
    "Phòng Kinh tế huyện Hướng Hóa (giả lập)",
    "UBND xã Hướng Phùng (giả lập)",
    "Sở Công Thương (giả lập)",
    "Liên minh Hợp tác xã tỉnh (giả lập)",
    "Hội Nông dân (giả lập)",
)
SEATS = 50
NO_SHOWS, AGAIN = 4, 3  # of the first class: who did not come, and who comes to the second one as well
MINUTES = "03/BB-CCTĐC"
LEGAL_TEXT = "5883/KH-UBND"
Kind = CommunicationEvent.Kind


def run(case: Case, today: date) -> None:
    """Plan the two classes from the project's line, hold them, write their papers, and tell the public."""
    first, second = _plan(case, today)
    _hold(case, first, range(SEATS - 1), no_shows=NO_SHOWS)
    attendance.walk_in(
        first,
        person_name="Bùi Thị Không Hẹn (giả lập)",
        phone="0900000199",
        agency=AGENCIES[-1],
        by=case.cast.field_worker,
        now=_at(first),
    )
    _hold(case, second, [*range(AGAIN), *range(SEATS, 2 * SEATS - AGAIN)], no_shows=0)
    came = first.attendances.values_list("pk", flat=True)
    attendance.mark_passed(first, list(came)[:-5], by=case.cast.field_worker)
    for kind in papers.CLASS_KINDS:
        papers.prepare_about(first, kind, by=case.cast.field_worker)
    _tell(case, today)


def _plan(case: Case, today: date) -> list[TrainingSession]:
    by, line = case.cast.field_worker, case.project.line
    planned = training.plan_classes(
        case.project,
        count=2,
        seats=SEATS,
        due_on=today - timedelta(days=5),
        title="Tập huấn mã số mã vạch, ghi nhãn và truy xuất nguồn gốc",
        audience="mixed",
        line=line,
        by=by,
        topic_list=TrainingTopic.objects.all()[:5],
    )
    return [
        training.change_training(
            session,
            held_on=today - timedelta(days=days),
            place="Hội trường huyện Hướng Hóa (giả lập)",
            topic_list=list(session.topic_list.all()),
            by=by,
        )
        for session, days in zip(planned, (20, 12), strict=True)
    ]


def _hold(case: Case, session: TrainingSession, numbers: range | list[int], *, no_shows: int) -> None:
    """Invite the people of those numbers and check all but the last ones in, one every ten seconds."""
    producers = list(Producer.objects.filter(products__enrolments__project=case.project).distinct().order_by("pk"))
    invited = [_invite(case, session, number, producers) for number in numbers]
    for place, invitation in enumerate(invited[: len(invited) - no_shows]):
        way = "code" if place % 3 else "list"
        attendance.check_in(invitation, by=case.cast.field_worker, way=way, now=_at(session, place))


def _invite(case: Case, session: TrainingSession, number: int, producers: list[Producer]) -> Invitation:
    name = f"{FAMILY[number % 8]} {MIDDLE[number % 5]} {GIVEN[number % 13]} (giả lập)"
    producer = producers[number] if number < len(producers) else None
    return attendance.invite(
        session,
        person_name=producer.representative if producer else name,
        phone=producer.phone if producer else f"09000001{number % 100:02d}",
        producer=producer,
        agency="" if producer else AGENCIES[number % len(AGENCIES)],
        by=case.cast.field_worker,
    )


def _at(session: TrainingSession, place: int = 0) -> datetime:
    opens = datetime.combine(session.held_on or date.min, time(7, 30), timezone.get_current_timezone())
    return opens + timedelta(seconds=10 * place)


def _tell(case: Case, today: date) -> None:
    """Events with and without evidence, the next line of the plan, and the log of legal texts."""
    by, station = case.cast.field_worker, Channel.objects.get(name="Đài phát thanh và truyền hình tỉnh")
    shown, met, written = (today - timedelta(days=days) for days in (8, 15, 3))
    facts: list[dict[str, Any]] = [
        {"kind": Kind.TELEVISION, "title": "Phóng sự: Cà phê Quảng Trị và mã truy xuất (giả lập)", "held_on": shown,
         "broadcast_on": shown, "outlet": station, "channel": "Thời sự 19 giờ 45", "evidence": "https://vidu.example/ps"},
        {"kind": Kind.WORKSHOP, "title": "Hội thảo truy xuất nguồn gốc cà phê (giả lập)", "held_on": met,
         "channel": "Hội trường huyện Hướng Hóa (giả lập)", "evidence": MINUTES},
        {"kind": Kind.ARTICLE, "title": "Bài viết về lớp tập huấn (giả lập)", "held_on": written,
         "channel": "Báo của tỉnh", "evidence": ""},
    ]  # fmt: skip
    for row in facts:
        communication.record_communication(case.project, by=by, **row)
    communication.plan_communication(
        case.project, kind=Kind.ARTICLE, title="Chuyên đề cuối năm (giả lập)", due_on=date(today.year, 12, 15), by=by
    )
    _publish(case, case.project.province, today)


def _publish(case: Case, province: AdminUnit, today: date) -> None:
    plan = communication.add_text(
        province,
        code=LEGAL_TEXT,
        title="Kế hoạch triển khai Đề án truy xuất nguồn gốc trên địa bàn tỉnh",
        issuer="Ủy ban nhân dân tỉnh Quảng Trị",
        issued_on=date(2020, 12, 21),
        by=case.cast.manager,
    )
    site = Channel.objects.get(name="Trang thông tin điện tử của Sở Khoa học và Công nghệ")
    texts = [plan, *LegalText.objects.filter(code__in=("100/QĐ-TTg", "TCVN 12850:2019", "TCVN 12851:2019"))]
    for days, text in enumerate(texts, start=25):
        communication.publish_text(
            province,
            text=text,
            channel=site,
            published_on=today - timedelta(days=days),
            evidence="https://vidu.example/van-ban",
            by=case.cast.manager,
        )
