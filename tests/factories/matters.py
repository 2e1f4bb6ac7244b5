"""What waits for answers, and who will be away: for the pages that need one of each."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from people.absence import enter_absence
from people.models import Absence, User
from projects.models import Matter, PilotProject
from tests.factories.people import Office
from workflows.matters import raise_matter

TEXT = "Chưa thống nhất mẫu nhật ký sản xuất với các chủ thể"


def soon(days: int = 5) -> date:
    """Return a day to come."""
    return timezone.localdate() + timedelta(days=days)


def difficulty(project: PilotProject, *, by: User, to: User, text: str = TEXT) -> Matter:
    """Report a difficulty."""
    return raise_matter(
        project, kind="blocker", text=text, needed="Chọn một mẫu dùng chung", addressee=to, due_on=soon(), by=by
    )


def direction(project: PilotProject, *, by: User, to: User) -> Matter:
    """Give a direction."""
    return raise_matter(project, kind="direction", text="Báo cáo tiến độ hằng tuần", addressee=to, due_on=soon(), by=by)


def coming_absence(office: Office) -> Absence:
    """Let the clerk be away next month, with the helper as substitute."""
    return enter_absence(office.clerk, substitute=office.helper, starts_on=soon(30), ends_on=soon(35), by=office.clerk)
