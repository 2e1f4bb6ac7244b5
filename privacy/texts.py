"""The words that come with the product: version 1 of what people agree to, one text for each purpose.

They are Vietnamese because they are evidence, not an interface: what a person read is kept word for
word. Each names the data, the purpose, the controller and the rights (Law 91/2025/QH15, article 9).
Words are never edited here; better words are a new `ConsentText` row with the next version.
"""

from datetime import date

from privacy.models import Purpose

VERSION = 1
SINCE = date(2026, 1, 1)  # Law 91/2025/QH15 and Nghị định 356/2025/NĐ-CP are in force since this day

_RIGHTS = (
    "Cơ quan kiểm soát dữ liệu: cơ quan khoa học và công nghệ của tỉnh đang quản lý mô hình này.\n"
    "Quyền của ông/bà: được xem, sửa, xóa, hạn chế hoặc phản đối việc dùng dữ liệu của mình; được khiếu nại; "
    "được rút lại đồng ý này bất cứ lúc nào, ngay trên trang này hoặc bằng cách gọi cho cơ quan nói trên. "
    "Rút lại không làm mất giá trị của việc đã làm trước đó. "
    "Cơ quan trả lời trong 02 ngày làm việc (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15).\n"
    "Việc đồng ý là tự nguyện."
)

WORDS: dict[str, str] = {
    Purpose.ONBOARDING: (
        "Dữ liệu được dùng: họ tên người đại diện, số điện thoại, địa chỉ, mã số thuế và các câu trả lời trong hồ sơ "
        "sản phẩm. Không thu ảnh căn cước công dân.\n"
        "Mục đích: lập hồ sơ, khảo sát, tập huấn và cấp tem cho sản phẩm tham gia mô hình truy xuất nguồn gốc.\n"
        "Nếu không đồng ý: sản phẩm chưa thể tham gia mô hình; ông/bà không bị mất quyền lợi nào khác.\n" + _RIGHTS
    ),
    Purpose.PUBLIC_NAME: (
        "Dữ liệu được dùng: tên hộ kinh doanh, tên và địa chỉ nơi sản xuất.\n"
        "Mục đích: hiện trên trang công khai khi người tiêu dùng quét tem, theo Thông tư 02/2024/TT-BKHCN. "
        "Số điện thoại không hiện.\n"
        "Nếu không đồng ý: trang công khai chỉ ghi “Hộ kinh doanh tại” và tên xã; tem vẫn dùng được.\n" + _RIGHTS
    ),
    Purpose.ASSISTANCE: (
        "Dữ liệu được dùng: họ tên, số điện thoại và các câu trả lời trong hồ sơ sản phẩm.\n"
        "Mục đích: cán bộ hỗ trợ ghi giúp (làm hộ) các câu trả lời theo lời ông/bà; tên cán bộ và tên ông/bà đều được "
        "ghi lại bên mỗi câu trả lời.\n"
        "Nếu không đồng ý: ông/bà tự điền trên điện thoại của mình; không ai điền thay.\n" + _RIGHTS
    ),
}
