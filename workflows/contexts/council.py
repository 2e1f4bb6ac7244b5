"""The minutes of an acceptance council, with its arithmetic as it was kept when the council closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from documents.actions import written
from people.models import User
from projects import seats
from projects.actions.council import judged
from projects.contexts import CouncilMemberRow, CouncilMinutes, CriterionRow, GradeRow
from projects.council import Arithmetic, Line, Share, Tally, criteria_of
from projects.models import Council, CouncilMember, SheetGrade
from workflows.contexts import case

Seat = CouncilMember.Seat
SEATS: dict[str, str] = {
    Seat.CHAIR: "Chủ tịch",
    Seat.VICE_CHAIR: "Phó Chủ tịch",
    Seat.REVIEWER: "Ủy viên phản biện",
    Seat.SECRETARY: "Ủy viên thư ký khoa học",
    Seat.MEMBER: "Ủy viên",
}
PRESIDERS: dict[str, str] = {Seat.CHAIR: "CHỦ TỊCH HỘI ĐỒNG", Seat.VICE_CHAIR: "PHÓ CHỦ TỊCH HỘI ĐỒNG"}
ORDER = {seat: place for place, seat in enumerate(SEATS)}
CRITERIA: dict[str, str] = {
    SheetGrade.Criterion.QUANTITY: "Số lượng, khối lượng",
    SheetGrade.Criterion.QUALITY: "Chất lượng",
    SheetGrade.Criterion.KIND: "Chủng loại",
    SheetGrade.Criterion.REPORT: "Báo cáo",
}
RESULTS: dict[str, str] = {
    Council.Result.EXCELLENT: "Xuất sắc",
    Council.Result.PASSED: "Đạt",
    Council.Result.FAILED: "Không đạt",
}


def council_minutes(council: Council, day: date) -> CouncilMinutes:
    """Return what the minutes of a closed council print; the sums are those kept at the closing."""
    project, sums = council.project, Arithmetic.from_data(council.arithmetic)
    members = sorted(
        council.members.select_related("user", "sheet"), key=lambda member: (ORDER[member.seat], member.pk)
    )
    offices = {user.pk: office_of(user) for user in seats.eligible(project)}
    names = {member.seat: member.user.full_name for member in members}
    tally = sums.tally
    return CouncilMinutes(
        project_title=project.title,
        project_code=project.code,
        host=project.owner.name,
        manager=project.manager.full_name,
        decision=f"{council.decision_number} {written(council.decision_date)}",
        began=_clock(council.meets_at),
        ended=_clock(council.closed_at or council.meets_at),
        place=council.place.rstrip(" ."),
        members=tuple(_member(member, offices) for member in members),
        member_count=sums.present.total,
        present_count=sums.present.count,
        quorum=_quorum(sums),
        grades=_grades(council),
        sheet_count=tally.total,
        excellent=tally.excellent,
        passed=tally.passed,
        failed=tally.failed,
        arithmetic=arithmetic_lines(sums, council.result),
        comments=tuple(line for member in members if member.is_present for line in _comment(member)),
        opinions=case.lines_of(council.opinions),
        result=RESULTS[council.result],
        presider_name=names[sums.presided_by],
        presider_title=PRESIDERS[sums.presided_by],
        secretary_name=names[Seat.SECRETARY],
    )


def office_of(user: User) -> str:
    """Return title and office of a person whose offices were fetched: "Chuyên viên, Sở Khoa học và Công nghệ"."""
    offices = [membership.organisation.name for membership in getattr(user, "offices", [])]
    return ", ".join(filter(None, [user.job_title, *offices[:1]]))


def arithmetic_lines(sums: Arithmetic, result: str) -> tuple[str, ...]:
    """Return the sums as the minutes print them, the last one with the result that follows."""
    tally = sums.tally
    lines = [
        f"{sums.excellent.count}/{sums.excellent.total} phiếu xuất sắc = {_compared(sums.excellent)}",
        f"Phiếu không đạt: {tally.failed}/{tally.total}",
        f"{sums.passed.count}/{sums.passed.total} phiếu đạt trở lên = {_compared(sums.passed)}",
    ]
    handed_in, last = (f"{date.fromisoformat(day):%d/%m/%Y}" for day in (sums.dossier_on, sums.late_after))
    late = "quá thời hạn" if sums.is_late else "trong thời hạn"
    lines.append(f"Hồ sơ nộp ngày {handed_in}, {late} (chậm nhất ngày {last})")
    return (*lines, f"Kết quả: {RESULTS[result]}, vì {_reason(sums, result)}")


def _compared(share: Share) -> str:
    return share.text.split(" = ", 1)[1]


def _reason(sums: Arithmetic, result: str) -> str:
    if sums.is_late:
        return "hồ sơ nộp quá thời hạn mà không được gia hạn"
    if result == Council.Result.EXCELLENT:
        return "đủ tỷ lệ phiếu xuất sắc và không có phiếu không đạt"
    if result == Council.Result.FAILED:
        return "chưa đủ tỷ lệ phiếu đạt trở lên"
    if sums.excellent.holds:
        return "đủ tỷ lệ phiếu xuất sắc nhưng có phiếu không đạt"
    return "đủ tỷ lệ phiếu đạt trở lên, chưa đủ tỷ lệ phiếu xuất sắc"


def _quorum(sums: Arithmetic) -> tuple[str, ...]:
    present = sums.present
    return (
        f"{present.count}/{present.total} thành viên có mặt = {_compared(present)}",
        f"Chủ trì cuộc họp: {SEATS[sums.presided_by]} Hội đồng",
        f"Ủy viên phản biện có mặt: {case.counted(sums.reviewers_present)}, "
        f"yêu cầu ít nhất {case.counted(sums.reviewers_needed)}",
        "Thư ký khoa học của Hội đồng có mặt",
    )


def _member(member: CouncilMember, offices: dict[int, str]) -> CouncilMemberRow:
    presence = "Có mặt" if member.is_present else "Vắng mặt"
    if member.has_conflict:
        presence = "Không dự (xung đột lợi ích)"
    office = offices.get(member.user_id) or member.user.job_title or "–"
    return CouncilMemberRow(name=member.user.full_name, office=office, seat=SEATS[member.seat], presence=presence)


def _comment(member: CouncilMember) -> tuple[str, ...]:
    """A sheet's comment on one line; the minutes do not say whose it is."""
    words = " ".join(member.sheet.comment.split()).lstrip("-–+• ") if hasattr(member, "sheet") else ""
    return (words,) if words else ()


def _grades(council: Council) -> tuple[GradeRow, ...]:
    given: dict[Line, list[str]] = {}
    for row in SheetGrade.objects.filter(sheet__member__council=council):
        given.setdefault((row.deliverable_id, row.criterion), []).append(row.grade)
    return tuple(
        GradeRow(
            code=paper.code,
            title=paper.title.rstrip("."),
            criteria=tuple(
                _counted(criterion, given.get((paper.pk, criterion), ())) for criterion in criteria_of(paper)
            ),
        )
        for paper in judged(council.project)
    )


def _counted(criterion: str, grades: Iterable[str]) -> CriterionRow:
    tally = Tally.of(grades)
    return CriterionRow(
        criterion=CRITERIA[criterion], excellent=tally.excellent, passed=tally.passed, failed=tally.failed
    )


def _clock(moment: datetime) -> str:
    """Return a time as papers write it: "08 giờ 00 ngày 05 tháng 10 năm 2026"."""
    local = timezone.localtime(moment)
    return f"{local:%H} giờ {local:%M} {written(local.date())}"
