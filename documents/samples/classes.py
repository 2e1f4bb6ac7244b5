"""The papers of one class of fifty seats."""

from documents.samples.shared import OCOP
from projects import contexts as p

TOPICS = ("Mã số mã vạch", "Nhật ký điện tử theo công đoạn sản xuất")


def attendance_list() -> p.AttendanceList:
    return p.AttendanceList(
        project_title=OCOP,
        class_title="lớp tập huấn số 1",
        held_on="14/06/2026",
        place="Hội trường xã (giả lập)",
        audience="Chủ thể và cơ quan quản lý",
        topics=TOPICS,
        present=tuple(
            p.PresentRow(
                name=f"Người dự {number} (giả lập)",
                organisation=f"Hợp tác xã Mẫu {number} (giả lập)",
                phone=f"0900 000 0{number:02d}",
                passed="Đạt" if number % 5 else "–",
            )
            for number in range(1, 13)
        ),
        present_count=12,
        organisation_count=12,
        invited_count=14,
        absent_count=2,
        passed_count=10,
    )


def training_certificate() -> p.TrainingCertificate:
    return p.TrainingCertificate(
        project_title=OCOP,
        class_title="lớp tập huấn số 1",
        held_on="14/06/2026",
        place="Hội trường xã (giả lập)",
        topics=TOPICS,
        certificates=tuple(
            p.CertificateRow(
                number=f"{number:02d}",
                name=f"Người dự {number} (giả lập)",
                organisation=f"Hợp tác xã Mẫu {number} (giả lập)",
            )
            for number in range(1, 4)
        ),
        certificate_count=3,
    )
