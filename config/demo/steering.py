"""What makes the demo's desk look like a real one: holidays, standard remarks, an absence, difficulties, new dates."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from config.demo.acts import Case, do
from people.absence import enter_absence
from people.models import Organisation, User
from projects.actions.phrases import add_phrase
from projects.amending import schedule_of
from projects.models import Matter, Milestone, StageKind
from workflows.amendments import request_amendment
from workflows.matters import raise_matter
from worktime.actions import enter_proposed
from worktime.proposal import propose_year
from worktime.working_days import Calendar

KEEPER = "quantri"
OFFICE, LEADER = "gl-cctdc", "gl.lanhdao"
DEPUTY = "sl.phochicuc"  # stands in for the head of Sơn La's branch
AUTHORITY = "Giấy ủy quyền số 12/GUQ-CCTĐC (giả lập)"
PHRASES = (
    "Thể thức văn bản chưa đúng Nghị định số 30/2020/NĐ-CP.",
    "Số liệu chưa thống nhất giữa phần lời và bảng.",
    "Chưa nêu nguồn của số liệu.",
    "Chưa viện dẫn điều khoản của tiêu chuẩn áp dụng.",
    "Chưa nêu rõ đơn vị chịu trách nhiệm ở từng công đoạn.",
    "Kết quả chưa đối chiếu với nội dung được giao tại phụ lục.",
)


def before_all(today: date) -> None:
    """Enter the public holidays of this year and the next, and an office's standard remarks."""
    keeper = User.objects.get(username=KEEPER)
    for year in (today.year, today.year + 1):
        enter_proposed(propose_year(year), by=keeper)
    leader = User.objects.get(username=LEADER)
    for text in PHRASES:
        add_phrase(Organisation.objects.get(code=OFFICE), text=text, by=leader)


def difficulty(case: Case) -> None:
    """GL-01: the manager needs a decision of the head of the branch; the head gave a direction of his own.

    Acts are done now, whatever day the cases are counted from; so answers are asked for from now on.
    """
    calendar, manager, leader = Calendar(), case.cast.manager, case.cast.one("leader")
    today = timezone.localdate()
    raise_matter(
        case.project,
        kind=Matter.Kind.BLOCKER,
        text="Các hộ thu gom ở xã Ia Tô chưa thống nhất cách chia lô khi gom hàng của nhiều hộ.",
        needed="Cho phép thí điểm mã lô theo ngày thu gom và tổ chức họp với các hộ trước khi ban hành tài liệu.",
        milestone=Milestone.objects.filter(stage=case.stage(StageKind.DOCUMENTATION)).order_by("due_on")[0],
        addressee=leader,
        due_on=calendar.add(today, 3),
        by=manager,
    )
    raise_matter(
        case.project,
        kind=Matter.Kind.DIRECTION,
        text="Báo cáo tiến độ hoàn thiện bộ tài liệu áp dụng và phương án làm việc với các hộ thu gom.",
        addressee=manager,
        due_on=calendar.add(today, 4),
        by=leader,
    )


def deputy_stands_in(case: Case) -> User:
    """SL-01: the head of the branch is away this week; return the deputy, who does his steps."""
    today = timezone.localdate()
    deputy = User.objects.get(username=DEPUTY)
    enter_absence(
        case.cast.one("leader"),
        substitute=deputy,
        starts_on=today,
        ends_on=today + timedelta(days=5),
        by=case.cast.one("leader"),
        authority=AUTHORITY,
    )
    return deputy


def new_dates(case: Case, *, days: int, approver: User) -> None:
    """Move everything that is still open by working days, with the leader's approval (here his deputy's)."""
    calendar, schedule = Calendar(), schedule_of(case.project)
    amendment = request_amendment(
        case.project,
        name="Điều chỉnh tiến độ sau đợt tập huấn thứ nhất",
        reason="Thời vụ thu hoạch kéo dài, các chủ thể đề nghị lùi lớp tập huấn thứ hai.",
        dates={entry.key: calendar.add(entry.due_on, days) for entry in schedule.open_entries()},
        by=case.cast.manager,
    )
    do(approver, amendment, decision="approve", note="Đồng ý, không lùi thêm.")
