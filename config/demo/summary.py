"""What a demo run made, for the person at the terminal: papers, stamps, addresses to try, logins.

Plain Vietnamese, not messages to translate: it is printed by a command, once, to whoever shows the demo.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.fields.files import FieldFile

from config.demo.logins import PASSWORD, demo_logins
from documents.models import DocumentVersion, RegisterEntry
from people.audit_models import AuditEvent
from projects.models import Deliverable, PilotProject
from stamps import actions
from stamps.codes import serials
from stamps.models import Activation, StampAlert, StampBatch

MAIN_JOB = "GL-02"
TITLE_WIDTH = 58


def lines(port: int) -> Iterator[str]:
    """Yield the summary line by line; the addresses are those of a server on `port`."""
    address = f"http://127.0.0.1:{port}"
    project = PilotProject.objects.get(code=MAIN_JOB)
    yield from _heading(f"{project}: {project.get_status_display().lower()}")
    yield from _columns(("SỐ", "SẢN PHẨM GIAO NỘP", "TỆP"), [_paper(entry) for entry in papers(project)])
    for entry in minutes(project):
        yield f"  {entry.full_number}  {entry.version.document}: {path_of(entry.version.file)}"
    if notice := DocumentVersion.objects.filter(document__plan__lines__projects=project).last():
        yield f"  {notice.document}, in lại từ dữ liệu: {path_of(notice.file)}"
    yield from _heading("Tem truy xuất nguồn gốc")
    yield from _stamps(project, address)
    yield from _heading("Các mô hình trong bản chạy thử")
    yield from _columns(("MÃ", "TRẠNG THÁI", "SẢN PHẨM", "VĂN BẢN"), [_case(case) for case in _cases()])
    yield f"  Nhật ký: {AuditEvent.objects.count()} dòng, có chuỗi băm (manage.py verify_audit)."
    yield from _heading(f"Đăng nhập (mật khẩu chung: {PASSWORD})")
    rows = [(login["role"], login["username"], login["phone"], login["hint"]) for login in demo_logins()]
    yield from _columns(("VAI TRÒ", "TÊN ĐĂNG NHẬP", "ĐIỆN THOẠI", "NÊN THỬ"), rows)
    yield ""
    yield f"  Mở {address}/ trong trình duyệt."


def papers(project: PilotProject) -> list[RegisterEntry]:
    """Return the register entries of the project's deliverables, in the order in which they got their numbers."""
    entries = RegisterEntry.objects.filter(version__document__deliverable__stage__project=project)
    return list(
        entries.select_related("series__organisation", "version__document__deliverable").order_by("version__pk")
    )


def minutes(project: PilotProject) -> list[RegisterEntry]:
    """Return the register entries of the minutes of the project's councils."""
    entries = RegisterEntry.objects.filter(version__document__council__project=project)
    return list(entries.select_related("series__organisation", "version__document").order_by("version__pk"))


def scan_address(batch: StampBatch, index: int, address: str) -> str:
    """Return what a phone opens for one stamp of the batch, on this machine instead of the printed host."""
    printed = serials.printed_uri(settings.STAMPS_HOST, batch.code, actions.serial_at(batch, index))
    return address + urlsplit(printed).path


def path_of(file: FieldFile) -> str:
    """Return where a stored file lies, from the folder one stands in if it is below."""
    path = Path(settings.MEDIA_ROOT, str(file.name)).resolve()
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def _paper(entry: RegisterEntry) -> tuple[str, str, str]:
    deliverable = entry.version.document.deliverable
    title = str(deliverable)
    short = title if len(title) <= TITLE_WIDTH else title[: TITLE_WIDTH - 1].rsplit(" ", 1)[0] + "…"
    return entry.full_number, short, path_of(entry.version.file)


def _stamps(project: PilotProject, address: str) -> Iterator[str]:
    batches = StampBatch.objects.filter(order__enrolment__project=project).order_by("start")
    issued = sum(batch.quantity for batch in batches)
    activated = sum(row.quantity for row in Activation.objects.filter(batch__in=batches))
    batch = batches[0]
    last = batch.activations.latest("end").end
    yield f"  {len(batches)} sản phẩm, {issued} tem đã phát hành, {activated} tem đã kích hoạt."
    yield f"  Tệp in tem của “{batch.product}”: {path_of(batch.rolls.in_force()[0].file)}"
    yield f"  Quét tem đã kích hoạt:   {scan_address(batch, batch.start, address)}"
    yield f"  Quét tem chưa kích hoạt: {scan_address(batch, last, address)}"
    for alert in StampAlert.objects.open().order_by("pk"):
        yield f"  Cảnh báo {alert} (gl.tem xem xét): {address}{alert.get_absolute_url()}"


def _cases() -> Iterable[PilotProject]:
    cases: Iterable[PilotProject] = PilotProject.objects.for_table()
    return cases


def _case(case: PilotProject) -> tuple[str, str, str, str]:
    owed = Deliverable.objects.filter(stage__project=case)
    issued = owed.filter(status=Deliverable.Status.ISSUED).count()
    stage = case.stages.filter(opened_at__isnull=False, closed_at=None).first()
    status = f"{case.get_status_display()}, giai đoạn {stage.title.lower()}" if stage else case.get_status_display()
    drafts = DocumentVersion.objects.filter(document__deliverable__stage__project=case).count()
    return case.code, status, str(case.enrolled_products().count()), f"{issued}/{owed.count()} ({drafts} phiên bản)"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "─" * len(text)


def _columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table whose columns are as wide as their longest cell."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
