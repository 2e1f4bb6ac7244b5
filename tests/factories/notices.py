"""Notices: whom they reach, and facts as they are in a real case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from notices.actions import tell
from notices.models import Delivery, Message
from people.models import User
from tests.factories.people import Office

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 9 o'clock in Việt Nam
# Long ones of the seeds, so that a text that fits with them fits.
FACTS = {
    "step": "Thẩm định nội dung sản phẩm giao nộp",
    "about": "D2 Bộ tài liệu áp dụng hệ thống TXNG sản phẩm phù hợp tiêu chuẩn quốc gia",
    "project": "GL-01",
    "due": "27/02/2026",
    "holder": "Nguyễn Thị Thanh Hương",
    "count": "12",
    "remark": "Nêu nguồn số liệu ở Mục 3 và bổ sung biểu đồ theo từng xã",
    "kind": "Cần quyết định của lãnh đạo",
    "person": "Nguyễn Văn Bình",
    "text": "Hộ ông Rơ Châm Hùng chưa có mã số vùng trồng.",
    "answer": "Chi cục đã làm việc với Sở; hộ bà H'Lan được cấp trước 15/3.",
    "name": "Gia hạn giai đoạn triển khai theo đề nghị của bà Lê Thị Hoa",
    "result": "không đồng ý",
    "note": "Theo ý kiến của ông Trần Văn Nam.",
    "start": "02/03/2026",
    "end": "13/03/2026",
    "time": "14 giờ 00 ngày 27/02/2026",
    "reference": "HS-52-00012",
    "product": "Chôm chôm Ia Grai",
    "task": "Ảnh sản phẩm và nhãn",
    "helper": "Nguyễn Thị Hạnh",
    "reason": "Số điện thoại đã ghi không phải của tôi.",
    "producer": "Hợp tác xã nông nghiệp dịch vụ Ia Tô",
    "goods": "lô L220608-01",
    "place": "Nhà bà Lê Thị Hoa, thôn 6, xã Ia Grai",
}


def reachable(person: User, *, email: str = "", phone: str | None = None) -> User:
    """Give a person an e-mail address (their user name's, unless said) and a phone number."""
    person.email, person.phone = email or f"{person.username}@vidu.example", phone
    person.save(update_fields=["email", "phone"])
    return person


def by_phone(person: User, phone: str = "0900000001") -> User:
    """Give a person a phone number and no e-mail address."""
    person.email, person.phone = "", phone
    person.save(update_fields=["email", "phone"])
    return person


def told(
    person: User, event: str = "step.late", *, key: str = "", office: Office | None = None, **more: Any
) -> Message:
    """Tell a person an event on a Monday at nine, and return the message."""
    more = {"facts": FACTS, "now": MONDAY, **more}
    if office:
        more |= {"case": office.organisation, "province": office.province}
    return tell(event, [person], key=key or event, **more)[0]


def given_up(person: User, office: Office, *, key: str = "given-up") -> Delivery:
    """Return a delivery about the office's case that no channel could bring."""
    message = told(person, key=key, office=office, url="/inbox/")
    delivery = Delivery.objects.filter(message=message).first()
    if delivery is None:
        delivery = Delivery(message=message, channel="email", not_before=MONDAY)
    delivery.state, delivery.last_error = Delivery.State.FAILED, "550 no such mailbox"
    delivery.save()
    return delivery
