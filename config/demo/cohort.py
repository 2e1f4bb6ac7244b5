"""SL-01 on its seven steps: 81 products, some waiting for long, some refused, groups at every point of their work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from config.demo.acts import Case, do
from config.demo.steering import DEPUTY
from onboarding.actions import group as groups
from onboarding.actions import journey as journeys_of_room
from onboarding.actions import supply
from onboarding.models import CohortGroup, Onboarding
from people.models import User
from workflows import journeys

MINIMUM, FUNDED_FROM, FUNDED_TO = 3, 3, 4  # seed 003: «đã được xếp hạng 3 sao, 4 sao»
BEGAN = 62  # days ago
REFUSALS = (
    "Chủ thể ngừng sản xuất từ vụ trước, chưa có kế hoạch sản xuất lại (giả lập).",
    "Cơ sở thu gom của nhiều hộ, chưa tách được lô theo hộ (giả lập).",
    "Chủ thể đã có hệ thống truy xuất riêng và không nhận hỗ trợ (giả lập).",
    "Chưa có người ghi nhật ký sản xuất (giả lập).",
    "Sản phẩm sắp hết hạn công nhận, chủ thể không đánh giá lại (giả lập).",
)
UNDECIDED, UNGROUPED = 8, 7  # products that wait at step 2, and at step 3
AGENCIES = ("Sở Y tế (giả lập)", "Sở Công Thương (giả lập)", "Chi cục Trồng trọt và Bảo vệ thực vật (giả lập)")
PROCESS = (
    "1. Thu hoạch, thu mua nguyên liệu: ghi ngày, vùng trồng, khối lượng, người giao.\n"
    "2. Sơ chế, chế biến: ghi công đoạn, người làm, thiết bị.\n"
    "3. Đóng gói, dán tem: ghi số lô, số lượng, dải tem.\n"
    "4. Phân phối: ghi nơi nhận, ngày xuất, số phiếu."
)
GUIDE = (
    "Mỗi mẻ là một lô. Chủ thể kê khai lô trên điện thoại ngay trong ngày, chụp ảnh nhãn, rồi kích hoạt dải tem "
    "đã dán. Cán bộ hỗ trợ của xã giúp chủ thể chưa quen dùng máy."
)
# How far the groups are, the largest first; the last entry counts for all that follow.
STAGES = ("module", "module", "ordered", "approved", "consulted", "written", "")


def run(case: Case, *, decided_on: date) -> None:
    """Begin the seven steps of every product and leave them, and their groups, at different points.

    The selection was decided on `decided_on`, when the recognitions of the list were in force.
    """
    manager, now = case.cast.manager, timezone.now()
    journeys_of_room.set_rules(
        case.project, minimum_stars=MINIMUM, funded_from=FUNDED_FROM, funded_to=FUNDED_TO, by=manager,
        now=now - timedelta(days=BEGAN),
    )  # fmt: skip
    enrolments = case.project.enrolments.filter(withdrawn_at=None).order_by("pk")
    known = [journeys.start(enrolment, by=manager, now=now - timedelta(days=BEGAN)) for enrolment in enrolments]
    refused = known[5 :: len(known) // len(REFUSALS)][: len(REFUSALS)]
    others = [one for one in known if one not in refused]
    for journey, reason in zip(refused, REFUSALS, strict=True):
        do(manager, journey, decision="refuse", reason=reason)
    selected = others[:-UNDECIDED]
    for journey in selected:
        do(manager, journey, decision="select", can_trace="on", on=f"{decided_on:%d/%m/%Y}")
    for journey in selected[:-UNGROUPED]:
        do(manager, journey, product_group=str(journey.enrolment.product.group_id))
    _work_of_groups(case, now)
    _supply(case, now)
    _date(case, now)


def _work_of_groups(case: Case, now: datetime) -> None:
    known = list(case.project.cohort_groups.select_related("product_group", "project__province"))
    known.sort(key=lambda group: (-group.onboardings.count(), group.pk))
    for number, group in enumerate(known):
        _bring(case, group, STAGES[min(number, len(STAGES) - 1)], number, now)


def _bring(case: Case, group: CohortGroup, stage: str, number: int, now: datetime) -> None:
    """Bring one group to a stage: each contains those after it in `STAGES`."""
    reached = STAGES[STAGES.index(stage) :]
    manager, today = case.cast.manager, timezone.localdate(now)
    if "written" in reached:
        do(manager, group, process=PROCESS, guide=GUIDE)
        _letters(case, group, number, answered=1 if "consulted" in reached else 0)
    if "approved" in reached:
        do(manager, group)
        do(_approver(case), group, decision="approve")
    if "ordered" in reached:
        day = f"{today - timedelta(days=16 - number):%d/%m/%Y}"
        do(manager, group, letter_number=f"{210 + number}/CCTĐC-QLTC (giả lập)", sent_on=day)
    if "module" in reached:
        day = f"{today - timedelta(days=6 - number):%d/%m/%Y}"
        code = f"NBC-{group.product_group.code}".upper()[:50] + " (giả lập)"
        do(manager, group, answered_on=day, answer_number="88/TTMSMV (giả lập)", module_code=code)


def _letters(case: Case, group: CohortGroup, number: int, *, answered: int) -> None:
    by, today = case.cast.manager, timezone.localdate()
    for place, agency in enumerate(AGENCIES):
        letter = groups.consult(
            group, agency=agency, letter_number=f"{180 + 3 * number + place}/CCTĐC-QLTC (giả lập)",
            sent_on=today - timedelta(days=34), by=by,
        )  # fmt: skip
        if place < answered:
            groups.record_reply(
                letter, replied_on=today - timedelta(days=27),
                reply="Thống nhất dự thảo; đề nghị bổ sung nơi bảo quản ở công đoạn 3.",
                reply_number="45/SYT-NV (giả lập)", by=by,
            )  # fmt: skip


def _approver(case: Case) -> User:
    """The head of the branch is away in the demo; whoever stands in for him approves."""
    return User.objects.get(username=DEPUTY)


def _supply(case: Case, now: datetime) -> None:
    """Stamps of a chosen provider for the first products whose module is here; the last delivery is short."""
    manager, today = case.cast.manager, timezone.localdate(now)
    provider = supply.choose_provider(
        case.project, name="Công ty giải pháp truy xuất (giả lập)", contact="0900 000 091",
        portal_proof="Văn bản xác nhận kết nối số 15/XN-CTXQG (giả lập)", proved_on=today - timedelta(days=80),
        by=manager,
    )  # fmt: skip
    ready = Onboarding.objects.filter(enrolment__project=case.project, group__module_order__answered_on__isnull=False)
    for number, journey in enumerate(ready.order_by("pk")[:4]):
        state = 70 if journey.is_funded else 0
        row = supply.record_supply(
            journey, provider, quantity=500, state_share=state, producer_share=100 - state,
            supplied_on=today - timedelta(days=3), by=manager,
        )  # fmt: skip
        if number < 3:
            supply.record_receipt(row, received=500 if number < 2 else 480, by=manager)


def _date(case: Case, now: datetime) -> None:
    """Spread the steps over the past weeks. Acts are done now; only these days lie in the past, as in every case
    whose people worked before the demo was made."""
    rows: Sequence[Onboarding] = list(Onboarding.objects.filter(enrolment__project=case.project).order_by("pk"))
    for number, row in enumerate(rows):
        row.surveyed_at = now - timedelta(days=BEGAN - number % 9 if row.selection else 30 + number % 12)
        if row.selected_at:
            row.selected_at = now - timedelta(days=46 - number % 8)
        if row.grouped_at:
            row.grouped_at = now - timedelta(days=38 - number % 6)
        if row.closed_at:
            row.closed_at = row.selected_at
    Onboarding.objects.bulk_update(rows, ["surveyed_at", "selected_at", "grouped_at", "closed_at"], batch_size=200)
    for number, group in enumerate(CohortGroup.objects.filter(project=case.project).exclude(written_at=None)):
        group.written_at = now - timedelta(days=36)
        if group.approved_at:
            group.approved_at = now - timedelta(days=22 - number % 5)
        group.save(update_fields=["written_at", "approved_at"])
