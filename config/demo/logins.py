"""Who can log in to the demo: shown on the login page and at the end of `make demo`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from config.demo.source import read
from people.models import Membership

PASSWORD = "txng-demo-2026"  # noqa: S105  public on purpose: every demo login has it

# One person of each kind, in the order of the case, and what to look at with that login.
SHOWN = {
    "gl.quanly": "GL-01 bị trả lại 2 ý kiến: soạn lại và gửi lại",
    "gl.vanthu": "hộp việc của văn thư, sổ văn bản đã cấp số",
    "gl.thamdinh1": "xem hồ sơ và ý kiến thẩm định GL-02",
    "gl.lanhdao": "tổng quan: việc trễ, vướng mắc GL-01 cần quyết định; GL-02 đã nghiệm thu",
    "gl.tem": "hai cảnh báo tem cần xem xét; lô tem, tờ tem của 17 sản phẩm",
    "gl.hotro": "phiếu khảo sát, lô hàng giúp chủ thể",
    "gl.chuthe01": "chủ thể: lô và tem Chôm chôm Thôn Sáu",
    "qt.quanly": "Quảng Trị: QT-01 đang soạn và trễ hạn",
    "qt.thamdinh2": "Quảng Trị: QT-02 chờ ý kiến thẩm định",
    "sl.quanly": "Sơn La: 81 sản phẩm, giai đoạn tập huấn",
    "sl.phochicuc": "Sơn La: duyệt thay Chi cục trưởng đang đi công tác",
    "sl.chuthe01": "chủ thể trên điện thoại: hồ sơ xong 5/9 việc, còn chụp ảnh rồi gửi",
    "hue.quanly": "Huế: thanh trà vừa bắt đầu",
    "bk.quanly": "Bắc Kạn: mô hình còn là dự thảo",
}


def demo_logins() -> list[dict[str, str]]:
    """Return username, phone, password, name, role and what to try, for each login that is shown."""
    people = {person["username"]: person for person in read("people")}
    return [_login(people[username], hint) for username, hint in SHOWN.items()]


def _login(person: dict[str, Any], hint: str) -> dict[str, str]:
    roles = [str(Membership.Role(row["role"]).label) for row in person["memberships"]]
    return {
        "username": person["username"],
        "phone": person["phone"],
        "password": PASSWORD,
        "name": person["full_name"],
        "role": ", ".join(roles) or _("Producer"),
        "hint": hint,
    }
